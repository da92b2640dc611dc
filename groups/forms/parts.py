"""What the forms about members share."""

import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from groups import endings

ALONE = "役員がいなくなることを分かったうえで、先へ進む"
ALONE_HINT = "次の役員が決まっていれば、先に登録してください。"


class StoredField(forms.CharField):
    """A record's own field outside of its ModelForm: read, or refused, as the record reads it."""

    def __init__(self, model: type[models.Model], name: str, **kwargs: Any) -> None:
        field: Any = model._meta.get_field(name)
        self.field, label = field, field.verbose_name
        kwargs.setdefault("required", not field.blank)
        kwargs.setdefault("help_text", field.help_text)
        super().__init__(label=label, error_messages={"required": f"{label}を入れてください。"}, **kwargs)

    def to_python(self, value: Any) -> Any:
        """The record's own refusal comes first: Django has other words for a character that nobody sees."""
        text = super().to_python(value)
        return self.field.to_python(text) if text else text

    def clean(self, value: Any) -> Any:
        stored = self.field.to_python(super().clean(value))
        self.field.run_validators(stored)
        return stored


def read_day(form: forms.BaseForm, name: str) -> datetime.date | None:
    """The day typed into a form that has not been checked yet; None if it cannot be read."""
    try:
        day: datetime.date | None = form.fields[name].clean(form.data.get(form.add_prefix(name)))
    except ValidationError:
        return None
    return day


def refuse(form: forms.BaseForm, error: ValidationError) -> None:
    """At the top of the form; beside the confirmation, if that is what is missing."""
    alone = getattr(error, "code", "") == endings.LEFT_ALONE and "confirmed" in form.fields
    form.add_error("confirmed" if alone else None, ValidationError(error.messages))


def plain_helper() -> FormHelper:
    helper = FormHelper()
    helper.form_tag, helper.disable_csrf = False, True
    return helper
