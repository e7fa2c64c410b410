"""The embedded servers themselves: started, refused to strangers, ended, started again."""

import os
import secrets
import shutil
import signal
import subprocess
import sys

import psycopg2
import pytest
import redis

from launcher import ports
from launcher.places import VAR
from launcher.postgres import OWNER, RUNTIME, Cluster, embedded_programs
from launcher.processes import Family, end_leftover
from launcher.servers import POSTGRES_ROLES, local_database
from launcher.valkey import Valkey


@pytest.fixture
def folder():
    path = VAR / "test" / str(os.getpid())  # swept by the next run if this one is killed
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def family(tmp_path):
    handlers = {name: signal.getsignal(name) for name in (signal.SIGINT, signal.SIGTERM)}
    family = Family(logs=tmp_path)
    yield family
    family.stop()
    for name, handler in handlers.items():
        signal.signal(name, handler)


@pytest.fixture
def cluster(folder):
    passwords = {role: secrets.token_hex(8) for role in POSTGRES_ROLES}
    return Cluster(embedded_programs(), folder / "postgres", ports.any_free(), passwords)


def ask(address, sql):
    connection = psycopg2.connect(address)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else None
    finally:
        connection.close()


def test_the_owner_makes_tables_and_the_product_does_not(cluster, family):
    assert cluster.start(family)
    addresses = local_database(cluster)

    ask(addresses["DATABASE_OWNER_URL"], "CREATE TABLE kept (id int)")

    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        ask(addresses["DATABASE_URL"], "CREATE TABLE other (id int)")
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        ask(addresses["DATABASE_URL"], "SELECT * FROM kept")
    rights = ask(
        addresses["DATABASE_URL"],
        "SELECT rolname FROM pg_roles WHERE rolname LIKE 'counterpart%'"
        " AND (rolsuper OR rolcreaterole OR rolcreatedb)",
    )
    assert rights == []


def test_nobody_comes_in_without_the_password(cluster, family):
    cluster.start(family)

    for role in (OWNER, RUNTIME, "postgres"):
        with pytest.raises(psycopg2.OperationalError, match="password"):
            psycopg2.connect(cluster.url(role, "app").replace(cluster.passwords["app"], "guess"))


def test_a_first_run_that_was_broken_off_begins_again_and_a_finished_one_is_kept(cluster, family):
    cluster.start(family)
    owner = local_database(cluster)["DATABASE_OWNER_URL"]
    ask(owner, "CREATE TABLE half_loaded (id int)")
    family.stop()

    assert cluster.start(family)
    assert ask(owner, "SELECT to_regclass('half_loaded')") == [(None,)]

    cluster.ready.write_text("")
    ask(owner, "CREATE TABLE kept (id int)")
    family.stop()

    assert not cluster.start(family)
    assert ask(owner, "SELECT to_regclass('kept')") == [("kept",)]


def test_what_the_queue_was_told_outlives_a_stop(folder, family):
    valkey = Valkey(folder / "valkey", ports.any_free(), secrets.token_hex(8))
    valkey.start(family)
    redis.Redis.from_url(valkey.url).set("kept", "yes")
    family.stop()

    valkey.start(family)

    assert redis.Redis.from_url(valkey.url).get("kept") == b"yes"
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(port=valkey.port).ping()


def test_the_server_of_a_killed_launcher_is_ended(tmp_path):
    pid_file = tmp_path / "server.pid"
    wait = "import time; print('up', flush=True); time.sleep(600)"
    command = [sys.executable, "-c", wait, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as left:
        left.stdout.readline()  # only now the kernel tells its command line
        pid_file.write_text(f"{left.pid}\n{tmp_path}\n")

        end_leftover(pid_file, tmp_path, signal.SIGTERM)

        assert left.wait(60) == -signal.SIGTERM


@pytest.mark.parametrize("text", ["", "not a number", "our own", str(2**22)])
def test_a_number_that_is_somebody_elses_is_left_alone(tmp_path, text):
    (tmp_path / "server.pid").write_text(str(os.getpid()) if text == "our own" else text)

    end_leftover(tmp_path / "server.pid", tmp_path / "elsewhere", signal.SIGKILL)


def test_no_number_is_nobody(tmp_path):
    end_leftover(tmp_path / "missing.pid", tmp_path, signal.SIGKILL)
