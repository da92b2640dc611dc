"""Any piece of a key, of one letter or ten, finds its record; rare ones through the index, common ones without."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from iri_exchange.lib import japan, search
from members.models import Company, CompanySuffix, FormerName, Person
from tests.factories import make_company, make_person

NAMES = [
    "株式会社髙橋製作所",
    "高橋精機㈱",
    "たかはし工房",
    "𠮷野硝子",
    "製作",
    "A-1工業100%",
    "東京都機械器具製造業協同組合",
]


@pytest.fixture
def companies(db):
    return [make_company(name=name, kana="タカハシ" if "橋" in name else "", trade="") for name in NAMES]


def names(condition) -> set[str]:
    return set(Company.objects.filter(condition).values_list("name", flat=True))


def pieces_of(keys) -> set[str]:
    """Every piece of up to 12 letters that somebody could type."""
    words = [word for key in keys for word in key.translate(dict.fromkeys(range(1, 4), " ")).split()]
    return {
        word[place : place + length]
        for word in words
        for place in range(len(word))
        for length in (1, 2, 3, 9, 10, 11, 12)
    }


@pytest.mark.parametrize("common", [1, 3, 1_000])
def test_every_piece_finds_the_same_whichever_way(companies, monkeypatch, common):
    monkeypatch.setattr(search, "COMMON", common)
    keys = dict(Company.objects.values_list("name", "search_key"))
    for piece in sorted(pieces_of(keys.values())):
        assert names(search.having(Company, piece)) == {name for name, key in keys.items() if piece in key}


@pytest.mark.parametrize("typed", ["高橋", "髙橋", "タカハシ", "たかはし", "ﾀｶﾊｼ", "株式会社 高橋", "㈱髙橋"])
def test_one_name_in_every_spelling(companies, typed):
    found = names(search.matching(typed, lambda piece: search.having(Company, piece)))
    assert {"株式会社髙橋製作所", "高橋精機㈱"} <= found
    assert "𠮷野硝子" not in found


def test_words_are_all_asked_for_and_none_reaches_from_one_field_into_the_next(db):
    make_company(name="青葉", kana="ミドリ", trade="歯車", products="減速機")
    found = {
        typed: Company.objects.filter(
            search.matching(typed, lambda piece: search.having(Company, piece))
        ).count()
        for typed in ("青葉 歯車", "歯車 青葉", "青葉ミ", "歯車減", "青葉 めっき", "%", "青_")
    }
    assert found == {
        "青葉 歯車": 1,
        "歯車 青葉": 1,
        "青葉ミ": 0,
        "歯車減": 0,
        "青葉 めっき": 0,
        "%": 0,
        "青_": 1,
    }


def test_marks_stand_before_each_text():
    assert search.key("株式会社髙橋", ["タカハシ", ""], ["歯車"]) == "\x01高橋\x02タカハシ\x02\x03歯車"


def test_parts_of_a_key(companies):
    made = make_company(name="青葉", kana="アオバ", trade="歯車")
    row = Company.objects.annotate(name_part=search.named(), spelled_part=search.spelled()).get(pk=made.pk)
    assert (row.name_part, row.spelled_part) == ("\x01青葉\x02", "\x01青葉\x02アオバ\x02\x03")
    assert set(search.headed(Company, "高橋").values_list("record", flat=True)) == {
        company.pk for company in companies[:2]
    }


def test_a_former_name_is_found(companies):
    FormerName.objects.create(company=companies[3], name="旧硝子商店", until="2020-01-01")
    companies[3].save()
    assert names(search.having(Company, japan.fold("硝子商店"))) == {"𠮷野硝子"}


def test_through_a_relation(db):
    person = make_person(company=make_company(name="青葉"))
    through = Person.objects.filter(search.having(Company, "青葉", "employments__company"))
    assert list(through) == [person]


def test_a_search_asks_the_index_once_for_each_word(companies):
    with CaptureQueriesContext(connection) as queries:
        names(search.matching("高橋", lambda piece: search.having(Company, piece)))
    assert len(queries) == 2
    assert "suffix" in queries[1]["sql"]


def test_an_end_can_be_read(companies):
    end = CompanySuffix.objects.filter(text=japan.fold("𠮷野硝子").encode() + b"\x02\x02\x03\x03").get()
    assert str(end) == f"吉野硝子\x02\x02\x03\x03 → {companies[3].pk}"


@pytest.mark.parametrize(
    "name", ["青葉", "青葉精機工業所試作", "青葉精機工業所試作部", "青葉精機工業所試作部門"]
)
def test_a_whole_text_is_told_from_one_that_goes_on(db, name):
    """Up to nine letters; of ten and more the first ten are looked up."""
    ours, spelled = make_company(name=name), make_company(name="緑", other_names=name)
    make_company(name=f"{name[:9]}外")
    records = search.whole(Company, [name, "だれでもない"]).values_list("record", flat=True)
    assert set(records) == {ours.pk, spelled.pk}
