"""発会: what a forming group needs before it is launched, one step after the other, and the launch itself, all at once.

What is typed on the way is kept where it belongs: in the group's own columns, as planned meetings and as terms that
begin with the launch. Until the group is launched only the office sees any of it. Only whom not to invite is kept with
the reader (`launching_views`).
"""

import datetime
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from events import meetings
from events.models import Meeting
from groups import advising, leading, lifecycle
from groups.invitees import Invitee, invitees
from groups.models import Adviser, Group, GroupStage, OfficerTerm
from iri_exchange.lib import history, japan
from members import invitations
from members.models import Invitation, Person

Role, Stage = OfficerTerm.Role, Group.Stage
# By the names of their addresses, in their order.
STEPS = (
    "launch_name",
    "launch_ceremony",
    "launch_people",
    "launch_meetings",
    "launch_invitations",
    "launch_look",
)
LENGTH = datetime.timedelta(hours=2)  # of a regular meeting, unless somebody changes it
AFTER_LAUNCH = "発会の日になったので、取り消せません。直すところは、グループのページから直してください。"


class Times(NamedTuple):
    """When and where the launch ceremony is."""

    day: datetime.date
    start: datetime.time
    end: datetime.time
    place: str
    address: str = ""


# ── reads ────────────────────────────────────────────────────────────────────
def waiting(today: datetime.date) -> QuerySet[Group]:
    """Groups that can be launched now: the results of their round are announced, and no launch is registered."""
    forming = Group.objects.as_of(today).filter(stage=Stage.FORMING)
    announced = forming.filter(recruitment_round__announced_at__isnull=False)
    return announced.exclude(stages__state=Stage.LAUNCHED).select_related("recruitment_round")


def launch_of(group: Group) -> GroupStage | None:
    """The launch that is registered, on a day that may lie ahead."""
    return group.stages.filter(state=Stage.LAUNCHED).first()


def ceremony_of(group: Group) -> Meeting | None:
    """発会式, as far as it is planned."""
    return _planned(group).filter(kind=Meeting.Kind.LAUNCH).first()


def day_of(group: Group) -> datetime.date:
    """The day of the launch, as it is planned. Raises ValidationError if it is not."""
    ceremony = ceremony_of(group)
    if ceremony is None:
        raise ValidationError("先に、発会式の日を決めてください。", code="no_day")
    return ceremony.day


def regular_of(group: Group) -> QuerySet[Meeting]:
    """The regular meetings, in their order, without those that were cancelled."""
    return _planned(group).filter(kind=Meeting.Kind.REGULAR)


def officer_of(group: Group, role: str) -> Person | None:
    """Who has the office from the launch on."""
    term = group.officer_terms.filter(role=role).select_related("person").first()
    return term.person if term else None


def invitees_of(group: Group, user: Any) -> list[Invitee]:
    """Who belongs to the group on the day of the launch, and whether they can be invited."""
    ceremony = ceremony_of(group)
    return invitees(group, user, ceremony.day if ceremony else timezone.localdate())


# ── the steps ────────────────────────────────────────────────────────────────
@transaction.atomic
def set_ceremony(*, group: Group, times: Times, by: Any) -> Meeting:
    """When and where the group is launched: the year of its launch follows, and so do the terms that begin with it.

    Raises ValidationError for a day outside of the round's year, and as `meetings.plan` does.
    """
    _lock_forming(group)
    _refuse_another_year(group, times.day)
    told: dict[str, Any] = {
        "starts_at": _moment(times.day, times.start),
        "ends_at": _moment(times.day, times.end),
        "place": times.place,
        "address": times.address,
    }
    with history.step("発会の準備：発会式", by):
        known = ceremony_of(group)
        new: dict[str, Any] = {"group": group, "kind": Meeting.Kind.LAUNCH}
        made = meetings.move(meeting=known, **told) if known else meetings.plan(**new, **told)
        _begin_terms(group, times.day)
        year = japan.fiscal_year(times.day)
        if group.founded_year != year:
            group.founded_year = year
            group.save(update_fields=["founded_year"])
    return made


@transaction.atomic
def name_people(*, group: Group, officers: dict[str, Person | None], adviser: Person | None, by: Any) -> None:
    """Who has which office, and who advises, from the launch on; None: nobody yet.

    Raises ValidationError while no day of the launch is known.
    """
    _lock_forming(group)
    day = day_of(group)
    with history.step("発会の準備：役員・助言者", by):
        for role, person in officers.items():
            if officer_of(group, role) != person:
                _delete(group.officer_terms.filter(role=role))
                if person:
                    leading.appoint(group=group, person=person, role=role, since=day)
        if adviser is None or not group.advisers.filter(person=adviser).exists():
            _delete(group.advisers.all())
            if adviser:
                advising.commission(group=group, person=adviser, since=day, until=end_of_year(day))


@transaction.atomic
def plan_meetings(*, group: Group, days: Collection[datetime.date], by: Any) -> Sequence[Meeting]:
    """The regular meetings of the launch year are on these days and no others, by the group's own time and place.

    Raises ValidationError for a day that is not after the launch, or not in its year.
    """
    _lock_forming(group)
    launch = day_of(group)
    if wrong := [day for day in sorted(days) if not launch < day <= end_of_year(launch)]:
        raise ValidationError(
            f"{japan.wareki(wrong[0])}：発会式の日より後で、{japan.wareki(end_of_year(launch))}までの日にしてください。",
            code="other_year",
        )
    if group.meeting_time is None:
        raise ValidationError("先に、定例会の時刻を決めてください。", code="no_time")
    with history.step("発会の準備：定例会", by):
        for meeting in regular_of(group):
            meetings.withdraw(meeting=meeting)
        return [
            meetings.plan(group=group, number=number, place=group.meeting_place, **_hours(group, day))
            for number, day in enumerate(sorted(set(days)), start=1)
        ]


# ── the launch ───────────────────────────────────────────────────────────────
class Gap(NamedTuple):
    """Something that is missing: a sentence, and the step (by the name of its address) where it is put right."""

    sentence: str
    step: str


def missing(group: Group) -> list[Gap]:
    """Without these no group is launched."""
    return list(_gaps(group, ceremony_of(group)))


def _gaps(group: Group, ceremony: Meeting | None) -> Iterator[Gap]:
    call = getattr(group, "recruitment_round", None)
    if call and not call.announced_at:
        yield Gap("募集の結果を、まだお知らせしていません。先に、結果をお知らせしてください。", "launch_look")
    if not group.kana:
        yield Gap("グループの名称とフリガナが、まだ決まっていません。", "launch_name")
    if ceremony is None:
        yield Gap("発会式の日と場所が、まだ決まっていません。", "launch_ceremony")
    elif not group.memberships.belonging(ceremony.day).exists():
        yield Gap(
            "発会式の日の会員が、一人もいません。会員を加えるか、日を直してください。", "launch_ceremony"
        )
    regular = regular_of(group)
    if not regular:
        yield Gap("定例会の日が、まだ決まっていません。", "launch_meetings")
    elif ceremony and regular[0].day <= ceremony.day:
        yield Gap("発会式より後でない定例会があります。日を直してください。", "launch_meetings")


@transaction.atomic
def launch(*, group: Group, inviting: Collection[int], by: Any) -> list[Invitation]:
    """The group is launched on the day of its ceremony, and of these people (their ids) who can be is invited.

    All of it or nothing. Raises ValidationError with a sentence for each thing that is missing.
    """
    _lock_forming(group)
    if gaps := missing(group):
        raise ValidationError([gap.sentence for gap in gaps])
    with history.step("発会", by):
        rows = [each for each in invitees_of(group, by) if not each.why_not and each.person.pk in inviting]
        sent = invitations.invite_all(people=[each.person for each in rows], by=by)
        lifecycle.move(group=group, to=Stage.LAUNCHED, since=day_of(group))
    return sent


@transaction.atomic
def take_back(*, group: Group, by: Any) -> int:
    """Before its day the launch is taken back: the group is being formed again, and what was planned is a plan again.

    The links of the invitations that it sent open nothing any more: how many. Who made a login already keeps it.
    Raises ValidationError from the day of the launch on, and once a later stage is registered.
    """
    _lock(group)
    row = launch_of(group)
    if row is None:
        raise ValidationError("発会は、まだ登録されていません。", code="not_launched")
    if row.since <= timezone.localdate():
        raise ValidationError(AFTER_LAUNCH, code="launched")
    if group.stages.filter(since__gt=row.since).exists():
        raise ValidationError(
            "このあとの段階が、もう登録されています。先に、それを直してください。", code="later"
        )
    people = [each.person.pk for each in invitees_of(group, by)]
    written = row.history.earliest("history_id").history_date
    sent = Invitation.objects.waiting().filter(person__in=people, made_at__gte=written)
    with history.step("発会の取り消し", by):
        revoked = [each.person for each in sent.select_related("person")]
        for person in revoked:
            invitations.revoke(person=person)
        row.delete()
    return len(revoked)


# ── what they share ──────────────────────────────────────────────────────────
def end_of_year(day: datetime.date) -> datetime.date:
    """The 31 March that ends the fiscal year of a day."""
    return datetime.date(japan.fiscal_year(day) + 1, 3, 31)


def _planned(group: Group) -> QuerySet[Meeting]:
    return Meeting.objects.filter(group=group).exclude(state=Meeting.State.CANCELLED)


def _lock(group: Group) -> None:
    Group.objects.select_for_update(no_key=True).get(pk=group.pk)
    group.refresh_from_db()


def _lock_forming(group: Group) -> None:
    """Two of the office at the same moment wait for each other; after the launch nothing is prepared any more."""
    _lock(group)
    is_forming = group.stage_on(timezone.localdate()) == Stage.FORMING
    if launch_of(group) or not is_forming:
        raise ValidationError("このグループの発会は、もう登録されています。", code="launched")


def _refuse_another_year(group: Group, day: datetime.date) -> None:
    call = getattr(group, "recruitment_round", None)
    if call and japan.fiscal_year(day) != call.fiscal_year:
        year = japan.fiscal_year_label(call.fiscal_year)
        raise ValidationError(
            f"{year}の募集のグループです。{year}のうちの日にしてください。", code="other_year"
        )


def _begin_terms(group: Group, day: datetime.date) -> None:
    """A forming group has no officers and no adviser but those who begin with the launch."""
    for term in [*group.officer_terms.exclude(since=day), *group.advisers.exclude(since=day)]:
        term.since = day
        if isinstance(term, Adviser):
            term.until = end_of_year(day)
        term.full_clean()
        term.save()


def _delete(terms: QuerySet[Any]) -> None:
    """One by one, so that the history knows."""
    for term in terms:
        term.delete()


def _moment(day: datetime.date, time: datetime.time) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, time))


def _hours(group: Group, day: datetime.date) -> dict[str, Any]:
    assert group.meeting_time is not None
    starts_at = _moment(day, group.meeting_time)
    return {"starts_at": starts_at, "ends_at": starts_at + LENGTH}
