"""The demo: one believable programme, the same each time, and only ever in an empty database."""

import datetime
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import openpyxl
import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client

from events.models import GroupOffer, InvitedGroup, Meeting
from groups import handing_on
from groups.models import Application, Group, Handover, Membership, OfficerTerm, RecruitmentRound
from groups.recruitment import rounds
from groups.standing import Standing
from iri_exchange import demo
from iri_exchange.demo.copies import COPIED, multiply
from iri_exchange.demo.programme import tell
from iri_exchange.demo.world import World
from members.models import Company, Person, User
from tests import migrated
from tests.factories import make_company
from tests.house.demo_dump import DAY, dump

WORDINGS = (
    "members.migrations.0006_consent_texts",
    "members.migrations.0009_purpose_text",
    "events.migrations.0006_entry_text",
)
NAMED = {"plaza62": 13, "tama22": 14, "h23-tamageta": 12, "tama24": 21, "techno25": 23}


# ── an empty database, or one that is in use ─────────────────────────────────
# These come first: once `built` is there, it stays until the end of the module.
def test_a_database_in_use_is_refused(db):
    make_company()
    before = dump()
    with pytest.raises(CommandError) as refused:
        call_command("demo")
    assert str(refused.value) == (
        "このデータベースには、すでにデモではないデータがあります。デモは空のデータベースにだけ作れます。"
    )
    assert dump() == before


@pytest.mark.parametrize(("options", "message"), [
    (["--scale", "0"], "--scale は1以上の整数にしてください。"),
    (["--today", "2025-06-30"], "デモは2025-07-01から後の日で作れます。"),
])  # fmt: skip
def test_what_cannot_be_told_is_refused(db, options, message):
    with pytest.raises(CommandError) as refused:
        call_command("demo", *options)
    assert str(refused.value) == message
    # The wordings of the consents come with the tables.
    assert [row for row in dump() if not row.startswith("ConsentText ")] == []


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("day", "stages", "newest"),
    [
        ("2026-03-31", {"self_managed": 24, "dormant": 1, "launched": 2}, "令和7年度 本部グループ"),
        ("2027-04-01", {"self_managed": 26, "dormant": 1}, "青海テクノサロン"),
        ("2028-02-29", {"self_managed": 24, "dormant": 1, "launched": 2}, "令和9年度 本部グループ"),
    ],
)
def test_other_days_have_their_own_story(db, day, stages, newest):
    """A few groups are filled, which is enough: the plan of all depends on the day in the same way."""
    today = datetime.date.fromisoformat(day)
    filled = {"gannen": 14, "tama24": 21, "akishima-suiyo": 15, "{era}-tama": 15}
    tell(World(today), slugs=filled)
    groups = list(Group.objects.as_of(today).exclude(stage=Group.Stage.FORMING))
    assert Counter(group.stage for group in groups) == stages
    assert [g.name for g in groups if g.slug.endswith("-honbu")] == [newest]
    counts = [group.memberships.belonging(today).count() for group in groups]
    assert sorted(n for n in counts if n) == sorted(filled.values())
    assert min(n for n in (g.officer_terms.on(today).count() for g in groups) if n) >= 4
    with time_machine.travel(datetime.datetime.combine(today, datetime.time(12))):
        rounds.change(round=RecruitmentRound.objects.get(announced_at=None))  # may be saved as it stands


@pytest.mark.any_database
@pytest.mark.parametrize(("day", "decided"), [("2027-01-10", 0), ("2027-02-10", 1)])
def test_from_january_on_a_handover_is_decided(db, day, decided):
    today = datetime.date.fromisoformat(day)
    tell(World(today), slugs={"tama24", "{era}-honbu"})
    ahead = Group.objects.get(slug="r8-honbu").stages.filter(since=datetime.date(2027, 4, 1))
    assert ahead.count() == Handover.objects.filter(told_on=None).count() == decided


# ── the demo ─────────────────────────────────────────────────────────────────
@pytest.fixture(scope="module")
def second(tmp_path_factory) -> subprocess.Popen[str]:
    """The demo built at the same time by another process, whose sets and dicts hash differently."""
    env = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "SITE_URL")}
    folder = tmp_path_factory.mktemp("second")
    migrated.copy_to(folder)
    env |= {
        "DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONHASHSEED": "7",
        "PYTHONIOENCODING": "utf-8",
    }
    code = "import django; django.setup(); from tests.house.demo_dump import print_dump; print_dump()"
    return subprocess.Popen(
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, env=env, stdout=subprocess.PIPE, text=True
    )


@pytest.fixture(scope="module")
def built(second, django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        # A test that commits empties all tables after itself, those that come with wordings too.
        for wordings in WORDINGS:
            import_module(wordings).write(apps, None)
        demo.build(DAY)
        yield
        transaction.set_rollback(True)


def groups_today():
    """All that have been launched."""
    return list(Group.objects.as_of(DAY).exclude(stage=Group.Stage.FORMING))


def test_same_day_same_data(built, second):
    other, _ = second.communicate(timeout=300)
    assert other.split("\n") == dump()


def test_twenty_seven_groups_are_active(built):
    groups = groups_today()
    assert Counter(group.stage for group in groups) == {"self_managed": 24, "dormant": 1, "launched": 2}
    assert {g.office.slug for g in groups if g.stage == "launched"} == {"honbu", "tama"}
    assert min(g.founded_year for g in groups) == 1984
    assert min(g.founded_year for g in groups if g.office.slug == "tama") == 2010
    marks = [group.mark for group in groups if group.mark]
    assert len(marks) == len(set(marks)) == 25


def test_the_groups_have_the_size_the_sources_tell(built):
    counts = {group.slug: group.memberships.belonging(DAY).count() for group in groups_today()}
    assert {slug: counts[slug] for slug in NAMED} == NAMED
    assert all(12 <= count <= 25 for count in counts.values()), counts
    assert 380 <= sum(counts.values()) <= 410


def test_the_past_can_be_asked(built):
    def count(slug, *day):
        return Group.objects.get(slug=slug).memberships.belonging(datetime.date(*day)).count()

    assert count("plaza62", 2017, 11, 1) == 13
    assert {slug: count(slug, 2013, 11, 1) for slug in NAMED if slug != "plaza62"} == {
        slug: size for slug, size in NAMED.items() if slug != "plaza62"
    }
    assert 180 <= Membership.objects.belonging(datetime.date(2013, 11, 1)).count() <= 260
    stages = Counter(g.stage for g in Group.objects.as_of(datetime.date(2012, 4, 1)) if g.stage)
    assert stages == {"self_managed": 12, "dormant": 1}


def test_every_group_has_officers(built):
    for group in groups_today():
        roles = [term.role for term in group.officer_terms.on(DAY)]
        assert len(roles) >= 4, group
        assert "chair" in roles, group
        assert ("secretary" in roles) == (group.stage != "launched"), group


def test_the_secretaries_of_the_sources_are_advisers_of_companies(built):
    for slug in ("plaza62", "tama24"):
        group = next(group for group in groups_today() if group.slug == slug)
        secretary = group.officer_terms.on(DAY).get(role="secretary").person
        assert secretary.title == "顧問"
        assert secretary.company_on(DAY).representative_name != secretary.name


def test_rare_characters_are_kept(built):
    names = "".join(f"{person.family_name}{person.given_name}" for person in Person.objects.all())
    rare = ["髙", "﨑", "濵", "德", "𠮷", "葛\U000e0100", "齋", "邊"]
    assert [character for character in rare if character not in names] == []


@pytest.mark.parametrize("name", ["office", "secretary", "member"])
def test_one_can_log_in(built, name):
    client = Client()
    answer = client.post(
        "/accounts/login/", {"login": f"{name}@demo.example.jp", "password": "koryu-demo-2026"}
    )
    assert (answer.status_code, answer.url) == (302, "/my/")


def test_the_logins_are_who_they_say(built):
    who = {user.email.partition("@")[0]: Standing(user, DAY) for user in User.objects.all()}
    tama24 = next(group.pk for group in groups_today() if group.slug == "tama24")
    assert set(who) == {"office", "secretary", "member"}
    assert not User.objects.filter(is_superuser=True).exists()
    assert [name for name, standing in who.items() if standing.is_staff] == ["office"]
    assert (who["secretary"].runs, who["secretary"].member_of) == ({tama24}, {tama24})
    assert (who["member"].runs, who["member"].member_of) == (frozenset(), {tama24})


def test_the_command_changes_nothing_the_second_time(built, capsys):
    before = dump()
    call_command("demo")
    assert capsys.readouterr().out == "デモはすでに入っています。何も変えていません。\n"
    assert dump() == before


def test_nobody_of_the_test_rosters_is_in_it(built):
    cells = set(roster_cells(settings.BASE_DIR / "tests" / "data"))
    assert "立川計測有限会社" in cells
    ours = set()
    for company in Company.objects.all():
        ours |= {company.name, company.corporate_number, company.email}
    ours |= set(Person.objects.values_list("email", flat=True))
    assert (ours & cells) - {"", None} == set()


def roster_cells(folder: Path) -> Iterator[str]:
    for path in folder.glob("*.csv"):
        content = path.read_bytes()
        text = content.decode("utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "cp932")
        yield from text.replace("\n", ",").replace("\r", "").split(",")
    for path in folder.glob("*.xlsx"):
        for sheet in openpyxl.load_workbook(path, read_only=True):
            for row in sheet.iter_rows(values_only=True):
                yield from (str(cell) for cell in row)


def test_history_tells_why(built):
    reasons = set(Company.history.values_list("history_change_reason", flat=True))
    assert reasons == {"デモデータの作成"}


def test_a_scale_of_two_is_twice_as_much(built):
    before = {model: model.objects.count() for model in COPIED}
    with transaction.atomic():
        multiply(2)
        after = {model: model.objects.count() for model in COPIED}
        copied = Group.objects.get(slug="tama24-2")
        company = Company.objects.get(name="秋川精工株式会社 2")
        members = copied.memberships.belonging(DAY).count()
        here = (members, OfficerTerm.objects.on(DAY).filter(group=copied).count())
        assert company.memberships.get().group == copied
        company.full_clean()
        transaction.set_rollback(True)
    assert after == {model: 2 * count for model, count in before.items()}
    assert here == (21, 6)


def test_applications_in_every_state(built):
    """One call stands open around the day, the other is announced; last year's are there to compare."""
    rows = RecruitmentRound.objects.select_related("office")
    calls = {(call.fiscal_year, call.office.slug): call for call in rows}
    assert sorted(calls) == [(2025, "honbu"), (2025, "tama"), (2026, "honbu"), (2026, "tama")]
    phases = {key: rounds.phase_of(call, DAY) for key, call in calls.items()}
    assert [phases[key] for key in sorted(calls)] == ["announced", "announced", "announced", "open"]
    assert set(Application.objects.values_list("state", flat=True)) == set(Application.State.values)
    accepted = Application.objects.filter(state=Application.State.ACCEPTED)
    assert accepted.filter(membership=None).count() == 0
    formed = calls[2026, "honbu"].group
    assert formed.memberships.count() == accepted.filter(round=calls[2026, "honbu"]).count() == 14


def test_the_second_year_and_the_thirtieth(built):
    """One group prepares its handover, two were handed over this year, one rests, one is in its thirtieth year."""
    told = Handover.objects.filter(told_on=datetime.date(2026, 4, 1))
    assert {each.group.slug for each in told} == {"yumenoshima", "akishima-suiyo"}
    assert Handover.objects.count() == 2
    newest = Group.objects.get(slug="r8-honbu")
    assert list(newest.stages.values_list("state", flat=True)) == ["launched"]
    assert (newest.bylaws.count(), newest.confirmation_rounds.get().ended_at is not None) == (1, True)
    without = handing_on.left_out(Group.objects.get(slug="yumenoshima"), DAY)
    assert 1 <= len(without) <= 6
    resting = Group.objects.get(slug="sanmokukai")
    assert resting.stage_on(datetime.date(2025, 3, 31)) == "self_managed"
    assert max(each.day for each in resting.meetings.all()) < datetime.date(2025, 4, 1)
    assert Group.objects.get(slug="nines").anniversary(2027) == 30


def test_what_groups_do_together(built):
    asked = InvitedGroup.objects.filter(state=InvitedGroup.State.ASKED).get()
    assert (asked.meeting.group.slug, asked.group.slug) == ("h23-tamageta", "tama24")
    agreed = InvitedGroup.objects.agreed().get(group__slug="h23-tamageta")
    assert agreed.meeting.group.slug == "tama24"
    assert GroupOffer.objects.open().count() == 3
    assert Meeting.objects.get(open_seats__isnull=False).group.slug == "techno25"
    coming = OfficerTerm.objects.filter(since=datetime.date(2027, 4, 1))
    assert {term.group.slug for term in coming} == {"h29-nikunokai"}
