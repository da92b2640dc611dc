"""Between groups: the answer to 「いっしょに開きませんか」, what a group puts on the board, and who raises a hand."""

import datetime
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from events.joining import asking, offers
from events.joining.board import speaks_for
from events.models import GroupOffer, InvitedGroup, Meeting, OfferAnswer
from groups.forms.parts import StoredField, plain_helper
from groups.models import Group
from iri_exchange.lib.fields import KnownChoice, LineField
from iri_exchange.lib.versions import Versioned
from members.forms import section

MONTHS = 18
State = InvitedGroup.State
ORDER = [State.ASKED, State.AGREED, State.DECLINED]
YES, NO = "yes", "no"
PRESS = "「いっしょに開く」か「今回は見送る」を押してください。"


def questions_to(user: Any, meeting: Meeting) -> list[InvitedGroup]:
    """What the groups whose meetings the user runs were asked about a meeting."""
    rows = meeting.invited_groups.select_related("group__office", "answered_by__person")
    mine = [row for row in rows if user.has_perm("events.answer_invitation", row)]
    # What waits first, then what can be taken back.
    return sorted(mine, key=lambda row: ORDER.index(InvitedGroup.State(row.state)))


class JointForm(forms.Form):
    """The two buttons are `answer`; `question` is who answers, `shown` the state that the page was drawn with."""

    question = LineField(widget=forms.HiddenInput)
    shown = LineField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        choices=[(YES, "いっしょに開く"), (NO, "今回は見送る")], error_messages={"required": PRESS}
    )
    words = StoredField(InvitedGroup, "words", help_text="会合を開くグループの役員の方に届きます。")

    def __init__(
        self, *args: Any, meeting: Meeting, by: Any, questions: list[InvitedGroup], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.meeting, self.by = meeting, by
        self.questions = {str(row.pk): row for row in questions}
        self.helper = plain_helper()
        self.helper.layout = Layout("words")

    def clean_question(self) -> InvitedGroup:
        row = self.questions.get(self.cleaned_data["question"])
        if row is None:
            raise ValidationError(asking.GONE, code="gone")
        return row

    def act(self) -> InvitedGroup | None:
        """Let the verb answer; what it refuses stands at the top of the form."""
        values = self.cleaned_data
        try:
            return asking.answer(
                invitation=values["question"], by=self.by, agrees=values["answer"] == YES,
                words=values["words"], shown=values["shown"],
            )  # fmt: skip
        except ValidationError as error:
            self.add_error(None, ValidationError(error.messages))
            return None


class MonthField(forms.TypedChoiceField):
    """One of the months ahead; its first day."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            coerce=datetime.date.fromisoformat, error_messages={"required": "月を選んでください。"}, **kwargs
        )
        self.widget.attrs["class"] = "w-m"


class OfferForm(Versioned):
    """What a group offers the others. One that began in an earlier month keeps it."""

    lock = "group"
    first_month = MonthField(label="いつから")
    last_month = MonthField(label="いつまで")

    class Meta:
        model = GroupOffer
        fields = ("topic", "words", "first_month", "last_month", "hosts", "place")

    def __init__(self, data: Any = None, *, group: Group, by: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.group, self.by = group, by
        first = timezone.localdate().replace(day=1)
        kept = self.instance.first_month if self.instance.pk else first
        months = [min(kept, first), *(_later(first, number) for number in range(MONTHS))]
        choices = [(day.isoformat(), f"{day.year}年{day.month}月") for day in dict.fromkeys(months)]
        for name in ("first_month", "last_month"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        if not self.instance.pk:
            self.initial.setdefault("first_month", first)
            self.initial.setdefault("last_month", _later(first, 5))
        self.fields["place"].help_text = "会場を用意できるときだけ入れます。例：立川の会議室（20名まで）"
        self.helper = plain_helper()
        self.helper.layout = Layout(
            section("何をしませんか", "topic", "words"),
            section("いつごろ", "first_month", "last_month"),
            section("会場", "hosts", "place"),
        )

    def _post_clean(self) -> None:
        """The verbs check the whole record."""

    def typed(self, name: str) -> Any:
        return self.cleaned_data[name] if name in self.cleaned_data else super().typed(name)

    def act(self) -> GroupOffer | None:
        """Let the verb put it on the board, or put it right; what it refuses stands in the form."""
        about = {name: self.cleaned_data[name] for name in self.Meta.fields}
        try:
            if self.instance.pk:
                return offers.change(offer=self.instance, **about)
            return offers.post(group=self.group, by=self.by, **about)
        except ValidationError as error:
            said = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
            for name, sentences in said.items():
                self.add_error(name if name in self.fields else None, ValidationError(sentences))
            return None


class GroupField(KnownChoice, forms.ModelChoiceField):
    """One of the groups for which somebody speaks."""


class OfferAnswerForm(forms.Form):
    """「いっしょに開きたい」; who speaks for several groups says for which."""

    group = GroupField(label="手をあげるグループ", queryset=Group.objects.none(), empty_label=None)
    words = StoredField(
        OfferAnswer, "words", widget=forms.Textarea(attrs={"rows": 3}), help_text="呼びかけたグループの役員の方に届きます。"
    )  # fmt: skip

    def __init__(self, *args: Any, offer: GroupOffer, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer, self.by = offer, by
        answered = offer.answers.values("group")
        groups = speaks_for(by).exclude(pk=offer.group_id).exclude(pk__in=answered)
        self.fields["group"].queryset = groups  # type: ignore[attr-defined]
        self.fields["group"].widget.attrs["class"] = "w-m"
        self.has_groups = groups.exists()
        self.helper = plain_helper()

    def act(self) -> OfferAnswer | None:
        """Let the verb tell them; what it refuses stands at the top of the form."""
        values = self.cleaned_data
        try:
            return offers.answer(offer=self.offer, group=values["group"], by=self.by, words=values["words"])
        except ValidationError as error:
            self.add_error(None, ValidationError(error.messages))
            return None


def _later(first: datetime.date, months: int) -> datetime.date:
    number = first.year * 12 + first.month - 1 + months
    return datetime.date(number // 12, number % 12 + 1, 1)
