"""/groups/<slug>/roster/: what the roster would hold, its columns and their order, and the ways out."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from groups.models import RosterColumns
from groups.rosters.building import Variant
from groups.rosters.settings import settle_columns, settled_columns
from members.models import Export
from tests.factories import make_company, make_membership, make_person
from tests.groups.batches import text_of
from tests.strictness import parse_strictly

URL = "/groups/keyaki/roster/"
COLUMNS = "/groups/keyaki/roster/columns/"


def page_of(answer, status: int = 200) -> str:
    assert answer.status_code == status
    return text_of(answer)


def headings(answer) -> list[str]:
    return [cell.text for cell in parse_strictly(answer.content).iter() if cell.get("scope") == "col"]


def ticks(answer) -> list[tuple[str, bool]]:
    boxes = [box for box in parse_strictly(answer.content).iter() if box.get("name") == "columns"]
    return [(box.get("value"), box.get("checked") is not None) for box in boxes]


def chosen(answer) -> list[str]:
    return [key for key, checked in ticks(answer) if checked]


def variants(answer) -> list[str]:
    return [value for value, _ in answer.context["form"].fields["variant"].widget.choices]


def test_the_page_shows_the_rows_and_logs_nothing(group, member, secretary):
    answer = member.client.get(URL)
    page = page_of(answer)
    for person in (member.person, secretary.person):
        assert person.name in page
        assert person.email in page
    assert "令和8年11月25日現在　2会員" in page
    assert headings(answer) == [column.label for column in Variant.MEMBER.terms.columns]
    assert not Export.objects.exists()


def test_every_variant_is_offered_by_right(group, member, adviser, secretary, staff):
    everything = [variant.value for variant in Variant]
    assert [variants(actor.client.get(URL)) for actor in (member, adviser, secretary, staff)] == [
        ["member", "public"],
        ["member", "public"],
        everything,
        everything,
    ]


@pytest.mark.parametrize("variant", Variant)
def test_a_variant_is_shown_to_those_who_may_have_it(group, member, secretary, variant):
    answer = secretary.client.get(URL, {"variant": variant})
    assert variant.terms.handling in page_of(answer)
    allowed = variant in (Variant.MEMBER, Variant.PUBLIC)
    assert member.client.get(URL, {"variant": variant}).status_code == (200 if allowed else 403)


def test_nobody_else_sees_it(group, visitor, outsider, left_member):
    assert [actor.client.get(URL).status_code for actor in (visitor, outsider, left_member)] == [
        302,
        403,
        403,
    ]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"date": "きのう"}, "いつ現在："),
        ({"variant": "everything"}, "この種類の名簿はありません。"),
        ({"columns": "nonsense"}, "この種類の名簿にない列があります。"),
        ({"columns_of": "office"}, "列を1つ以上選んでください。"),
        ({"purpose": "目" * 101}, "目的："),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_lost(group, secretary, asked, words):
    typed = {"receiver": "濵田 隆", "variant": "office"}
    answer = secretary.client.get(URL, typed | asked)
    page = page_of(answer, 400)
    assert words in page
    assert "名簿は、まだ出していません。" in page
    assert "濵田 隆" in answer.content.decode()
    # Each error leads to what it is about.
    tree = parse_strictly(answer.content)
    ids = {element.get("id") for element in tree.iter()}
    anchors = {link.get("href") for link in tree.iter() if (link.get("href") or "").startswith("#id_")}
    assert anchors
    assert {anchor[1:] for anchor in anchors} <= ids


# ── columns and their order ──────────────────────────────────────────────────


def test_the_columns_are_those_of_the_address(group, member):
    answer = member.client.get(URL, {"columns": ["people", "company"], "columns_of": "member"})
    assert headings(answer) == ["氏名・役職", "企業名"]
    assert chosen(answer) == ["people", "company"]
    assert {key for key, _ in ticks(answer)} == set(Variant.MEMBER.terms.offered)


def test_a_button_moves_a_column_and_leads_to_a_plain_address(group, secretary):
    asked = {
        "variant": "office",
        "columns_of": "office",
        "purpose": "配付 & 保管",
        "columns": ["people", "company", "mail"],
    }
    answer = secretary.client.get(URL, asked | {"up": "mail"})
    assert answer.status_code == 302
    parts = urlsplit(answer.url)
    assert parts.fragment == "column-mail"
    assert parse_qs(parts.query) == {
        "variant": ["office"],
        "columns_of": ["office"],
        "purpose": ["配付 & 保管"],
        "columns": ["people,mail,company"],
    }
    assert chosen(secretary.client.get(answer.url)) == ["people", "mail", "company"]
    answer = secretary.client.get(URL, asked | {"down": "people"}, follow=True)
    assert chosen(answer) == ["company", "people", "mail"]


def test_another_variant_brings_its_own_columns(group, secretary):
    asked = {"variant": "reception", "columns_of": "member", "columns": ["mail", "company"]}
    assert headings(secretary.client.get(URL, asked)) == ["受付", "No.", "役職", "企業名", "氏名", "ご署名"]


def test_who_edits_the_group_saves_columns_for_all(group, member, secretary):
    asked = {
        "variant": "member",
        "columns_of": "member",
        "columns": ["people", "company"],
        "receiver": "濵田 隆",
    }
    answer = secretary.client.post(COLUMNS, asked, follow=True)
    assert "会員用の列と順番を保存しました。" in page_of(answer)
    assert "濵田 隆" in answer.content.decode()
    assert headings(member.client.get(URL)) == ["氏名・役職", "企業名"]
    assert RosterColumns.history.get().history_user == secretary.user


def test_columns_that_somebody_saved_meanwhile_are_not_written_over(group, secretary, staff):
    """The version goes along while the choice is made, from page to page."""
    mine = {"variant": "member", "columns_of": "member", "columns": ["people", "company"]}
    opened = parse_strictly(secretary.client.get(URL).content)
    mine["settled"] = opened.find(".//input[@name='settled']").get("value")
    staff.client.post(COLUMNS, {"columns_of": "member", "columns": ["mail"]})
    moved = secretary.client.get(secretary.client.get(URL, mine | {"up": "company"}).url)
    assert moved.context["form"].settled_version == mine["settled"] == "0"
    answer = secretary.client.post(COLUMNS, mine)
    page = page_of(answer)
    assert "ほかの方が、先に列を保存しました" in page
    assert ("事務局" in page, "職田 員子" in page) == (True, False)
    assert settled_columns(group, Variant.MEMBER) == ("mail",)
    newest = parse_strictly(answer.content).find(".//input[@name='settled']").get("value")
    assert secretary.client.post(COLUMNS, mine | {"settled": newest}).status_code == 302
    assert settled_columns(group, Variant.MEMBER) == ("people", "company")
    assert secretary.client.post(COLUMNS, mine).status_code == 302


def test_the_usual_columns_can_be_had_back(group, secretary):
    settle_columns(group=group, variant=Variant.MEMBER, columns=["people"])
    page = secretary.client.get(URL).content.decode()
    usual = re.search(r'href="([^"]*)">はじめの列に戻す', page)[1].replace("&amp;", "&")
    back = secretary.client.get(usual)
    assert chosen(back) == list(Variant.MEMBER.terms.usual)
    secretary.client.post(COLUMNS, {"columns_of": "member", "columns": chosen(back)})
    assert not RosterColumns.objects.exists()


def test_who_does_not_edit_the_group_is_not_offered_to_save_and_refused(group, member, secretary):
    words = "グループの形として保存する"
    assert words in page_of(secretary.client.get(URL))
    assert words not in page_of(member.client.get(URL))
    assert member.client.post(COLUMNS, {"columns": ["people"]}).status_code == 403
    assert not RosterColumns.objects.exists()


def test_columns_that_cannot_be_saved_are_said_and_nothing_is_lost(group, secretary):
    answer = secretary.client.post(COLUMNS, {"columns_of": "member", "purpose": "年度はじめ"})
    assert "列を1つ以上選んでください。" in page_of(answer, 400)
    assert "年度はじめ" in answer.content.decode()
    answer = secretary.client.post(COLUMNS, {"variant": "public", "columns": ["mail"]})
    assert "この種類の名簿にない列があります。" in page_of(answer, 400)
    assert not RosterColumns.objects.exists()


def test_the_token_comes_with_the_one_button_that_saves(group, secretary):
    """Questions stay free of it, for their address is copied and kept."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(secretary.user)
    tree = parse_strictly(client.get(URL).content)
    [button] = [
        each
        for each in tree.iter()
        if each.get("name") == "csrfmiddlewaretoken" and each.tag.endswith("button")
    ]
    assert (button.get("formmethod"), button.get("formaction")) == ("post", COLUMNS)
    data = {"columns": ["people"]}
    assert client.post(COLUMNS, data).status_code == 403
    assert client.post(COLUMNS, data | {"csrfmiddlewaretoken": button.get("value")}).status_code == 302


def test_as_many_queries_for_one_row_as_for_thirty(group, member):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert member.client.get(URL).status_code == 200
        return len(asked)

    one = queries()
    for _ in range(20):
        make_membership(group, consent="yes")
    assert queries() == one


def test_names_are_shown_as_they_are(group, member):
    company = make_company(name="株式会社葛\U000e0100飾﨑<b>&", kana="カツシカ")
    person = make_person(company=company, family_name="髙橋", given_name="𠮷田", title="{{ title }}")
    make_membership(group, company=company, representatives=[person])
    page = page_of(member.client.get(URL))
    for words in ("株式会社葛\U000e0100飾﨑<b>&", "髙橋 𠮷田", "{{ title }}"):
        assert words in page
