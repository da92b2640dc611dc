"""Asking the members to the joint exchange, and once more: the words that the letters begin with."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from events.exchange.inviting.sending import Sent
from events.models import JointExchange, Notice
from groups.forms.parts import StoredField, plain_helper


class WordsForm(forms.Form):
    """What is sent to several."""

    words = StoredField(
        Notice,
        "words",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="手紙のはじめに入ります。なくてもかまいません。600字まで",
    )

    def __init__(self, *args: Any, exchange: JointExchange, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.exchange = exchange
        self.helper = plain_helper()

    def act(self, verb: Callable[..., Sent], by: Any) -> Sent | None:
        """Let the verb send it; what it refuses stands at the top."""
        try:
            return verb(exchange=self.exchange, by=by, words=self.cleaned_data["words"])
        except ValidationError as error:
            self.add_error(None, ValidationError(error.messages))
            return None
