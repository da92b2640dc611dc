"""What may be asked of the search; all of it stands in the address bar, and may be kept under a name."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict

from groups.finding import FILTERS, KINDS, Asked
from groups.forms.filters import RecordField, SearchFormField
from groups.models import Group, Membership, Office
from groups.standing import standing
from groups.visibility import groups_visible_to
from iri_exchange.lib import asked, japan
from iri_exchange.lib.fields import LineField
from iri_exchange.lib.widgets import drawn_quickly
from members import searches
from members.models import SavedSearch

ANY = ("", "すべて")
EXAMPLE = "例：高橋、たちかわ、歯車"


class SearchForm(forms.Form):
    """Fields that cannot be read ask for nothing, and are told."""

    q = SearchFormField(
        label="さがす言葉",
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": EXAMPLE}),
    )
    office = RecordField(
        label=FILTERS["office"],
        queryset=Office.objects.all(),
        to_field_name="slug",
        empty_label="すべて",
        required=False,
    )
    year = forms.ChoiceField(label=FILTERS["year"], required=False)
    stage = forms.ChoiceField(label=FILTERS["stage"], choices=[ANY, *Group.Stage.choices], required=False)
    industry = forms.ChoiceField(
        label=FILTERS["industry"], choices=[ANY, *japan.INDUSTRIES.items()], required=False
    )
    prefecture = forms.ChoiceField(
        label=FILTERS["prefecture"],
        choices=[ANY, *((name, name) for name in japan.PREFECTURES)],
        required=False,
    )
    status = forms.ChoiceField(label=FILTERS["status"], required=False)
    kind = forms.ChoiceField(choices=[ANY, *KINDS.items()], required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data)
        who = standing(user)
        self._choices("year", _years(groups_visible_to(user)))
        known = (
            Membership.Status.choices
            if who.is_staff
            else [choice for choice in Membership.Status.choices if choice[0] in Membership.BELONGING]
        )
        self._choices("status", known)
        if not who.is_staff and not who.insider_of:
            del self.fields["status"]
        for field in self.fields.values():
            select = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if select else "form-control"
            if select:
                field.error_messages["invalid_choice"] = asked.UNKNOWN
            drawn_quickly(field)

    @property
    def asked(self) -> Asked:
        self.is_valid()
        return Asked(**{name: value for name, value in self.cleaned_data.items() if value and name != "kind"})

    @property
    def is_narrowed(self) -> bool:
        """Whether more than words is asked for, or one of the filters could not be read."""
        return bool({*self.asked.given, *self.errors} - {"q"})

    @property
    def only(self) -> str:
        """The one kind that is asked for."""
        self.is_valid()
        return self.cleaned_data.get("kind", "")

    def _choices(self, name: str, choices: Any) -> None:
        self.fields[name].choices = [ANY, *choices]  # type: ignore[attr-defined]


class KeepForm(forms.Form):
    """A name for what stands in the address bar."""

    name = LineField(
        label="この条件の名前",
        max_length=40,
        widget=forms.TextInput(attrs={"class": "form-control"}),
        error_messages={"required": "名前を入れてください。例：多摩の機械"},
    )
    query = LineField(widget=forms.HiddenInput, max_length=1_000, required=False)

    def search(self, user: Any) -> SearchForm:
        """The search that is to be kept, as its own page reads it."""
        return SearchForm(QueryDict(self.data.get("query", "")[:1_000]), user=user)

    def act(self, *, user: Any) -> SavedSearch | None:
        """What was kept; None if it was refused, which then stands in the form."""
        try:
            return searches.keep(
                user=user, name=self.cleaned_data["name"], query=self.search(user).asked.query
            )
        except ValidationError as error:
            self.add_error(None, ValidationError(error.messages))
            return None


def _years(groups: QuerySet[Group]) -> list[tuple[str, str]]:
    years = groups.order_by("-founded_year").values_list("founded_year", flat=True).distinct()
    return [(str(year), japan.fiscal_year_label(year)) for year in years]
