"""The floor plan as a text of one letter a cell, what its circuits carry, and where one booth stands."""

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction

from events.exchange.booths import floor, placing
from events.exchange.booths.drawing import Plan, draw
from events.forms.redrawn import Redrawn
from events.models import Booth, Circuit, JointExchange
from groups.forms.parts import plain_helper
from iri_exchange.lib.fields import read_safely
from iri_exchange.lib.versions import Versioned
from members.forms import section

WATTS: Any = Circuit._meta.get_field("watts")
NUMBER: Any = Booth._meta.get_field("number")
ROWS, COLUMNS = 10, 16


class FloorForm(Redrawn, Versioned):
    """`look` and `resize` draw the plan anew and keep nothing. A circuit has a field as soon as the plan names it."""

    rows = forms.IntegerField(label="段の数", min_value=1, max_value=floor.MOST_ROWS, required=False)
    columns = forms.IntegerField(label="列の数", min_value=1, max_value=floor.MOST_COLUMNS, required=False)

    class Meta:
        model = JointExchange
        fields = ("floor",)

    def __init__(self, data: Any = None, *, by: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.by, self.redrawn = by, bool(data and ("look" in data or "resize" in data))
        self.fields["floor"].widget.attrs |= {
            "class": "floor-text",
            "rows": 14,
            "spellcheck": "false",
            "wrap": "off",
        }
        self.fields["floor"].help_text = "一文字が、会場の一ますです。一行が、一段です。"
        drawn = self._drawn()
        if data and "resize" in data:
            drawn = self._resized(drawn)
        self.initial.setdefault("rows", len(drawn.rows) or ROWS)
        self.initial.setdefault("columns", drawn.columns or COLUMNS)
        limits = placing.limits_of(self.instance)
        self.letters = drawn.letters
        for letter in self.letters:
            self.fields[f"watts_{letter}"] = WATTS.formfield(
                label=f"回路{letter}で使える電力（W）",
                initial=limits.get(letter, WATTS.default),
                required=False,
            )
            self.fields[f"watts_{letter}"].widget.attrs["class"] = "w-s"
            self.fields[f"watts_{letter}"].validators.extend(WATTS.validators)
        self.helper = plain_helper()
        self.helper.layout = Layout(section("会場図", "floor"))

    def _typed_plan(self) -> str:
        return str(self.data.get("floor", "")) if self.is_bound else self.instance.floor

    def _drawn(self) -> floor.Floor:
        """The plan as far as it can be read."""
        try:
            return floor.read(self._typed_plan())
        except ValidationError:
            return floor.stored("")

    def _resized(self, drawn: floor.Floor) -> floor.Floor:
        data: Any = self.data
        data = data.copy()
        size = [_count(data.get("rows"), floor.MOST_ROWS), _count(data.get("columns"), floor.MOST_COLUMNS)]
        if all(size):
            drawn = drawn.resized(*size)
            data["floor"] = drawn.text
            self.data = data
        return drawn

    @property
    def plan(self) -> Plan:
        """What stands in the form, with the booths that are placed."""
        return draw(self._drawn(), placing.accepted_of(self.instance))

    @property
    def circuits(self) -> list[Any]:
        return [self[f"watts_{letter}"] for letter in self.letters]

    def clean_floor(self) -> str:
        typed = read_safely(lambda text: text, self.cleaned_data["floor"], lines=True, limit=4000)
        return floor.read(typed).text

    def _keep_the_rest(self, stored: Any) -> None:
        """The verb reads the record again."""

    def _post_clean(self) -> None:
        """The verb checks the whole plan."""

    def typed(self, name: str) -> Any:
        return self.cleaned_data[name] if name in self.cleaned_data else super().typed(name)

    def act(self) -> JointExchange | None:
        """Let the verb keep it; what it refuses stands in the form."""
        values = self.cleaned_data
        watts = {letter: values.get(f"watts_{letter}") for letter in self.letters}
        try:
            return placing.change_floor(
                exchange=self.instance, plan=values["floor"], by=self.by,
                watts={letter: each for letter, each in watts.items() if each is not None},
            )  # fmt: skip
        except ValidationError as error:
            self.add_error("floor", ValidationError(error.messages))
            return None


class PlaceForm(forms.Form):
    """One booth: its place among those that are free, and its number."""

    place = forms.ChoiceField(label="場所", required=False)
    number: Any = NUMBER.formfield(required=False, help_text="空けておくと、番号なしになります。")

    def __init__(self, *args: Any, booth: Booth, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.booth, self.by = booth, by
        there = (booth.place_row, booth.place_column)
        others = placing.accepted_of(booth.exchange).exclude(pk=booth.pk).exclude(place_row=None)
        taken = set(others.values_list("place_row", "place_column"))
        cells = floor.stored(booth.exchange.floor).places
        field: Any = self.fields["place"]
        field.choices = [
            ("", "場所なし"),
            *(
                (_key(*at), f"{cell.name}（回路{cell.letter}）")
                for at, cell in cells.items()
                if at not in taken
            ),
        ]
        field.error_messages["invalid_choice"] = (
            "そこは、いまは空いていません。空いている場所を選んでください。"
        )
        self.initial.update(place=_key(*there) if booth.place_row is not None else "", number=booth.number)
        field.widget.attrs["class"] = "w-m"
        self.fields["number"].widget.attrs |= {"class": "w-s", "inputmode": "numeric"}
        self.helper = plain_helper()

    def act(self) -> Booth | None:
        """Let the verbs place and number it, both or neither; what they refuse stands beside the field."""
        values, booth = self.cleaned_data, self.booth
        row, _, column = values["place"].partition("-")
        at = (int(row), int(column)) if values["place"] else None
        with transaction.atomic():
            try:
                placing.place(booth=booth, at=at, by=self.by)
            except ValidationError as error:
                self.add_error("place", ValidationError(error.messages))
            try:
                placing.number(booth=booth, to=values["number"], by=self.by)
            except ValidationError as error:
                self.add_error("number", ValidationError(error.messages))
            if self.errors:
                transaction.set_rollback(True)
        return None if self.errors else booth


def _key(row: int | None, column: int | None) -> str:
    return f"{row}-{column}"


def _count(typed: Any, most: int) -> int:
    text = str(typed or "").strip()
    return min(int(text), most) if text.isascii() and text.isdecimal() and len(text) < 4 else 0
