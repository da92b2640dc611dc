"""The address bar: pages that do not exist, and what a list does not understand."""

import datetime

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from iri_exchange.lib import asked
from members.models import Company
from tests.conftest import NOW
from tests.factories import make_company
from tests.iri_exchange.lib.test_once import Said


def question(**parameters):
    request = RequestFactory().get("/", parameters)
    request._messages = Said()
    return request


@pytest.mark.parametrize(
    ("number", "page"),
    [("", 1), ("2", 2), ("0", 1), ("-1", 1), ("abc", 1), ("２", 1), ("9999999", 3), ("9" * 30, 1), ("\0", 1)],
)
def test_a_page_that_does_not_exist_is_one_that_does(number, page):
    assert asked.page(list(range(120)), number).number == page


@pytest.mark.parametrize("typed", ["\u200bab", "a\u202eb", "ab\0"])
def test_a_text_with_what_nobody_sees_asks_for_nothing_and_says_so(typed):
    request = question(q=typed)
    assert (asked.text(request, "q"), list(request._messages)) == ("", [asked.UNSEEN])


def test_a_text_is_taken_as_it_is():
    request = question(q="葛\U000e0100飾" + "長" * 200)
    assert (len(asked.text(request, "q")), asked.text(request, "other"), list(request._messages)) == (
        100,
        "",
        [],
    )


def test_a_choice_is_one_of_those_that_are_known():
    request = question(show="new", other="nope")
    assert asked.choice(request, "show", ["new"]) == "new"
    assert asked.choice(request, "none", ["new"]) == ""
    assert (asked.choice(request, "other", ["new"]), list(request._messages)) == ("", [asked.UNKNOWN])


def test_a_day_is_read_as_people_write_it_and_is_today_otherwise():
    request = question(date="H25.4.1", empty=" ", odd="きのう", unseen="\u200b")
    assert asked.day(request) == datetime.date(2013, 4, 1)
    assert asked.day(request, "empty") == asked.day(request, "none") == NOW.date()
    assert list(request._messages) == []
    assert asked.day(request, "odd") == asked.day(request, "unseen") == NOW.date()
    (odd, unseen) = request._messages
    assert "「きのう」は日付として読めません" in odd
    assert unseen == asked.UNSEEN


def told(method="get", **parameters):
    view = asked.knows("q", "page")(lambda request: HttpResponse())
    request = getattr(RequestFactory(), method)("/", parameters)
    request._messages = Said()
    view(request)
    return list(request._messages)


def test_a_list_says_what_it_does_not_understand():
    assert told(q="a", page="2") == []
    assert told(q="a", sort="x", o="-1") == [asked.UNSORTED]
    assert told(colour="red", size="1") == [
        "「colour」、「size」というしぼり込みはありません。ほかのしぼり込みは、そのまま使っています。"
    ]
    assert told(**{"\u200b": "x"}) == [asked.UNREAD]
    assert "長" * 21 not in told(**{"長" * 500: "x"})[0]
    assert told("post", sort="x") == []


def test_a_capped_count_ends_where_nobody_counts_on(db, monkeypatch):
    monkeypatch.setattr(asked, "MOST_COUNTED", 3)
    for number in range(5):
        make_company(name=f"社{number}")
    rows = Company.objects.all()
    pages = [asked.page(rows, "9", 2, capped=capped) for capped in (False, True)]
    assert [(page.paginator.count, page.paginator.more, page.number) for page in pages] == [
        (5, False, 3),
        (3, True, 2),
    ]
    few = asked.page(rows[:0], "", capped=False)
    assert (few.paginator.count, few.paginator.more) == (0, False)


def test_a_page_and_its_count_are_one_query(db, django_assert_num_queries):
    for number in range(5):
        make_company(name=f"社{number}")
    rows = Company.objects.order_by("pk")
    with django_assert_num_queries(1):
        page = asked.page(rows, "3", 2)
        assert (page.paginator.count, page.number, [str(row) for row in page]) == (5, 3, ["社4"])
    with django_assert_num_queries(1):
        nothing = asked.page(rows.filter(name="ない"), "", 2)
        assert (nothing.paginator.count, nothing.number, list(nothing)) == (0, 1, [])
    assert [asked.page(rows, number, 2).number for number in ("0", "4", "x")] == [1, 3, 1]
    assert asked.page(rows.values("name"), "2", 2).paginator.count == 5


def test_what_was_counted_already_is_not_counted_again(db, django_assert_num_queries):
    for number in range(5):
        make_company(name=f"社{number}")
    rows = Company.objects.order_by("pk")
    with django_assert_num_queries(1) as asked_for:
        page = asked.page(rows, "3", 2, in_all=5)
        assert (page.paginator.count, page.number, [str(row) for row in page]) == (5, 3, ["社4"])
    assert "COUNT" not in asked_for[0]["sql"].upper()
    assert asked.page(rows, "9", 2, in_all=5).number == 3
