"""The admin's forms whose records are made by verbs."""

from abc import abstractmethod
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from groups import advising, endings, leading, lifecycle, memberships, representing, staffing
from groups.models import (
    Adviser,
    Group,
    GroupStage,
    LabelFormat,
    Membership,
    MembershipStatus,
    OfficerTerm,
    Representative,
    StaffAssignment,
)
from iri_exchange.lib import japan
from iri_exchange.lib.admin import VerbForm
from iri_exchange.lib.fields import LineField
from iri_exchange.lib.versions import Versioned
from members.models import Person


class JoinForm(VerbForm):
    """入会: the number is the group's next one."""

    first = forms.ModelChoiceField(
        label="登録者（はじめの1名）",
        queryset=Person.objects.all(),
        required=False,
        widget=AutocompleteSelect(Representative._meta.get_field("person"), admin.site),
        help_text="企業の会員だけ。2人目は、登録したあとに加えます。",
    )

    class Meta:
        model = Membership
        fields: ClassVar = ["group", "company", "person", "first", "kind", "joined_on", "introduced_by"]

    def act(self) -> Membership:
        fields = dict(self.cleaned_data)
        first, on = fields.pop("first", None), fields.pop("joined_on")
        return memberships.join(on=on, representatives=[first] if first else [], **fields)


class StatusForm(VerbForm):
    """休会・復帰・退会, from a day on."""

    class Meta:
        model = MembershipStatus
        fields: ClassVar = ["membership", "state", "since", "reason", "note"]

    def act(self) -> MembershipStatus:
        asked = dict(self.cleaned_data)
        state, reason = asked.pop("state"), asked.pop("reason")
        if state == Membership.Status.LEFT:
            return memberships.leave(reason=reason, **asked)
        verb = memberships.rest if state == Membership.Status.ON_LEAVE else memberships.resume
        return verb(**asked)


ON_ITS_PAGE = {Group.Stage.DORMANT: "group_rest", Group.Stage.DISSOLVED: "group_dissolve"}
# To run itself, a group comes from one of these.
TO_ITSELF = {Group.Stage.LAUNCHED: "handover", Group.Stage.DORMANT: "group_revive"}


class StageForm(VerbForm):
    """A stage of earlier years is written down here; one that ends something now has a page that shows it first."""

    class Meta:
        model = GroupStage
        fields: ClassVar = ["group", "state", "since", "note"]

    def act(self) -> GroupStage:
        asked: dict[str, Any] = dict(self.cleaned_data)
        page = ON_ITS_PAGE.get(asked["state"])
        if asked["state"] == Group.Stage.SELF_MANAGED:
            page = TO_ITSELF.get(asked["group"].stage_on(asked["since"]))
        if page and asked["since"] >= timezone.localdate():
            url, label = reverse(page, args=[asked["group"].slug]), Group.Stage(asked["state"]).label
            said = 'これからの「{}」は、<a href="{}">そのグループのページ</a>で、何が変わるかを確かめてから登録してください。'
            raise ValidationError(format_html(said, label, url))
        return lifecycle.move(to=asked.pop("state"), **asked)


class OfficerTermForm(VerbForm):
    """A new term, or one put right; to leave a group alone is confirmed on the portal's own page, not here."""

    class Meta:
        model = OfficerTerm
        fields: ClassVar = ["group", "person", "role", "since", "until"]

    def act(self) -> OfficerTerm:
        asked, term = dict(self.cleaned_data), self.instance
        if not term.pk:
            return leading.appoint(**asked)
        try:
            return leading.correct(term=term, **asked)
        except ValidationError as error:
            if getattr(error, "code", "") != leading.LEFT_ALONE:
                raise
            alone, page = japan.wareki((error.params or {})["day"]), reverse("officer_end", args=[term.pk])
            said = "{}から、グループに役員がいなくなります。先に次の役員を登録するか、"
            said += '<a href="{}">任期を終えるページ</a>で確かめてから終えてください。'
            raise ValidationError(format_html(said, alone, page)) from error


class StaffForm(VerbForm):
    """A colleague from the list (`person`), or a new one by name and address."""

    family_name = LineField(label="氏（はじめての方）", max_length=40, required=False)
    given_name = LineField(label="名（はじめての方）", max_length=40, required=False)
    email = forms.EmailField(
        label="メール（はじめての方）",
        required=False,
        help_text="ログインも用意します。パスワードは、本人がログイン画面の「パスワードを忘れたとき」から決めます。",
    )

    class Meta:
        model = StaffAssignment
        fields: ClassVar = ["person", "office", "since", "until"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "person" in self.fields:
            self.fields["person"].required = False

    def _get_validation_exclusions(self) -> set[str]:
        """Without a person from the list the verb makes one."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded | {"person"}

    def act(self) -> StaffAssignment:
        asked = dict(self.cleaned_data)
        named = {name: asked.pop(name) for name in ("family_name", "given_name", "email")}
        person = asked.pop("person", None)
        if person:
            return staffing.assign(person=person, **asked)
        if not (named["family_name"] and named["email"]):
            raise ValidationError("名簿から本人を選ぶか、はじめての方の氏とメールを入れてください。")
        return staffing.welcome(**asked, **named)


class AssignmentForm(VerbForm):
    """An assignment put right: the last colleague who can log in stays."""

    class Meta:
        model = StaffAssignment
        fields: ClassVar = ["office", "since", "until"]

    def locked(self) -> Any:
        staffing.lock()
        return super().locked()

    def act(self) -> StaffAssignment:
        return staffing.correct(assignment=self.instance, **self.cleaned_data)


class RepresentativeForm(VerbForm):
    """One who attends for a member, or the days of a term put right; the order of two is changed on the portal's page."""

    class Meta:
        model = Representative
        fields: ClassVar = ["membership", "person", "rank", "since", "until"]

    def locked(self) -> Any:
        endings.lock(self.instance.membership.group_id, self.instance.membership)
        return super().locked()

    def act(self) -> Representative:
        asked, term = dict(self.cleaned_data), self.instance
        return (
            representing.correct(term=term, **asked) if term.pk else memberships.add_representative(**asked)
        )


class AdviserForm(VerbForm):
    """A new term, or one put right."""

    lock = "group"

    class Meta:
        model = Adviser
        fields: ClassVar = ["group", "person", "since", "until", "note"]

    def act(self) -> Adviser:
        asked, term = dict(self.cleaned_data), self.instance
        return advising.correct(term=term, **asked) if term.pk else advising.commission(**asked)


class VerbFormSet(forms.BaseInlineFormSet):
    """New rows are made by a verb, all of them or none: it is tried first, so that what it refuses can be told."""

    @abstractmethod
    def make(self, asked: dict[str, Any]) -> models.Model:
        """Call the verb with what was typed into one row; may raise ValidationError."""

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        with transaction.atomic():
            for form in self.extra_forms:
                if form.has_changed():
                    self.save_new(form)
            transaction.set_rollback(True)

    def save_new(self, form: Any, commit: bool = True) -> models.Model:
        names = set(form.fields) - {"id", self.fk.name}
        return self.make({name: form.cleaned_data[name] for name in names})


class RepresentativeFormSet(VerbFormSet):
    """As `RepresentativeForm`."""

    def make(self, asked: dict[str, Any]) -> Representative:
        return memberships.add_representative(membership=self.instance, **asked)


class AdviserFormSet(VerbFormSet):
    """As `AdviserForm`."""

    def make(self, asked: dict[str, Any]) -> Adviser:
        return advising.commission(group=self.instance, **asked)


class LabelFormatForm(Versioned):
    """Says in millimetres by how much a sheet does not fit A4; the database refuses it in any case."""

    LEAST: ClassVar = {"width": 30, "height": 15}
    SIDES: ClassVar = [
        ("columns", "width", "left", "column_gap", 210, "横", "右"),
        ("rows", "height", "top", "row_gap", 297, "縦", "下"),
    ]

    class Meta:
        model = LabelFormat
        fields: ClassVar = [
            "name", "columns", "rows", "width", "height", "left", "top", "column_gap", "row_gap",
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        asked: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("left", "top", "column_gap", "row_gap"):
            if asked.get(name) is not None and asked[name] < 0:
                self.add_error(name, "0以上の数を入れてください。")
        for name, least in self.LEAST.items():
            if asked.get(name) is not None and asked[name] < least:
                self.add_error(name, f"{least}mm以上にしてください。これより小さいと、宛名が入りません。")
        for count, size, edge, gap, paper, side, end in self.SIDES:
            if any(asked.get(name) is None for name in (count, size, edge, gap)):
                continue
            used = asked[edge] + asked[count] * asked[size] + (asked[count] - 1) * asked[gap]
            if used > paper:
                self.add_error(
                    size,
                    f"A4の紙（{side}{paper}mm）から{end}へ{used - paper}mmはみ出します。"
                    f"いまは{side}に{used}mmです。大きさ、余白、間のどれかを小さくしてください。",
                )
        return asked
