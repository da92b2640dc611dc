"""The forms for what happens to a company from a day on: a new name, a new place, a former name put right."""

from typing import Any, ClassVar

from crispy_forms.layout import Layout
from django.core.exceptions import ValidationError
from django.utils import timezone

from iri_exchange.lib.fields import DayFormField
from members import companies
from members.forms import DirectoryForm, pair, section
from members.models import Company, FormerName

SINCE = "この日から新しいほうになります。例：2026-10-01、R8.10.1"


class RenameForm(DirectoryForm):
    """The new legal name of a company, and from which day on it bears it."""

    since = DayFormField(label="いつから", help_text=SINCE)

    class Meta:
        model = Company
        fields: ClassVar = ["name", "kana"]
        labels: ClassVar = {"name": "新しい企業名", "kana": "新しい企業名のフリガナ"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["since"] = timezone.localdate()

    def act(self) -> Company | None:
        """Let the verb rename the company; what it refuses stands in the form."""
        try:
            return companies.rename(company=self.instance, **self.cleaned_data)
        except ValidationError as error:
            self.add_error(None, error)
            return None


class MoveForm(DirectoryForm):
    """The new address and numbers of a company, prefilled with the present ones."""

    since = DayFormField(label="いつから", help_text=SINCE)

    class Meta:
        model = Company
        fields = companies.MOVED

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["since"] = timezone.localdate()
        self.helper.layout = Layout(
            section("日付", "since"),
            section(
                "新しい所在地と連絡先",
                "postal_code",
                pair("prefecture", "city"),
                "street",
                "building",
                pair("phone", "fax"),
            ),
        )

    def act(self) -> Company | None:
        """As `RenameForm.act`."""
        place = {name: self.cleaned_data[name] for name in companies.MOVED}
        try:
            return companies.move(company=self.instance, since=self.cleaned_data["since"], place=place)
        except ValidationError as error:
            self.add_error(None, error)
            return None


class FormerNameForm(DirectoryForm):
    """A former name as it stands in the directory, to be put right."""

    lock = "company"
    until = DayFormField(label="いつまで", help_text="この日までの名前です。例：2026-09-30、R8.9.30")

    class Meta:
        model = FormerName
        fields: ClassVar = ["name", "kana", "until"]

    def act(self) -> FormerName | None:
        """As `RenameForm.act`."""
        try:
            return companies.correct_former_name(former=self.instance, **self.cleaned_data)
        except ValidationError as error:
            self.add_error(None, error)
            return None
