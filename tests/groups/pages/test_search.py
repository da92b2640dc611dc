"""/search/: groups, companies and people at once; each finds what they may see, and is told why."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from groups import finding
from groups.models import Office
from iri_exchange.lib import search
from members import directory, searches
from members.models import Consent, SavedSearch
from tests.factories import make_company, make_membership, make_person
from tests.strictness import parse_strictly

URL = reverse("search")


def asked(actor, **query):
    answer = actor.client.get(URL, query)
    assert answer.status_code == 200
    parse_strictly(answer.content)
    return answer


def text(hit) -> str:
    return "".join(run for run, _ in hit.name)


def found(actor, **query) -> dict[str, list[str]]:
    """The names of the hits by kind; only the kinds that have any."""
    return {each.kind: [text(hit) for hit in hits] for each, hits in asked(actor, **query).context["lists"]}


def reasons(actor, **query) -> dict[str, list[tuple[str, str]]]:
    """Why each is a hit: the labels of the fields with what is marked in them."""
    lists = asked(actor, **query).context["lists"]
    return {
        text(hit): [(why.label, "".join(run for run, marked in why.runs if marked)) for why in hit.reasons]
        for _, hits in lists
        for hit in hits
    }


def member_of(group, *, consent="yes", family="高橋", **company):
    made = make_company(**{"kana": "", "trade": "", **company})
    person = make_person(
        company=made, family_name=family, given_name="実", family_kana="タカハシ", given_kana="ミノル"
    )
    return make_membership(group, company=made, representatives=[person], consent=consent)


def make_public(membership):
    Consent.objects.create(
        company=membership.company, kind="public_profile", given=True, since=datetime.date(2020, 1, 1)
    )
    return membership


def test_all_kinds_at_once_and_every_spelling(staff, group):
    member_of(group, name="株式会社髙橋製作所", kana="タカハシセイサクショ")
    kinds = {"companies": ["株式会社髙橋製作所"], "people": ["高橋 実"]}
    for typed in ("高橋", "髙橋", "タカハシ", "たかはし", "㈱高橋"):
        assert found(staff, q=typed) == kinds
    assert found(staff, q="けやき") == {"groups": ["けやき会"]}
    assert found(staff, q="け")["groups"] == ["けやき会"]


def test_exact_names_first_then_beginnings_then_names_then_readings(staff, group):
    for name, kana in (
        ("大青葉", ""),
        ("青葉精機", ""),
        ("みどり工業", "アオバ"),
        ("有限会社青葉", ""),
        ("若草", ""),
    ):
        make_company(name=name, kana=kana, trade="" if name != "若草" else "青葉の手入れ")
    order = ["有限会社青葉", "青葉精機", "大青葉", "若草"]
    assert found(staff, q="青葉")["companies"] == order
    assert found(staff, q="あおば")["companies"] == ["みどり工業"]


def test_a_common_word_shows_beginnings_first_and_is_counted_so_far(staff, monkeypatch):
    monkeypatch.setattr(search, "COMMON", 3)
    monkeypatch.setattr(finding, "MOST_COUNTED", 4)
    for number in range(6):
        make_company(name=f"第{number}工業", kana="ダイ", trade="")
    make_company(name="工業", kana="ン", trade="")
    answer = asked(staff, q="工業")
    [(section, hits)] = answer.context["lists"]
    assert text(hits[0]) == "工業"
    assert section.told == "4件以上"
    assert len({text(hit) for hit in hits}) == 5
    assert "4件以上" in answer.content.decode()


def test_why(staff, group):
    company = member_of(group, name="青葉", family="森").company
    directory.rename_company(company=company, name="みどり", kana="", on=datetime.date(2026, 1, 1))
    company.other_names, company.products = "グリーン", "歯車と減速機"
    company.save()
    assert reasons(staff, q="あおば 青葉") == {}
    assert reasons(staff, q="青葉") == {"みどり": [("旧社名", "青葉")]}
    assert reasons(staff, q="ぐりーん") == {"みどり": [("別表記", "グリーン")]}
    assert reasons(staff, q="みどり 歯車") == {
        "みどり": [("企業名", "みどり"), ("主要製品・サービス", "歯車")]
    }
    assert reasons(staff, q="タカハシ") == {
        "みどり": [("登録者", "タカハシ")],
        "森 実": [("フリガナ", "タカハシ")],
    }


def test_a_hidden_name_is_no_reason(visitor, member, outsider, staff, group, other_group):
    """Who lets only the company be listed is not found by the name, and neither is the company by it."""
    make_public(member_of(group, name="青葉", consent="company"))
    both = {"companies": ["青葉"], "people": ["高橋 実"]}
    assert [found(actor, q="高橋") for actor in (visitor, member, outsider)] == [{}, {}, {}]
    assert found(staff, q="高橋") == both
    assert [found(actor, q="青葉") for actor in (visitor, outsider)] == [{"companies": ["青葉"]}] * 2
    member_of(group, name="若葉")
    assert found(member, q="高橋") == {"companies": ["若葉"], "people": ["高橋 実"]}
    assert [found(actor, q="高橋") for actor in (visitor, outsider)] == [{}, {}]


def test_a_company_that_is_not_listed_is_no_hit(visitor, member, outsider, staff, group):
    member_of(group, name="秘密の社", consent="no")
    assert [found(actor, q="秘密") for actor in (visitor, member, outsider)] == [{}, {}, {}]
    assert found(staff, q="秘密") == {"companies": ["秘密の社"]}


def test_what_an_officer_does_is_not_searched_by_who_sees_the_name_alone(member, staff, group):
    from tests.factories import make_officer

    person = make_person(family_name="役野", given_name="員", products="ひみつの手仕事")
    make_membership(group, person=person, consent="no")
    make_officer(group, person)
    assert found(member, q="役野") == {"people": ["役野 員"]}
    assert found(member, q="ひみつ") == {}
    assert found(staff, q="ひみつ") == {"people": ["役野 員"]}


def test_filters_narrow_and_stay_in_the_address(staff, group, launched_group):
    headquarters = Office.objects.create(name="本部", short_name="本部", slug="honbu", order=9)
    launched_group.office = headquarters
    launched_group.save()
    member_of(group, name="青葉一", industry="E", prefecture="東京都")
    member_of(launched_group, name="青葉二", industry="G", prefecture="埼玉県")
    both = ["青葉一", "青葉二"]
    expected = {
        "office=tama": both[:1], "office=honbu": both[1:], "year=2012": both[:1], "stage=launched": both[1:],
        "industry=E": both[:1], "prefecture=埼玉県": both[1:], "status=active": both, "status=on_leave": [],
    }  # fmt: skip
    for query, names in expected.items():
        name, value = query.split("=")
        assert found(staff, q="青葉", **{name: value}).get("companies", []) == names
    assert found(staff, office="honbu")["people"] == ["高橋 実"]
    assert set(found(staff, stage="launched")) == {"groups", "companies", "people"}
    answer = asked(staff, q="青葉", office="tama", kind="companies")
    assert "office=tama&amp;kind=companies" in answer.content.decode()


def test_a_filter_that_nobody_knows_filters_nothing_and_is_told(visitor, group):
    answer = asked(visitor, q="けやき", office="nowhere", status="left")
    assert [each.kind for each, _ in answer.context["lists"]] == ["groups"]
    assert "この値ではしぼり込めません" in answer.content.decode()


def test_an_empty_result_helps(staff, group):
    member_of(group, name="青葉", prefecture="東京都")
    answer = asked(staff, q="青葉", prefecture="埼玉県")
    assert [(label, count) for _, label, count in answer.context["fewer"]] == [("都道府県", 1)]
    less, count = asked(staff, q="青葉あ").context["shorter"]
    assert (less.q, count) == ("青葉", 1)
    assert "ひらがなでおためしください" in asked(staff, q="ない").content.decode()


def test_without_a_question_nothing_is_searched(visitor, db):
    answer = asked(visitor)
    assert (answer.context["lists"], answer.context["nothing"]) == ([], False)
    assert 'id="site-q"' in answer.content.decode()


def test_all_of_one_kind_by_pages(staff, db):
    for number in range(31):
        make_company(name=f"青葉{number}", kana="", trade="")
    answer = asked(staff, q="青葉", kind="companies", page="2")
    [(_, hits)] = answer.context["lists"]
    assert len(hits) == 1
    assert "2 / 2 ページ" in answer.content.decode()


def test_thirty_hits_cost_as_many_queries_as_one(member, staff, group):
    counts = {}
    for place in (range(1), range(1, 30)):
        for number in place:
            make_public(member_of(group, name=f"青葉{number}"))
        for actor in (member, staff):
            with CaptureQueriesContext(connection) as queries:
                asked(actor, q="青葉", kind="companies")
            counts.setdefault(id(actor), []).append(len(queries))
    assert all(one == thirty for one, thirty in counts.values())


@pytest.mark.parametrize("role", ["staff", "secretary"])
def test_a_search_is_kept_under_a_name_and_forgotten(request, role, group):
    actor = request.getfixturevalue(role)
    answer = actor.client.post(
        reverse("search_keep"), {"name": "けやき", "query": "q=けやき&office=tama&x=1"}, follow=True
    )
    kept = SavedSearch.objects.get(user=actor.user)
    assert (kept.name, answer.redirect_chain) == ("けやき", [(f"{URL}?{kept.query}", 302)])
    assert found(actor, q="けやき", office="tama") == {"groups": ["けやき会"]}
    desk = reverse("office_desk" if role == "staff" else "my_page")
    assert f"{URL}?{kept.query.replace('&', '&amp;')}" in actor.client.get(desk).content.decode()
    actor.client.post(reverse("search_forget", args=[kept.pk]))
    assert not SavedSearch.objects.exists()


def test_what_cannot_be_kept_is_told_and_nothing_is_lost(staff, group):
    searches.keep(user=staff.user, name="けやき", query="q=%E3%81%91")
    for name, query, told in (
        ("けやき", "q=けやき", "すでに保存してあります"),
        ("", "q=けやき", "名前を入れてください"),
        ("空", "", "保存する条件がありません"),
    ):
        answer = staff.client.post(reverse("search_keep"), {"name": name, "query": query})
        parse_strictly(answer.content)
        assert told in answer.content.decode()
        assert answer.context["form"].asked.q == ("けやき" if query else "")
    assert SavedSearch.objects.count() == 1


def test_nobody_sees_the_searches_of_others(staff, secretary, member):
    kept = searches.keep(user=staff.user, name="職員の条件", query="q=x")
    assert "職員の条件" not in asked(secretary).content.decode()
    assert secretary.client.post(reverse("search_forget", args=[kept.pk])).status_code == 404
    assert member.client.post(reverse("search_keep"), {"name": "x", "query": "q=x"}).status_code == 403
    assert "この条件を保存" not in asked(member, q="x").content.decode()


def test_of_a_spelling_that_no_page_tells_one_reads_what_was_typed(visitor, outsider, member, staff, group):
    """The names a company had are told to its group; to others neither they nor the clues for finding it."""
    company = make_public(member_of(group, name="青葉")).company
    directory.rename_company(company=company, name="みどり", kana="", on=datetime.date(2026, 1, 1))
    company.other_names = "グリーン ひみつの通称"
    company.former_names.update(name="青葉と秘密の仲間")
    company.save()
    for actor, knows in ((visitor, False), (outsider, False), (member, True), (staff, True)):
        for typed, label, rest in (("グリーン", "別表記", "ひみつの通称"), ("青葉", "旧社名", "秘密の仲間")):
            assert reasons(actor, q=typed)["みどり"] == [(label, typed)]
            assert (rest in asked(actor, q=typed).text) is knows


def test_what_narrows_folds_away_unless_it_is_used(group, staff):
    make_public(member_of(group))
    folded, used, first = (asked(staff, **query).text for query in ({"q": "高橋"}, {"year": "2000"}, {}))
    assert ["<details open>" in shown for shown in (folded, used, first)] == [False, True, True]


def test_words_that_say_nothing_are_told_and_nothing_is_kept_of_an_empty_answer(group, staff):
    member_of(group)
    alone = asked(staff, q="㈱").text
    assert "名前の言葉を、1文字でも入れてください" in alone
    assert "名前の言葉を、1文字でも入れてください" not in asked(staff, q="無い名前").text
    assert ["この条件を保存" in shown for shown in (alone, asked(staff, q="高橋").text)] == [False, True]
    assert found(staff, q="㈱ 高橋").keys() == {"companies", "people"}
