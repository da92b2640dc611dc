"""The agenda as rows of a form: without scripts there are some empty ones, and a button that adds more."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from events.models import AgendaItem
from events.planning.agenda import Line
from groups.forms.parts import StoredField
from groups.models import Membership
from iri_exchange.lib.fields import HourField

EMPTY_ROWS, MORE_ROWS, MOST_ROWS = 3, 3, 40
NO_TITLE = "内容を入れるか、この行をすべて空けてください。"


class AgendaRow(forms.Form):
    """One line. Emptied, it is none."""

    use_required_attribute = False
    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    time = HourField(label="時刻", required=False)
    title = StoredField(AgendaItem, "title", required=False)
    presenter = StoredField(AgendaItem, "presenter", required=False)
    membership = forms.TypedChoiceField(label="会員", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, members: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {each.pk: each for each in members}
        field: Any = self.fields["membership"]
        field.choices = [("", "―"), *((each.pk, str(each.member)) for each in members)]
        for name in ("title", "presenter"):
            self.fields[name].widget.attrs["class"] = "form-control"

    def clean(self) -> dict[str, Any]:
        super().clean()
        values = self.cleaned_data
        if (
            not self.errors
            and not values.get("title")
            and any(values.get(name) for name in values if name != "pk")
        ):
            self.add_error("title", ValidationError(NO_TITLE, code="required"))
        return values

    @property
    def line(self) -> Line | None:
        values = self.cleaned_data
        if not values["title"]:
            return None
        about = self.members.get(values["membership"])
        return Line(values["title"], values["time"], values["presenter"], about, values["pk"])


class _Rows(forms.BaseFormSet[AgendaRow]):
    """Rows in their order."""

    @property
    def lines(self) -> list[Line]:
        return [form.line for form in self.forms if form.line]

    @property
    def faults(self) -> list[str]:
        """A sentence for each row that is wrong, for the summary at the top."""
        return [
            f"次第の{number}行目：{' '.join(dict.fromkeys(text for texts in form.errors.values() for text in map(str, texts)))}"
            for number, form in enumerate(self.forms, start=1)
            if form.errors
        ]


Rows = forms.formset_factory(AgendaRow, formset=_Rows, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
PREFIX = "agenda"


def rows_of(data: Any, lines: list[Line], members: list[Membership], *, more: bool = False) -> Any:
    """The rows as sent, with some more if that was asked; or these lines and some empty ones."""
    kwargs: dict[str, Any] = {"prefix": PREFIX, "form_kwargs": {"members": members}}
    if data is None or f"{PREFIX}-TOTAL_FORMS" not in data:
        initial = [_initial(line) for line in lines] + [{}] * EMPTY_ROWS
        return Rows(initial=initial, **kwargs)
    if more:
        data = data.copy()
        total = str(data.get(f"{PREFIX}-TOTAL_FORMS", ""))
        count = int(total) if total.isascii() and total.isdecimal() and len(total) < 4 else 0
        data[f"{PREFIX}-TOTAL_FORMS"] = str(min(count + MORE_ROWS, MOST_ROWS))
    return Rows(data, **kwargs)


def _initial(line: Line) -> dict[str, Any]:
    return {
        "pk": line.pk,
        "time": line.time,
        "title": line.title,
        "presenter": line.presenter,
        "membership": line.membership and line.membership.pk,
    }
