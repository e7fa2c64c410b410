"""What whoever stands in for the holder of a key gets, where it follows from no other role.

They read what may be theirs to sign, decide at its gates, and take no part in the work: whatever
asks for a part is not there for them, nor is what was thought before an initiative.
"""

ANSWERS = {
    ("governance:gate-decide", "POST"): "422 422",
    ("governance:gate-dissent", "POST"): "422 422",
    ("governance:decline-take-back", "POST"): "403 422",
    ("governance:decline-contest", "POST"): "422 403",
}
NOT_THERE = {
    ("governance:disagreement-form", "GET"),
    ("governance:disagreement-form", "POST"),
    ("governance:disagreement-state", "POST"),
    ("governance:disagreement-date", "POST"),
    ("governance:disagreement-settle", "POST"),
    ("governance:disagreement-confirm", "POST"),
    ("governance:disagreement-take-back", "POST"),
    ("governance:delegation-detail", "GET"),
    ("governance:delegation-answer", "POST"),
    ("governance:delegation-revoke", "POST"),
    ("initiatives:note-detail", "GET"),
    ("initiatives:note-withdraw", "POST"),
    ("initiatives:rapid-read-detail", "GET"),
    ("initiatives:rapid-read-half", "GET"),
    ("initiatives:rapid-read-half", "POST"),
    ("initiatives:rapid-read-decide", "GET"),
    ("initiatives:rapid-read-decide", "POST"),
    ("initiatives:rapid-read-confirm", "POST"),
    ("initiatives:member-list", "POST"),
    ("initiatives:member-end", "POST"),
    ("initiatives:scores-form", "POST"),
    ("initiatives:scores-discuss", "POST"),
    ("initiatives:scores-again", "POST"),
    ("initiatives:rank-form", "GET"),
    ("initiatives:rank-form", "POST"),
    ("initiatives:details-form", "GET"),
    ("initiatives:details-form", "POST"),
    ("initiatives:fact-form", "GET"),
    ("initiatives:fact-form", "POST"),
    ("initiatives:artefact-form", "POST"),
    ("initiatives:half-form", "GET"),
    ("initiatives:half-form", "POST"),
    ("initiatives:call-change", "POST"),
    ("initiatives:question-list", "POST"),
    ("initiatives:question-detail", "POST"),
    ("initiatives:question-close", "POST"),
    ("initiatives:question-reopen", "POST"),
    ("initiatives:evidence-copy", "POST"),
    ("initiatives:evidence-withdraw", "GET"),
    ("initiatives:evidence-withdraw", "POST"),
}
