"""The forms that let a group rest, wake, or end; each shows what the day that is typed comes to, before it acts."""

import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from groups.forms.parts import StoredField, plain_helper, read_day
from groups.models import Dissolution, Group, GroupStage
from iri_exchange.lib import japan
from iri_exchange.lib.fields import DayFormField, LineField
from iri_exchange.office.endings import dissolving, foreseeing, resting, telling
from iri_exchange.office.endings.foreseeing import Foreseen
from iri_exchange.office.endings.telling import Whom

LOOK_AGAIN = "この日だと、このページにあるようになります。よろしければ、もう一度ボタンを押してください。まだ行っていません。"
OTHER_NAME = "グループの名称とちがいます。まちがいを防ぐため、名称をそのまま入れてください。"
DAY_HELP = "例：2027-04-01、R9.4.1。今日か、1年先までの日。"


class EndingForm(forms.Form):
    """`shown` is the day for which the page told what will happen; another day is told first."""

    shown = LineField(required=False, widget=forms.HiddenInput)
    labels: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, group: Group, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group, self.by = group, by
        for name, label in self.labels.items():
            self.fields[name].label = label
            self.fields[name].error_messages["required"] = f"{label}を入れてください。"
        self.initial["since"] = self.first_day()
        self.day = (self.is_bound and read_day(self, "since")) or self.first_day()
        self.initial["shown"] = self.day.isoformat()
        self.told = telling.whom(group)
        self.helper = plain_helper()

    def first_day(self) -> datetime.date:
        """The day that is proposed."""
        return foreseeing.first_day(self.group)

    def stage(self) -> str:
        """The stage that would end with the day that is typed."""
        return self.group.stage_on(self.day)

    def foreseen(self) -> Foreseen:
        """What the day that is typed comes to."""
        raise NotImplementedError

    def verb(self) -> Whom:
        """Calls the verb with what was typed."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        super().clean()
        day = self.cleaned_data.get("since")
        if day and not self.errors and self.cleaned_data.get("shown") != day.isoformat():
            typed: Any = self.data.copy()  # type: ignore[attr-defined]
            typed["shown"] = day.isoformat()
            self.data = typed
            self.add_error(None, ValidationError(LOOK_AGAIN, code="look"))
        return self.cleaned_data

    def act(self) -> Whom | None:
        """Who was told; None if the verb refuses, whose sentence stands beside its field or at the top."""
        try:
            return self.verb()
        except ValidationError as error:
            by_field = hasattr(error, "error_dict") and set(error.error_dict) <= set(self.fields)
            self.add_error(None, error if by_field else ValidationError(error.messages))
            return None


class RestForm(EndingForm):
    since = DayFormField(label="いつから休むか", help_text=DAY_HELP)
    reason = StoredField(
        GroupStage,
        "note",
        required=True,
        help_text="会員へのお知らせにも入ります。例：総会で、しばらく活動を休むことに決まったため",
    )
    field_order = ("since", "reason", "shown")
    labels: ClassVar = {"reason": "休止の理由"}

    def foreseen(self) -> Foreseen:
        return foreseeing.of_rest(self.group, self.day)

    def verb(self) -> Whom:
        asked = {name: self.cleaned_data[name] for name in ("since", "reason")}
        return resting.rest(group=self.group, by=self.by, **asked)


class ReviveForm(EndingForm):
    since = DayFormField(label="いつから再開するか", help_text=DAY_HELP)
    words = StoredField(
        GroupStage,
        "note",
        help_text="会員へのお知らせに入ります。空けておいてもかまいません。",
    )
    field_order = ("since", "words", "shown")
    labels: ClassVar = {"words": "ひとこと"}

    def foreseen(self) -> Foreseen:
        return Foreseen(self.group, self.day)

    def verb(self) -> Whom:
        asked = {name: self.cleaned_data[name] for name in ("since", "words")}
        return resting.revive(group=self.group, by=self.by, **asked)


class DissolveForm(EndingForm):
    since = DayFormField(label="解散の日（グループがなくなる最初の日）", help_text=DAY_HELP)
    reason = StoredField(
        Dissolution,
        "reason",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="会員へのお知らせにも入ります。例：総会で解散を決めたため",
    )
    files_entrusted = forms.BooleanField(
        label="議事録と資料を、事務局に預けると聞いた",
        required=False,
        help_text="役員の方にお尋ねください。印がなければ、自主運営のあいだの議事録と資料は、職員にも見えないままになります。",
    )
    typed_name = LineField(
        label="グループの名称",
        max_length=60,
        help_text="まちがいを防ぐため、解散するグループの名称を入れてください。",
        error_messages={"required": "グループの名称を入れてください。"},
    )
    field_order = ("since", "reason", "files_entrusted", "typed_name", "shown")

    def clean_typed_name(self) -> str:
        typed: str = self.cleaned_data["typed_name"]
        if japan.fold(typed) != japan.fold(self.group.name):
            raise ValidationError(OTHER_NAME, code="other_name")
        return typed

    def first_day(self) -> datetime.date:
        """What is registered for later is dropped, and delays nothing."""
        return timezone.localdate()

    def stage(self) -> str:
        return foreseeing.stage_before(self.group, self.day)

    def foreseen(self) -> Foreseen:
        return foreseeing.of_dissolution(self.group, self.day)

    def verb(self) -> Whom:
        asked = {name: self.cleaned_data[name] for name in ("since", "reason", "files_entrusted")}
        return dissolving.dissolve(group=self.group, by=self.by, **asked)
