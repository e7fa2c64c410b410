"""Where a password is not enough: the gates and offices whose signatures take a passkey."""

from dataclasses import dataclass

from playbook.gates import GATE_KEYS
from playbook.reading import Reading

# Who signs by office. The others read and keep; nothing of theirs is a signature.
SIGNING_OFFICES = ("cio", "chro", "sponsor")


@dataclass(frozen=True, kw_only=True)
class PasskeyPolicy:
    """What the playbook asks a passkey for; nothing, unless it says so."""

    gates: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()


def read_passkeys(head: Reading) -> PasskeyPolicy:
    """Return what `passkeys:` in `playbook.yaml` asks for.

    :raises PlaybookError: for a gate or an office that does not sign.
    """
    if not head.has("passkeys"):
        return PasskeyPolicy()
    reading = Reading(head.values["passkeys"], required=(), optional=("gates", "offices"))
    return PasskeyPolicy(
        gates=_known(reading, "gates", GATE_KEYS),
        offices=_known(reading, "offices", SIGNING_OFFICES),
    )


def _known(reading: Reading, key: str, known: tuple[str, ...]) -> tuple[str, ...]:
    words = reading.words(key)
    for word in words:
        if word not in known:
            raise reading.values[key].error(f"“{word}” is not one of {', '.join(known)}")
    return words
