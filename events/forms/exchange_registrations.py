"""The office's list of registrations: its filter, and the forms of one registration."""

from collections.abc import Callable
from typing import Any, ClassVar, cast

import django_filters
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from events.exchange.entering import entries, places
from events.exchange.inviting import keeping
from events.forms.exchange_blanks import say_blanks
from events.models import JointExchange, PartnerGroup, Registration
from groups.forms.filters import ListFilter, RecordFilter, search_field
from groups.forms.parts import plain_helper
from groups.models import Group
from iri_exchange.lib.versions import Versioned

PARTY = [("yes", "参加する"), ("no", "参加しない")]
ARRIVED = [("yes", "来た"), ("no", "まだ")]
WAIT, OVER = "wait", "over"
FULL = "定員に達しています。どちらにするか選んで、もう一度押してください。"
NEEDS_GROUP = "公社のグループの方は、公社のグループを選んでください。"
NOT_PARTNERS = "公社のグループを選べるのは、種類が「公社のグループ」のときだけです。"
SAME_NAME = "同じお名前の方が、すでに一覧にいます。別の方なら、印をつけて、もう一度押してください。"


class RegistrationFilter(ListFilter):
    """`q` is a name, its フリガナ, an affiliation, or a number."""

    q = search_field("名前・フリガナ・所属・番号", "by_words")
    state = django_filters.ChoiceFilter(
        label="状態", choices=Registration.State.choices, empty_label="すべて"
    )
    kind = django_filters.ChoiceFilter(label="種類", choices=Registration.Kind.choices, empty_label="すべて")
    group = RecordFilter(
        label="グループ",
        queryset=Group.objects.only("name", "slug"),
        to_field_name="slug",
        empty_label="すべて",
    )
    partner_group = RecordFilter(
        label="公社のグループ", queryset=PartnerGroup.objects.all(), empty_label="すべて"
    )
    party = django_filters.ChoiceFilter(
        label="懇親会", choices=PARTY, empty_label="すべて", method="by_party"
    )
    arrived = django_filters.ChoiceFilter(
        label="来場", choices=ARRIVED, empty_label="すべて", method="by_arrival"
    )

    class Meta:
        model = Registration
        fields = ()

    def by_words(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        found = self.folded(queryset, name, value)
        typed = value.strip()
        if typed.isdecimal() and len(typed) < 9:
            return queryset.filter(Q(number=int(typed)) | Q(pk__in=found.order_by().values("pk")))
        return found

    def by_party(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(wants_party=value == "yes")

    def by_arrival(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(arrived_at__isnull=value != "yes")


class AboutForm(Versioned):
    """Who somebody is, and what they wish; what the event does not have is not asked."""

    lock = "exchange"

    class Meta:
        model = Registration
        fields = keeping.CORRECTED
        labels: ClassVar = {"group": "会員のグループ"}

    def __init__(self, *args: Any, exchange: JointExchange, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.exchange = exchange
        for name in {"kind", "group", "partner_group", "trade"} & set(self.fields):
            self.fields[name].widget.attrs["class"] = "w-m"
        if "kind" in self.fields:
            self.fields["kind"].error_messages["required"] = "種類を選んでください。"
        if "words" in self.fields:
            self.fields["words"].widget.attrs["rows"] = 3
        if not exchange.has_party:
            del self.fields["wants_party"]
        if not exchange.table_rounds:
            del self.fields["wants_tables"]
        say_blanks(self)
        self.helper = plain_helper()

    @property
    def corrected(self) -> list[str]:
        """The names of the record's own fields that are asked."""
        return [name for name in keeping.CORRECTED if name in self.fields]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        is_partner = given.get("kind", self.instance.kind) == Registration.Kind.PARTNER
        if is_partner and not (given.get("partner_group") or self.has_error("partner_group")):
            self.add_error("partner_group", NEEDS_GROUP)
        elif not is_partner and given.get("partner_group"):
            self.add_error("partner_group", NOT_PARTNERS)
        return given


class CorrectForm(AboutForm):
    """What is put right about one registration."""

    over = forms.BooleanField(label="定員を超えてもよい", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.fields["over"].widget = forms.HiddenInput()

    def act(self, by: Any) -> Registration | None:
        """Let the verb store it; what it refuses stands at the top."""
        try:
            over = self.cleaned_data["over"]
            return keeping.correct(registration=self.instance, by=by, names=self.corrected, over=over)
        except ValidationError as error:
            self.add_error(None, ValidationError(error.messages))
            return None


def _when_full() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="定員に達しているとき",
        choices=[(WAIT, "補欠にする"), (OVER, "定員を超えて受け付ける")],
        widget=forms.RadioSelect,
        required=False,
    )


class NewForm(AboutForm):
    """Somebody whom the office enters. It asks once more where it is full, and where the name is there already."""

    when_full = _when_full()
    is_another = forms.BooleanField(label="同じお名前の、別の方です", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.namesakes: list[Registration] = []
        asked = ["when_full", "is_another"] if self.is_bound else []
        for name in {"when_full", "is_another"} - set(asked):
            self.fields[name].widget = forms.HiddenInput()
        self.helper.layout = Layout(Fieldset("申し込む方", *self.corrected), *asked)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if self._was_just_sent(given):
            return given
        if given.get("name") and not given.get("is_another"):
            self.namesakes = keeping.namesakes(self.exchange, given["name"])
            if self.namesakes:
                self.add_error("is_another", SAME_NAME)
        if "kind" in given and not given.get("when_full") and places.free(self.exchange, given["kind"]) == 0:
            self.add_error("when_full", FULL)
        return given

    def _was_just_sent(self, given: dict[str, Any]) -> bool:
        """Then nothing is asked once more: the verb answers with the first."""
        names = ("name", "kana", "affiliation", "email")
        typed = Registration(**{name: given.get(name) or "" for name in names})
        return keeping.written_down(self.exchange, typed) is not None

    def act(self, by: Any) -> Registration | None:
        """Who was entered, or the first of the two; None if the verb refused it."""
        try:
            over = self.cleaned_data["when_full"] == OVER
            return keeping.enter(registration=self.instance, by=by, over=over)
        except ValidationError as error:
            self.add_error(None, ValidationError(error.messages))
            return None


class AnswerForm(Versioned):
    """What somebody said by telephone, by FAX or on paper; or who waits is let in."""

    lock = "exchange"

    answer = forms.ChoiceField(
        label="お返事",
        choices=[("yes", "参加する"), ("no", "参加しない")],
        widget=forms.RadioSelect,
        initial="yes",
        error_messages={"required": "参加するか、しないかを選んでください。"},
    )
    when_full = _when_full()

    class Meta:
        model = Registration
        fields = ("wants_party", "wants_tables", "words")

    field_order = ("answer", "wants_party", "wants_tables", "words", "when_full")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        exchange, state = self.instance.exchange, self.instance.state
        self.helper = plain_helper()
        self.fields["words"].widget.attrs["rows"] = 3
        answer, when_full = cast(forms.ChoiceField, self.fields["answer"]), self.fields["when_full"]
        if state != Registration.State.INVITED:
            answer.choices = [("yes", "参加する")]
        if not exchange.has_party:
            del self.fields["wants_party"]
        if not exchange.table_rounds:
            del self.fields["wants_tables"]
        has_place = state == Registration.State.OFFERED
        self.is_full = not has_place and places.free(exchange, self.instance.kind) == 0
        waits = state == Registration.State.WAITING
        if not (self.is_full or waits):
            del self.fields["when_full"]
        elif waits:
            choices = [(WAIT, "補欠のままにする"), (OVER, "いま席を用意して受け付ける")]
            cast(forms.ChoiceField, when_full).choices = choices

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if "when_full" in self.fields and given.get("answer") == "yes" and not given.get("when_full"):
            self.add_error("when_full", FULL if self.is_full else "どちらにするか選んでください。")
        return given

    def act(self, by: Any) -> Registration | None:
        """As `CorrectForm.act`; who stays on the list keeps what was said."""
        if self.cleaned_data["answer"] == "no":
            return self._written(lambda row: entries.decline(registration=row, by=by))
        values = {name: self.cleaned_data[name] for name in self._meta.fields or () if name in self.fields}
        over = self.cleaned_data.get("when_full") == OVER
        if self.instance.state == Registration.State.WAITING and not over:
            return self._written(lambda row: entries.change(registration=row, by=by, **values))
        about: Any = {"source": Registration.Source.OFFICE, "over": over}
        return self._written(lambda row: entries.confirm(registration=row, by=by, **about, **values))

    def _written(self, verb: Callable[[Registration], Registration]) -> Registration | None:
        try:
            return verb(self.instance)
        except ValidationError as error:
            self.add_error(None, ValidationError(error.messages))
            return None
