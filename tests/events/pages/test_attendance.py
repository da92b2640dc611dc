"""/meetings/<pk>/attendance/: the list at the door, as one form and tap by tap."""

import datetime
import json
import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Attendance
from tests.events.crowd import answer_many, join_many
from tests.events.reception.making import TODAY, make_named, make_reply, meeting_of, person_of, ticked
from tests.factories import make_meeting, make_membership, make_person
from tests.strictness import parse_strictly


def url(meeting, more: str = "") -> str:
    return f"/meetings/{meeting.pk}/attendance/{more}"


def page(actor, meeting) -> str:
    answer = actor.client.get(url(meeting))
    assert answer.status_code == 200
    parse_strictly(answer.content)
    return answer.content.decode()


def sent_of(text: str) -> dict[str, str]:
    """What a browser would send: the hidden fields, the keys pressed, the boxes ticked, the names."""
    form = text[text.index('id="reception"') : text.index("savebar")]
    found = dict(re.findall(r'name="(base|shown)" value="([^"]*)"', form))
    found["base"] = found["base"].replace("&quot;", '"')
    found |= dict(re.findall(r'type="radio" name="(k-\w+)" value="(\w+)" checked', form))
    found |= dict.fromkeys(re.findall(r'type="checkbox" name="(\w-\w+)" checked', form), "on")
    return found | dict(re.findall(r'name="(n-\w+)" value="([^"]*)"', form))


def key(meeting, name: str) -> str:
    people = {person_of(each): each for each in meeting.group.memberships.all()}
    return next(f"p{person.pk}" for person in people if person.family_name == name)


def tap(actor, meeting, *marks) -> dict:
    names = ("who", "field", "value", "op")
    sent = [dict(zip(names, (*mark[:3], mark[3] or str(uuid.uuid4())), strict=True)) for mark in marks]
    body = {"marks": sent}
    answer = actor.client.post(url(meeting, "mark/"), json.dumps(body), content_type="application/json")
    assert answer.status_code == 200
    return answer.json()


def test_who_may_take_it(visitor, member, outsider, left_member, adviser, staff, secretary, group):
    meeting = meeting_of(group, ["yes"])
    statuses = [
        each.client.get(url(meeting)).status_code
        for each in (visitor, member, outsider, left_member, adviser, staff, secretary)
    ]
    assert statuses == [302, 403, 403, 403, 403, 403, 200]


def test_the_office_takes_it_in_the_launch_year(staff, launched_group):
    assert staff.client.get(url(meeting_of(launched_group, ["yes"]))).status_code == 200


def test_everybody_stands_there_by_kana_with_their_reply(secretary, group):
    meeting = meeting_of(group, ["yes", "no", ""])
    text = page(secretary, meeting)
    assert re.findall(r"<b>(会員\d)</b>", text) == ["会員0", "会員1", "会員2"]
    assert re.findall(r"<span>(返事[^<]*)</span>", text)[-4:].count("返事なし") == 2
    assert "お返事のとおりにつける（2名）" in text


def test_one_press_and_what_changed_on_the_form(secretary, group):
    meeting = meeting_of(group, ["yes", "no", ""], fee=1000, has_party=True, party_fee=5000)
    secretary.client.post(url(meeting, "replied/"))
    sent = sent_of(page(secretary, meeting))
    assert (sent["shown"], sent[f"k-{key(meeting, '会員0')}"]) == ("k,n,f,c,g", "present")
    sent |= {f"k-{key(meeting, '会員2')}": "late", f"f-{key(meeting, '会員0')}": "on"}
    answer = secretary.client.post(url(meeting), sent, follow=True)
    assert "2名分を保存しました。" in answer.content.decode()
    assert ticked(meeting) == {"会員0": "present", "会員1": "absent", "会員2": "late"}
    assert meeting.attendances.filter(fee_paid=True).count() == 1


def test_a_page_that_is_old_takes_nothing_back(secretary, group):
    """Two phones without a script: the second sends what it changed, not what it still shows."""
    meeting = meeting_of(group, ["yes", "yes"])
    old = sent_of(page(secretary, meeting))
    secretary.client.post(url(meeting), old | {f"k-{key(meeting, '会員0')}": "present"})
    secretary.client.post(url(meeting), old | {f"k-{key(meeting, '会員1')}": "absent"})
    assert ticked(meeting) == {"会員0": "present", "会員1": "absent"}


def test_nothing_changed_says_so(secretary, group):
    meeting = meeting_of(group, ["yes"])
    answer = secretary.client.post(url(meeting), sent_of(page(secretary, meeting)), follow=True)
    assert "変わったところはありません。" in answer.content.decode()
    assert Attendance.objects.count() == 0


def test_a_name_with_something_unseen_is_asked_for_again(secretary, group):
    meeting = meeting_of(group, ["proxy"])
    who = key(meeting, "会員0")
    sent = sent_of(page(secretary, meeting)) | {f"k-{who}": "proxy", f"n-{who}": "別\u200b田"}
    text = secretary.client.post(url(meeting), sent).content.decode()
    assert f'href="#n-{who}"' in text
    assert "目に見えない文字" in text
    assert "別\u200b田" in text
    assert ticked(meeting) == {"会員0": "proxy"}


def test_a_tap_is_answered_with_what_everybody_sees(secretary, group):
    meeting = meeting_of(group, ["yes", "no"])
    first, second = key(meeting, "会員0"), key(meeting, "会員1")
    op = str(uuid.uuid4())
    told = tap(secretary, meeting, (first, "kind", "present", op))
    assert told["lines"][first] == ["present", "", False, False, False]
    assert (told["ticked"], told["of"], told["there"]) == (1, 3, 1)
    tap(secretary, meeting, (second, "kind", "early", ""), (first, "kind", "absent", ""))
    told = tap(secretary, meeting, (first, "kind", "present", op))
    assert [told["lines"][who][0] for who in (first, second)] == ["absent", "early"]
    assert secretary.client.get(url(meeting, "state/")).json()["lines"] == told["lines"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"marks": 1}',
        b'{"marks": [1]}',
        b'{"marks": [{"op": "x", "who": "p1", "field": "kind", "value": "present"}]}',
        b'{"marks": [{"op": "6d0f4f0c-3c5b-4f0e-9a53-0b6c1f1f7a11", "who": "p1", "field": "pk", "value": "1"}]}',
        b'{"marks": [{"op": "6d0f4f0c-3c5b-4f0e-9a53-0b6c1f1f7a11", "who": "p1", "field": "kind", "value": "x"}]}',
        b'{"marks": [{"op": "6d0f4f0c-3c5b-4f0e-9a53-0b6c1f1f7a11", "who": "p1", "field": "name", "value": {}}]}',
        b'{"marks": [{"op": "6d0f4f0c-3c5b-4f0e-9a53-0b6c1f1f7a11", "who": 1, "field": "kind", "value": ""}]}',
        b"[" * 5000,
        b"\xff",
    ],
)
def test_what_no_phone_of_ours_sends_is_refused_in_words(secretary, group, body):
    meeting = meeting_of(group, ["yes"])
    answer = secretary.client.post(url(meeting, "mark/"), body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json() == {"said": "受け取れない内容です。画面を開き直してください。"}


def test_a_form_is_no_tap(secretary, group):
    answer = secretary.client.post(url(meeting_of(group, ["yes"]), "mark/"), {"marks": "[]"})
    assert answer.status_code == 400


def test_before_the_day_it_is_looked_at_and_not_ticked(secretary, group):
    meeting = meeting_of(group, ["yes", "proxy"], day=TODAY + datetime.timedelta(days=1))
    text = page(secretary, meeting)
    assert "出席は、会合の日からつけられます" in text
    assert 'type="radio"' not in text
    assert "代理1" in text
    answer = secretary.client.post(url(meeting, "replied/"), follow=True)
    assert "出席は、会合の日からつけられます。" in answer.content.decode()
    answer = secretary.client.post(url(meeting, "mark/"), '{"marks": []}', content_type="application/json")
    assert (answer.status_code, answer.json()["said"]) == (400, "出席は、会合の日からつけられます。")


def test_who_walked_in(secretary, group):
    meeting = meeting_of(group, [])
    sent = {"guest-name": "飛入 太郎", "guest-affiliation": "飛入商店", "guest-key": str(uuid.uuid4())}
    for _ in range(2):
        answer = secretary.client.post(url(meeting, "guest/"), sent, follow=True)
        assert "飛入 太郎" in answer.content.decode()
    assert ticked(meeting) == {"飛入 太郎": "present"}
    parse_strictly(answer.content)
    assert 'value="proxy"' not in answer.content.decode().split("会員のほかに来た方</h2>")[1]
    answer = secretary.client.post(url(meeting, "guest/"), {"guest-name": ""})
    assert "お名前を入れてください。" in answer.content.decode()


def test_the_end_is_told_before_and_leads_on(secretary, group):
    meeting = meeting_of(group, ["yes", ""])
    secretary.client.post(url(meeting, "replied/"))
    text = secretary.client.get(url(meeting, "finish/")).content.decode()
    parse_strictly(text.encode())
    assert "2名を、欠席にします。" in text
    answer = secretary.client.post(url(meeting, "finish/"))
    assert (answer.status_code, answer.url) == (302, f"/meetings/{meeting.pk}/")
    meeting.refresh_from_db()
    assert meeting.state == "held"


def test_who_has_left_since_stays_as_ticked(secretary, group):
    meeting = meeting_of(group, [], day=TODAY - datetime.timedelta(days=30))
    late = make_membership(group, person=make_person(family_name="後田"), on=TODAY)
    gone = make_named(group, "先田", "サキタ")
    make_reply(meeting, gone, "yes")
    gone.representatives.update(until=TODAY - datetime.timedelta(days=40))
    text = page(secretary, meeting)
    assert "先田" in text
    assert str(late.person) not in text


def test_the_paper_is_logged_when_it_is_taken(secretary, group):
    from members.models import Export

    meeting = meeting_of(group, ["yes", "proxy"], fee=1000, has_party=True, party_fee=4000)
    where = f"/meetings/{meeting.pk}/sheet.pdf"
    assert secretary.client.head(where).status_code == 200
    assert Export.objects.count() == 0
    answer = secretary.client.get(where)
    assert answer.content.startswith(b"%PDF")
    copy = Export.objects.get()
    assert (copy.subject, copy.row_count, copy.people.count()) == (
        f"groups/{group.slug}/attendance-sheet",
        3,
        3,
    )


@pytest.mark.parametrize("more", ["", "state/", "finish/"])
def test_three_hundred_cost_as_many_queries_as_one(secretary, group, other_group, more):
    def queries(meeting) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert secretary.client.get(url(meeting, more)).status_code == 200
        return len(asked)

    few, many = meeting_of(group, ["yes"]), make_meeting(group, TODAY)
    queries(few)
    first = queries(few)
    answer_many(many, join_many(group, 300))
    secretary.client.post(url(many, "replied/"))
    assert many.attendances.count() > 200
    assert queries(many) == first
