"""The programme as rows of a form: without scripts there are some empty ones, and a button that adds more."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from events.exchange.holding import programme
from events.exchange.holding.programme import Line
from events.models import JointExchange, ProgrammeItem
from groups.forms.parts import StoredField
from groups.models import Group
from iri_exchange.lib.fields import HourField, LineField

EMPTY_ROWS, MORE_ROWS, MOST_ROWS = 3, 3, 40
NO_TITLE = "内容を入れるか、この行をすべて空けてください。"
NOT_A_GROUP = "グループを選ぶのは、種類が「グループの紹介」のときだけです。"
ANOTHER = "ほかの方が、先にプログラムを直しました。下の欄にあるのは、あなたの内容です。このまま保存すると、あなたの内容になります。"


class ProgrammeRow(forms.Form):
    """One item. Emptied, it is none."""

    use_required_attribute = False
    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    time = HourField(label="時刻", required=False)
    title = StoredField(ProgrammeItem, "title", required=False)
    kind = forms.ChoiceField(
        label="種類", choices=ProgrammeItem.Kind.choices, required=False, initial=ProgrammeItem.Kind.OTHER
    )
    speaker = StoredField(ProgrammeItem, "speaker", required=False)
    group = forms.TypedChoiceField(label="紹介するグループ", required=False, coerce=int, empty_value=None)
    words = StoredField(ProgrammeItem, "words", required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, groups: list[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {each.pk: each for each in groups}
        field: Any = self.fields["group"]
        field.choices = [("", "―"), *((each.pk, str(each)) for each in groups)]

    def clean(self) -> dict[str, Any]:
        super().clean()
        values = self.cleaned_data
        is_filled = any(values.get(name) for name in ("time", "speaker", "group", "words"))
        if not self.errors and not values.get("title") and is_filled:
            self.add_error("title", ValidationError(NO_TITLE, code="required"))
        if values.get("group") and values.get("kind") != ProgrammeItem.Kind.GROUP:
            self.add_error("group", ValidationError(NOT_A_GROUP, code="kind"))
        return values

    @property
    def line(self) -> Line | None:
        values = self.cleaned_data
        if not values.get("title"):
            return None
        kind = values["kind"] or ProgrammeItem.Kind.OTHER
        group = self.groups.get(values["group"])
        return Line(
            values["title"], values["time"], kind, values["speaker"], group, values["words"], values["pk"]
        )


ProgrammeRows = forms.formset_factory(ProgrammeRow, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


class ProgrammeForm(forms.Form):
    """The rows, and the version they were drawn from. `more`: empty rows are asked for, and nothing is saved."""

    version = LineField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, exchange: JointExchange, by: Any) -> None:
        self.exchange, self.by = exchange, by
        # The version first: what is read after it is at least as new.
        self.version_now = programme.version_of(exchange)
        super().__init__(data, initial={"version": self.version_now})
        groups = list(Group.objects.order_by("sort_key", "pk"))
        self.is_more = bool(data and "more" in data)
        if data is None or self.is_more:
            lines = _sent(data) if self.is_more else _stored(exchange)
            empty = MORE_ROWS if self.is_more else EMPTY_ROWS
            initial = [*lines, *({} for _ in range(min(empty, MOST_ROWS - len(lines))))]
            self.rows = ProgrammeRows(initial=initial, form_kwargs={"groups": groups})
            self.rows.extra = 0
        else:
            self.rows = ProgrammeRows(data, form_kwargs={"groups": groups})

    def clean(self) -> dict[str, Any]:
        super().clean()
        if not self.rows.is_valid():
            for number, row in enumerate(self.rows.forms, start=1):
                for text in dict.fromkeys(str(text) for texts in row.errors.values() for text in texts):
                    self.add_error(None, ValidationError(f"{number}行目：{text}"))
            for fault in self.rows.non_form_errors():
                self.add_error(None, ValidationError(fault))
        elif self.cleaned_data.get("version") not in ("", self.version_now):
            data: Any = self.data
            self.data = data.copy()
            self.data["version"] = self.version_now  # type: ignore[index]
            self.add_error(None, ValidationError(ANOTHER, code="changed"))
        return self.cleaned_data

    @property
    def lines(self) -> list[Line]:
        """Those that are not empty, in their order."""
        return [row.line for row in self.rows.forms if row.line]

    def act(self) -> bool:
        """Whether the verb took it; what it refuses stands at the top."""
        try:
            programme.write(exchange=self.exchange, lines=self.lines, by=self.by)
        except ValidationError as error:
            self.add_error(None, ValidationError(error.messages))
            return False
        return True


def _stored(exchange: JointExchange) -> list[dict[str, Any]]:
    return [
        {**vars(line), "group": line.group.pk if line.group else None}
        for line in programme.lines_of(exchange)
    ]


def _sent(data: Any) -> list[dict[str, Any]]:
    """What was typed into the rows, as it was typed."""
    count = data.get("form-TOTAL_FORMS", "")
    is_number = count.isascii() and count.isdecimal() and len(count) < 10
    many = min(int(count), MOST_ROWS) if is_number else 0
    names = ("pk", "time", "title", "kind", "speaker", "group", "words")
    return [{name: data.get(f"form-{row}-{name}", "") for name in names} for row in range(many)]
