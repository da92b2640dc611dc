"""/groups/new/: staff write a group down."""

import datetime

import pytest
from django.urls import reverse

from groups.models import Group
from tests.strictness import parse_strictly

URL = reverse("group_new")


@pytest.fixture
def typed(office) -> dict[str, object]:
    return {
        "name": "ひかり会", "kana": "ひかりかい", "slug": "ｈｉｋａｒｉ-7", "number_prefix": "HK", "founded_year": "２０２６",
        "office": office.pk, "authority": "institute", "room": "plum", "mark": "rings", "stage": "launched",
        "since": "R8.7.10", "capacity": "25", "representatives_max": "2",
        "replies_shown": "names", "quorum_percent": "50", "same_trade": "warn", "fiscal_year_start": "4",
    }  # fmt: skip


def test_staff_register_a_group(staff, typed):
    answer = staff.client.post(URL, typed)
    assert (answer.status_code, answer.url) == (302, "/groups/hikari-7/")
    group = Group.objects.get()
    assert (group.kana, group.founded_year, group.room, group.mark) == ("ヒカリカイ", 2026, "plum", "rings")
    assert list(group.stages.values_list("state", "since")) == [("launched", datetime.date(2026, 7, 10))]
    assert "ひかり会を登録しました" in staff.client.get(answer.url).content.decode()


def test_a_group_that_runs_itself_already(staff, typed):
    staff.client.post(
        URL, typed | {"founded_year": "2012", "since": "H24.7.8", "self_managed_since": "平成25年4月1日"}
    )
    assert list(Group.objects.get().stages.values_list("state", "since")) == [
        ("launched", datetime.date(2012, 7, 8)),
        ("self_managed", datetime.date(2013, 4, 1)),
    ]


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"name": ""}, "name", "名称を入れてください。"),
        ({"kana": "光"}, "kana", "「光」をカタカナに直してください。例：タチカワケイソク"),
        ({"slug": "new"}, "slug", "「new」はほかのページの名前です。別の名前にしてください。"),
        ({"slug": "Hikari"}, "slug", "半角の英小文字と数字、ハイフンだけにしてください。例：tama24"),
        ({"slug": "hi_kari"}, "slug", "半角の英小文字と数字、ハイフンだけにしてください。例：tama24"),
        ({"since": "きのう"}, "since", "「きのう」は日付として読めません。例：2026年7月1日、R8.7.1"),
        ({"founded_year": "平成"}, "founded_year", "数字だけで入れてください。例：50"),
    ],
)
def test_errors_stand_beside_the_field_and_on_top_and_nothing_is_lost(staff, typed, wrong, field, sentence):
    answer = staff.client.post(URL, typed | {"theme": "ものづくり"} | wrong)
    assert answer.status_code == 200
    assert answer.context["form"].errors == {field: [sentence]}
    page = parse_strictly(answer.content)
    summary = page.find(".//*[@class='error-summary']")
    assert [link.get("href") for link in summary.iter("a")] == [f"#id_{field}"]
    assert page.find(".//input[@id='id_theme']").get("value") == "ものづくり"
    assert Group.objects.count() == 0


def test_a_taken_name_is_refused(staff, typed, group):
    answer = staff.client.post(URL, typed | {"name": "けやき会", "slug": "keyaki"})
    assert set(answer.context["form"].errors) == {"name", "slug"}


def test_what_the_verb_refuses_stands_on_top(staff, typed):
    answer = staff.client.post(URL, typed | {"self_managed_since": "R8.7.10"})
    assert answer.context["form"].non_field_errors() == [
        "同じ日にすでに変更があります。日付を変えてください。"
    ]
    assert Group.objects.count() == 0


def test_others_may_not(member, secretary, visitor):
    assert [actor.client.get(URL).status_code for actor in (member, secretary, visitor)] == [403, 403, 302]
