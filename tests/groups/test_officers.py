"""One order of offices for every page that names officers."""

import datetime

from groups.officers import officer_terms, offices_held, rank
from tests.factories import make_officer, make_person

TODAY = datetime.date(2026, 11, 25)


def test_the_highest_office_comes_first_then_kana(group):
    people = {
        kana: make_person(family_kana=kana, given_kana="", family_name=kana, given_name="")
        for kana in "アイウ"
    }
    for kana, role in (("イ", "board"), ("ア", "board"), ("ア", "secretary"), ("ウ", "chair")):
        make_officer(group, people[kana], role=role)
    terms = officer_terms(group, TODAY)
    assert [(term.person.name, term.role) for term in terms] == [
        ("ウ", "chair"), ("ア", "board"), ("イ", "board"), ("ア", "secretary"),
    ]  # fmt: skip
    assert offices_held(terms) == {
        people["ウ"]: ("chair",),
        people["ア"]: ("board", "secretary"),
        people["イ"]: ("board",),
    }


def test_whoever_leads_another_group_today_does_not_still_lead_this_one(group, other_group):
    past, present = make_person(family_kana="ア"), make_person(family_kana="イ")
    for person in (past, present):
        make_officer(group, person, role="board", until=datetime.date(2020, 3, 31))
    make_officer(group, present, role="chair", since=datetime.date(2026, 4, 1))
    make_officer(other_group, past, role="chair")
    terms = officer_terms(group, datetime.date(2020, 3, 31))
    assert [(term.person, term.still) for term in terms] == [(past, False), (present, True)]


def test_no_office_ranks_after_all():
    assert rank(["secretary", "chair"]) == 0
    assert rank([]) == 7
