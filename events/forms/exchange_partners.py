"""The partner corporation's groups, and its people who enter them."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from events.exchange.holding import partners
from events.models import PartnerGroup, PartnerTerm
from groups.forms.newcomer import NewcomerForm
from groups.forms.parts import plain_helper
from iri_exchange.lib.fields import DayFormField
from members.models import Person


class PartnerGroupForm(forms.ModelForm):
    """A group's name; one taken off the list comes back by it."""

    class Meta:
        model = PartnerGroup
        fields: ClassVar = ["name", "kana"]

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by, self.helper = by, plain_helper()

    def _post_clean(self) -> None:
        """The verb checks the record: the name may be that of a group which comes back."""

    def act(self) -> PartnerGroup | None:
        """The group; None if the verb refused it, which stands in the form."""
        try:
            return partners.add_group(by=self.by, **self.cleaned_data)
        except ValidationError as error:
            self.add_error(None, ValidationError(error.messages))
            return None


class PartnerPersonForm(NewcomerForm):
    """Somebody of the partner corporation; an invitation to a login goes out at once."""

    since = DayFormField(label="いつから", help_text="この日から、公社のグループの方を申し込めます。")

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        before = Person.objects.filter(partner_terms__isnull=False).distinct()
        now = PartnerTerm.objects.exclude(until__lt=timezone.localdate()).values("person")
        super().__init__(*args, known=before.exclude(pk__in=now), **kwargs)
        self.by = by
        self.initial["since"] = timezone.localdate()
        self.fields["person"].label = "以前の担当など、名簿にいる方"
        self.fields["email"].help_text = "ここへ、ログインへの招待をお送りします。"

    def act(self) -> PartnerTerm | None:
        """The term, with an invitation unless there is a login; what is refused stands in the form."""
        since, email = self.cleaned_data["since"], self.cleaned_data["email"]
        try:
            with transaction.atomic():
                person = self.someone(since)
                return partners.welcome(person=person, email=email, since=since, by=self.by)
        except ValidationError as error:
            self.add_error(None, ValidationError(error.messages))
            return None
