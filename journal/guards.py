"""What the database itself refuses: changing, deleting or truncating what was recorded.

Triggers stand on every insert-only table, ENABLE ALWAYS, put up again after each migration.
The runtime role besides has no right to do any of it, nor to take the triggers down.
"""

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper

ENTRY_TABLE = "journal_entry"
SEALED_TABLE = "journal_sealed"

FUNCTIONS = """
CREATE OR REPLACE FUNCTION counterpart_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is insert-only: % refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'restrict_violation';
END $$;
CREATE OR REPLACE FUNCTION counterpart_erase_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.commitment = OLD.commitment
     AND NEW.text IS NULL AND NEW.key IS NULL AND OLD.text IS NOT NULL
     AND NEW.person_key IS NOT DISTINCT FROM OLD.person_key THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% may only be erased: % refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'restrict_violation';
END $$;
CREATE OR REPLACE FUNCTION counterpart_next_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.seq = 1 AND NEW.prev = decode(repeat('00', 32), 'hex')) OR EXISTS (
       SELECT 1 FROM journal_entry WHERE seq = NEW.seq - 1 AND hash = NEW.prev) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'entry % does not follow the last one', NEW.seq
    USING ERRCODE = 'restrict_violation';
END $$;
"""


def insert_only_tables() -> list[str]:
    """Return the tables whose rows are written once, sorted."""
    return sorted(
        model._meta.db_table for model in apps.get_models() if getattr(model, "insert_only", False)
    )


def expected_triggers() -> dict[tuple[str, str], str]:
    """Return (table, trigger name) → the statement that puts it up."""
    wanted: dict[tuple[str, str], str] = {}
    for table in [*insert_only_tables(), SEALED_TABLE]:
        function = "counterpart_" + ("erase_only" if table == SEALED_TABLE else "insert_only")
        wanted[table, "counterpart_rows"] = (
            f"BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()"
        )
        wanted[table, "counterpart_truncate"] = (
            f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT"
            " EXECUTE FUNCTION counterpart_insert_only()"
        )
    wanted[ENTRY_TABLE, "counterpart_next"] = (
        f"BEFORE INSERT ON {ENTRY_TABLE} FOR EACH ROW EXECUTE FUNCTION counterpart_next_entry()"
    )
    return wanted


def install() -> None:
    """Put up every guard whose table exists, and grant the runtime role what it may do."""
    with connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))
        cursor.execute(FUNCTIONS)
        for (table, name), statement in expected_triggers().items():
            if table in existing:
                cursor.execute(f"CREATE OR REPLACE TRIGGER {name} {statement}")
                cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")
        if settings.RUNTIME_ROLE:
            _grant(cursor, connection.ops.quote_name(settings.RUNTIME_ROLE), existing)


def problems() -> list[str]:
    """Say which guard is missing, switched off, or open to the role in use; empty means none."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, t.tgname, t.tgenabled FROM pg_trigger t"
            " JOIN pg_class c ON c.oid = t.tgrelid WHERE t.tgname LIKE 'counterpart%%'"
        )
        standing = {(table, name): enabled for table, name, enabled in cursor.fetchall()}
        for table, name in expected_triggers():
            if standing.get((table, name)) != "A":
                found.append(f"{table}: the trigger {name} is missing or switched off")
        if settings.RUNTIME_ROLE:
            found += _open_rights(cursor, settings.RUNTIME_ROLE)
    return found


def _grant(cursor: CursorWrapper, role: str, existing: set[str]) -> None:
    cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
    cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}")
    cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")
    for table in sorted(existing.intersection([*insert_only_tables(), SEALED_TABLE])):
        cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {role}")
    if SEALED_TABLE in existing:
        cursor.execute(f"GRANT UPDATE (text, key, erased_at) ON {SEALED_TABLE} TO {role}")
    if "journal_head" in existing:
        cursor.execute(f"REVOKE DELETE, TRUNCATE ON journal_head FROM {role}")
    if "django_migrations" in existing:
        cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}")


def _open_rights(cursor: CursorWrapper, role: str) -> list[str]:
    """Say which insert-only table the runtime role could change."""
    found = []
    for table in insert_only_tables():
        cursor.execute(
            "SELECT has_table_privilege(%s, %s, 'UPDATE, DELETE, TRUNCATE')", [role, table]
        )
        if cursor.fetchone()[0]:
            found.append(f"{table}: the role {role} may change rows")
    return found
