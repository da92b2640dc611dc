"""Fields of the papers' forms: a few choices, small numbers and millimetres as people type them."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from iri_exchange.lib import japan

MOST_SHIFT = 20
_SHIFT = re.compile(rf"([+-]?({MOST_SHIFT}(\.0)?|1?[0-9](\.[0-9])?))?")


class Choice(forms.ChoiceField):
    """One of a few; the first when nothing is said."""

    def __init__(self, *, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        unknown = {"invalid_choice": "一覧から選んでください。"}
        super().__init__(choices=choices, required=False, error_messages=unknown, **kwargs)

    def clean(self, value: Any) -> Any:
        choices: Any = self.choices
        return super().clean(value) or choices[0][0]


class NumberField(forms.CharField):
    """A whole number from `least` to `most`; `usual` when nothing is said."""

    def __init__(self, *, least: int, most: int, usual: int, **kwargs: Any) -> None:
        self.least, self.most, self.usual = least, most, usual
        widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "w-s"})
        super().__init__(required=False, initial=usual, widget=widget, **kwargs)

    def clean(self, value: Any) -> int:
        text = japan.half_width(super().clean(value))
        if not text:
            return self.usual
        if not (text.isascii() and text.isdigit() and len(text) < 5 and self.least <= int(text) <= self.most):
            raise ValidationError(f"{self.least}から{self.most}までの数を入れてください。", code="invalid")
        return int(text)


class ShiftField(forms.CharField):
    """Millimetres to the tenth, to either side; empty is none."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "text", "class": "w-s"})
        super().__init__(required=False, widget=widget, **kwargs)

    def clean(self, value: Any) -> Decimal:
        text = japan.half_width(super().clean(value)).replace("−", "-").removesuffix("mm").strip()
        if not _SHIFT.fullmatch(text):
            raise ValidationError(
                f"-{MOST_SHIFT}から{MOST_SHIFT}までのmmを、0.1きざみで入れてください。例：1.5、-0.5",
                code="invalid",
            )
        return Decimal(text or 0)
