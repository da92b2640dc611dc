"""The form that says a company is no more; it shows what that ends before anything is written."""

import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from groups import closing
from groups.endings import LEFT_ALONE
from iri_exchange.lib import japan, search
from iri_exchange.lib.fields import DayFormField, LineField
from members.models import Company, CompanyClosing

CORPORATE_DIGITS = 13
NOT_FOUND = (
    "この名前の企業は、名簿に見つかりません。名簿にない企業でしたら、ここは空けて、メモにお書きください。"
)
SEVERAL = "同じ名前の企業が、名簿にいくつかあります。法人番号（13けた）を入れてください。"
ITSELF = "合併した先には、ほかの企業を入れてください。"
ONLY_MERGED = "合併した先は、「合併」のときだけ入れてください。"
LOOK_AGAIN = "この日だと、このページにあるようになります。よろしければ、もう一度ボタンを押してください。"


class CloseForm(forms.Form):
    """`affected` is what ends on the day that is typed; another day than the one shown is looked at once more."""

    status = forms.ChoiceField(
        label="どうなったか",
        choices=[("closed", "廃業"), ("merged", "合併")],
        widget=forms.RadioSelect,
        initial="closed",
    )
    since = DayFormField(label="いつから", help_text="会社がなくなった最初の日。例：2026-10-01、R8.10.1")
    merged_into = LineField(
        label="合併した先",
        required=False,
        max_length=100,
        help_text="名簿にある企業なら、その企業名か法人番号。分からなければ空けておきます。",
    )
    note = LineField(
        label="メモ", required=False, max_length=200, help_text="聞いた相手など。会員には見えません。"
    )
    confirmed = forms.BooleanField(
        label="役員がいなくなるグループがあることを分かったうえで、登録する", required=False
    )
    shown = LineField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, company: Company, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.company = company
        self.initial["since"] = timezone.localdate()
        self.day = self._day() or timezone.localdate()
        self.affected = closing.affected(company, self.day)
        self.alone = [each for each in self.affected if each.alone]
        if not self.alone:
            del self.fields["confirmed"]
        self.initial["shown"] = self.day.isoformat()
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True

    def _day(self) -> datetime.date | None:
        try:
            day: datetime.date | None = self.fields["since"].clean(self.data["since"])
        except (ValidationError, KeyError):
            return None
        return day

    def clean_merged_into(self) -> Company | None:
        typed = self.cleaned_data["merged_into"]
        if not typed:
            return None
        found = list(_called(typed)[:2])
        if len(found) != 1:
            raise ValidationError(SEVERAL if found else NOT_FOUND, code="not_one")
        if found == [self.company]:
            raise ValidationError(ITSELF, code="itself")
        return found[0]

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if data.get("merged_into") and data.get("status") != Company.Status.MERGED:
            self.add_error("merged_into", ValidationError(ONLY_MERGED, code="not_merged"))
        if data.get("since") and data.get("shown") != data["since"].isoformat() and not self.errors:
            typed: Any = self.data.copy()  # type: ignore[attr-defined]
            typed["shown"] = data["since"].isoformat()
            self.data = typed
            self.add_error(None, ValidationError(LOOK_AGAIN, code="look"))
        return data

    def act(self) -> CompanyClosing | None:
        """Let the verb close the company; what it refuses stands in the form."""
        asked = {name: self.cleaned_data[name] for name in ("status", "since", "merged_into", "note")}
        confirmed = bool(self.cleaned_data.get("confirmed"))
        try:
            return closing.close(company=self.company, confirmed=confirmed, **asked)
        except ValidationError as error:
            alone = getattr(error, "code", "") == LEFT_ALONE and "confirmed" in self.fields
            self.add_error(
                "confirmed" if alone else None, ValidationError(error.messages) if alone else error
            )
            return None


def _called(typed: str) -> Any:
    """Companies that are, or were, called so, whatever the spelling, or that have this number."""
    digits = japan.half_width(typed)
    if digits.isascii() and digits.isdigit() and len(digits) == CORPORATE_DIGITS:
        return Company.objects.filter(corporate_number=digits)
    key = japan.fold(typed)
    other = search.OTHER + key
    called = (
        Q(search_key__startswith=search.NAME + key + search.OTHER)
        | Q(search_key__contains=other + search.OTHER)
        | Q(search_key__contains=other + search.ABOUT)
    )
    return Company.objects.filter(called)
