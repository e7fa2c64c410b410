"""Its pages, grouped by noun."""

from django.urls import path

from governance.views import (
    calendars,
    chosen,
    desk,
    disagreements,
    first_steps,
    founding,
    gates,
    glossary,
    passages,
    portfolio_exports,
    receipts,
    record,
    reversals,
    search,
    signing,
    stops,
)

app_name = "governance"
urlpatterns = [
    path("", desk.home, name="home"),
    path("first-steps/", first_steps.first_steps_away, name="first-steps-away"),
    path("profile/days/", calendars.calendar_detail, name="calendar-detail"),
    path("profile/days/holidays/", calendars.calendar_holidays, name="calendar-holidays"),
    path("profile/days/absences/", calendars.absence_add, name="absence-add"),
    path("profile/days/absences/<int:pk>/end/", calendars.absence_end, name="absence-end"),
    path("settings/days/", calendars.day_list, name="day-list"),
    path("settings/days/<int:pk>/drop/", calendars.day_drop, name="day-drop"),
    path("found/", founding.organisation_found, name="organisation-found"),
    path("initiatives/<str:code>/gates/<slug:gate>/", gates.round_open, name="round-open"),
    path("initiatives/<str:code>/pause/", stops.initiative_pause, name="initiative-pause"),
    path(
        "initiatives/<str:code>/pause/still/",
        stops.initiative_standstill,
        name="initiative-standstill",
    ),
    path(
        "initiatives/<str:code>/disagreements/",
        disagreements.disagreement_list,
        name="disagreement-list",
    ),
    path(
        "gates/<int:pk>/disagreements/", disagreements.disagreement_form, name="disagreement-form"
    ),
    path("disagreements/<int:pk>/", disagreements.disagreement_detail, name="disagreement-detail"),
    path(
        "disagreements/<int:pk>/position/",
        disagreements.disagreement_state,
        name="disagreement-state",
    ),
    path("disagreements/<int:pk>/day/", disagreements.disagreement_date, name="disagreement-date"),
    path(
        "disagreements/<int:pk>/settlement/",
        disagreements.disagreement_settle,
        name="disagreement-settle",
    ),
    path(
        "disagreements/<int:pk>/confirmation/",
        disagreements.disagreement_confirm,
        name="disagreement-confirm",
    ),
    path(
        "disagreements/<int:pk>/decision/",
        disagreements.disagreement_decide,
        name="disagreement-decide",
    ),
    path(
        "disagreements/<int:pk>/take-back/",
        disagreements.disagreement_take_back,
        name="disagreement-take-back",
    ),
    path("gates/<int:pk>/", gates.gate_detail, name="gate-detail"),
    path("gates/<int:pk>/text/", gates.gate_text, name="gate-text"),
    path("gates/<int:pk>/submit/", gates.gate_submit, name="gate-submit"),
    path("gates/<int:pk>/withdraw/", gates.gate_withdraw, name="gate-withdraw"),
    path("gates/<int:pk>/points/<slug:criterion>/", gates.gate_attest, name="gate-attest"),
    path("gates/<int:pk>/decision/", signing.gate_decide, name="gate-decide"),
    path("gates/<int:pk>/signed/", passages.gate_signed, name="gate-signed"),
    path("gates/<int:pk>/receipt/", receipts.receipt_detail, name="receipt-detail"),
    path("gates/<int:pk>/receipt.json", receipts.receipt_file, name="receipt-file"),
    path("receipts/<str:name>", receipts.verifier_file, name="verifier-file"),
    path(
        "gates/<int:pk>/signatures/<int:signature>/withdraw/",
        reversals.signature_withdraw,
        name="signature-withdraw",
    ),
    path(
        "gates/<int:pk>/declines/<int:decline>/take-back/",
        reversals.decline_take_back,
        name="decline-take-back",
    ),
    path(
        "gates/<int:pk>/declines/<int:decline>/contest/",
        reversals.decline_contest,
        name="decline-contest",
    ),
    path("step-up/<slug:nonce>/", signing.step_up, name="step-up"),
    path("commitments/<int:pk>/close/", stops.commitment_close, name="commitment-close"),
    path("portfolio/chosen/", chosen.chosen_list, name="chosen-list"),
    path(
        "portfolio/export.<slug:form>",
        portfolio_exports.portfolio_export,
        name="portfolio-export",
    ),
    path("search/", search.search_list, name="search-list"),
    path("glossary/", glossary.glossary_list, name="glossary-list"),
    path("record/", record.record_list, name="record-list"),
    path("record/journal/", record.journal_list, name="journal-list"),
    path("record/check/", record.record_check, name="record-check"),
    path("record/export.<slug:form>", record.record_export, name="record-export"),
]
