"""What a printed roster is asked for: whom it is for, as of when, what for, and who gets the copy."""

import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils import timezone

from groups.models import Group
from groups.rosters import Variant
from iri_exchange.lib.fields import DayFormField, read_safely


class LineField(forms.CharField):
    """One line as typed; what cannot be seen is refused, in words."""

    def to_python(self, value: Any) -> str:
        return read_safely(lambda text: text, super().to_python(value) or "")


class RosterForm(forms.Form):
    """Everything may be left out: the members' roster as of today, for nobody in particular.

    Bound to the address, so that a link names a copy. With `user` and `group` it offers what the user may print;
    what is asked for all the same is read, and refused by its rule.
    """

    variant = forms.ChoiceField(
        label="種類",
        required=False,
        choices=Variant.choices,
        error_messages={"invalid_choice": "この種類の名簿はありません。一覧から選んでください。"},
    )
    date = DayFormField(
        label="いつ現在", required=False, help_text="空けておくと今日です。例：令和8年4月1日、2026-04-01"
    )
    purpose = LineField(
        label="目的", required=False, max_length=100, help_text="名簿の下に印刷します。例：年度はじめの配付"
    )
    receiver = LineField(
        label="お渡し先",
        required=False,
        max_length=60,
        help_text="空けておくと、手で書ける欄になります。例：濵田 隆",
    )

    def __init__(self, *args: Any, user: Any = None, group: Group | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if group:
            self.fields["variant"].widget.choices = [
                (each.value, each.label) for each in Variant if user.has_perm(each.terms.rule, group)
            ]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean_variant(self) -> Variant:
        return Variant(self.cleaned_data["variant"] or Variant.MEMBER)

    def clean_date(self) -> datetime.date:
        return self.cleaned_data["date"] or timezone.localdate()
