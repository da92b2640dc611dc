"""The answer to one question of consent."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from groups import questions
from groups.questions import Question
from iri_exchange.lib.fields import LineField
from members.models import ConsentText


class AnswerForm(forms.Form):
    """`version` is that of the wording on the page: to it the answer is given, whatever is shown by then."""

    answer = forms.ChoiceField(
        label="お答え",
        widget=forms.RadioSelect,
        error_messages={
            "required": "どれか1つを選んでください。",
            "invalid_choice": "どれか1つを選んでください。",
        },
    )
    version = LineField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, question: Question) -> None:
        super().__init__(data, initial={"answer": question.answer, "version": question.version})
        self.question = question
        choices = [(choice.value, choice.label) for choice in question.choices]
        self.fields["answer"].choices = choices  # type: ignore[attr-defined]

    @property
    def offered(self) -> list[tuple[Any, str]]:
        """Each choice's radio button with what the choice changes."""
        return list(zip(self["answer"], (choice.effect for choice in self.question.choices), strict=True))

    @property
    def effect(self) -> str:
        """What the chosen answer changes."""
        chosen = self.cleaned_data["answer"]
        return next(choice.effect for choice in self.question.choices if choice.value == chosen)

    def clean(self) -> None:
        version = self.cleaned_data.get("version", "")
        self.shown = ConsentText.objects.filter(kind=self.question.kind, version=version).first()
        if self.question.text and not self.shown:
            raise ValidationError(
                "文面が新しくなっています。お読みになって、もう一度お答えください。", code="stale"
            )

    def act(self) -> bool:
        """Whether the answer changed anything."""
        return questions.answer(
            question=self.question,
            answer=self.cleaned_data["answer"],
            day=timezone.localdate(),
            text=self.shown,
        )
