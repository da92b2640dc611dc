"""日程調整, as pages: asked, answered by a link without a login, written down for others, decided into a meeting."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events import links
from events.models import DatePoll, Meeting, PollVoter
from events.planning import polls
from events.planning.beginning import moment
from members.models import Letter
from tests.factories import make_membership
from tests.strictness import parse_strictly

NEW = "/groups/keyaki/polls/new/"
HOURS = datetime.timedelta(hours=2)


def at(*when: int) -> datetime.datetime:
    year, month, day, hour = [*when, 0][:4]
    return moment(datetime.date(year, month, day), datetime.time(hour))


def asking(group, by, **about: object) -> DatePoll:
    times = [(at(2026, 12, 9, 15), at(2026, 12, 9, 17)), (at(2026, 12, 16, 15), at(2026, 12, 16, 17))]
    given = {
        "kind": "regular",
        "title": "12月の定例会",
        "place": "会議室",
        "note": "",
        "answer_until": at(2026, 12, 1),
    }
    return polls.start(group=group, by=by.user, times=times, **given | about).poll


def url_of(voter: PollVoter) -> str:
    return f"/poll/{links.token_of(voter)}/"


def marks(poll: DatePoll, *said: str) -> dict[str, str]:
    return {f"date_{date.pk}": mark for date, mark in zip(poll.dates.all(), said, strict=True)}


def test_asking_writes_one_letter_with_one_link_each(secretary, member, group):
    answer = secretary.client.get(NEW)
    parse_strictly(answer.content)
    form = answer.context["form"]
    data = {name: form[name].value() for name in form.fields}
    data |= {
        name: str(value) for name, value in data.items() if isinstance(value, datetime.date | datetime.time)
    }
    data |= {"title": "1月の定例会", "day_1": "2027-01-13", "day_2": "2027-01-20", "day_3": ""}
    data = {name: value or "" for name, value in data.items()}
    assert secretary.client.post(NEW, data).status_code == 302
    poll = DatePoll.objects.get()
    assert [str(timezone.localdate(date.starts_at)) for date in poll.dates.all()] == [
        "2027-01-13",
        "2027-01-20",
    ]
    letters = Letter.objects.filter(kind="events/poll")
    assert {letter.to for letter in letters} == {member.person.email, secretary.person.email}
    assert [letter.is_secret for letter in letters] == [True, True]
    for voter in poll.voters.all():
        assert url_of(voter) in letters.get(person=voter.person).text


def test_opening_the_link_changes_nothing_and_one_post_answers(visitor, secretary, member, group):
    poll = asking(group, secretary)
    voter = poll.voters.get(person=member.person)
    answer = visitor.client.get(url_of(voter))
    parse_strictly(answer.content)
    voter.refresh_from_db()
    assert voter.answered_at is None
    sent = marks(poll, "yes", "no") | {"comment": "早めがよいです"}
    assert visitor.client.post(url_of(voter), sent).status_code == 302
    voter.refresh_from_db()
    assert [each.mark for each in voter.answers.all()] == ["yes", "no"]
    assert (voter.comment, voter.answered_by) == ("早めがよいです", None)
    visitor.client.post(url_of(voter), marks(poll, "maybe", "no"))
    assert [each.mark for each in voter.answers.all()] == ["maybe", "no"]
    assert "お返事を受け取っています" in visitor.client.get(url_of(voter)).content.decode()


def test_the_link_names_nobody_else(visitor, secretary, member, group):
    poll = asking(group, secretary)
    polls.answer(
        voter=poll.voters.get(person=secretary.person),
        marks={d.pk: "yes" for d in poll.dates.all()},
        comment="秘密のひとこと",
    )
    text = visitor.client.get(url_of(poll.voters.get(person=member.person))).content.decode()
    assert [word for word in (str(secretary.person), "秘密のひとこと") if word in text] == []


@pytest.mark.parametrize("said", [("yes", ""), ("yes", "perhaps")])
def test_every_day_needs_a_mark(visitor, secretary, group, said):
    poll = asking(group, secretary)
    voter = poll.voters.get()
    answer = visitor.client.post(url_of(voter), marks(poll, *said))
    assert answer.status_code == 200
    voter.refresh_from_db()
    assert voter.answered_at is None


@pytest.mark.parametrize("how", ["late", "dropped", "decided", "newer", "forged"])
def test_a_link_that_is_shut_opens_and_writes_nothing(visitor, secretary, group, how):
    poll = asking(group, secretary)
    voter = poll.voters.get()
    url = url_of(voter)
    if how == "late":
        DatePoll.objects.update(answer_until=at(2026, 11, 24))
    elif how == "dropped":
        polls.drop(poll=poll)
    elif how == "decided":
        polls.decide(date=poll.dates.all()[0])
    elif how == "newer":
        PollVoter.objects.update(generation=2)
    else:
        url = url.replace(f"/{voter.pk}-", f"/{voter.pk + 1}-")
    status = 404 if how in ("newer", "forged") else 200
    for answer in (visitor.client.get(url), visitor.client.post(url, marks(poll, "yes", "yes"))):
        assert answer.status_code == status
        assert "このリンクは、いま使えません" in answer.content.decode()
    voter.refresh_from_db()
    assert voter.answered_at is None


def test_the_board_counts_and_one_tap_decides(secretary, member, group):
    poll = asking(group, secretary)
    first, second = poll.dates.all()
    polls.answer(voter=poll.voters.get(person=member.person), marks={first.pk: "yes", second.pk: "maybe"})
    answer = secretary.client.get(f"/polls/{poll.pk}/")
    parse_strictly(answer.content)
    assert [(day.yes, day.maybe, day.no, day.best) for day in answer.context["board"].days] == [
        (1, 0, 0, True),
        (0, 1, 0, False),
    ]
    decided = secretary.client.post(f"/polls/{poll.pk}/decide/", {"date": first.pk})
    made = Meeting.objects.get()
    assert decided.headers["Location"] == f"/meetings/{made.pk}/"
    assert (made.day, made.title, made.state, made.number) == (
        datetime.date(2026, 12, 9),
        "12月の定例会",
        "draft",
        1,
    )
    assert DatePoll.objects.get().state == "decided"
    secretary.client.post(f"/polls/{poll.pk}/decide/", {"date": second.pk})
    assert Meeting.objects.count() == 1
    assert "日が決まりました" in secretary.client.get(f"/polls/{poll.pk}/").content.decode()


def test_what_somebody_said_by_telephone_is_written_down_with_who_wrote_it(secretary, group):
    silent = make_membership(group).representatives.get().person
    silent.contact_method = "phone"
    silent.save()
    poll = asking(group, secretary)
    voter = poll.voters.get(person=silent)
    assert not Letter.objects.filter(person=silent).exists()
    url = f"/poll-answers/{voter.pk}/"
    parse_strictly(secretary.client.get(url).content)
    assert secretary.client.post(url, marks(poll, "no", "yes")).status_code == 302
    voter.refresh_from_db()
    assert voter.answered_by == secretary.user
    assert silent.name in secretary.client.get(f"/polls/{poll.pk}/").content.decode()


def test_an_answer_of_another_group_is_not_written_down(secretary, outsider, group, other_group):
    foreign = asking(other_group, outsider).voters.get()
    sent = marks(foreign.poll, "yes", "yes")
    assert secretary.client.post(f"/poll-answers/{foreign.pk}/", sent).status_code == 403
    foreign.refresh_from_db()
    assert foreign.answered_at is None


def test_the_silent_are_asked_again_and_nobody_twice_on_a_day(secretary, member, group):
    poll = asking(group, secretary)
    secretary.client.post(f"/polls/{poll.pk}/remind/")
    assert Letter.objects.filter(kind="events/poll").count() == 2
    Letter.objects.update(written_at=timezone.now() - datetime.timedelta(days=2))
    secretary.client.post(f"/polls/{poll.pk}/remind/", {"again": "1"})
    secretary.client.post(f"/polls/{poll.pk}/remind/", {"again": "2"})
    assert Letter.objects.filter(kind="events/poll").count() == 4


def test_the_members_list_leads_to_the_own_link(member, secretary, group):
    poll = asking(group, secretary)
    url = url_of(poll.voters.get(person=member.person))
    assert url in member.client.get("/groups/keyaki/meetings/").content.decode()
    assert url not in secretary.client.get("/groups/keyaki/meetings/").content.decode()


def test_who_sees_the_board(visitor, member, adviser, outsider, staff, secretary, group):
    poll = asking(group, secretary)
    for path in ("", "decide/", "drop/", "remind/"):
        for actor, status in ((visitor, 302), (member, 403), (adviser, 403), (outsider, 403), (staff, 403)):
            send = actor.client.post if path else actor.client.get
            assert send(f"/polls/{poll.pk}/{path}").status_code == status
    assert DatePoll.objects.get().state == "open"


def test_a_board_of_thirty_costs_as_many_queries_as_one_of_one(secretary, group):
    def queries(poll: DatePoll) -> int:
        with CaptureQueriesContext(connection) as asked:
            secretary.client.get(f"/polls/{poll.pk}/")
        return len(asked)

    small = asking(group, secretary)
    polls.answer(voter=small.voters.get(), marks={date.pk: "yes" for date in small.dates.all()})
    queries(small)
    once = queries(small)
    for _ in range(30):
        make_membership(group)
    large = asking(group, secretary)
    for voter in large.voters.all():
        polls.answer(voter=voter, marks={date.pk: "maybe" for date in large.dates.all()})
    assert queries(large) == once


def test_another_browser_may_answer_without_a_session(secretary, member, group):
    poll = asking(group, secretary)
    client = Client(enforce_csrf_checks=True)
    voter = poll.voters.get(person=member.person)
    page = client.get(url_of(voter))
    token = page.context["csrf_token"]
    sent = marks(poll, "yes", "yes") | {"csrfmiddlewaretoken": str(token)}
    assert client.post(url_of(voter), sent).status_code == 302


def test_before_it_is_sent_the_page_says_how_many_are_asked(secretary, member, group):
    text = secretary.client.get("/groups/keyaki/polls/new/").content.decode()
    assert "押すと、すぐに<b>2名</b>にお尋ねします。" in text
