"""One of everything, for the gallery: forms with every kind of field, rows, steps, reasons."""

from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message

from config.context import Frame, Person, Place
from kernel.refusals import Blocker

DIGEST = "21f7ea3e5d4d7e92aabe0358e929cad775ef1fe2faf2b6b9b42b100598ea3004"
OTHER = "73678519e1beecbfc8d16c82aba906977fc44d3a2f8a48a215f9c2934ae879da"
STATES = (
    ("Nobody has signed", "open", "open"),
    ("Technology has signed", "signed", "open"),
    ("People side has signed", "open", "signed"),
    ("Both signed, People with a condition", "signed", "cond"),
    ("Sealed: both signed the same text", "signed", "signed"),
    ("Technology declined", "declined", "open"),
    ("Text changed after Technology signed", "stale", "open"),
)
FRAME = Frame(
    theme="",
    organisation="Harrowgate Field Systems",
    is_demo=True,
    person=Person("Maren Oduya", "Signs for People (CHRO)", "CHRO", "people"),
    main=(
        Place("Home", "/", "home", is_here=True),
        Place("Portfolio", "/portfolio/", "portfolio", is_here=False),
        Place("Record", "/record/", "record", is_here=False),
    ),
    more=(Place("People and offices", "/settings/people/", "person", is_here=False),),
)


class EveryForm(forms.Form):
    name = forms.CharField(help_text="What people will call it.", initial="Answer assistant")
    problem = forms.CharField(widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}))
    budget = forms.DecimalField(required=False, help_text="From the shared pool.")
    by = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), label="By when")
    unit = forms.ChoiceField(choices=[("a", "Field Service (420)"), ("b", "Customer Service")])
    file = forms.FileField(required=False, label="Evidence")
    model = forms.ChoiceField(
        choices=[("e", "Embedded partner"), ("j", "Joint sprint")],
        widget=forms.RadioSelect,
        label="How you work together",
        help_text="Chosen by gate 2.",
    )
    touched = forms.MultipleChoiceField(
        choices=[("h", "Hiring"), ("p", "Pay")], widget=forms.CheckboxSelectMultiple
    )
    read = forms.BooleanField(label="I have read version 5", help_text="All six clauses.")
    nonce = forms.CharField(widget=forms.HiddenInput, required=False)


def gallery() -> dict[str, object]:
    return {
        "frame": FRAME,
        "digest": DIGEST,
        "other": OTHER,
        "states": STATES,
        "form": EveryForm(),
        "wrong": EveryForm({"name": "", "budget": "much"}, prefix="wrong"),
        "marks": [
            (0, "tech"),
            (6, "people"),
            (22, "gate"),
            (30, "breach"),
            (41, "fact"),
            (60, "gate"),
        ],
        "blockers": [Blocker("a", "The training plan has no date."), Blocker("b", "Two", "name")],
        "messages": [
            Message(constants.SUCCESS, "Evidence added."),
            Message(constants.WARNING, "Not scanned."),
        ],
        "steps": stage_rail(),
    }


def stage_rail() -> list[dict[str, object]]:
    step = {"digest": DIGEST, "url": ""}
    return [
        {"number": 1, "name": "Problem", "note": "Agreed 8 Sep", "state": "done"}
        | {"gate_name": "Agree the problem", "tech": "signed", "people": "signed"}
        | {"label": "Gate 1: both signed"}
        | step,
        {"number": 2, "name": "Design", "note": "Now, since 4 May", "state": "now"}
        | {"gate_name": "Agree the design", "tech": "signed", "people": "open"}
        | {"label": "Gate 2: Technology has signed", "digest": OTHER, "url": "/gates/2/"},
        {"number": 3, "name": "Deployment", "note": "", "state": "next"}
        | {"gate_name": "Agree the launch", "tech": "open", "people": "open"}
        | {"label": "Gate 3: not open yet", "digest": "", "url": ""},
        {"number": 4, "name": "Measurement", "note": "", "state": "next"}
        | {"gate_name": "Agree the result", "tech": "open", "people": "open"}
        | {"label": "Gate 4: not open yet", "digest": "", "url": ""},
    ]
