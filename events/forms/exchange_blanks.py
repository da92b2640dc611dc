"""The first line of a list to choose from, in words instead of dashes."""

from typing import Any

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH

CHOOSE, NONE = "選んでください", "なし"
DASHES = str(BLANK_CHOICE_DASH[0][1])


def say_blanks(form: forms.BaseForm, none: str = NONE) -> None:
    """`none`: what nothing chosen means, where that is an answer."""
    for each in form.fields.values():
        field: Any = each
        words = CHOOSE if field.required else none
        if isinstance(field, forms.ModelChoiceField):
            if field.empty_label is not None and str(field.empty_label) == DASHES:
                field.empty_label = words
        elif isinstance(field, forms.ChoiceField):
            choices: Any = field.choices
            field.choices = [(value, words if str(label) == DASHES else label) for value, label in choices]
