"""What the database refuses, to the role that serves and to its owner alike."""

import io

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, connection, transaction

from journal import guards
from tests.conftest import as_owner, triggers_off
from tests.journal.conftest import found_here

ATTACKS = {
    "update": "UPDATE {table} SET {column} = {column}",
    "delete": "DELETE FROM {table}",
    "truncate": "TRUNCATE {table} CASCADE",
    "switch the trigger off": "ALTER TABLE {table} DISABLE TRIGGER counterpart_rows",
    "drop the trigger": "DROP TRIGGER counterpart_rows ON {table}",
    "play the replica": "SET session_replication_role = replica",
}
KEPT = ["journal_entry", "journal_serverkey", "journal_sealed"]
HARMLESS = "CREATE FUNCTION harmless() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'"
SABOTAGE = {
    "dropped": "DROP TRIGGER counterpart_rows ON journal_entry",
    "switched off": "ALTER TABLE journal_entry DISABLE TRIGGER counterpart_truncate",
    "not for replicas": "ALTER TABLE journal_entry ENABLE TRIGGER counterpart_rows",
    "for one column": "CREATE OR REPLACE TRIGGER counterpart_rows BEFORE DELETE OR UPDATE OF at"
    " ON journal_entry FOR EACH ROW EXECUTE FUNCTION counterpart_insert_only()",
    "never": "CREATE OR REPLACE TRIGGER counterpart_rows BEFORE DELETE OR UPDATE ON journal_entry"
    " FOR EACH ROW WHEN (false) EXECUTE FUNCTION counterpart_insert_only()",
    "harmless": HARMLESS + "; CREATE OR REPLACE TRIGGER counterpart_next BEFORE INSERT"
    " ON journal_entry FOR EACH ROW EXECUTE FUNCTION harmless()",
    "emptied": "CREATE OR REPLACE FUNCTION counterpart_insert_only() RETURNS trigger"
    " LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "granted": "GRANT UPDATE ON journal_entry TO {role}",
    "granted for one column": "GRANT UPDATE (body) ON journal_entry TO {role}",
    "granted to all": "GRANT TRUNCATE ON journal_serverkey TO PUBLIC",
    "given away": "ALTER TABLE journal_serverkey OWNER TO {role}",
}


def attempt(sql, params=()):
    """Run `sql` in a savepoint of its own."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.rowcount


def a_column(table):
    with connection.cursor() as cursor:
        return connection.introspection.get_table_description(cursor, table)[0].name


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("table", [*guards.insert_only_tables(), guards.SEALED_TABLE])
def test_the_serving_role_is_refused(founded, table, attack):
    with pytest.raises(DatabaseError, match=r"permission denied|must be owner"):
        attempt(ATTACKS[attack].format(table=table, column=a_column(table)))


def test_the_serving_role_owns_nothing_and_can_become_nobody(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolcreaterole, rolcreatedb, rolbypassrls"
            " FROM pg_roles WHERE rolname = current_user"
        )
        row = cursor.fetchone()

    assert row == (settings.RUNTIME_ROLE, False, False, False, False)


def test_the_serving_role_cannot_delete_the_head_nor_pretend_a_migration(founded):
    for sql in (
        "DELETE FROM journal_head",
        "TRUNCATE journal_head",
        "DELETE FROM django_migrations",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('journal', '9', now())",
    ):
        with pytest.raises(DatabaseError, match="permission denied"):
            attempt(sql)


def test_a_text_may_be_erased_and_nothing_else(founded, noon):
    assert attempt("UPDATE journal_sealed SET text = NULL, key = NULL, erased_at = %s", [noon])

    for change in ("text = 'forged'", "erased_at = NULL", "key = '\\x00'"):
        with pytest.raises(DatabaseError, match="may only be erased"):
            attempt(f"UPDATE journal_sealed SET {change}")
    for column in ("commitment", "person_key"):
        with pytest.raises(DatabaseError, match="permission denied"):
            attempt(f"UPDATE journal_sealed SET {column} = NULL")


@pytest.mark.parametrize(("seq", "prev"), [(2, "hash"), (4, "hash"), (3, "prev"), (1, "hash")])
def test_an_entry_that_does_not_follow_the_last_is_refused(founded, seq, prev):
    with pytest.raises(DatabaseError, match=r"does not follow|duplicate key"):
        attempt(
            "INSERT INTO journal_entry (seq, prev, hash, body, kind, at, subject_type, subject_id,"
            f" thread) SELECT %s, {prev}, hash, body, kind, at, subject_type, subject_id, thread"
            " FROM journal_entry WHERE seq = 2",
            [seq],
        )


def test_a_temporary_table_does_not_deceive_the_guard_of_the_order(founded):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE journal_entry (seq bigint, hash bytea)")
        cursor.execute("INSERT INTO pg_temp.journal_entry VALUES (99, '\\x00')")

    with pytest.raises(DatabaseError, match="does not follow"):
        attempt(
            "INSERT INTO public.journal_entry (seq, prev, hash, body, kind, at, subject_type,"
            " subject_id, thread) VALUES (100, '\\x00', '\\x00', '\\x00', '', now(), '', '', '')"
        )


@pytest.mark.django_db(transaction=True)
def test_the_owner_is_refused_by_the_triggers_even_as_a_replica(noon):
    found_here(noon)

    with as_owner():
        for table in KEPT:
            column = a_column(table)
            for role in ("origin", "replica"):
                for attack in ("update", "delete", "truncate"):
                    sql = ATTACKS[attack].format(table=table, column=column)
                    with pytest.raises(DatabaseError, match=r"insert-only|may only be erased"):
                        attempt(f"SET LOCAL session_replication_role = {role}; {sql}")
        assert attempt("SELECT seq FROM journal_entry") == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", SABOTAGE)
def test_sabotage_is_found_and_a_migration_repairs_it(how):
    assert guards.problems() == []

    with as_owner():
        try:
            attempt(SABOTAGE[how].format(role=settings.RUNTIME_ROLE))
            found = guards.problems()
            with pytest.raises(SystemCheckError, match=r"journal\.E001"):
                call_command("check", databases=["default"], stderr=io.StringIO())
        finally:
            attempt(f"ALTER TABLE journal_serverkey OWNER TO {connection.settings_dict['USER']}")
            attempt("REVOKE TRUNCATE ON journal_serverkey FROM PUBLIC")
            call_command("migrate", verbosity=0, skip_checks=False)
            attempt("DROP FUNCTION IF EXISTS harmless()")

    assert len(found) == 1
    assert guards.problems() == []


@pytest.mark.django_db(transaction=True)
def test_guards_stand_after_a_migration_that_alters_a_guarded_table():
    with as_owner():
        attempt("ALTER TABLE journal_serverkey ADD COLUMN extra text NOT NULL DEFAULT 'x'")
        attempt("ALTER TABLE journal_serverkey ALTER COLUMN extra TYPE varchar(9)")
        assert guards.problems() == []
        attempt("ALTER TABLE journal_serverkey DROP COLUMN extra")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("name", "warning"),
    [("RUNTIME_ROLE", r"journal\.W001"), ("CHECKPOINT_PLACES", r"journal\.W002")],
)
def test_the_check_passes_where_guards_stand_and_warns_of_what_is_not_set(settings, name, warning):
    settings.CHECKPOINT_PLACES = ["file:/mnt/kept.txt"]
    call_command("check", databases=["default"], fail_level="WARNING")

    setattr(settings, name, "")
    with pytest.raises(SystemCheckError, match=warning):
        call_command("check", databases=["default"], fail_level="WARNING", stderr=io.StringIO())


@pytest.mark.django_db(transaction=True)
def test_one_role_for_all_is_served_but_named(settings):
    with as_owner():
        settings.RUNTIME_ROLE = connection.settings_dict["USER"]
        guards.install()

        assert len(guards.problems()) == len(guards.insert_only_tables()) + 1


@pytest.mark.django_db(transaction=True)
def test_triggers_off_is_for_tests_alone_and_puts_the_guards_up_again(noon):
    found_here(noon)

    with as_owner():
        with triggers_off():
            assert attempt("UPDATE journal_serverkey SET key_id = 'forged'") == 1
        assert guards.problems() == []


def test_every_insert_only_table_is_guarded(db):
    assert {"journal_entry", "journal_serverkey"} <= set(guards.insert_only_tables())
    assert {table for table, _ in guards.expected_triggers()} == {
        *guards.insert_only_tables(),
        guards.SEALED_TABLE,
    }
    assert guards.problems() == []
