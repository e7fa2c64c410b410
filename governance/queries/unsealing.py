"""Frozen bytes opened for reading: made from the bytes alone, never from today's rows."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from governance.queries.frozen import (
    FrozenCopy,
    FrozenCriterion,
    FrozenEvidence,
    FrozenSlot,
    FrozenText,
    Line,
    Names,
)
from governance.queries.texts import Body, Vault
from initiatives.rules.slots import CleanSlot
from initiatives.rules.values import plain_number
from kernel.canonical import canonical, digest
from kernel.templatetags.say import money
from playbook.playbooks import Playbook
from playbook.shapes import Slot

Row = Mapping[str, Any]
UNKNOWN = "someone no longer on record"
FACT_WORDS = {
    "shortlist": "Vendor shortlist",
    "vendor_commitment": "Vendor commitment",
    "budget_release": "Budget release",
    "launch_set": "Launch date",
}
PROBLEM = "problem_statement"


@dataclass(frozen=True)
class Reader:
    """What is needed to read frozen bytes: the edition, the texts, and names by person key."""

    playbook: Playbook
    vault: Vault
    names: Names

    def read(self, body: bytes, fingerprint: str) -> FrozenText:
        """Open frozen bytes. `is_true` says that bytes and texts give what was fingerprinted."""
        whole: Body = json.loads(body)
        content = whole["content"]
        evidence = tuple(self._evidence(one) for one in content["evidence"])
        slots = {one["slot"]: one for one in content["slots"]}
        shown = [slot for slot in self.playbook.slots if slot.key in slots]
        return FrozenText(
            fingerprint=fingerprint,
            name=self._name(slots),
            unit=content["initiative"]["unit"],
            fields=tuple(self._fields(content["initiative"])),
            leads=self._named(content["leads"]),
            seats=self._named({side: one["person"] for side, one in whole["seats"].items()}),
            slots=tuple(self._slot(slot, slots[slot.key]) for slot in shown),
            evidence=evidence,
            facts=tuple(self._fact(one) for one in content["facts"]),
            criteria=tuple(self._criterion(one, evidence) for one in whole["criteria"]),
            previous=whole["previous"],
            is_true=digest(body) == fingerprint and canonical(whole) == body and self.vault.is_true,
        )

    def name_of(self, key: str | None) -> str:
        """Return the name behind a person key."""
        return self.names.get(key or "", UNKNOWN)

    def _named(self, keys: Mapping[str, str]) -> Names:
        return {side: self.name_of(key) for side, key in keys.items()}

    def _name(self, slots: Mapping[str, Row]) -> str:
        if PROBLEM not in slots:
            return ""
        return self.vault.open(slots[PROBLEM]["texts"]).parts.get("name", "")

    def _slot(self, slot: Slot, row: Row) -> FrozenSlot:
        text = self.vault.open(row["texts"])
        return FrozenSlot(
            slot=slot,
            n=row["n"],
            side=row["side"],
            author=self.name_of(row["author"]),
            clean=CleanSlot(row["open"], text.parts) if text.text is not None else None,
            erased_at=text.erased_at,
        )

    def _evidence(self, row: Row) -> FrozenEvidence:
        text = self.vault.open(row["words"])
        words = text.parts
        return FrozenEvidence(
            id=row["id"],
            slot=row["slot"],
            criterion=row["criterion"],
            kind=row["kind"],
            title=words.get("title", ""),
            note=words.get("note", ""),
            url=words.get("url", ""),
            sha256=row["sha256"],
            side=row["side"],
            author=self.name_of(row["author"]),
            scan=row["scan"],
            valid_until=_day(row["valid_until"]),
            erased_at=text.erased_at,
            copy=_copy(row.get("copy")),
        )

    def _fact(self, row: Row) -> Line:
        on = date.fromisoformat(row["happened_on"])
        parts = (
            f"{on:%-d %B %Y}",
            money(row["amount"], row["currency"]),
            self.vault.open(row["words"]).text or "",
            "recorded out of order" if row["breach"] else "",
        )
        label = str(FACT_WORDS.get(row["kind"], row["kind"]))
        return Line(row["id"], label, " · ".join(filter(None, parts)))

    def _criterion(self, row: Row, evidence: tuple[FrozenEvidence, ...]) -> FrozenCriterion:
        criterion = self.playbook.criterion(row["key"])
        stated: Row = row["stated"] or {}
        note = self.vault.open(stated.get("note"))
        value = plain_number(Decimal(stated["value"])) if stated.get("value") else ""
        shows = {criterion.key, *criterion.slots}
        return FrozenCriterion(
            criterion=criterion,
            slots=tuple(self.playbook.slot(key) for key in criterion.slots),
            state=row["state"],
            by=self.name_of(stated["by"]) if stated else "",
            value=f"{value} {criterion.unit}".strip() if value else "",
            note=note.text or "",
            valid_until=_day(stated.get("valid_until")),
            erased_at=note.erased_at,
            evidence=tuple(one for one in evidence if {one.slot, one.criterion} & shows),
            excuse=row.get("excuse", ""),
        )

    def _fields(self, row: Row) -> list[Line]:
        models = {one.key: one.name for one in self.playbook.operating_models}
        questions = {one.key: one.text for one in self.playbook.risk_questions}
        model, month = row["operating_model"], _day(row["planned_month"])
        lines = [
            Line("unit", "Unit", row["unit"]),
            Line("operating_model", "Operating model", str(models.get(model, model))),
            Line("planned_month", "Planned launch", f"{month:%B %Y}" if month else ""),
            Line(
                "budget_ask", "Budget asked for", money(row["budget_ask"], row["budget_currency"])
            ),
        ]
        lines += [
            Line(f"risk.{key}", questions.get(key, key), "Yes" if answer else "No")
            for key, answer in sorted(row["risk"].items())
        ]
        return [line for line in lines if line.value]


def _copy(row: Row | None) -> FrozenCopy | None:
    if row is None:
        return None
    return FrozenCopy(row["sha256"], datetime.fromisoformat(row["fetched_at"]), row["scan"])


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
