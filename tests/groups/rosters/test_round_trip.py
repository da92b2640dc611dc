"""Whatever the directory holds: the office's roster, written as a sheet and brought in again, is the same."""

import datetime

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from groups import memberships
from groups.importing import import_roster
from groups.rosters.building import Variant, roster
from tests.factories import make_company, make_group, make_membership, make_officer, make_person
from tests.groups.rosters.test_sheets import TODAY, copy_of

COLUMNS = sorted(Variant.OFFICE.terms.offered)
NAMES = (
    "髙橋",
    "𠮷田",
    "葛\U000e0100西",
    "﨑",
    "高橋",
    "=1+1",
    "@森",
    "山 本",
    "青木様",
    "様",
    "-",
    "'=x",
    "個人会員",
)
COMPANIES = (
    "株式会社髙﨑", "㈱高崎", "葛\U000e0100飾工業", "𠮷野家具", "=SUM(A1)", "＋81社", "'=1+1", "青葉御中", "合計", "以上",
    "なし", "No.", "企業名", "株式会社　青葉", "100", "2026-04-01", "個人会員",
)  # fmt: skip
KANA = ("アオバ", "カブシキガイシャアオバ", "タカハシ", "")
WORDS = ("社長", "=A1", "+1", "-", "同上", "なし", "〃", "1000", "2026-04-01", "#N/A", "代表幹事", "会計", "")
TEXTS = ("ばね、線", "ばね\r\n板", "ばね\n板", "'=1", "同上", "-", "3品目", "=1\n+2", "")
ADDRESSES = (
    ("東京都", "葛\U000e0100飾区", "本町1-1", "﨑ビル"),
    ("", "立川市", "錦町1-2", ""),
    ("", "", "私書箱1号", ""),
    ("", "", "", "2階"),
)
CONSENTS = ("", "yes", "company", "no")


def pick(values):
    return st.sampled_from(values)


PEOPLE = st.builds(
    dict, family_name=pick(NAMES), given_name=pick((*NAMES[:5], "")), family_kana=pick(KANA), given_kana=pick(KANA),
    title=pick(WORDS), phone=pick(("", "090-0000-0001")), email=pick(("", "a@example.jp", "info@example.jp")),
)  # fmt: skip
CONTACTS = st.builds(
    dict, address=pick(ADDRESSES), postal_code=pick(("", "196-0033")), fax=pick(("", "042-500-0009")),
    url=pick(("", "https://example.jp/")), trade=pick(WORDS), products=pick(TEXTS),
)  # fmt: skip
MEMBERS = st.builds(
    dict, contact=CONTACTS, kana=pick(KANA), mail=pick(("", "info@example.jp")), people=st.lists(PEOPLE, max_size=3),
    consent=pick(CONSENTS), resting=st.booleans(), dated=st.booleans(),
    individual=st.booleans(), office=pick(("", "chair", "auditor")),
)  # fmt: skip


def write_down(group, serial, name, told):
    """One member as it was told; telephones tell companies and people of one name apart."""
    contact = dict(told["contact"])
    contact |= dict(zip(("prefecture", "city", "street", "building"), contact.pop("address"), strict=True))
    contact["phone"] = f"042-500-{serial:04}"
    if told["individual"] and told["people"]:
        people = [make_person(**told["people"][0] | contact)]
        membership = make_membership(group, person=people[0], consent=told["consent"])
    else:
        company = make_company(name=name, kana=told["kana"], email=told["mail"], **contact)
        named = {(each["family_name"], each["given_name"]): each for each in told["people"]}
        people = [make_person(company=company, **each) for each in named.values()]
        membership = make_membership(group, company=company, representatives=people, consent=told["consent"])
    if not told["dated"]:
        membership.joined_on = None
        membership.save()
    if told["resting"]:
        memberships.rest(membership=membership, since=datetime.date(2026, 4, 1))
    if told["office"] and people:
        make_officer(group, people[-1], role=told["office"])


def who(told):
    """Two individual members of one name are one to the importer, which says so and asks for one row less."""
    if told["individual"] and told["people"]:
        return (told["people"][0]["family_name"], told["people"][0]["given_name"])
    return id(told)


class RoundTest(TestCase):
    """hypothesis rolls the database back after each example."""

    @settings(
        max_examples=15, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow]
    )
    @given(
        members=st.lists(MEMBERS, min_size=1, max_size=5, unique_by=who),
        names=st.permutations(COMPANIES),
        order=st.permutations(COLUMNS),
    )
    def test_whatever_the_directory_holds_comes_back_as_the_same(self, members, names, order):
        group = make_group(representatives_max=3, capacity=25)
        for serial, (name, told) in enumerate(zip(names, members, strict=False), start=1):
            write_down(group, serial, name, told)
        made = roster(group, Variant.OFFICE, TODAY, order)
        report = import_roster(group=group, content=copy_of(made), filename="r.csv", commit=False)
        assert report.problems == []
        assert [(row.name, row.kind, row.changes) for row in report.rows if row.kind != "same"] == []
        assert (len(report.rows), report.missing) == (len(made.rows), [])
