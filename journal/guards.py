"""What the database itself refuses: changing, deleting or truncating what was recorded.

Triggers stand on every insert-only table, ENABLE ALWAYS, put up again after each migration.
The runtime role besides has no right to do any of it, nor to take the triggers down.
"""

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

ENTRY_TABLE = "journal_entry"
SEALED_TABLE = "journal_sealed"
HEAD_TABLE = "journal_head"
MIGRATIONS_TABLE = "django_migrations"

# Name → body. A temporary table must not stand in for ours, hence the fixed search path.
FUNCTIONS = {
    "counterpart_insert_only": """
BEGIN
  RAISE EXCEPTION '% is insert-only: % refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'restrict_violation';
END """,
    "counterpart_erase_only": """
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.commitment = OLD.commitment
     AND NEW.text IS NULL AND NEW.key IS NULL AND OLD.text IS NOT NULL
     AND NEW.person_key IS NOT DISTINCT FROM OLD.person_key THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% may only be erased: % refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'restrict_violation';
END """,
    "counterpart_next_entry": """
BEGIN
  IF (NEW.seq = 1 AND NEW.prev = decode(repeat('00', 32), 'hex')) OR EXISTS (
       SELECT 1 FROM journal_entry WHERE seq = NEW.seq - 1 AND hash = NEW.prev) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'entry % does not follow the last one', NEW.seq
    USING ERRCODE = 'restrict_violation';
END """,
}


def insert_only_tables() -> list[str]:
    """Return the tables whose rows are written once, sorted."""
    return sorted(
        model._meta.db_table for model in apps.get_models() if getattr(model, "insert_only", False)
    )


def expected_triggers() -> dict[tuple[str, str], str]:
    """Return (table, trigger name) → its definition, worded as PostgreSQL words it."""
    wanted: dict[tuple[str, str], str] = {}
    for table in [*insert_only_tables(), SEALED_TABLE]:
        function = "counterpart_" + ("erase_only" if table == SEALED_TABLE else "insert_only")
        wanted[table, "counterpart_rows"] = (
            f"BEFORE DELETE OR UPDATE ON public.{table} FOR EACH ROW EXECUTE FUNCTION {function}()"
        )
        wanted[table, "counterpart_truncate"] = (
            f"BEFORE TRUNCATE ON public.{table} FOR EACH STATEMENT"
            " EXECUTE FUNCTION counterpart_insert_only()"
        )
    wanted[ENTRY_TABLE, "counterpart_next"] = (
        f"BEFORE INSERT ON public.{ENTRY_TABLE} FOR EACH ROW"
        " EXECUTE FUNCTION counterpart_next_entry()"
    )
    return wanted


def install() -> None:
    """Put up every guard whose table exists, and grant the runtime role what it may do."""
    with transaction.atomic(), connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))
        for name, body in FUNCTIONS.items():
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql"
                f" SET search_path = pg_catalog, public, pg_temp AS $${body}$$"
            )
        for (table, name), definition in expected_triggers().items():
            if table in existing:
                cursor.execute(f"CREATE OR REPLACE TRIGGER {name} {definition}")
                cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")
        # A database with one role for all is served, but its check names the open rights.
        if settings.RUNTIME_ROLE not in {"", connection.settings_dict["USER"]}:
            _grant(cursor, connection.ops.quote_name(settings.RUNTIME_ROLE), existing)


def _grant(cursor: CursorWrapper, role: str, existing: set[str]) -> None:
    rights = dict.fromkeys(existing, "SELECT, INSERT, UPDATE, DELETE")
    rights |= dict.fromkeys([*insert_only_tables(), SEALED_TABLE], "SELECT, INSERT")
    rights |= {HEAD_TABLE: "SELECT, INSERT, UPDATE", MIGRATIONS_TABLE: "SELECT"}
    cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
    cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")
    for table in sorted(existing.intersection(rights)):
        cursor.execute(f"REVOKE ALL ON {table} FROM {role}")
        cursor.execute(f"GRANT {rights[table]} ON {table} TO {role}")
    if SEALED_TABLE in existing:
        cursor.execute(f"GRANT UPDATE (text, key, erased_at) ON {SEALED_TABLE} TO {role}")


def problems() -> list[str]:
    """Say which guard is missing, altered, switched off, or open to the runtime role."""
    with connection.cursor() as cursor:
        found = [*_altered_functions(cursor), *_altered_triggers(cursor)]
        if settings.RUNTIME_ROLE:
            found += _open_rights(cursor, settings.RUNTIME_ROLE)
    return found


def _altered_functions(cursor: CursorWrapper) -> list[str]:
    cursor.execute(
        "SELECT proname, prosrc FROM pg_proc"
        " WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'counterpart%%'"
    )
    standing = dict(cursor.fetchall())
    return [
        f"the function {name} is missing or altered"
        for name, body in FUNCTIONS.items()
        if standing.get(name) != body
    ]


def _altered_triggers(cursor: CursorWrapper) -> list[str]:
    cursor.execute(
        "SELECT c.relname, t.tgname, t.tgenabled, pg_get_triggerdef(t.oid) FROM pg_trigger t"
        " JOIN pg_class c ON c.oid = t.tgrelid WHERE t.tgname LIKE 'counterpart%%'"
    )
    standing = {(table, name): (enabled, text) for table, name, enabled, text in cursor.fetchall()}
    return [
        f"{table}: the trigger {name} is missing, altered or switched off"
        for (table, name), definition in expected_triggers().items()
        if standing.get((table, name)) != ("A", f"CREATE TRIGGER {name} {definition}")
    ]


def _open_rights(cursor: CursorWrapper, role: str) -> list[str]:
    """Say which table the runtime role could change against the rules, or own."""
    cursor.execute(
        """
        SELECT c.relname FROM pg_class c, pg_roles r
        WHERE r.rolname = %(role)s AND c.relname = ANY(%(tables)s)
          AND c.relnamespace = 'public'::regnamespace
          AND (pg_has_role(r.oid, c.relowner, 'MEMBER')
               OR has_table_privilege(r.oid, c.oid, 'DELETE, TRUNCATE, TRIGGER')
               OR c.relname <> %(sealed)s AND has_any_column_privilege(r.oid, c.oid, 'UPDATE')
               OR c.relname = %(sealed)s AND has_table_privilege(r.oid, c.oid, 'UPDATE'))
        ORDER BY c.relname
        """,
        {"role": role, "tables": [*insert_only_tables(), SEALED_TABLE], "sealed": SEALED_TABLE},
    )
    return [f"{table}: the role {role} may change rows" for (table,) in cursor.fetchall()]
