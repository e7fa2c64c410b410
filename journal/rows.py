"""The fingerprint of one stored row, so that an entry can hold its rows to what they were."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models

from kernel.canonical import canonical, digest, moment


def label(row: models.Model | type[models.Model]) -> str:
    """Return the name of the row's table in entries: "governance.signature"."""
    return row._meta.label_lower


def reference(row: models.Model) -> str:
    """Return the name of the row itself: "initiatives.initiative:7"."""
    return f"{label(row)}:{row.pk}"


def as_hex(column: str) -> models.Func:
    """Return a column of bytes as text, which the driver reads many times faster."""
    return models.Func(
        column, models.Value("hex"), function="encode", output_field=models.TextField()
    )


def row_digest(row: models.Model) -> str:
    """Return the SHA-256 over every column of `row` that holds something, by column name.

    The same before the row is stored and after it is read back. A foreign key to a sealed text
    is its commitment, so erasing the text leaves the digest as it was. Empty columns are left
    out: a table may gain a nullable column, and its older rows keep their digests.
    """
    plain = (
        (column.attname, _plain(column, column.to_python(getattr(row, column.attname))))
        for column in row._meta.concrete_fields
    )
    return digest(canonical({name: value for name, value in plain if value is not None}))


def _plain(column: "models.Field[Any, Any]", value: Any) -> Any:  # noqa: ANN401  # any column
    """Return `value` as signed data knows it: text, integer, boolean, list, map or null."""
    plain: Any
    match value:
        case None | bool() | int() | list() | tuple() | dict():
            plain = value
        case datetime():
            plain = moment(value)
        case bytes() | memoryview():
            plain = bytes(value).hex()
        case Decimal():
            plain = f"{value:.{getattr(column, 'decimal_places', 0)}f}"
        case str() | date() | UUID():
            plain = str(value)
        case _:
            raise TypeError(f"{column} holds a {type(value).__name__}, which has no fingerprint")
    return plain
