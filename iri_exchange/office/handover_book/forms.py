"""For whom a handover book is made."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from groups.models import Group, Printout
from iri_exchange.lib.fields import LineField
from iri_exchange.office.handover_book.making import ask_for_book
from members.models import User


class HandoverBookForm(forms.Form):
    """Both may be left out: there is room to write the name in by hand."""

    receiver = LineField(
        label="お渡し先",
        required=False,
        max_length=60,
        help_text="表紙と、どのページの下にも印刷します。お渡しする方ごとに、1冊ずつお作りください。例：濵田 隆",
    )
    purpose = LineField(
        label="目的", required=False, max_length=100, help_text="表紙に印刷します。例：令和9年度の事務局へ"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def act(self, *, group: Group, by: User) -> Printout:
        """Ask for it."""
        asked = self.cleaned_data
        return ask_for_book(group=group, by=by, receiver=asked["receiver"], purpose=asked["purpose"])
