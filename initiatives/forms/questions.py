"""Words in a thread: a question, or an answer."""

from django import forms


class QuestionForm(forms.Form):
    """What somebody asks."""

    text = forms.CharField(
        label="Your question",
        help_text="Both sides read it. It is no part of what is signed.",
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 3}),
    )


class AnswerForm(forms.Form):
    """What somebody answers, or asks on."""

    text = forms.CharField(
        label="Your answer", widget=forms.Textarea(attrs={"dir": "auto", "rows": 3})
    )
