"""One statement of the owner's, outside a transaction: making a database."""

import os
import sys

import psycopg2


def say(statement: str, url: str) -> None:
    """Run it; whoever makes a database may not be connected to the one it copies."""
    connection = psycopg2.connect(f"{url.rpartition('/')[0]}/postgres")
    connection.autocommit = True
    connection.cursor().execute(statement)
    connection.close()


if __name__ == "__main__":
    say(sys.argv[1], os.environ["DATABASE_OWNER_URL"])
