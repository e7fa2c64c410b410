"""What the long form must have reached: every transition made, and every guard that refused.

Left out is what no way through the doors leads to, because another guard stands before it: one
person with both keys (`same_person`, `one_person`: I18 and the database refuse it), the sponsor as
a stand-in (`sponsor` of T4: D-1 refuses it), and another playbook (`edition`: it is adopted by two
people in tests/governance/operations/test_editions.py).
"""

TRANSITIONS = (
    "A1", "A1 voids", "A1 named", "A1 signs",
    "T1", "T2", "T3", "T4", "T5", "T6 returned", "T7 declined", "T7 escalated", "T7 for good",
    "T7 taken back", "T7 contested", "T8", "T8 by the holder", "T9 1", "T9 2", "T9 resume go_on",
    "T10", "T11", "T12 by silence", "T12 by changes", "T12 dissent", "T13 by age",
    "T13 out of date", "T14", "T15 recycle", "T15 hold", "T15 kill", "T16 1", "T16 2", "C2", "C4",
    "D-1", "D-1 answered", "D-3 T4", "D-4", "K1", "K1 ends a drill", "K2 back", "K2 closed",
    "N2", "V7 by office", "V7 by revocation", "V9", "X3 sent twice", "seat left", "seat taken",
)  # fmt: skip

_REFUSED = {
    "A1": "not_yours state recused declined",
    "A1 named": "not_yours own own_work recused declined other_key other_side sponsor asked taken",
    "T1": "not_yours closed open_round declined not_paused paused stage previous passed",
    "T2": "other_side stale over",
    "T3": "state not_yours paused vacant.technology vacant.people strict.technology strict.people"
    " hard_commitments verdict criterion.g1_change_load stale.g1_change_load"
    " waiver.g1_change_load",
    "T4 read": "authority state content terms other_side own_work recused",
    "T4": "paused state content terms authority intent presence dead own_work signed recused",
    "T5 read": "due",
    "T5": "state own_work",
    "T6": "not_yours state items recused",
    "T7": "state signed",
    "T7 taken back": "not_yours state",
    "T7 contested": "not_yours state newer late moved_on resolved",
    "T8": "not_yours state",
    "T10": "voids",
    "T12 dissent": "not_yours state stated",
    "T14": "not_yours state",
    "T15": "not_yours state paused",
    "T16": "not_yours state one_side reply cooling paused empty named",
    "T17": "not_yours state",
    "C2": "not_yours closed voids",
    "K1": "not_yours paused closed",
    "K2": "not_yours not_paused early way",
    "N2": "not_yours closed",
    "D-1": "not_yours past order long own other_key sponsor taken other_side",
    "D-1 answered": "not_yours state over",
    "D-4": "not_yours over",
    "seat taken": "two_keys stands_in",
}

GUARDS = tuple(f"{act} refused: {code}" for act, all_ in _REFUSED.items() for code in all_.split())
