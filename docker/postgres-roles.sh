#!/bin/sh
# Runs once, when the database volume is empty: the owner migrates, the product runs as another
# role that may read and insert, and change only what the migrations let it change.
set -eu
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" \
    -v owner="$(cat /run/secrets/owner_password)" -v app="$(cat /run/secrets/app_password)" <<'SQL'
CREATE ROLE counterpart_owner LOGIN PASSWORD :'owner';
CREATE ROLE counterpart_app LOGIN PASSWORD :'app';
CREATE DATABASE counterpart OWNER counterpart_owner;
REVOKE ALL ON DATABASE counterpart FROM PUBLIC;
GRANT CONNECT ON DATABASE counterpart TO counterpart_app;
SQL
