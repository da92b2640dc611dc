"""The address bar: pages that do not exist, and what a list does not understand."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from iri_exchange.lib import asked
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
