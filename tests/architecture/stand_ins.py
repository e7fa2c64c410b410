"""What whoever stands in for the holder of a key gets, where it follows from no other role.

They read what may be theirs to sign, decide at its gates, and take no part in the work, which they
see and may not do; what was thought before an initiative is not there for them.
"""

ANSWERS = {
    ("governance:gate-decide", "POST"): "422 422",
    ("governance:gate-dissent", "POST"): "422 422",
    ("governance:decline-take-back", "POST"): "403 422",
    ("governance:decline-contest", "POST"): "422 403",
}
NOT_THERE = {
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
    ("initiatives:member-end", "POST"),
    ("initiatives:question-close", "POST"),
    ("initiatives:question-reopen", "POST"),
    ("initiatives:evidence-copy", "POST"),
}
