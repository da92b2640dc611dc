"""A move of the admin's lists is told before it is made, for the day for which it was told."""

import datetime

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from groups.models import Group, Membership, MembershipStatus
from tests.factories import make_membership
from tests.strictness import parse_strictly

TODAY = datetime.date(2026, 11, 25)


def url(model, page, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def said(answer) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def done(actor, model, action, records, *, since="2026-11-25", **answers):
    """The page that asks, answered for the day for which it told what will change."""
    data = {"action": action, "_selected_action": [record.pk for record in records]}
    page = url(model, "changelist")
    asked = actor.client.post(page, data)
    parse_strictly(asked.content)
    told = actor.client.post(page, data | {"told": "", "since": since, "note": "", "look": "x", **answers})
    parse_strictly(told.content)
    return actor.client.post(page, data | {"told": since, "since": since, "note": "", **answers})


@pytest.mark.parametrize(
    ("action", "page"),
    [
        ("begin_self_management", "/office/handover/{}/"),
        ("rest", "/office/groups/{}/rest/"),
        ("resume", "/office/groups/{}/revive/"),
        ("dissolve", "/office/groups/{}/dissolve/"),
    ],
)
def test_the_moves_of_a_group_lead_to_its_own_pages(staff, group, other_group, action, page):
    assert asked(staff, Group, action, [group]).url == page.format(group.slug)
    assert "一つずつ選んでください" in said(asked(staff, Group, action, [group, other_group]))[0]


def test_one_refused_record_stops_no_other(staff, group):
    first, second = make_membership(group), make_membership(group)
    MembershipStatus.objects.create(membership=first, state="on_leave", since=datetime.date(2026, 1, 1))
    answer = done(staff, Membership, "rest", [first, second])
    assert [row.status_on(TODAY) for row in (first, second)] == ["on_leave", "on_leave"]
    assert said(answer) == [f"{first}：「休会」から「休会」には変えられません。", "1件を休会にしました。"]
    done(staff, Membership, "resume", [first, second], since="2026-12-01")
    assert [row.status_on(datetime.date(2026, 12, 1)) for row in (first, second)] == ["active", "active"]


def asked(actor, model, action, records, **answers):
    data = {"action": action, "_selected_action": [record.pk for record in records]}
    return actor.client.post(url(model, "changelist"), data | answers)


def test_a_leaving_tells_what_ends_and_is_made_for_the_day_that_was_told(staff, secretary, member, group):
    membership = secretary.membership
    page = asked(staff, Membership, "leave", [membership, member.membership])
    text = page.content.decode()
    parse_strictly(page.content)
    assert f"登録者：{secretary.person.name}さん" in text
    assert f"事務局：{secretary.person.name}さん" in text
    assert "グループに役員がいなくなります。" in text
    answers = {"since": "2026-12-01", "reason": "busy", "note": "電話で", "told": "2026-11-25"}
    again = asked(staff, Membership, "leave", [membership], **answers)
    assert "日が変わったので、まだ行っていません。" in again.content.decode()
    unconfirmed = asked(staff, Membership, "leave", [membership], **answers | {"told": "2026-12-01"})
    assert "よければ、印を付けてください。" in unconfirmed.content.decode()
    assert membership.status_on(datetime.date(2026, 12, 1)) == "active"
    made = asked(
        staff, Membership, "leave", [membership], **answers | {"told": "2026-12-01", "confirmed": "on"}
    )
    assert said(made) == ["1件を退会にしました。"]
    row = membership.statuses.last()
    assert (row.state, row.since, row.reason, row.note) == (
        "left",
        datetime.date(2026, 12, 1),
        "busy",
        "電話で",
    )
    assert membership.representatives.get().until == datetime.date(2026, 11, 30)


def test_what_cannot_be_read_is_said_and_nothing_is_lost(staff, member):
    wrong = {"since": "きのう", "reason": "", "note": "電話で", "told": "2026-11-25"}
    answer = asked(staff, Membership, "leave", [member.membership], **wrong)
    text = answer.content.decode()
    assert text.count('class="errorlist') == 2
    assert 'value="電話で"' in text
    assert member.membership.status_on(TODAY) == "active"
