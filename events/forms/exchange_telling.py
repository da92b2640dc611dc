"""A joint exchange is called off, or its change is told."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from events.exchange.holding import telling
from events.models import JointExchange, Notice
from groups.forms.parts import StoredField, plain_helper


class CancelExchangeForm(forms.Form):
    """It is called off, with its reason."""

    reason = StoredField(
        JointExchange, "cancel_reason", required=True, help_text="お知らせにも、公開のページにも出ます。"
    )

    def __init__(self, *args: Any, exchange: JointExchange, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.exchange, self.by = exchange, by
        self.helper = plain_helper()

    def act(self) -> int | None:
        """How many were told; None if the verb refused it."""
        try:
            return telling.cancel(exchange=self.exchange, by=self.by, reason=self.cleaned_data["reason"])
        except ValidationError as error:
            self.add_error(None, ValidationError(error.messages))
            return None


class TellForm(forms.Form):
    """Everybody concerned is told what changed."""

    words = StoredField(
        Notice,
        "words",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="何が変わったかを書くと、分かりやすくなります。例：会場が3階から1階に変わりました。",
    )

    def __init__(self, *args: Any, exchange: JointExchange, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.exchange, self.by = exchange, by
        self.helper = plain_helper()

    def act(self) -> int | None:
        """How many letters were written; None if the verb refused it."""
        try:
            return telling.tell_change(exchange=self.exchange, by=self.by, words=self.cleaned_data["words"])
        except ValidationError as error:
            self.add_error(None, ValidationError(error.messages))
            return None
