"""Secrets of this checkout: made once, kept under var/secrets, readable by their owner only."""

import base64
import os
import secrets
from pathlib import Path

from launcher.places import VAR, private_folder

FOLDER = VAR / "secrets"


def keep(name: str, value: str, folder: Path = FOLDER) -> str:
    """Return the stored secret, or `value` stored from now on."""
    path = private_folder(folder) / name
    if path.exists() and (found := path.read_text().strip()):
        return found
    temporary = path.with_suffix(".new")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(value)
    temporary.replace(path)
    return value


def password(name: str, folder: Path = FOLDER) -> str:
    """Return a password without a character that an address would have to escape."""
    return keep(name, secrets.token_hex(24), folder)


def application(folder: Path = FOLDER) -> dict[str, str]:
    """Return the two secrets of the product itself, unless the environment brings its own."""
    made = {
        "SECRET_KEY": ("secret_key", secrets.token_urlsafe(48)),
        "SERVER_SIGNING_KEY": (
            "server_signing_key",
            base64.b64encode(secrets.token_bytes(32)).decode(),
        ),
    }
    return {
        name: keep(*filed, folder)
        for name, filed in made.items()
        if name not in os.environ and f"{name}_FILE" not in os.environ
    }
