"""The forms that let a member rest, return and leave, and that put such a step right. Each says first what it changes."""

import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from groups import corrections, endings, memberships
from groups.endings import ONE_DAY, Ending
from groups.forms.parts import ALONE, ALONE_HINT, StoredField, plain_helper, read_day, refuse
from groups.models import Membership, MembershipStatus
from groups.step_words import held, left_alone, told_endings
from groups.unnamed import is_masked
from iri_exchange.lib import japan
from iri_exchange.lib.fields import DayFormField
from iri_exchange.lib.versions import Versioned

Status = Membership.Status


class StepForm(forms.Form):
    """One step of a membership; `heading`, `button` and `changes` are what the page says of it."""

    heading: ClassVar[str]
    button: ClassVar[str]
    DAY: ClassVar[str] = "since"

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.membership, self.unnamed = membership, is_masked(membership)
        self.helper = plain_helper()

    @property
    def day(self) -> datetime.date:
        """The day that is typed, or offered."""
        day: datetime.date = read_day(self, self.DAY) or self.initial[self.DAY]
        return day

    @property
    def changes(self) -> list[str]:
        raise NotImplementedError

    def step(self) -> str:
        """Call the verb; the sentence that says what was done. Raises ValidationError."""
        raise NotImplementedError

    def act(self) -> str:
        """As `step`; "" if it is refused, and what is refused stands in the form."""
        try:
            return self.step()
        except ValidationError as error:
            refuse(self, error)
            return ""

    def ask_if_alone(self, ending: Ending | None) -> None:
        """Without anybody left alone there is nothing to confirm."""
        self.alone = ending.alone if ending else None
        if not self.alone:
            del self.fields["confirmed"]

    @property
    def name(self) -> str:
        return self.membership.member.name

    @property
    def number_stays(self) -> str:
        return f"会員番号{self.membership.number}は、そのまま残ります。ほかの会員には使いません。"


class LeaveForm(StepForm):
    """退会: asked for the last day as a member, since that is what people say."""

    heading, button, DAY = "退会にする", "退会にする", "last_day"
    last_day = DayFormField(
        label="会員である最後の日",
        help_text="この日までは会員で、次の日から退会になります。例：2027-03-31、R9.3.31",
    )
    reason = forms.ChoiceField(
        label="理由",
        choices=[("", "選んでください"), *MembershipStatus.Reason.choices],
        widget=forms.Select(attrs={"class": "w-m"}),
        error_messages={"required": "理由を選んでください。"},
    )
    note = StoredField(MembershipStatus, "note", help_text="役員と事務局だけが見ます。")
    confirmed = forms.BooleanField(label=ALONE, required=False, help_text=ALONE_HINT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["last_day"] = timezone.localdate()
        self.ending = endings.of_leaving(self.membership, self.day + ONE_DAY)
        self.ask_if_alone(self.ending)

    @property
    def changes(self) -> list[str]:
        first = japan.wareki(self.day + ONE_DAY)
        return [
            f"{self.name}は、{japan.wareki(self.day)}まで会員です。{first}から退会になります。",
            *told_endings(self.ending, unnamed=self.unnamed),
            f"{first}から、会員の一覧と名簿にのりません。グループの中のページも、見えなくなります。",
            f"{self.number_stays}復帰したときも、同じ番号です。",
        ]

    def step(self) -> str:
        given = self.cleaned_data
        memberships.leave(
            membership=self.membership,
            since=given["last_day"] + ONE_DAY,
            reason=given["reason"],
            note=given["note"],
            confirmed=bool(given.get("confirmed")),
        )
        return f"{self.name}を、{japan.wareki(given['last_day'])}で退会にしました。"


class RestForm(StepForm):
    """休会."""

    heading, button = "休会にする", "休会にする"
    since = DayFormField(label="休会の最初の日", help_text="この日から休会です。例：2026-12-01、R8.12.1")
    note = StoredField(MembershipStatus, "note", help_text="役員と事務局だけが見ます。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["since"] = timezone.localdate()

    @property
    def changes(self) -> list[str]:
        return [
            f"{self.name}は、{japan.wareki(self.day)}から休会になります。会員のままで、名簿にものります。",
            "出席率の計算には入りません。",
            "登録者と役員の任期は、変わりません。",
            self.number_stays,
        ]

    def step(self) -> str:
        memberships.rest(membership=self.membership, **self.cleaned_data)
        return f"{self.name}を、{japan.wareki(self.cleaned_data['since'])}から休会にしました。"


class ResumeForm(StepForm):
    """復帰, from 休会 or after leaving."""

    heading, button = "復帰にする", "復帰にする"
    since = DayFormField(label="復帰の日", help_text="この日から在会です。例：2027-04-01、R9.4.1")
    note = StoredField(MembershipStatus, "note", help_text="役員と事務局だけが見ます。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["since"] = timezone.localdate()

    @property
    def had_left(self) -> bool:
        return self.membership.status_on(self.day) == Status.LEFT

    @property
    def changes(self) -> list[str]:
        came = f"{self.name}は、{japan.wareki(self.day)}から在会になります。"
        if not self.had_left:
            return [came, "登録者と役員の任期は、変わりません。", self.number_stays]
        again = [f"会員番号は、前と同じ{self.membership.number}です。"]
        if self.membership.company:
            again.append("登録者は、前の方が戻るとはかぎりません。このあとの画面で、登録してください。")
        return [came, *again, "役員の任期は戻りません。役員になるときは、あらためて登録してください。"]

    def step(self) -> str:
        memberships.resume(membership=self.membership, **self.cleaned_data)
        return f"{self.name}を、{japan.wareki(self.cleaned_data['since'])}から在会にしました。"


class StatusForm(StepForm, Versioned):
    """The newest status was written down wrong. Of a leaving the last day is asked for, as when it was written."""

    heading, button = "状態を直す", "直す"
    since = DayFormField(label="最初の日", help_text="例：2026-12-01、R8.12.1")
    reason = LeaveForm.base_fields["reason"]
    note = LeaveForm.base_fields["note"]
    confirmed = LeaveForm.base_fields["confirmed"]

    class Meta:
        model = MembershipStatus
        fields: ClassVar = ["since", "reason", "note"]

    def __init__(self, *args: Any, status: MembershipStatus, **kwargs: Any) -> None:
        self.left = status.state == Status.LEFT
        super().__init__(*args, instance=status, **kwargs)
        self.status, ending = status, None
        first = status.since - ONE_DAY if self.left else status.since
        self.initial.update({"since": first, "reason": status.reason, "note": status.note})
        if self.left:
            self.fields["since"].label = LeaveForm.base_fields["last_day"].label
            self.fields["since"].help_text = LeaveForm.base_fields["last_day"].help_text
            ending = endings.of_leaving(self.membership, self.day + ONE_DAY)
        else:
            del self.fields["reason"]
        self.ask_if_alone(ending if self.day != first else None)

    def _post_clean(self) -> None:
        """The verb writes and checks."""

    def typed(self, name: str) -> Any:
        return self.cleaned_data.get(name)

    def stored(self, name: str, record: Any) -> Any:
        value = super().stored(name, record)
        return value - ONE_DAY if name == "since" and self.left else value

    def locked(self) -> Any:
        endings.lock(self.membership.group_id, self.membership)
        return super().locked()

    @property
    def changes(self) -> list[str]:
        if not self.left:
            return ["日付とメモだけを直します。登録者と役員の任期は、変わりません。"]
        return ["最後の日を直すと、退会で終わった登録者と役員の任期も、その日までに直します。"]

    def step(self) -> str:
        given = self.cleaned_data
        undone = corrections.correct(
            status=self.status,
            since=given["since"] + ONE_DAY if self.left else given["since"],
            reason=given.get("reason", ""),
            note=given["note"],
            confirmed=bool(given.get("confirmed")),
        )
        return f"{self.name}の{self.status.get_state_display()}を直しました。{left_alone(undone, unnamed=self.unnamed)}"


class TakeBackForm(StepForm):
    """The newest status was a mistake. The button names it: another one may have become the newest."""

    heading, button, prefix = "取り消す", "取り消す", "take-back"
    confirmed = forms.BooleanField(label=ALONE, required=False, help_text=ALONE_HINT)

    def __init__(self, *args: Any, status: MembershipStatus, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.status, self.undone = status, corrections.what_returns(status)
        self.ask_if_alone(self.undone.ending)

    def clean(self) -> None:
        if self.data.get("take-back") != str(self.status.pk):
            raise ValidationError(corrections.NEWER, code="not_the_newest")

    @property
    def changes(self) -> list[str]:
        undone = self.undone
        said = [
            f"{japan.wareki(self.status.since)}からの「{self.status.get_state_display()}」がなくなります。"
        ]
        if undone.back:
            said.append(f"このとき終わった任期を、元に戻します：{held(undone.back, unnamed=self.unnamed)}。")
        if undone.ending:
            said += told_endings(undone.ending, unnamed=self.unnamed)
        return [
            *said,
            *([left_alone(undone, unnamed=self.unnamed)] if undone.changed else []),
            "取り消したことは、記録に残ります。",
        ]

    def step(self) -> str:
        confirmed = bool(self.cleaned_data.get("confirmed"))
        undone = corrections.take_back(status=self.status, confirmed=confirmed)
        back = f"{held(undone.back, unnamed=self.unnamed)}の任期を、元に戻しました。" if undone.back else ""
        return f"{self.name}の「{self.status.get_state_display()}」を取り消しました。{back}{left_alone(undone, unnamed=self.unnamed)}"


class MembershipForm(Versioned):
    """What was written down on joining."""

    joined_on = DayFormField(
        label="入会日", required=False, help_text="分からないときは空けておきます。例：2012-07-08、H24.7.8"
    )

    class Meta:
        model = Membership
        fields: ClassVar = ["joined_on", "kind", "introduced_by"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].widget.attrs["class"] = "w-m"
        self.helper = plain_helper()

    def clean_joined_on(self) -> datetime.date | None:
        day: datetime.date | None = self.cleaned_data["joined_on"]
        if self.initial["joined_on"] and not day:
            raise ValidationError("入会日を入れてください。一度入れた日は、空けられません。", code="required")
        return day

    def act(self) -> bool:
        """Let the verb write it; what it refuses stands in the form."""
        try:
            memberships.change(membership=self.instance, **self.cleaned_data)
        except ValidationError as error:
            self.add_error("joined_on", ValidationError(error.messages))
            return False
        return True
