"""The meetings of the demo: three years of them, told as they happened. A few groups are filled, which is enough."""

import datetime
from collections import Counter
from collections.abc import Iterator

import pytest
import time_machine
from django.db import transaction

from events.calendars import showing
from events.library import files_visible_to
from events.models import (
    AgendaItem,
    Attendance,
    DatePoll,
    Delivery,
    LibraryFile,
    Meeting,
    Minutes,
    Notice,
    Reply,
    Todo,
    Turn,
)
from groups.models import Group
from iri_exchange.demo.programme import tell
from iri_exchange.demo.world import World
from members.models import User

DAY = datetime.date(2026, 11, 25)
FILLED = {"tama24", "tama22", "{era}-tama"}
NOON = datetime.time(12)


# This comes first: once `told_demo` is there, it stays until the end of the module.
@pytest.mark.any_database
@pytest.mark.parametrize("day", ["2027-04-01", "2026-12-09"])
def test_other_days_have_a_next_meeting(db, day):
    today = datetime.date.fromisoformat(day)
    tell(World(today), slugs={"tama24"})
    met = Meeting.objects.filter(group__slug="tama24")
    told = met.filter(state="announced").order_by("starts_at")
    assert all(each.day >= today for each in told)
    assert told.count() >= 1
    assert not any(each.day < today for each in met.filter(state="draft"))
    assert not any(each.day >= today for each in met.filter(state="held"))
    assert Meeting.objects.filter(changed_at__date__gt=today).count() == 0
    assert Reply.objects.filter(answered_at__date__gte=today).count() == 0


@pytest.fixture(scope="module")
def told_demo(django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        tell(World(DAY), slugs=FILLED)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def tama24(told_demo) -> Group:
    return Group.objects.get(slug="tama24")


def test_three_years_of_tama24(tama24):
    met = list(tama24.meetings.all())
    assert Counter(each.state for each in met) == {"held": 36, "cancelled": 1, "announced": 1, "draft": 2}
    assert (met[0].day, met[-1].day) == (datetime.date(2023, 11, 9), datetime.date(2027, 2, 18))
    kinds = {each.kind for each in met}
    assert kinds == {"regular", "general", "visit", "exchange"}
    (ahead,) = [each for each in met if each.state == "announced"]
    assert (ahead.name, ahead.title, str(ahead.day)) == (
        "第166回 定例会",
        "ばねの見立て、めっきの見立て",
        "2026-12-10",
    )
    numbers = [each.number for each in met if each.number and each.state != "cancelled"]
    assert numbers == list(range(140, 169))
    off = tama24.meetings.get(state="cancelled")
    assert (off.number, bool(off.cancel_reason)) == (166, True)


def test_who_answered_came_and_wrote(tama24):
    held = tama24.meetings.filter(state="held")
    assert Attendance.objects.filter(meeting__in=held, kind="").count() == 0
    came = Attendance.objects.filter(meeting__in=held, person__isnull=False)
    share = came.filter(kind__in=Attendance.THERE).count() / came.count()
    assert 0.6 < share < 0.85
    assert set(came.values_list("kind", flat=True)) == set(Attendance.Kind.values)
    ahead = Reply.objects.filter(meeting__group=tama24, meeting__state="announced")
    answers = Counter(ahead.values_list("answer", flat=True))
    assert (ahead.count(), answers[""] > 3, answers["yes"] > 3) == (20, True, True)
    assert Delivery.objects.filter(reply__in=ahead).values("reply").distinct().count() == 20
    assert Minutes.objects.filter(meeting__in=held, state="published").count() == held.count()
    assert Todo.objects.filter(meeting__in=held, done_on=None).count() >= 1
    assert Notice.objects.filter(meeting__in=held, kind="minutes").count() == held.count()
    assert Turn.objects.filter(meeting__group=tama24).count() > 10
    assert set(Reply.objects.values_list("source", flat=True)) >= {"", "link", "phone", "fax"}


def test_a_general_meeting_reached_its_quorum(tama24):
    general = tama24.meetings.filter(kind="general").latest("starts_at")
    motions = AgendaItem.objects.filter(meeting=general, is_motion=True)
    entrusted = Reply.objects.filter(meeting=general, entrusts=True).count()
    came = Attendance.objects.filter(
        meeting=general, kind__in=Attendance.THERE, membership__isnull=False
    ).count()
    assert (motions.count(), entrusted > 0) == (3, True)
    assert came + entrusted >= general.minutes.quorum
    for motion in motions:
        assert motion.votes_for + motion.votes_against + motion.votes_abstained == came + entrusted - 1


def test_neighbours_are_invited(tama24):
    neighbours = Group.objects.get(slug="tama22")
    joint = tama24.meetings.filter(kind="exchange").latest("starts_at")
    assert [each.group for each in joint.invited_groups.all()] == [neighbours]
    assert Reply.objects.filter(meeting=joint, membership__group=neighbours).count() > 5
    theirs = neighbours.meetings.get(state="announced")
    assert Reply.objects.filter(meeting=theirs, membership__group=tama24).count() == 20


def test_the_office_runs_the_launch_year(tama24):
    new = Group.objects.get(slug="r8-tama")
    met = list(new.meetings.all())
    assert (met[0].kind, met[0].number, met[0].day.month) == ("launch", None, 7)
    assert [each.number for each in met if each.kind == "regular"][:3] == [1, 2, 3]
    assert met[-1].day.month == 3
    office = User.objects.get(email="office@demo.example.jp")
    assert set(Notice.objects.filter(meeting__group=new).values_list("sent_by", flat=True)) == {office.pk}
    assert new.meetings.filter(state="held", minutes=None).count() == 0


def test_what_only_tama24_shows(tama24):
    poll = DatePoll.objects.get()
    assert (poll.group, poll.state, poll.dates.count()) == (tama24, "open", 4)
    assert 4 <= poll.voters.exclude(answered_at=None).count() < poll.voters.count()
    shapes = Counter(LibraryFile.objects.values_list("kind", flat=True))
    assert shapes == {"leaflet": 1, "rules": 1, "material": 7, "photo": 3}
    member = User.objects.get(email="member@demo.example.jp")
    assert files_visible_to(member).count() == 12
    with time_machine.travel(datetime.datetime.combine(DAY, NOON)):
        assert showing.concerning(member).filter(state="announced").count() == 2


def test_every_row_may_be_saved_as_it_stands(tama24):
    for model in (Meeting, AgendaItem, Reply, Attendance, Minutes, Notice, DatePoll, Turn):
        for row in model.objects.all()[:150]:
            row.full_clean(validate_unique=False)
