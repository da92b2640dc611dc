"""The forms that plan a call for members and correct it."""

from collections.abc import Callable
from typing import Any, ClassVar

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from groups.forms.parts import plain_helper
from groups.models import Group, Office, RecruitmentRound
from groups.recruitment import rounds
from iri_exchange.lib import japan
from iri_exchange.lib.fields import KnownChoice
from iri_exchange.lib.versions import Versioned
from members.forms import NumberField, pair, section

DAYS = ("opens_on", "closes_on", "results_on", "launch_on")
DAY_EXAMPLE = "例：2027-04-01、R9.4.1"


class RecordField(KnownChoice, forms.ModelChoiceField):
    """One of the offices, or of the groups."""


class RoundForm(Versioned):
    """A call that is there: its days, its capacity, its words. Year and office stay."""

    group = RecordField(label="準備中のグループ", queryset=Group.objects.none(), empty_label=None)
    capacity = NumberField(
        label="定員（社）", help_text="ふつうは25です。", reader=japan.whole_number, initial=25
    )

    class Meta:
        model = RecruitmentRound
        fields: tuple[str, ...] = (*DAYS, "capacity", "group", "needs_two", "text")
        widgets: ClassVar = {"text": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = self.instance if self.instance.pk else None
        group: Any = self.fields["group"]
        group.queryset, group.help_text = rounds.free_groups(known), "採択した企業が入るグループです。"
        group.widget.attrs["class"] = "w-m"
        for name in DAYS:
            field = self.fields[name]
            field.help_text = f"{field.help_text}{DAY_EXAMPLE}"
        self.helper = plain_helper()
        self.helper.layout = Layout(*self.sections())

    def sections(self) -> list[Any]:
        return [
            section("受付の期間", pair("opens_on", "closes_on")),
            section("そのあと", pair("results_on", "launch_on")),
            section("定員とグループ", "capacity", "group"),
            section("採否の決め方", "needs_two"),
            section("募集のページに出すことば", "text"),
        ]

    def act(self, verb: Callable[..., RecruitmentRound]) -> RecruitmentRound | None:
        """Let the verb write; what it refuses stands beside its field, or at the top of the form."""
        try:
            return verb(**self.cleaned_data)
        except ValidationError as error:
            said = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
            for name, sentences in said.items():
                self.add_error(name if name in self.fields else None, ValidationError(sentences))
            return None


class NewRoundForm(RoundForm):
    """Also asks for the year and the office; without a group the verb makes one."""

    fiscal_year = NumberField(
        label="年度", help_text="西暦で。例：2027（令和9年度）", reader=japan.whole_number
    )
    office = RecordField(label="拠点", queryset=Office.objects.all(), empty_label="選んでください")

    class Meta(RoundForm.Meta):
        fields = ("fiscal_year", "office", *RoundForm.Meta.fields)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("fiscal_year", japan.fiscal_year(timezone.localdate()) + 1)
        group: Any = self.fields["group"]
        group.required, group.empty_label = False, "この募集のために、新しくつくる"
        group.help_text = "まだ募集と結びついていない、準備の段階のグループから選べます。"
        self.fields["office"].widget.attrs["class"] = "w-m"

    def sections(self) -> list[Any]:
        return [section("どの募集か", "fiscal_year", "office"), *super().sections()]
