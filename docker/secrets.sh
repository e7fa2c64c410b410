#!/bin/sh
# Make the secret files that docker-compose.yml mounts, once. Files that exist are left alone.
set -eu
cd "$(dirname "$0")/.."
umask 077
mkdir -p secrets

words() {  # words N: N random bytes in hexadecimal
    head -c "$1" /dev/urandom | od -An -tx1 | tr -d ' \n'
}

keep() {  # keep NAME VALUE: containers run as another user, so the file is readable, the folder not
    [ -s "secrets/$1" ] || printf '%s' "$2" > "secrets/$1"
    chmod 444 "secrets/$1"
}

keep postgres_password "$(words 24)"
keep owner_password "$(words 24)"
keep app_password "$(words 24)"
keep redis_password "$(words 24)"
keep secret_key "$(words 32)"
keep server_signing_key "$(head -c 32 /dev/urandom | base64)"
keep database_url "postgres://counterpart_app:$(cat secrets/app_password)@postgres:5432/counterpart"
keep database_owner_url \
    "postgres://counterpart_owner:$(cat secrets/owner_password)@postgres:5432/counterpart"
keep redis_url "redis://:$(cat secrets/redis_password)@redis:6379/0"
echo "secrets/ is complete: back it up apart from the database; server_signing_key above all."
