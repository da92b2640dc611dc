"""The page on which minutes are written: one page, one save; two writers; while somebody types; after a log-in ended."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from events.models import AgendaItem, Meeting, Minutes
from groups import lifecycle
from tests.conftest import log_in
from tests.events.minutes.making import item, met, published, to_do, written
from tests.factories import PASSWORD, make_membership, make_officer
from tests.house.portal.objects import pdf
from tests.house.portal.sent_forms import read
from tests.strictness import parse_strictly


@pytest.fixture
def meeting(group) -> Meeting:
    return met(group)


@pytest.fixture
def other_officer(group):
    membership = make_membership(group, consent="yes")
    person = membership.representatives.get().person
    make_officer(group, person, role="chair")
    return log_in(person, membership)


def url(meeting, page="edit"):
    return f"/meetings/{meeting.pk}/minutes/{page}/"


def opened(actor, meeting) -> dict:
    """What stands in the form, as a browser would send it."""
    answer = actor.client.get(url(meeting))
    assert answer.status_code == 200
    forms = [each for each in parse_strictly(answer.content).iter("form") if each.get("data-autosave")]
    return read(url(meeting), url(meeting), forms[0], "").values


def test_one_page_one_save(meeting, secretary):
    said, left = item(meeting), to_do(met(meeting.group, datetime.date(2026, 10, 14)))
    typed = opened(secretary, meeting) | {
        "chair": "三上",
        "body": "よい会だった",
        f"item-{said.pk}-summary": "3社が紹介した",
        "new-item-0-title": "工場の話",
        "new-todo-0-what": "礼状",
        "new-todo-0-due": "R8.12.1",
        "done": [str(left.pk)],
        "next_at": "2026-12-16T15:00",
        "plan_next": "on",
        "uploads": SimpleUploadedFile("資料.pdf", pdf()),
    }
    answer = secretary.client.post(url(meeting), typed | {"then": "publish"})
    assert answer.headers["Location"] == url(meeting, "publish")
    minutes = Minutes.objects.get()
    assert (minutes.chair, minutes.body, minutes.state) == ("三上", "よい会だった", "draft")
    titles = AgendaItem.objects.filter(meeting=meeting).values_list("title", "summary")
    assert list(titles) == [("自社紹介", "3社が紹介した"), ("工場の話", "")]
    todo = meeting.todos.get()
    assert (todo.what, todo.due) == ("礼状", datetime.date(2026, 12, 1))
    left.refresh_from_db()
    assert left.done_on == datetime.date(2026, 11, 25)
    assert meeting.group.meetings.filter(starts_at__date="2026-12-16").exists()
    assert meeting.files.count() == 1


def test_what_is_planned_next_is_offered(meeting, secretary):
    met(meeting.group, datetime.date(2026, 12, 9))
    assert opened(secretary, meeting)["next_at"] == "2026-12-09T15:00"


def test_a_to_do_is_changed_and_one_taken_out(meeting, secretary):
    kept, dropped = to_do(meeting), to_do(meeting, "いらない")
    typed = {f"todo-{kept.pk}-who": "青木", f"todo-{dropped.pk}-what": ""}
    secretary.client.post(url(meeting), opened(secretary, meeting) | typed)
    assert [(each.what, each.who) for each in meeting.todos.all()] == [("会場をおさえる", "青木")]


def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_saved(meeting, secretary):
    typed = {
        "body": "よい会",
        "new-todo-0-who": "青木",
        "new-todo-1-what": "礼状",
        "new-todo-1-due": "いつか",
        "plan_next": "on",
        "next_at": "",
    }
    answer = secretary.client.post(url(meeting), opened(secretary, meeting) | typed)
    text = answer.content.decode()
    assert "2か所、直してください" in text
    assert "やることを入れてください。" in text
    assert not Minutes.objects.exists()
    fine = {"new-todo-0-who": "", "new-todo-1-due": ""}
    answer = secretary.client.post(url(meeting), opened(secretary, meeting) | typed | fine)
    assert "予定に入れるときは、次回の日時を入れてください。" in answer.content.decode()
    assert not Minutes.objects.exists()


@pytest.mark.parametrize("begun", [True, False])
def test_the_second_to_save_sees_both_texts(meeting, secretary, other_officer, begun):
    said = item(meeting)
    if begun:
        written(meeting, secretary.user, body="もとの文")
    mine, theirs = opened(secretary, meeting), opened(other_officer, meeting)
    secretary.client.post(url(meeting), mine | {"body": "先の文", f"item-{said.pk}-summary": "先の要約"})
    sent = theirs | {"body": "後の文", f"item-{said.pk}-summary": "後の要約"}
    answer = other_officer.client.post(url(meeting), sent)
    text = answer.content.decode()
    assert all(each in text for each in ("先の文", "後の文", "先の要約", "後の要約"))
    assert Minutes.objects.get().body == "先の文"
    form = next(each for each in parse_strictly(text).iter("form") if each.get("data-autosave"))
    again = read(url(meeting), url(meeting), form, "").values
    chosen = {"record-keep-body": "mine", f"item-{said.pk}-record-keep-summary": "theirs"}
    other_officer.client.post(url(meeting), again | chosen)
    said.refresh_from_db()
    assert (Minutes.objects.get().body, said.summary) == ("後の文", "先の要約")


def test_two_who_write_about_different_items_disturb_nobody(meeting, secretary, other_officer):
    one, two = item(meeting), item(meeting, "工場")
    written(meeting, secretary.user)
    mine, theirs = opened(secretary, meeting), opened(other_officer, meeting)
    secretary.client.post(url(meeting), mine | {f"item-{one.pk}-summary": "いち"})
    other_officer.client.post(url(meeting), theirs | {f"item-{two.pk}-summary": "に"})
    assert list(meeting.agenda.values_list("summary", flat=True)) == ["いち", "に"]


def test_what_one_left_alone_and_the_other_changed_is_taken_over_in_the_page(
    meeting, secretary, other_officer
):
    """Also where the page comes back for another reason: the next save does not write the old text over it."""
    said = item(meeting)
    written(meeting, secretary.user, body="もと")
    mine, theirs = opened(secretary, meeting), opened(other_officer, meeting)
    secretary.client.post(url(meeting), mine | {f"item-{said.pk}-summary": "いち"})
    wrong = theirs | {"body": "後の文", "new-todo-0-who": "青木"}
    text = other_officer.client.post(url(meeting), wrong).content.decode()
    form = next(each for each in parse_strictly(text).iter("form") if each.get("data-autosave"))
    again = read(url(meeting), url(meeting), form, "").values
    assert again[f"item-{said.pk}-summary"] == "いち"
    other_officer.client.post(url(meeting), again | {"new-todo-0-who": ""})
    said.refresh_from_db()
    assert (said.summary, Minutes.objects.get().body) == ("いち", "後の文")


def test_text_about_an_item_that_is_gone_is_shown_and_not_dropped(meeting, secretary):
    said = item(meeting)
    typed = opened(secretary, meeting) | {f"item-{said.pk}-summary": "だいじな文"}
    said.delete()
    text = secretary.client.post(url(meeting), typed).content.decode()
    assert "次第から消された項目" in text
    assert "だいじな文" in text


def test_saved_by_itself_while_somebody_types(meeting, secretary):
    said = item(meeting)
    typed = opened(secretary, meeting) | {"body": "書きかけ", f"item-{said.pk}-summary": "途中"}
    told = secretary.client.post(url(meeting, "autosave"), typed).json()
    assert told["saved"] is True
    assert set(told["versions"]) == {"record-version", f"item-{said.pk}-record-version"}
    said.refresh_from_db()
    assert (Minutes.objects.get().body, said.summary) == ("書きかけ", "途中")
    answer = secretary.client.post(url(meeting), typed | told["versions"] | {"body": "書き終えた"})
    assert answer.status_code == 302
    assert Minutes.objects.get().body == "書き終えた"


def test_by_itself_it_writes_over_nobody(meeting, secretary, other_officer):
    written(meeting, secretary.user, body="もとの文")
    mine, theirs = opened(secretary, meeting), opened(other_officer, meeting)
    secretary.client.post(url(meeting), mine | {"body": "先の文"})
    told = other_officer.client.post(url(meeting, "autosave"), theirs | {"body": "後の文"}).json()
    assert (told["saved"], "先に保存しました" in told["why"]) == (False, True)
    assert Minutes.objects.get().body == "先の文"


def test_what_is_published_is_not_saved_by_itself(meeting, secretary):
    published(meeting, secretary.user)
    typed = opened(secretary, meeting) | {"body": "直しかけ"}
    assert secretary.client.post(url(meeting, "autosave"), typed).json()["saved"] is False
    assert secretary.client.post(url(meeting), typed).status_code == 302
    assert Minutes.objects.get().body == "直しかけ"


def test_what_was_typed_when_the_log_in_ended_is_there_after_the_next(meeting, secretary, member):
    said = item(meeting)
    typed = opened(secretary, meeting) | {"body": "長い文", f"item-{said.pk}-summary": "要約"}
    browser = Client()
    answer = browser.post(url(meeting), typed | {"new-todo-0-what": "礼状"})
    assert answer.headers["Location"] == f"/accounts/login/?next={url(meeting)}"
    browser.login(email=secretary.user.email, password=PASSWORD)
    text = browser.get(url(meeting)).content.decode()
    assert "ログインが切れたときに書いていた内容です" in text
    assert all(each in text for each in ("長い文", "要約", "礼状"))
    assert not Minutes.objects.exists()
    form = next(each for each in parse_strictly(text).iter("form") if each.get("data-autosave"))
    assert browser.post(url(meeting), read(url(meeting), url(meeting), form, "").values).status_code == 302
    assert (Minutes.objects.get().body, meeting.todos.get().what) == ("長い文", "礼状")
    assert "ログインが切れたとき" not in browser.get(url(meeting)).content.decode()


def test_it_is_nobody_elses_and_not_kept_without_the_page(meeting, secretary, other_officer):
    browser = Client()
    browser.post(url(meeting), opened(secretary, meeting) | {"body": "わたしの文"})
    browser.login(email=other_officer.user.email, password=PASSWORD)
    assert "わたしの文" not in browser.get(url(meeting)).content.decode()
    stranger = Client()
    stranger.post(url(meeting), {"body": "いたずら", "opened-by": "x"})
    assert dict(stranger.session) == {}


@pytest.mark.parametrize(("who", "status"), [("member", 403), ("outsider", 403), ("adviser", 403)])
def test_others_may_not_write(meeting, who, status, request):
    actor = request.getfixturevalue(who)
    assert actor.client.get(url(meeting)).status_code == status
    assert actor.client.post(url(meeting, "autosave"), {"body": "x"}).status_code == status


def test_the_office_plans_nothing_for_a_group_that_runs_itself(staff, launched_group):
    """Of the last meeting of the launch year it writes the minutes, when the group has taken over already."""
    meeting = met(launched_group)
    typed = opened(staff, meeting) | {"body": "よい会", "next_at": "2026-12-09T15:00", "plan_next": "on"}
    lifecycle.move(group=launched_group, to="self_managed", since=datetime.date(2026, 11, 20))
    staff.user._standing = None
    assert "plan_next" not in opened(staff, meeting)
    assert staff.client.post(url(meeting), typed).status_code == 302
    assert Minutes.objects.get().body == "よい会"
    assert list(launched_group.meetings.all()) == [meeting]


def test_who_led_and_who_wrote_the_last_time_stands_in_new_minutes(meeting, secretary):
    before = met(meeting.group, datetime.date(2026, 10, 14))
    published(before, secretary.user, chair="三上 玲子", writer="北原 啓介")
    written(met(meeting.group, datetime.date(2026, 9, 9)), secretary.user, chair="前の方")
    written(
        met(meeting.group, datetime.date(2026, 10, 28), kind="officers"), secretary.user, chair="幹事の方"
    )
    typed = opened(secretary, meeting)
    assert (typed["chair"], typed["writer"]) == ("三上 玲子", "北原 啓介")
