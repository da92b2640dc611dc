"""What comes from the desk on the day: somebody unannounced, and which badges to print."""

from typing import Any

from crispy_forms.layout import Layout as Fields
from django import forms
from django.core.exceptions import ValidationError

from events.exchange.day import badge_jobs
from events.exchange.day.badge_jobs import MOST_BLANKS, Asked, What
from events.models import JointExchange, PartnerGroup, Registration
from groups.forms.parts import StoredField, plain_helper
from groups.models import Group
from groups.papers.badges import Layout

Kind = Registration.Kind
LAYOUTS = [("10", "10枚（すき間なし）"), ("8", "8枚（すき間あり）")]


class WalkInForm(forms.Form):
    """Somebody who came unannounced. `sure`: they are none of those with the same name."""

    kind = forms.ChoiceField(
        label="種類",
        choices=Kind.choices,
        initial=Kind.PUBLIC,
        widget=forms.RadioSelect,
        error_messages={"required": "種類を選んでください。"},
    )
    name = StoredField(Registration, "name")
    kana = StoredField(Registration, "kana", help_text="分からなければ、空けておきます。")
    affiliation = StoredField(Registration, "affiliation")
    group = forms.ModelChoiceField(
        Group.objects.order_by("founded_year", "sort_key"), label="グループ（会員の方）", required=False
    )
    partner_group = forms.ModelChoiceField(
        PartnerGroup.objects.all(), label="公社のグループ（公社のグループの方）", required=False
    )
    wants_party = forms.BooleanField(label="懇親会に参加する", required=False)
    photo_agreed = forms.BooleanField(label="写真に写ってもよい", required=False)

    def __init__(self, *args: Any, exchange: JointExchange, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not exchange.has_party:
            del self.fields["wants_party"]
        for name in ("group", "partner_group"):
            self.fields[name].empty_label = "選ばない"  # type: ignore[attr-defined]
        self.helper = plain_helper()
        self.helper.layout = Fields(*self.fields)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        for name, kind in (("group", Kind.MEMBER), ("partner_group", Kind.PARTNER)):
            if said.get(name) and said.get("kind") not in (None, kind):
                self.add_error(name, f"グループを選ぶときは、種類を「{kind.label}」にしてください。")
        return said


class BadgesForm(forms.Form):
    """Which badges, how many on a sheet, how many blank ones after them."""

    what = forms.ChoiceField(
        label="刷る名札", widget=forms.RadioSelect, error_messages={"required": "刷る名札を選んでください。"}
    )
    kinds = forms.MultipleChoiceField(
        label="種類", required=False, widget=forms.CheckboxSelectMultiple, help_text="「選んだ方」のとき。"
    )
    groups = forms.ModelMultipleChoiceField(
        Group.objects.none(),
        label="グループ",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="「選んだ方」のとき。種類も選ぶと、どちらにもあてはまる方を刷ります。",
    )
    layout = forms.ChoiceField(label="1枚の紙に", choices=LAYOUTS, initial="10", widget=forms.RadioSelect)
    blanks = forms.IntegerField(
        label="白い名札", min_value=0, max_value=MOST_BLANKS, initial=0, required=False,
        help_text="当日に手で書く名札の枚数です。",
    )  # fmt: skip

    def __init__(self, *args: Any, exchange: JointExchange, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        everybody = badge_jobs.of(exchange, Asked(What.ALL)).count()
        new = badge_jobs.new(exchange)
        fields["what"].choices = [
            (What.NEW.value, f"まだ刷っていない方（{new}名）"),
            (What.CHOSEN.value, "選んだ方"),
            (What.ALL.value, f"全員（{everybody}名）"),
            (What.BLANK.value, "白い名札だけ"),
        ]
        fields["what"].initial = What.NEW.value
        labels = dict(Kind.choices)
        fields["kinds"].choices = [(kind, labels[Kind(kind)]) for kind in badge_jobs.kinds_of(exchange)]
        groups = Group.objects.filter(badge_jobs.with_people(exchange))
        fields["groups"].queryset = groups.order_by("founded_year", "sort_key")
        self.helper = plain_helper()
        self.helper.layout = Fields(*self.fields)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("what") == What.CHOSEN.value and not (said.get("kinds") or said.get("groups")):
            self.add_error("kinds", ValidationError("種類かグループを選んでください。"))
        if said.get("what") == What.BLANK.value and not said.get("blanks"):
            self.add_error("blanks", ValidationError("白い名札の枚数を入れてください。"))
        return said

    @property
    def asked(self) -> Asked:
        said = self.cleaned_data
        return Asked(
            What(said["what"]),
            kinds=tuple(said["kinds"]),
            groups=tuple(group.pk for group in said["groups"]),
            layout=Layout(said["layout"]),
            blanks=said["blanks"] or 0,
        )
