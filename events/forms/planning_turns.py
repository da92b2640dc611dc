"""Whose turn it is: for each meeting ahead two members of each role, by choice from a list; and the theme of the year."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from events.planning import turns
from events.planning.turns import MOST, Role, Table
from groups.forms.parts import StoredField, plain_helper
from groups.models import Group, Membership


class TurnsForm(forms.Form):
    """One row for each meeting of the year."""

    def __init__(
        self, *args: Any, group: Group, table: Table, members: list[Membership], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.group, self.lines = group, table.lines
        known = {each.pk: str(each.member) for each in members}
        for line in table.lines:
            for role, there in ((Role.DUTY, line.duty), (Role.PRESENTER, line.presenting)):
                # Who has left since keeps the turn that was had.
                choices = known | {each.pk: str(each.member) for each in there}
                for place in range(MOST):
                    self.fields[f"{role}_{line.meeting.pk}_{place}"] = forms.TypedChoiceField(
                        label=role.label if place == 0 else f"{role.label}の{place + 1}人目",
                        choices=[("", "―"), *choices.items()],
                        coerce=int,
                        empty_value=None,
                        required=False,
                        initial=there[place].pk if place < len(there) else None,
                    )
        self.helper = plain_helper()

    @property
    def table(self) -> Iterator[tuple[Any, list[Any], list[Any]]]:
        for line in self.lines:
            duty, presenting = (
                [self[f"{role}_{line.meeting.pk}_{place}"] for place in range(MOST)]
                for role in (Role.DUTY, Role.PRESENTER)
            )
            yield line.meeting, duty, presenting

    def act(self) -> int | None:
        """How many meetings changed; what the verb refuses stands at the top of the form."""
        wanted: dict[tuple[int, str], list[int]] = {}
        for line in self.lines:
            for role, there in ((Role.DUTY, line.duty), (Role.PRESENTER, line.presenting)):
                names = [f"{role}_{line.meeting.pk}_{place}" for place in range(MOST)]
                chosen = [self.cleaned_data[name] for name in names if self.cleaned_data[name]]
                wanted[line.meeting.pk, role] = [*chosen, *(each.pk for each in there[MOST:])]
        try:
            return turns.assign(group=self.group, turns=wanted)
        except ValidationError as error:
            self.add_error(None, ValidationError(error.messages))
            return None


class ThemeForm(forms.Form):
    """The theme of the year; empty for none."""

    theme = StoredField(Group, "theme", help_text="会合の一覧と、グループのページに出ます。60字まで。")

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group, self.initial = group, {"theme": group.theme}
        self.helper = plain_helper()

    def act(self) -> None:
        turns.set_theme(group=self.group, theme=self.cleaned_data["theme"])
