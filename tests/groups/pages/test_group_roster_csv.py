"""roster.csv: UTF-8 with a byte order mark; シフトJIS only if nothing is lost."""

import csv
import io
from urllib.parse import unquote

import pytest

from members.models import Export
from tests.factories import make_company, make_membership, make_person
from tests.groups.batches import text_of

URL = "/groups/keyaki/roster.csv"


@pytest.fixture
def rare(group):
    """A member whose name シフトJIS cannot hold."""
    company = make_company(name="葛\U000e0100西工業", kana="カサイコウギョウ")
    person = make_person(company=company, family_name="𠮷田", given_name="鷗")
    return make_membership(group, company=company, representatives=[person])


def rows(answer, encoding: str) -> list[list[str]]:
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode(encoding), newline="")))


def test_it_is_utf_8_with_a_byte_order_mark(group, member, rare):
    answer = member.client.get(URL, {"columns": "company"})
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    disposition, _, name = answer["Content-Disposition"].partition("; filename*=utf-8''")
    assert (disposition, unquote(name)) == ("attachment", "けやき会_会員名簿_会員用_2026-11-25.csv")
    assert ["カサイコウギョウ", "葛\U000e0100西工業"] in rows(answer, "utf-8-sig")
    assert [(copy.file_format, copy.row_count) for copy in Export.objects.all()] == [("csv", 2)]


def test_shift_jis_on_request(group, member):
    answer = member.client.get(URL, {"encoding": "cp932"})
    assert answer["Content-Type"] == "text/csv; charset=shift_jis"
    assert rows(answer, "cp932")[1][5] == member.membership.company.name


def test_what_shift_jis_would_lose_is_told_and_nothing_leaves(group, member, rare):
    answer = member.client.get(URL, {"encoding": "cp932", "purpose": "発送", "receiver": "濵田 隆"})
    assert (answer.status_code, answer["Content-Type"]) == (422, "text/html; charset=utf-8")
    page = text_of(answer)
    for words in ("葛\U000e0100", "𠮷　鷗", "葛\U000e0100西工業　𠮷田 鷗", "企業名", "参加者氏名"):
        assert words in page
    assert not Export.objects.exists()
    # The other ways lead to the same list, for the same purpose.
    html = answer.content.decode()
    for way in ("roster.xlsx", "roster.csv"):
        assert f'href="/groups/keyaki/{way}?purpose=%E7%99%BA%E9%80%81&amp;receiver=' in html
    assert "encoding" not in html


def test_what_stands_in_no_chosen_column_is_not_lost(group, member, rare):
    answer = member.client.get(URL, {"encoding": "cp932", "columns": "number,trade"})
    assert len(rows(answer, "cp932")) == 3


def test_an_unknown_encoding_is_refused_in_words(group, member):
    answer = member.client.get(URL, {"encoding": "utf-7"})
    assert answer.status_code == 400
    assert "この文字コードでは出せません。" in answer.content.decode()


def test_who_may(group, member, visitor, outsider, secretary):
    actors = (visitor, outsider, member, secretary)
    statuses = [actor.client.get(URL, {"variant": "office"}).status_code for actor in actors]
    assert statuses == [302, 403, 403, 200]
    assert member.client.head(URL).content == b""
    assert Export.objects.count() == 1
