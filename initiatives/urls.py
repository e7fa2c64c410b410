"""Its pages, grouped by noun."""

from django.urls import path, register_converter

from initiatives.views import (
    artefacts,
    decision_logs,
    deferrals,
    details,
    evidence,
    facts,
    halves,
    import_previews,
    import_results,
    imports,
    initiatives,
    members,
    notes,
    portfolio,
    priorities,
    proposals,
    questions,
    rapid_decisions,
    rapid_halves,
    rapid_reads,
    saved_views,
    scores,
    shortlists,
    versions,
)
from initiatives.views.codes import CodeConverter

register_converter(CodeConverter, "code")

app_name = "initiatives"
urlpatterns = [
    path("portfolio/", portfolio.portfolio_list, name="portfolio-list"),
    path("portfolio/views/", saved_views.view_list, name="view-list"),
    path("portfolio/views/<int:pk>/", saved_views.view_change, name="view-change"),
    path("priorities/", priorities.priorities_list, name="priorities-list"),
    path("priorities/shortlist/", shortlists.shortlist_list, name="shortlist-list"),
    path(
        "priorities/shortlist/<int:pk>/answer/",
        shortlists.shortlist_answer,
        name="shortlist-answer",
    ),
    path("notes/", notes.note_list, name="note-list"),
    path("notes/new/", notes.note_form, name="note-form"),
    path("notes/<int:pk>/", notes.note_detail, name="note-detail"),
    path("notes/<int:pk>/withdraw/", notes.note_withdraw, name="note-withdraw"),
    path("rapid-reads/", rapid_reads.rapid_read_list, name="rapid-read-list"),
    path("rapid-reads/new/", rapid_reads.rapid_read_form, name="rapid-read-form"),
    path("rapid-reads/<int:pk>/", rapid_reads.rapid_read_detail, name="rapid-read-detail"),
    path(
        "rapid-reads/<int:pk>/halves/<slug:side>/",
        rapid_halves.rapid_read_half,
        name="rapid-read-half",
    ),
    path(
        "rapid-reads/<int:pk>/decide/",
        rapid_decisions.rapid_read_decide,
        name="rapid-read-decide",
    ),
    path(
        "rapid-reads/<int:pk>/confirm/",
        rapid_decisions.rapid_read_confirm,
        name="rapid-read-confirm",
    ),
    path("initiatives/new/", proposals.proposal_form, name="proposal-form"),
    path("imports/", imports.import_list, name="import-list"),
    path("imports/new/", imports.import_form, name="import-form"),
    path("imports/<int:pk>/", import_previews.import_detail, name="import-detail"),
    path("imports/<int:pk>/columns/", imports.import_columns, name="import-columns"),
    path("imports/<int:pk>/resume/", import_results.import_resume, name="import-resume"),
    path("imports/<int:pk>/discard/", imports.import_discard, name="import-discard"),
    path("imports/<int:pk>/refused/", import_results.import_refused, name="import-refused"),
    path("initiatives/<code:code>/", initiatives.initiative_detail, name="initiative-detail"),
    path(
        "initiatives/<code:code>/history/",
        initiatives.initiative_history,
        name="initiative-history",
    ),
    path("initiatives/<code:code>/join/", members.member_join, name="member-join"),
    path("initiatives/<code:code>/people/", members.member_list, name="member-list"),
    path("initiatives/<code:code>/people/<int:pk>/end/", members.member_end, name="member-end"),
    path("initiatives/<code:code>/scores/", scores.scores_form, name="scores-form"),
    path("initiatives/<code:code>/scores/again/", scores.scores_again, name="scores-again"),
    path(
        "initiatives/<code:code>/scores/<slug:criterion>/talk/",
        scores.scores_discuss,
        name="scores-discuss",
    ),
    path("initiatives/<code:code>/rank/", priorities.rank_form, name="rank-form"),
    path("initiatives/<code:code>/details/", details.details_form, name="details-form"),
    path("initiatives/<code:code>/decisions/", decision_logs.decision_list, name="decision-list"),
    path(
        "initiatives/<code:code>/decisions/new/",
        decision_logs.decision_form,
        name="decision-form",
    ),
    path(
        "initiatives/<code:code>/decisions/template/",
        decision_logs.decision_template,
        name="decision-template",
    ),
    path(
        "initiatives/<code:code>/decisions/export/",
        decision_logs.decision_export,
        name="decision-export",
    ),
    path(
        "initiatives/<code:code>/decisions/<int:pk>/withdraw/",
        decision_logs.decision_withdraw,
        name="decision-withdraw",
    ),
    path("initiatives/<code:code>/facts/", facts.fact_form, name="fact-form"),
    path(
        "initiatives/<code:code>/slots/<slug:slot>/", artefacts.artefact_form, name="artefact-form"
    ),
    path(
        "initiatives/<code:code>/slots/<slug:slot>/versions/",
        versions.artefact_versions,
        name="artefact-versions",
    ),
    path("initiatives/<code:code>/halves/<slug:side>/", halves.half_form, name="half-form"),
    path("initiatives/<code:code>/questions/", questions.question_list, name="question-list"),
    path("initiatives/<code:code>/calls/", deferrals.call_change, name="call-change"),
    path(
        "initiatives/<code:code>/questions/<int:pk>/",
        questions.question_detail,
        name="question-detail",
    ),
    path(
        "initiatives/<code:code>/questions/<int:pk>/close/",
        questions.question_close,
        name="question-close",
    ),
    path(
        "initiatives/<code:code>/questions/<int:pk>/reopen/",
        questions.question_reopen,
        name="question-reopen",
    ),
    path("initiatives/<code:code>/evidence/", evidence.evidence_form, name="evidence-form"),
    path(
        "initiatives/<code:code>/evidence/<int:pk>/", evidence.evidence_file, name="evidence-file"
    ),
    path(
        "initiatives/<code:code>/evidence/<int:pk>/copy/",
        evidence.evidence_copy,
        name="evidence-copy",
    ),
    path(
        "initiatives/<code:code>/evidence/<int:pk>/withdraw/",
        evidence.evidence_withdraw,
        name="evidence-withdraw",
    ),
]
