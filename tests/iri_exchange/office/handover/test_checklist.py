"""What a group needs before it runs itself: each item missing, and there; who reads which names; how many questions."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import LibraryFile, Meeting, Todo
from groups import advising
from groups.models import Adviser, Bylaws, ConfirmationRound, Handover, OfficerTerm
from iri_exchange.office.handover import checklist
from iri_exchange.office.handover.facts import load
from members.consents import answer_consent
from members.models import Consent, User
from tests.factories import make_adviser, make_meeting, make_membership, make_officer, make_person
from tests.iri_exchange.office.handover.made import APRIL, FEBRUARY, LAUNCH, says

KEYS = ["officers", "people", "bylaws", "contacts", "consents", "meetings", "adviser", "files"]
MARCH = datetime.date(2027, 3, 31)


@pytest.fixture(autouse=True)
def february(now):
    with time_machine.travel(FEBRUARY):
        yield


def open_keys(group, user, day=None):
    found = checklist.items(group, user, day)
    assert [item.key for item in found] == KEYS
    gaps = [item.key for item in checklist.open_items(found)]
    if day is None:
        assert checklist.lacking([group])[group.pk][1] == len(gaps)
    return gaps


def test_a_group_of_which_nothing_is_known_lacks_everything_but_files(launched_group, staff):
    make_membership(launched_group, on=LAUNCH)
    found = checklist.items(launched_group, staff.user)
    assert [item.key for item in checklist.open_items(found)] == KEYS[:-1]
    assert says(found) == {
        "officers": "令和9年4月1日に代表幹事と事務局を務める方が、登録されていません。",
        "people": "ログインしたことのある役員が0人です。2人以上にしてください。",
        "bylaws": "会則が、まだ登録されていません。",
        "contacts": "発足してから、登録内容の確認をお願いしていません。",
        "consents": "同意0人、不同意0人、まだ聞いていない方1人です。同意のない1会員の分は、役員への引き継ぎから外れます。",
        "meetings": "令和9年4月1日からの会合が、まだ一つも予定されていません。",
        "adviser": "助言者に続けてもらうかどうかを、まだ聞いていません。",
        "files": "資料0件と、すんでいない宿題0件を、そのまま引き継ぎます。",
    }


def test_a_ready_group_lacks_nothing(ready, staff):
    assert open_keys(ready.group, staff.user) == []
    found = says(checklist.items(ready.group, staff.user))
    assert found["officers"] == "令和9年4月1日の代表幹事と事務局が、決まっています。"
    assert found["consents"] == "同意3人、不同意0人、まだ聞いていない方0人です。"


def test_terms_count_as_they_are_on_the_first_own_day(ready, staff):
    term = ready.group.officer_terms.get(role=OfficerTerm.Role.SECRETARY)
    term.until = MARCH
    term.save()
    assert open_keys(ready.group, staff.user) == ["officers", "people"]
    make_officer(ready.group, ready.secretary.person, since=APRIL)
    assert open_keys(ready.group, staff.user) == []


def test_who_never_logged_in_cannot_act_as_secretary(ready, staff):
    User.objects.filter(person=ready.secretary.person).update(last_login=None)
    people = checklist.items(ready.group, staff.user)[1]
    name = ready.secretary.person.name
    assert (people.done, people.lines[1]) == (False, f"{name}さん：ログインはありますが、まだ使っていません")
    User.objects.filter(person=ready.secretary.person).update(is_active=False)
    people = checklist.items(ready.group, staff.user)[1]
    assert people.lines[1] == f"{name}さん：ログインがありません"


def test_by_laws_that_begin_later_do_not_count(ready, staff):
    Bylaws.objects.update(valid_from=APRIL + datetime.timedelta(days=1))
    assert open_keys(ready.group, staff.user) == ["bylaws"]


def test_an_asking_of_before_the_launch_or_with_somebody_open_does_not_count(ready, staff):
    asking = ConfirmationRound.objects.get(group=ready.group)
    asking.confirmations.filter(membership=ready.quiet).update(
        confirmed_at=None, source="", confirmed_by=None
    )
    found = checklist.items(ready.group, staff.user)
    assert says(found)["contacts"].startswith("登録内容を確かめていない会員が、1あります。")
    assert open_keys(ready.group, staff.user) == ["contacts"]
    asking.confirmations.all().delete()
    ConfirmationRound.objects.update(started_at=datetime.datetime(2026, 7, 1, tzinfo=datetime.UTC))
    assert open_keys(ready.group, staff.user) == ["contacts"]


def test_who_said_no_is_answered_and_left_out_and_only_the_office_reads_who(ready, staff):
    person = ready.quiet.representatives.get().person
    answer_consent(kind=Consent.Kind.HANDOVER, given=False, since=datetime.date(2027, 1, 5), person=person)
    found = {item.key: item for item in checklist.items(ready.group, staff.user)}
    assert (found["consents"].done, found["consents"].lines) == (
        True,
        (f"外れる会員：{ready.quiet.number}　{ready.quiet.member.name}",),
    )
    theirs = {item.key: item for item in checklist.items(ready.group, ready.chair.user)}
    assert (theirs["consents"].says, theirs["consents"].lines) == (found["consents"].says, ())
    Consent.objects.filter(person=person).delete()
    assert open_keys(ready.group, staff.user) == ["consents"]


def test_a_cancelled_meeting_and_one_of_before_do_not_count(ready, staff):
    Meeting.objects.filter(pk=ready.theirs.pk).update(state=Meeting.State.CANCELLED)
    assert open_keys(ready.group, staff.user) == ["meetings"]
    make_meeting(ready.group, APRIL, hour=0)
    assert open_keys(ready.group, staff.user) == []


def test_the_adviser_is_asked_for_or_stays_or_is_not_wanted(ready, staff):
    Handover.objects.all().delete()
    assert open_keys(ready.group, staff.user) == ["adviser"]
    asked = advising.ask(group=ready.group, note="", by=ready.chair.user)
    assert (asked.fiscal_year, open_keys(ready.group, staff.user)) == (2027, [])
    advising.take_request_back(request=asked, by=ready.chair.user)
    assert open_keys(ready.group, staff.user) == ["adviser"]
    make_adviser(ready.group, make_person(), since=LAUNCH, until=MARCH)
    assert open_keys(ready.group, staff.user) == ["adviser"]
    Adviser.objects.update(until=APRIL)
    assert open_keys(ready.group, staff.user) == []


def test_files_and_todos_are_listed_and_never_missing(ready, staff):
    Todo.objects.create(meeting=ready.ours, what="会場をおさえる", who="青木")
    item = checklist.items(ready.group, staff.user)[-1]
    assert (item.done, item.must, item.lines) == (True, False, ("青木：会場をおさえる",))
    assert LibraryFile.objects.count() == 0


def test_links_lead_where_the_reader_may_go(ready, staff):
    for item in checklist.items(ready.group, staff.user):
        assert item.url, item.key
        assert staff.client.get(item.url).status_code == 200, item.url
    theirs = [item for item in checklist.items(ready.group, ready.chair.user) if item.url]
    assert [item.key for item in theirs] == ["adviser", "files"]
    for item in theirs:
        assert ready.chair.client.get(item.url).status_code == 200


def test_a_name_that_the_officer_may_not_know_is_not_told(ready):
    stranger = make_person(family_name="秘田", given_name="見江子")
    make_officer(ready.group, stranger, role=OfficerTerm.Role.COUNSEL, since=APRIL)
    text = str(checklist.items(ready.group, ready.chair.user))
    assert ("秘田" in text, "お名前を出していない方" in text) == (False, True)


def test_as_many_questions_for_one_as_for_thirty(ready, staff):
    def count(ask):
        ask()
        with CaptureQueriesContext(connection) as asked:
            ask()
        return len(asked)

    before = count(lambda: checklist.items(ready.group, staff.user))
    for _ in range(30):
        membership = make_membership(ready.group, on=LAUNCH)
        make_officer(ready.group, membership.representatives.get().person, since=LAUNCH)
    assert count(lambda: checklist.items(ready.group, staff.user)) == before
    assert count(lambda: load([ready.group])) == 11
