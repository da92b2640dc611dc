"""Whose paper it is: of one group, of chosen members or all, or of several groups at once; as of when, and what for."""

import datetime
from abc import abstractmethod
from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from groups.models import Group, Office
from groups.papers import selection
from groups.papers.job import Job
from groups.papers.selection import Guest, Member, Readers
from groups.standing import standing
from iri_exchange.lib.fields import DayFormField, LineField, RecordsField
from members import exports

REGISTER, ROSTER = "groups.print_office_roster", "groups.print_member_roster"


class PaperForm(forms.Form):
    """A paper; `kept` is what the person's printer needed the last time."""

    paper: ClassVar[str]
    rule: ClassVar[str] = REGISTER
    says: ClassVar[str] = ""
    tests: ClassVar[bool] = False
    options: ClassVar[tuple[str, ...]] = ()

    date = DayFormField(
        label="いつ現在", required=False, help_text="空けておくと今日です。例：令和8年4月1日、2026-04-01"
    )
    purpose = LineField(
        label="目的", required=False, max_length=100, help_text="記録に残します。例：総会の案内を送る"
    )

    def __init__(self, *args: Any, user: Any, kept: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.kept = user, kept or {}

    def clean_date(self) -> datetime.date:
        return self.cleaned_data["date"] or timezone.localdate()

    @abstractmethod
    def make(self) -> bytes:
        """Log the copy, then make it."""

    @abstractmethod
    def job(self) -> Job:
        """What the log tells of this print."""

    @abstractmethod
    def members(self) -> list[Member]:
        """Who stands on it."""

    @abstractmethod
    def guests(self, present: list[Member]) -> list[Guest]:
        """Who comes besides, and is no member who is `present`."""

    @property
    def label(self) -> str:
        return exports.LISTS[self.paper]

    @property
    def option_fields(self) -> list[Any]:
        return [self[name] for name in self.options]

    @property
    def file_name(self) -> str:
        """けやき会_宛名ラベル_2026-11-25.pdf"""
        job = self.job()
        return f"{job.about}_{self.label}_{job.day:%Y-%m-%d}.pdf"

    def remembered(self) -> dict[str, str]:
        """What the next print of this person begins with."""
        return {}


class OfOneGroup(PaperForm):
    """Of chosen members of a group, or all of them."""

    chosen = forms.MultipleChoiceField(
        label="会員",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": "選んだ中に、この日の会員でない方がいます。下の一覧から選び直してください。"
        },
    )

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group = group
        self.keeps_register = self.user.has_perm(REGISTER, group)
        self.without = standing(self.user).withheld
        chosen: Any = self.fields["chosen"]
        chosen.choices = [
            (str(member.membership.pk), _named(member))
            for member in selection.members([group], self._day(), self.known_as, without=self.without)
        ]

    @property
    def known_as(self) -> Readers:
        """Whom the reader may know at all."""
        return Readers.OFFICE if self.keeps_register else Readers.GROUP

    def readers(self) -> Readers:
        return self.known_as

    def job(self) -> Job:
        asked = self.cleaned_data
        return Job((self.group,), self.group, asked["date"], self.user, asked["purpose"], self.readers())

    def members(self) -> list[Member]:
        job, chosen = self.job(), self.cleaned_data["chosen"]
        return selection.members(
            job.groups,
            job.day,
            job.readers,
            [int(pk) for pk in chosen] if chosen else None,
            without=self.without,
        )

    def guests(self, present: list[Member]) -> list[Guest]:
        """Only when nobody is chosen: then everybody of the group is meant."""
        job = self.job()
        return (
            [] if self.cleaned_data["chosen"] else selection.guests(job.groups, job.day, job.readers, present)
        )

    def _day(self) -> datetime.date:
        """The day that is asked for, as far as it can be read; the choices are those of that day."""
        field: Any = self.fields["date"]
        try:
            return field.clean(self.data.get("date")) or timezone.localdate()
        except ValidationError:
            return timezone.localdate()


class OfSeveralGroups(PaperForm):
    """Of all members of several groups, printed by an office."""

    groups = RecordsField(
        label="グループ",
        queryset=Group.objects.none(),
        to_field_name="slug",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "グループを1つ以上選んでください。",
            "invalid_choice": "このグループはありません。一覧から選んでください。",
        },
    )

    def __init__(self, *args: Any, groups: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["groups"]
        asked.queryset = groups

    def job(self) -> Job:
        asked = self.cleaned_data
        return Job(tuple(asked["groups"]), self.office, asked["date"], self.user, asked["purpose"])

    @cached_property
    def office(self) -> Office:
        """Where the reader works; the log is kept for it."""
        return Office.objects.get(pk=standing(self.user).offices[0])

    def members(self) -> list[Member]:
        job = self.job()
        return selection.members(job.groups, job.day, job.readers)

    def guests(self, present: list[Member]) -> list[Guest]:
        job = self.job()
        return selection.guests(job.groups, job.day, job.readers, present)


def _named(member: Member) -> str:
    """株式会社〇〇　青木 一郎・青木 花子（所在地なし）"""
    people = "・".join(person.name for person in member.people) if member.company else ""
    nowhere = "" if member.source.city or member.source.street else "（所在地が未登録です）"
    return f"{member.source}{f'　{people}' if people else ''}{nowhere}"
