"""御中 for a company, 様 for a person, the title before the name; each letter once."""

import datetime

import pytest

from groups.papers.addressing import Address, Addressee, addresses
from groups.papers.selection import Readers, members
from tests.factories import make_company, make_group, make_membership, make_person

TODAY = datetime.date(2026, 11, 25)
STREET = {
    "postal_code": "196-0033",
    "prefecture": "東京都",
    "city": "昭島市",
    "street": "東町1-1",
    "building": "2階",
}


@pytest.fixture
def keyaki(db):
    return make_group(name="けやき会", slug="keyaki", number_prefix="KY")


@pytest.fixture
def aoba(keyaki):
    """A company of two, headed by somebody else."""
    company = make_company(
        name="株式会社青葉精機", representative_title="代表取締役", representative_name="青葉 一郎", **STREET
    )
    people = [
        make_person(company=company, family_name=family, given_name="", title=title, department=department)
        for family, title, department in (("一木", "部長", "営業部"), ("二木", "", ""))
    ]
    return make_membership(keyaki, company=company, representatives=people)


def written(group, addressee) -> list[list[str]]:
    """Each letter as it reads: the lines with their leads and tails."""
    found = addresses(members([group], TODAY, Readers.OFFICE), addressee)
    return [
        [f"{text.lead}／{text.text}{text.tail}".lstrip("／") for text in letter.texts if text.text]
        for letter in found
    ]


PLACE = ["〒196-0033", "東京都昭島市東町1-1", "2階"]


@pytest.mark.parametrize(
    ("addressee", "expected"),
    [
        (Addressee.FIRST, [["株式会社青葉精機", "営業部 部長／一木　様"]]),
        (Addressee.EACH, [["株式会社青葉精機", "営業部 部長／一木　様"], ["株式会社青葉精機", "二木　様"]]),
        (Addressee.HEAD, [["株式会社青葉精機", "代表取締役／青葉 一郎　様"]]),
        (Addressee.COMPANY, [["株式会社青葉精機　御中"]]),
    ],
)
def test_to_whom(keyaki, aoba, addressee, expected):
    assert written(keyaki, addressee) == [PLACE + whom for whom in expected]


@pytest.mark.parametrize("addressee", [Addressee.FIRST, Addressee.EACH, Addressee.HEAD])
def test_a_company_without_anybody_is_onchu(keyaki, addressee):
    make_membership(keyaki, company=make_company(name="合同会社ふじ", **STREET), representatives=[])
    assert written(keyaki, addressee) == [[*PLACE, "合同会社ふじ　御中"]]


@pytest.mark.parametrize("addressee", list(Addressee))
def test_an_individual_is_written_to_at_home_by_name(keyaki, addressee):
    person = make_person(family_name="吉岡", given_name="德子", title="技術士", **STREET)
    make_membership(keyaki, person=person)
    assert written(keyaki, addressee) == [[*PLACE, "吉岡 德子　様"]]


def test_who_is_in_two_groups_gets_one_letter(keyaki, aoba):
    other = make_group(name="みなと会", number_prefix="MN")
    people = [term.person for term in aoba.representatives.all()]
    make_membership(other, company=aoba.company, representatives=people)
    both = members([keyaki, other], TODAY, Readers.OFFICE)
    assert (len(both), len(addresses(both, Addressee.FIRST))) == (2, 1)


def test_an_address_that_is_not_known_leaves_the_name():
    texts = Address("", "", "", "株式会社青葉精機", "", "一木").texts
    assert [text.text for text in texts if text.text] == ["株式会社青葉精機", "一木"]
