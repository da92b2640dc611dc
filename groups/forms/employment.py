"""The form that says where somebody works from a day on."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from groups.forms.filters import LONGEST_SEARCH, SearchFormField
from groups.forms.parts import plain_helper, refuse
from groups.visibility import companies_visible_to
from iri_exchange.lib import japan
from iri_exchange.lib.fields import DayFormField, KnownChoice
from members import directory
from members.models import Company, Employment, Person

SHOWN = 30


class CompanyField(KnownChoice, forms.ModelChoiceField):
    def label_from_instance(self, company: Any) -> str:
        return f"{company.name}（{company.prefecture}{company.city or '所在地は未確認'}）"


class EmploymentForm(forms.Form):
    """The company is typed by its name; if several have it, one of them is chosen. Empty means: none any more."""

    since = DayFormField(label="いつから", help_text="例：2027-04-01、R9.4.1")
    name = SearchFormField(
        label="新しい所属企業",
        required=False,
        help_text="企業名で入れてください。どの企業にも属さなくなるときは、空けておきます。",
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )
    company = CompanyField(
        label="どの企業ですか",
        queryset=Company.objects.none(),
        required=False,
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, *args: Any, person: Person, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.helper = person, plain_helper()
        self.initial["since"] = timezone.localdate()
        self.likely = self._likely(companies_visible_to(user))
        field = self.fields["company"]
        field.queryset = Company.objects.filter(pk__in=[each.pk for each in self.likely])  # type: ignore[attr-defined]
        if not self.likely:
            del self.fields["company"]

    def _likely(self, visible: QuerySet[Company]) -> list[Company]:
        """Those that are called so; without any, those in whose name it is."""
        typed = str(self.data.get("name", ""))
        if not typed or len(typed) > LONGEST_SEARCH or japan.has_unsafe_characters(typed):
            return []
        key = japan.fold(typed)
        rows = [row for row in visible.filter(search_key__contains=key)[:200] if key in japan.fold(row.name)]
        return [row for row in rows if japan.fold(row.name) == key] or rows[:SHOWN]

    def clean(self) -> None:
        typed, chosen = self.cleaned_data.get("name"), self.cleaned_data.get("company")
        if typed and not self.likely:
            self.add_error(
                "name",
                "この名前の企業は、名簿に見つかりません。言葉を短くするか、書き方をたしかめてください。",
            )
        elif typed and not chosen and len(self.likely) > 1:
            self.add_error("company", "いくつか見つかりました。1つ選んでください。")
        elif typed and not chosen and japan.fold(self.likely[0].name) != japan.fold(typed):
            self.add_error("company", "この企業でしょうか。そうでしたら、選んでください。")

    def act(self) -> Employment | None:
        """Let the verb write it; what it refuses stands at the top of the form."""
        chosen = self.cleaned_data.get("company")
        company = chosen or (self.likely[0] if self.cleaned_data.get("name") else None)
        try:
            return directory.change_employer(
                person=self.person, company=company, since=self.cleaned_data["since"]
            )
        except ValidationError as error:
            refuse(self, error)
            return None
