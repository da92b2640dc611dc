"""The page of an election: nothing typed is lost, what follows is shown first, and two at once do not double anything."""

import datetime

import pytest
from django.urls import reverse

from groups import memberships
from groups.models import Handover, OfficerTerm
from members.models import Letter
from tests.conftest import Actor
from tests.factories import make_officer
from tests.iri_exchange.office.succession.conftest import EVE, TURN, YEAR_END, Board
from tests.iri_exchange.office.succession.conftest import board as board
from tests.strictness import parse_strictly


def url(group) -> str:
    return reverse("group_election", args=[group.slug])


def sent(client, group) -> dict[str, str]:
    """What the page would send as it stands there."""
    answer = client.get(url(group))
    assert answer.status_code == 200
    fields = {}
    for each in parse_strictly(answer.content).iter():
        name = each.get("name")
        if each.tag == "select":
            chosen = [o.get("value", "") for o in each.iter("option") if o.get("selected") is not None]
            fields[name] = chosen[0] if chosen else ""
        elif each.tag == "input" and name and name != "csrfmiddlewaretoken":
            if each.get("type") != "checkbox":
                fields[name] = each.get("value", "")
            elif each.get("checked") is not None:
                fields[name] = "on"
    return fields


def test_todays_officers_are_chosen(group, board: Board):
    data = sent(board.secretary.client, group)
    assert data["since"] == "2027-04-01"
    assert data["years"] == "1"
    assert data["invite"] == "on"
    assert data["chair_1"] == str(board.chair.pk)
    assert data["treasurer_1"] == str(board.treasurer.pk)
    assert data["secretary_1"] == str(board.secretary.person.pk)
    assert data["auditor_1"] == data["board_1"] == ""


def test_what_follows_is_shown_and_then_done(group, board: Board):
    client, data = board.secretary.client, sent(board.secretary.client, group)
    data["chair_1"] = str(board.others[0].pk)
    looked = client.post(url(group), data)
    assert looked.status_code == 200
    said = looked.content.decode()
    parse_strictly(looked.content)
    assert "まだ登録していません" in said
    assert board.others[0].name in said
    assert "令和10年3月31日" in said
    assert group.officer_terms.filter(since=TURN).count() == Letter.objects.count() == 0
    done = client.post(url(group), {**data, "sure": "1"}, follow=True)
    assert "令和9年4月1日からの役員を登録しました。" in done.content.decode()
    assert "4月1日から" in done.content.decode()
    assert list(group.officer_terms.filter(since=TURN, role="chair").values_list("person", "until")) == [
        (board.others[0].pk, YEAR_END)
    ]


def test_back_keeps_what_was_typed(group, board: Board):
    client, data = board.secretary.client, sent(board.secretary.client, group)
    data |= {
        "chair_1": str(board.others[0].pk),
        "board_2": str(board.others[1].pk),
        "years": "2",
        "since": "R9.5.1",
    }
    del data["invite"]
    answer = client.post(url(group), {**data, "back": "1"})
    form = answer.context["form"]
    kept = ("chair_1", "board_2", "years", "since", "invite")
    assert [form[name].value() for name in kept] == [*(data.get(name) for name in kept[:4]), False]
    assert group.officer_terms.filter(since__gt=EVE).count() == 0


def test_who_comes_back_finds_one_more_row(group, board: Board):
    client, data = board.secretary.client, sent(board.secretary.client, group)
    assert "board_3" not in data
    data |= {"board_1": str(board.others[0].pk), "board_2": str(board.others[1].pk), "back": "1"}
    assert "board_3" in client.post(url(group), data).context["form"].fields


def test_doubts_are_asked_about_once(group, board: Board):
    client, data = board.secretary.client, sent(board.secretary.client, group)
    data |= {"auditor_1": str(board.treasurer.pk), "sure": "1"}
    asked = client.post(url(group), data)
    assert "会計と監査の両方" in asked.content.decode()
    assert asked.context["form"].errors["confirmed"]
    assert client.post(url(group), {**data, "confirmed": "on"}).status_code == 302


def test_the_second_of_two_is_shown_what_the_first_has_done(group, board: Board, staff: Actor):
    one, two = sent(board.secretary.client, group), sent(staff.client, group)
    one |= {"chair_1": str(board.others[0].pk), "sure": "1"}
    two |= {"chair_1": str(board.others[1].pk), "sure": "1"}
    assert board.secretary.client.post(url(group), one).status_code == 302
    told = staff.client.post(url(group), two)
    assert told.status_code == 200
    said = told.content.decode()
    assert "ほかの方が役員の登録を変えました" in said
    assert "登録されている次の役員" in said
    assert board.others[0].name in said
    assert told.context["form"]["chair_1"].value() == str(board.others[1].pk)
    assert OfficerTerm.objects.on(TURN).filter(group=group, role="chair").get().person == board.others[0]
    two["base"] = told.context["form"].fresh
    assert staff.client.post(url(group), two).status_code == 302
    assert OfficerTerm.objects.on(TURN).filter(group=group, role="chair").get().person == board.others[1]


def test_the_same_from_two_is_done_once(group, board: Board, staff: Actor):
    one, two = sent(board.secretary.client, group), sent(staff.client, group)
    for data, actor in ((one, board.secretary), (two, staff)):
        data |= {"chair_1": str(board.others[0].pk), "sure": "1"}
        assert actor.client.post(url(group), data).status_code == 302
    assert group.officer_terms.filter(since=TURN, role="chair").count() == 1
    assert Letter.objects.filter(kind="groups/officer_begins").count() == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"since": "あした"}, "since"),
        ({"since": ""}, "since"),
        ({"since": "2035-04-01"}, "__all__"),
        ({"chair_1": "999999"}, "chair_1"),
        ({"years": "9"}, "years"),
    ],
)
def test_what_cannot_be_is_told_beside_the_field(group, board: Board, changed, said):
    data = {**sent(board.secretary.client, group), **changed, "sure": "1"}
    answer = board.secretary.client.post(url(group), data)
    assert answer.status_code == 200
    assert said in answer.context["form"].errors
    assert group.officer_terms.filter(since=TURN).count() == 0


def test_the_same_person_twice_in_one_office(group, board: Board):
    data = sent(board.secretary.client, group)
    data |= {"board_1": str(board.chair.pk), "board_2": str(board.chair.pk)}
    assert "board_2" in board.secretary.client.post(url(group), data).context["form"].errors


def test_a_registered_result_stands_in_the_form(group, board: Board):
    client, data = board.secretary.client, sent(board.secretary.client, group)
    client.post(url(group), {**data, "chair_1": str(board.others[0].pk), "sure": "1"})
    again = sent(client, group)
    assert again["chair_1"] == str(board.others[0].pk)
    assert "令和9年4月1日からの役員として登録されている方" in client.get(url(group)).content.decode()


def test_who_may_not(group, member, outsider, visitor):
    answers = [actor.client.get(url(group)).status_code for actor in (visitor, member, outsider)]
    assert answers == [302, 403, 403]


def test_whom_the_officers_are_not_told_they_do_not_choose(group, board: Board):
    Handover.objects.create(
        group=group,
        decided_at=datetime.datetime(2013, 3, 1, tzinfo=datetime.UTC),
        decided_by=board.secretary.user,
    )
    first = group.stages.get(state="self_managed")
    first.since = datetime.date(2026, 4, 1)
    first.save()
    hidden = board.others[0]
    membership = hidden.representations.get().membership
    memberships.answer_roster_consent(membership=membership, answer="no", since=datetime.date(2026, 4, 1))
    names = board.secretary.client.get(url(group)).content.decode()
    assert hidden.name not in names
    assert board.others[1].name in names


@pytest.mark.parametrize("count", [1, 6])
def test_the_queries_do_not_grow(group, board: Board, django_assert_max_num_queries, count):
    for person in board.others[:count]:
        make_officer(group, person, role="board")
    with django_assert_max_num_queries(36):
        board.secretary.client.get(url(group))
