"""Who is told what, and which way."""

import pytest

from groups.recruitment import results
from members import bounces
from members.letter_kinds import KINDS
from members.letter_wording import reword
from tests.groups.recruitment.closed_rounds import ACCEPT, DECLINE, WAIT, closed_round, decided

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(office):
    return closed_round(office)


def test_each_decision_has_its_letter(call, staff):
    for decision in (ACCEPT, WAIT, DECLINE):
        decided(call, decision, staff.user)
    letters = results.results_of(call)
    assert [each.kind.key for each in letters] == [
        "groups/application_accepted",
        "groups/application_waitlisted",
        "groups/application_declined",
    ]
    assert [each.application.name in each.letter.text for each in letters] == [True] * 3
    assert "発会式：令和9年1月20日" in letters[0].letter.text


def test_the_waiting_list_counts_in_its_own_order(call, staff):
    second = decided(call, WAIT, staff.user, waiting_place=7)
    first = decided(call, WAIT, staff.user, waiting_place=3)
    last = decided(call, WAIT, staff.user)
    places = {each.application: each.values["順番"] for each in results.results_of(call)}
    assert places == {first: "1", second: "2", last: "3"}


def test_who_has_no_address_or_one_that_takes_none_is_told_by_post(call, staff):
    mailed = decided(call, ACCEPT, staff.user)
    without = decided(call, ACCEPT, staff.user, contact_email="")
    stopped = decided(call, ACCEPT, staff.user, contact_email="Gone@example.com")
    bounces.record(letter=None, address="gone@example.com", is_hard=True)
    told = {each.application: each.why_not for each in results.results_of(call)}
    assert told == {mailed: "", without: "メールアドレスがありません。", stopped: "届かないアドレスです。"}


def test_on_paper_stands_nothing_of_a_mail(call, staff):
    decided(call, DECLINE, staff.user, contact_email="", contact_name="髙橋 花子", building="光ビル3階")
    (letter,) = results.results_of(call)
    subject, text = letter.on_paper
    assert (subject.startswith("審査の結果のお知らせ"), "自動" in text, "髙橋 花子 様" in text) == (
        True,
        False,
        True,
    )
    address = letter.address
    assert (address.postal_code, address.street, address.building, address.name) == (
        "190-0012",
        "東京都立川市曙町1-1",
        "光ビル3階",
        "髙橋 花子",
    )


def test_the_offices_own_words_are_used(call, staff):
    decided(call, DECLINE, staff.user)
    reword(kind=KINDS["groups/application_declined"], subject="お返事", text="《お名前》 様\n\nまた来年。")
    (letter,) = results.results_of(call)
    assert (letter.letter.subject, "また来年。" in letter.letter.text) == (
        "【異業種交流ポータル】お返事",
        True,
    )


def test_drafts_the_undecided_and_the_withdrawn_are_told_nothing(call, staff):
    decided(call, "", staff.user)
    decided(call, ACCEPT, staff.user, state="withdrawn")
    assert results.results_of(call) == []


def test_as_many_queries_for_twenty_as_for_one(call, staff, django_assert_num_queries):
    for count in (1, 20):
        for _ in range(count):
            decided(call, WAIT, staff.user)
        with django_assert_num_queries(5):
            results.results_of(call)
