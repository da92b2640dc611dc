"""/groups/<slug>/history/: of a group, its settings, its stages, who led and advised it, who came and went."""

import datetime

import pytest

from groups import leading, lifecycle, memberships
from groups.models import Group, OfficerTerm
from iri_exchange.lib import history
from iri_exchange.lib.history_reading import MOST_ROWS
from tests.factories import make_adviser, make_membership, make_person
from tests.groups.histories.reading_histories import read, saved, told

TODAY = datetime.date(2026, 11, 25)


def test_the_life_of_a_group_is_told(staff, secretary, group):
    with saved(staff, 1):
        group.theme, group.meeting_weekday, group.accepts_visits = "人を育てる", 2, False
        group.save()
    with saved(staff, 2):
        lifecycle.move(group=group, to=Group.Stage.DORMANT, since=TODAY, note="内輪の事情")
        make_adviser(group, make_person(family_name="言田", given_name=""), since=TODAY, note="内輪の控え")
    with saved(secretary, 3):
        term = OfficerTerm.objects.get()
        memberships.appoint(
            group=group, person=make_person(family_name="幹田", given_name=""), role="chair", since=TODAY
        )
        leading.end_term(term=term, last_day=TODAY)
    day = "（令和8年11月25日から）"
    officers, stage, theme = told(read(staff, group))[:3]
    assert officers[0] == str(secretary.person)
    assert officers[2] == [
        f"~ 事務局：{secretary.person}",
        "いつまで：（空） → 令和8年11月25日",
        f"+ 代表幹事：幹田{day}",
    ] or officers[2] == [
        f"+ 代表幹事：幹田{day}",
        f"~ 事務局：{secretary.person}",
        "いつまで：（空） → 令和8年11月25日",
    ]
    assert stage[2] == [f"+ 段階：休止（内輪の事情）{day}", f"+ 助言者：言田{day}"]
    assert theme[2] == [
        "今年のテーマ：（空） → 人を育てる",
        "見学を受け付ける：はい → いいえ",
        "定例会の曜日：（空） → 水曜日",
    ]
    said = str(told(read(secretary, group)))
    assert "段階：休止" in said
    assert "内輪" not in said


def test_a_step_of_many_rows_is_counted(staff, group):
    with history.step("名簿の取込 第7号（会員.csv）", by=staff.user):
        for _ in range(MOST_ROWS):
            make_membership(group)
    (line,) = [each for each in told(read(staff, group)) if each[1]]
    assert line == ("職田 員子", f"名簿の取り込み（{2 * MOST_ROWS}件）", [])


@pytest.mark.parametrize("actor", ["member", "adviser", "outsider", "left_member"])
def test_only_who_keeps_the_group_reads_it(actor, group, request):
    assert request.getfixturevalue(actor).client.get("/groups/keyaki/history/").status_code == 403


def test_the_history_of_a_membership(staff, secretary, member, group):
    membership = member.membership
    with saved(secretary, 1):
        memberships.rest(membership=membership, since=TODAY)
        memberships.add_representative(
            membership=membership, person=make_person(family_name="後田", given_name="二"), since=TODAY
        )
    name, day = f"けやき会 {membership}", "（令和8年11月25日から）"
    for actor in (staff, secretary):
        assert told(read(actor, membership))[0] == (
            str(secretary.person),
            "",
            [f"+ {name}：休会{day}", f"+ {name}の登録者：後田 二{day}"],
        )
    assert member.client.get(f"/memberships/{membership.pk}/history/").status_code == 404
