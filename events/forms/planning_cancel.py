"""A meeting is called off, with its reason."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from events.models import Meeting
from events.telling import changes
from groups.forms.parts import StoredField, plain_helper


class CancelForm(forms.Form):
    """`told`, once done: whether those who were told of the meeting are told."""

    reason = StoredField(
        Meeting, "cancel_reason", required=True, help_text="お知らせにも入ります。例：台風が近づいているため"
    )

    def __init__(self, *args: Any, meeting: Meeting, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting, self.by, self.told = meeting, by, False
        self.helper = plain_helper()

    def act(self) -> bool:
        """Whether the verb took it; what it refuses stands at the top of the form."""
        try:
            self.told = changes.cancel(meeting=self.meeting, by=self.by, reason=self.cleaned_data["reason"])
        except ValidationError as error:
            self.add_error(None, ValidationError(error.messages))
            return False
        return True
