"""What a book of all groups is asked for."""

import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils import timezone

from groups import book
from groups.models import Group, Printout
from groups.rosters.variants import Variant
from iri_exchange.lib.fields import DayFormField, LineField, RecordsField
from members.models import User


class BookForm(forms.Form):
    """Everything may be left out: the members' rosters of all groups as of today, for nobody in particular."""

    variant = forms.ChoiceField(
        label="種類",
        choices=[(each.value, each.label) for each in book.VARIANTS],
        initial=Variant.MEMBER,
        help_text="会員用は、同意のあった連絡先だけをのせます。事務局用は、すべてをのせます。",
    )
    date = DayFormField(
        label="いつ現在", required=False, help_text="空けておくと今日です。例：令和8年4月1日、2026-04-01"
    )
    purpose = LineField(
        label="目的", required=False, max_length=100, help_text="表紙に印刷します。例：年度はじめの控え"
    )
    receiver = LineField(
        label="お渡し先",
        required=False,
        max_length=60,
        help_text="表紙と、どのページの下にも印刷します。例：濵田 隆",
    )
    groups: forms.ModelMultipleChoiceField = RecordsField(
        queryset=Group.objects.none(),
        label="のせるグループ",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        error_messages={
            "invalid_choice": "いまは活動していないグループがあります。一覧から選び直してください。"
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"].queryset = book.living(timezone.localdate())  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_date(self) -> datetime.date:
        return self.cleaned_data["date"] or timezone.localdate()

    def act(self, *, by: User) -> Printout:
        """Ask for it. No group chosen: all that live on the day."""
        asked = self.cleaned_data
        return book.ask_for_book(
            by=by,
            variant=Variant(asked["variant"]),
            day=asked["date"],
            groups=asked["groups"] or None,
            purpose=asked["purpose"],
            receiver=asked["receiver"],
        )
