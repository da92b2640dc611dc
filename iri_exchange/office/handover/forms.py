"""From which day on a group runs itself, and why, where something is missing."""

import datetime
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError

from groups.forms.parts import StoredField, plain_helper, read_day
from groups.models import Group, Handover
from iri_exchange.lib.fields import DayFormField
from iri_exchange.office.handover import checklist, deciding
from iri_exchange.office.readiness import Item

WHY = "まだそろっていないことがあります。そのまま引き継ぐときは、理由を入れてください。"


class DayForm(forms.Form):
    """Asked for on the first page, and carried hidden on the second, which tells what will happen (`is_told`)."""

    since = DayFormField(
        label="自主運営を始める日",
        help_text="この日の0時から、役員の権限が始まり、職員の権限が変わります。例：2027-04-01、R9.4.1",
    )
    reason = StoredField(
        Handover,
        "override_reason",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="引き継ぎの記録に残ります。グループには見えません。",
    )

    def __init__(self, *args: Any, group: Group, by: Any, day: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group, self.by = group, by
        self.initial = {"since": day}
        # What is missing on the day that was asked for, or proposed.
        self.day: datetime.date = (self.is_bound and read_day(self, "since")) or day
        self.items: list[Item] = checklist.items(group, by, self.day)
        self.gaps = checklist.open_items(self.items)
        if not self.gaps and not self.data.get("reason"):
            del self.fields["reason"]
        self.helper = plain_helper()
        self.helper.layout = Layout(*self.fields)

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        if self.gaps and not reason:
            raise ValidationError(WHY, code="gaps")
        return reason

    def act(self) -> bool:
        """Whether the verb took it; what it refuses stands in the form."""
        day, reason = self.cleaned_data["since"], self.cleaned_data.get("reason", "")
        try:
            deciding.hand_over(group=self.group, since=day, by=self.by, reason=reason)
        except ValidationError as error:
            self.add_error("since", ValidationError(error.messages))
            return False
        return True
