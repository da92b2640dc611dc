"""What the members said, for all of them on one page: only those that are chosen are written down."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from groups.handing_on import Answered
from groups.models import Group
from groups.question_words import SAYS
from iri_exchange.office.handover_consents import asking


class AnswersForm(forms.Form):
    """One choice for each person, empty as long as nothing is to be written down."""

    how = forms.ChoiceField(
        label="どうやって伺いましたか",
        choices=[("", "選んでください"), *asking.HOW.items()],
        widget=forms.Select(attrs={"class": "form-select w-m"}),
        error_messages={"required": "どうやって伺ったかを選んでください。"},
    )

    def __init__(self, *args: Any, group: Group, rows: list[Answered], by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group, self.rows, self.by = group, rows, by
        for answer in (answer for row in rows for answer in row.people):
            self.fields[f"p{answer.person.pk}"] = forms.ChoiceField(
                label=f"{answer.person.name}さんのお答え",
                choices=[("", "そのまま"), *SAYS.items()],
                required=False,
                widget=forms.Select(attrs={"class": "form-select"}),
                error_messages={"invalid_choice": "一覧から選び直してください。"},
            )

    @property
    def table(self) -> Iterator[tuple[Answered, list[tuple[Any, Any]]]]:
        """Each membership with its people, and the field of each."""
        for row in self.rows:
            yield row, [(answer, self[f"p{answer.person.pk}"]) for answer in row.people]

    def act(self) -> int | None:
        """How many were written down; what the verb refuses stands at the top of the form."""
        chosen = {
            int(name[1:]): value == "yes"
            for name, value in self.cleaned_data.items()
            if name != "how" and value
        }
        try:
            return asking.write_down(
                group=self.group, answers=chosen, how=self.cleaned_data["how"], by=self.by
            )
        except ValidationError as error:
            self.add_error(None, ValidationError(error.messages))
            return None
