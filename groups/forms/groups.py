"""The forms that write a group down and correct it."""

import datetime
import re
from collections.abc import Callable
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.core.exceptions import ValidationError

from groups.models import Group
from iri_exchange.lib import japan, uploads
from iri_exchange.lib.fields import DayFormField
from iri_exchange.lib.versions import Versioned
from members.forms import NumberField, pair, section

# What the office keeps of a group; officers of a group on its own do not change these.
REGISTER = ("founded_year", "office", "authority", "number_prefix", "officers_run_meetings_from")
WEEKS = [("", "決めていない"), *((number, f"第{number}") for number in range(1, 6))]
MONTHS = [(month, f"{month}月") for month in range(1, 13)]
PLAIN_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
TAKEN_SLUGS = ("new",)  # /groups/new/ is a page


class GroupForm(Versioned):
    """`registers`: the reader keeps the register, and may change what the office decided."""

    founded_year = NumberField(label="発足年度", help_text="西暦で。例：2012", reader=japan.whole_number)
    meeting_week = forms.TypedChoiceField(
        label="定例会の週", choices=WEEKS, coerce=int, empty_value=None, required=False
    )
    fiscal_year_start = forms.TypedChoiceField(label="会計年度の始まる月", choices=MONTHS, coerce=int)
    capacity = NumberField(label="定員", help_text="会員の数。ふつうは25です。", reader=japan.whole_number)
    representatives_max = NumberField(
        label="1社の登録者数", help_text="ふつうは2名です。", reader=japan.whole_number
    )
    quorum_percent = NumberField(
        label="総会の定足数（％）",
        help_text="会員のうち、この割合を超える出席と委任状で成り立ちます。例：50",
        reader=japan.whole_number,
        initial=50,
    )

    class Meta:
        model = Group
        fields: tuple[str, ...] = (
            "name", "kana", "introduction", "theme", "url", "accepts_visits", "room", "mark", "logo",
            "capacity", "representatives_max", "same_trade", "fiscal_year_start", "meeting_week",
            "meeting_weekday", "meeting_time", "meeting_place", "replies_shown", "quorum_percent",
            *REGISTER,
        )  # fmt: skip
        widgets: ClassVar = {
            "room": forms.RadioSelect,
            "mark": forms.RadioSelect,
            "meeting_time": forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "w-s"}),
        }

    def __init__(self, *args: Any, registers: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not registers:
            for name in REGISTER:
                del self.fields[name]
        for name in (
            "office",
            "authority",
            "same_trade",
            "fiscal_year_start",
            "meeting_week",
            "meeting_weekday",
            "replies_shown",
        ):
            if name in self.fields:
                self.fields[name].widget.attrs["class"] = "w-m"
        self.fields["logo"].widget.attrs["accept"] = "image/png,image/jpeg"
        self.fields["url"].widget.attrs["inputmode"] = "url"
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True
        self.helper.layout = Layout(*self.sections(registers))

    def sections(self, registers: bool) -> list[Any]:
        register = ["founded_year", "office", "authority", "number_prefix"] if registers else []
        rights = ["officers_run_meetings_from"] if registers else []
        return [
            section("名前", "name", "kana", *register),
            section("紹介", "introduction", "theme", "url", "accepts_visits"),
            section(
                "色と図案",
                Field("room", template="groups/_room_keys.html"),
                Field("mark", template="groups/_mark_keys.html"),
                "logo",
            ),
            section(
                "定例会", pair("meeting_week", "meeting_weekday"), "meeting_time", "meeting_place", *rights
            ),
            section(
                "会則で決めていること",
                pair("capacity", "representatives_max"),
                "same_trade",
                "fiscal_year_start",
                "replies_shown",
                "quorum_percent",
            ),
        ]

    def save(self, commit: bool = True) -> Any:
        """Only what is asked is written, and the keys derived from it: numbers may have been given out meanwhile."""
        if not (commit and self.instance.pk):
            return super().save(commit)
        columns = [each.name for each in Group._meta.concrete_fields if each.name in self.fields]
        self.instance.save(update_fields=[*columns, "search_key", "sort_key"])
        return self.instance

    def clean_logo(self) -> Any:
        """A new picture is drawn anew, so that nothing but the picture is kept."""
        upload = self.cleaned_data["logo"]
        return uploads.as_png(upload) if upload and "logo" in self.changed_data else upload


class NewGroupForm(GroupForm):
    """Also asks for the address and for how far the group is in its life."""

    slug = forms.CharField(
        label="URL用の名前",
        max_length=50,
        help_text="半角の英小文字と数字、ハイフン。あとから変えません。例：tama24",
        widget=forms.TextInput(attrs={"class": "w-m", "autocapitalize": "none", "spellcheck": "false"}),
    )
    stage = forms.ChoiceField(
        label="はじめの段階",
        choices=[(stage.value, stage.label) for stage in (Group.Stage.LAUNCHED, Group.Stage.FORMING)],
        widget=forms.Select(attrs={"class": "w-m"}),
        help_text="これから会員をつのるグループは「準備」、もう発足しているグループは「発足年度」です。",
    )
    since = DayFormField(label="その段階になった日", help_text="例：2012-07-08、H24.7.8")
    self_managed_since = DayFormField(
        label="自主運営に移った日",
        required=False,
        help_text="もう自主運営をしているグループだけ入れます。例：H25.4.1",
    )

    class Meta(GroupForm.Meta):
        fields = (*GroupForm.Meta.fields, "slug")

    def sections(self, registers: bool) -> list[Any]:
        name, *others = super().sections(registers)
        name.fields.insert(2, "slug")
        return [name, section("あゆみ", "stage", "since", "self_managed_since"), *others]

    def clean_slug(self) -> str:
        return plain_slug(self.cleaned_data["slug"])

    def act(self, found: Callable[..., Group]) -> Group | None:
        """Let the verb make the group; what it refuses stands at the top of the form."""
        fields: dict[str, datetime.date | Any] = dict(self.cleaned_data)
        try:
            return found(**fields)
        except ValidationError as error:
            self.add_error(None, error)
            return None


def plain_slug(typed: str) -> str:
    """The name in an address, as it is stored; raises ValidationError with what to type."""
    slug = japan.half_width(typed)
    if not PLAIN_SLUG.fullmatch(slug):
        raise ValidationError("半角の英小文字と数字、ハイフンだけにしてください。例：tama24", code="invalid")
    if slug in TAKEN_SLUGS:
        raise ValidationError(f"「{slug}」はほかのページの名前です。別の名前にしてください。", code="taken")
    return slug
