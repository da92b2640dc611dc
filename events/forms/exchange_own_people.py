"""A partner corporation's person, and what a member said to an officer of the group."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from events.exchange.inviting import keeping
from events.exchange.inviting.invitees import Invitee
from events.forms.exchange_registrations import NEEDS_GROUP, AboutForm
from events.models import JointExchange, PartnerGroup, Registration

OUTSIDE = "参加申込の期間が終わっているので、直せません。事務局にお知らせください。"


class PartnerForm(AboutForm):
    """A new person, or what is put right about one; `as_office`: bound to no period."""

    class Meta:
        model = Registration
        fields = (
            "partner_group", "affiliation", "name", "kana", "title", "email", "phone", "wants_party",
            "wants_tables",
        )  # fmt: skip

    def __init__(self, *args: Any, as_office: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.as_office = as_office
        field: Any = self.fields["partner_group"]
        now = self.instance.partner_group_id
        field.queryset = PartnerGroup.objects.filter(is_current=True) | PartnerGroup.objects.filter(pk=now)
        field.empty_label, field.required = "選んでください", True
        field.error_messages["required"] = NEEDS_GROUP

    def act(self, by: Any) -> Registration | None:
        """Let the verb store it; what it refuses stands at the top."""
        try:
            if self.instance.pk is None:
                return keeping.enter_partner(registration=self.instance, by=by, as_office=self.as_office)
            if not (self.as_office or self.exchange.takes_registrations):
                raise ValidationError(OUTSIDE, code="over")
            return keeping.correct(registration=self.instance, by=by, names=self.corrected)
        except ValidationError as error:
            self.add_error(None, ValidationError(error.messages))
            return None


class MemberAnswerForm(forms.Form):
    """One tap: who, and whether they come."""

    person = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    answer = forms.ChoiceField(choices=[("yes", "参加"), ("no", "不参加")])

    def act(self, *, exchange: JointExchange, each: Invitee, by: Any) -> Registration:
        """Raises ValidationError for what the verb refuses."""
        comes = self.cleaned_data["answer"] == "yes"
        return keeping.answer_member(exchange=exchange, each=each, comes=comes, by=by)
