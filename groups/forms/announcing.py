"""The second look before the results of a round are told, and the offer of a place that became free."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from groups.forms.parts import plain_helper
from groups.models import Application, Offer, RecruitmentRound
from groups.recruitment import announcing, offering
from groups.recruitment.results import Result
from iri_exchange.lib import japan
from iri_exchange.lib.fields import DayFormField, LineField
from members.forms import NumberField


class AnnounceForm(forms.Form):
    """How many letters there are, typed by who has looked; `shown` says which letters were looked at."""

    shown = LineField(widget=forms.HiddenInput, max_length=64)
    count = NumberField(
        label="お知らせする応募の件数",
        help_text="上の一覧の件数を、ご自分で数字で入れてください。",
        reader=japan.whole_number,
        error_messages={"required": "お知らせする応募の件数を入れてください。"},
    )

    def __init__(self, *args: Any, round: RecruitmentRound, letters: Sequence[Result], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.round, self.letters = round, letters
        self.initial["shown"] = announcing.fingerprint(letters)
        self.helper = plain_helper()

    def clean_count(self) -> int:
        count: int = self.cleaned_data["count"]
        if count != len(self.letters):
            raise ValidationError(
                f"一覧の件数は{len(self.letters)}件です。一覧をもう一度確かめて、件数を入れてください。"
            )
        return count

    def act(self, by: Any) -> announcing.Announced | None:
        """Let the verb announce; what it refuses stands at the top, and the letters are to be looked at again."""
        try:
            return announcing.announce(round=self.round, shown=self.cleaned_data["shown"], by=by)
        except ValidationError as error:
            self.add_error(None, ValidationError(error.messages))
            return None

    def look_again(self) -> None:
        """After a change the letters shown now are those that the next attempt is about, and are counted anew."""
        if self.is_bound and self.data.get("shown") != self.initial["shown"]:
            self.data = self.data.copy()  # type: ignore[attr-defined]
            self.data["shown"], self.data["count"] = self.initial["shown"], ""  # type: ignore[index]


class OfferForm(forms.Form):
    """Until when the next on the waiting list may answer."""

    due = DayFormField(
        label="お返事の期限",
        help_text="この日の終わりまで、お返事を待ちます。例：2027-06-30、R9.6.30",
    )

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.application = application
        self.initial["due"] = offering.usual_day(application.round)
        self.helper = plain_helper()

    def act(self, by: Any) -> Offer | None:
        """Let the verb offer the place; what it refuses stands beside the day or at the top."""
        try:
            return offering.offer(application=self.application, due=self.cleaned_data["due"], by=by)
        except ValidationError as error:
            beside = "due" if hasattr(error, "error_dict") else None
            self.add_error(beside, ValidationError(error.messages))
            return None
