"""Who did not agree to the handing over of the roster: their words stand nowhere before the officers' eyes."""

import datetime

import pytest
import time_machine

from events.models import Attendance
from events.planning import polls, turns
from events.reception import marking
from events.reception.listing import listing_of
from events.replying import replies
from events.replying.invitees import invited_people
from events.telling import notices
from groups import confirming
from groups.models import Membership
from tests.conftest import Actor
from tests.factories import make_meeting
from tests.groups.handed import APRIL, LAST_SECOND, MIDNIGHT, SECRETS, TOKYO, Handed, make_handed, say
from tests.house.portal.crawling import crawl, text_of

pytestmark = pytest.mark.any_database
DAY = datetime.timedelta(days=1)
VARIANTS = ("office", "reception", "attendance", "member")
PAPERS = ("labels.pdf", "badges.pdf", "company-sheets.pdf", "envelopes.pdf", "attendance-sheet.pdf")
WORDS = {key: word.replace(" ", "") for key, word in SECRETS.items()}


@pytest.fixture
def handed(launched_group, staff) -> Handed:
    return make_handed(launched_group, staff)


def pages_of(handed: Handed) -> list[str]:
    """Where the reading begins; the links lead further."""
    slug = handed.group.slug
    start = ["/my/", "/companies/", f"/groups/{slug}/", f"/groups/{slug}/members/?status=all"]
    start += [f"/groups/{slug}/{page}/" for page in ("history", "timeline", "invitations", "confirmations")]
    start += [f"/groups/{slug}/roster/?variant={variant}" for variant in VARIANTS]
    for day in ("", "2027-03-01"):
        start += [
            f"/groups/{slug}/roster.{kind}?variant={variant}&date={day}"
            for variant in VARIANTS
            for kind in ("xlsx", "csv")
        ]
    start += [f"/groups/{slug}/roster.pdf?variant=office", f"/groups/{slug}/papers/"]
    start += [f"/memberships/{pk}/{page}" for pk in handed.out for page in ("", "leave/", "rest/")]
    return start


def told(actor: Actor, start: list[str]) -> dict[str, list[str]]:
    """{address: the words that stand there}, of all that can be reached."""
    found = crawl(actor, start)
    assert found.dead == []
    texts = found.texts.items()
    return {
        url: there for url, text in texts if (there := [key for key, word in WORDS.items() if word in text])
    }


def plan(handed: Handed, by: Actor) -> list[str]:
    """A meeting of which all were told, one that was held, a poll, turns, a round of confirmation: their pages."""
    group = handed.group
    ahead, held = make_meeting(group, APRIL + 20 * DAY), make_meeting(group, APRIL)
    people = [person for _, person in invited_people(ahead)]
    notices.send(meeting=ahead, by=by.user, people=people)
    turns.assign(group=group, turns={(ahead.pk, "duty"): [handed.secretary.membership.pk]})
    marking.finish(meeting=held, by=by.user)
    Attendance.objects.update(kind=Attendance.Kind.PRESENT)
    at = datetime.datetime(2027, 5, 10, 15, tzinfo=TOKYO)
    started = polls.start(
        group=group,
        by=by.user,
        times=[(at, at + datetime.timedelta(hours=2))],
        title="五月の会",
        answer_until=datetime.datetime(2027, 4, 20, 17, tzinfo=TOKYO),
    )
    confirming.start(group=group, by=by.user)
    pages = [
        f"/meetings/{meeting.pk}/{page}"
        for meeting in (ahead, held)
        for page in ("", "replies/", "notice/", "remind/", "attendance/", "minutes/", "minutes/edit/")
    ]
    pages += [f"/replies/{reply.pk}/" for reply in ahead.replies.all()]
    pages += [
        f"/groups/{group.slug}/{page}/" for page in ("turns", "turns/edit", "attendance", "meetings/new")
    ]
    return [*pages, f"/polls/{started.poll.pk}/", f"/groups/{group.slug}/attendance.xlsx"]


@pytest.fixture
def travelled(handed, staff):
    """At the first second of the group's own time, with logins of that day."""
    with time_machine.travel(MIDNIGHT, tick=False):
        for actor in (handed.secretary, staff):
            actor.client.force_login(actor.user)
        yield handed


def test_an_officer_reads_no_word_of_them_from_the_first_second_on(travelled):
    assert told(travelled.secretary, pages_of(travelled)) == {}


def test_nor_on_the_pages_of_the_groups_work(travelled):
    with time_machine.travel(MIDNIGHT + datetime.timedelta(hours=18)):
        pages = plan(travelled, travelled.secretary)
        assert told(travelled.secretary, pages) == {}


def test_the_office_reads_all_of_them(travelled, staff):
    found = told(staff, [f"/groups/{travelled.group.slug}/members/", *pages_of(travelled)])
    assert set(WORDS) == {key for there in found.values() for key in there}


def test_who_says_yes_is_known_at_once(travelled):
    for person in (travelled.alone.person, travelled.hidden.representatives.get().person):
        say(person, True, APRIL)
    found = told(travelled.secretary, pages_of(travelled))
    shown = {key for there in found.values() for key in there}
    assert {key for key in WORDS if "under" not in key} == shown


def test_the_second_before_they_are_known_as_to_any_member(handed):
    with time_machine.travel(LAST_SECOND, tick=False):
        handed.secretary.client.force_login(handed.secretary.user)
        answer = handed.secretary.client.get(f"/groups/{handed.group.slug}/members/")
        text = answer.content.decode()
    assert [key for key, word in WORDS.items() if word in text] == []
    assert "名簿の引き継ぎに同意していない" not in text


def test_the_list_says_how_many_and_leads_to_each(travelled):
    answer = travelled.secretary.client.get(f"/groups/{travelled.group.slug}/members/")
    text = answer.content.decode()
    assert "名簿の引き継ぎに同意していない会員　3件" in text
    assert [f'href="/memberships/{pk}/"' in text for pk in sorted(travelled.out)] == [True] * 3


def test_rest_and_leave_are_entered_by_number(travelled):
    client = travelled.secretary.client
    answer = client.post(f"/memberships/{travelled.hidden.pk}/rest/", {"since": "2027-04-10"}, follow=True)
    assert [word for word in WORDS.values() if word in answer.content.decode()] == []
    assert travelled.hidden.status_on(APRIL + 9 * DAY) == Membership.Status.ON_LEAVE
    asked = {"last_day": "2027-04-20", "reason": "busy"}
    answer = client.post(f"/memberships/{travelled.hidden.pk}/leave/", asked, follow=True)
    assert [word for word in WORDS.values() if word in answer.content.decode()] == []
    assert travelled.hidden.status_on(APRIL + 20 * DAY) == Membership.Status.LEFT
    travelled.hidden.refresh_from_db()
    assert travelled.hidden.company.name == SECRETS["company"]


def test_an_officer_changes_nothing_of_them(travelled):
    user = travelled.secretary.user
    person = travelled.hidden.representatives.get().person
    rights = ["members.edit_person", "members.invite_person", "members.change_employer"]
    assert [user.has_perm(right, person) for right in [*rights, "members.see_person_history"]] == [False] * 4
    company = travelled.hidden.company
    assert [
        user.has_perm(f"members.{right}", company) for right in ("edit_company", "see_company_history")
    ] == [False] * 2
    assert user.has_perm("groups.change_membership", travelled.hidden)
    assert not user.has_perm("groups.see_membership_history", travelled.hidden)
    known = travelled.member.person
    assert user.has_perm("members.edit_person", known)


def test_who_answers_themselves_is_named_to_those_who_run_the_meeting(travelled):
    with time_machine.travel(MIDNIGHT + datetime.timedelta(hours=10)):
        plan(travelled, travelled.secretary)
        reply = travelled.alone.replies.get()
        url = f"/meetings/{reply.meeting_id}/replies/"
        replies.answer(reply=reply, source="phone", by=travelled.secretary.user, answer="yes")
        assert SECRETS["alone"] not in travelled.secretary.client.get(url).content.decode()
        replies.answer(reply=reply, source="link", answer="yes")
        text = travelled.secretary.client.get(url).content.decode()
        assert SECRETS["alone"] in text
        assert SECRETS["alone phone"] not in text
        listing = listing_of(reply.meeting, travelled.out)
        assert {line.name for line in listing.expected if line.number} == {
            f"会員 {each.number}" for each in (travelled.hidden, travelled.nameless)
        }


def test_the_letters_of_a_meeting_go_to_them_too(travelled):
    from members.models import Letter

    plan(travelled, travelled.secretary)
    sent = set(Letter.objects.filter(kind="events/notice").values_list("to", flat=True))
    assert {SECRETS["email"], SECRETS["alone email"], SECRETS["under the company email"]} <= sent


@pytest.mark.parametrize("paper", PAPERS)
def test_papers_leave_them_out(travelled, paper):
    answer = travelled.secretary.client.get(f"/groups/{travelled.group.slug}/papers/{paper}")
    assert answer.status_code == 200
    text = text_of(answer)
    assert [key for key, word in WORDS.items() if word in text] == []
