"""Looking through a report: the order, the keys, the search, the pages."""

import pytest

from groups.importing.browsing import HEADINGS, KEYS, browse
from tests.groups.batches import CHANGED, DOUBTFUL, LEFT, NEW, NOTICE, SAME, many, report_of

EVERYTHING = report_of(
    SAME, NEW, CHANGED, DOUBTFUL, LEFT, bad=True, warnings=[NOTICE], missing=["株式会社留守"]
)


def kinds(report, show="", words="", number="", **options):
    browsing = browse(report, show=show, words=words, number=number, **options)
    return [section.kind for section in browsing.sections]


def names(report, words, show=""):
    browsing = browse(report, show=show, words=words, number="")
    return [line.names for line in browsing.page]


def test_what_needs_somebody_comes_first_and_what_stays_comes_last():
    assert kinds(EVERYTHING) == list(HEADINGS)
    assert set(KEYS) == set(HEADINGS)


def test_keys_count_what_their_list_shows():
    browsing = browse(EVERYTHING, show="", words="", number="")
    for key in browsing.keys[1:]:
        shown = browse(EVERYTHING, show=key.kind, words="", number="")
        assert (shown.page.paginator.count, [each.kind for each in shown.keys if each.chosen]) == (
            key.count,
            [key.kind],
        )
    assert (browsing.keys[0].label, browsing.keys[0].count) == ("すべての行", 6)


def test_rare_kinds_are_told_only_if_there_are_any():
    browsing = browse(report_of(NEW), show="", words="", number="")
    assert [(key.kind, key.count) for key in browsing.keys] == [
        ("all", 1), ("new", 1), ("changed", 0), ("same", 0), ("doubtful", 0), ("notice", 0), ("problem", 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("新顔", ["株式会社新顔製作所 新田 花子"]),
        ("㈱新顔　花子", ["株式会社新顔製作所 新田 花子"]),
        ("ヘンカ", []),
        ("難有", ["株式会社難有 19600"]),
        ("留守", ["株式会社留守"]),
        ("どこにもない", []),
    ],
)
def test_names_are_found_however_they_are_written(words, found):
    assert names(EVERYTHING, words) == found


def test_a_search_holds_within_the_kind_that_is_shown():
    assert names(EVERYTHING, "新顔", show="changed") == []


def test_a_notice_is_found_by_the_name_of_its_row():
    report = report_of(NEW, warnings=[NOTICE, NOTICE.__class__(5, "フリガナ", "フリガナがありません。")])
    assert kinds(report, words="新顔") == ["new", "notice"]


@pytest.mark.parametrize("show", ["", "all", "nonsense", "\0"])
def test_another_kind_is_no_question(show):
    assert browse(EVERYTHING, show=show, words="", number="").show == "all"


def test_a_short_file_is_one_page_and_folds_what_stays():
    browsing = browse(report_of(*many(99), NEW), show="", words="", number="7")
    assert (browsing.page.number, browsing.page.has_other_pages(), browsing.fold_same) == (1, False, True)
    assert not browse(report_of(*many(99)), show="same", words="", number="").fold_same


@pytest.mark.parametrize(("number", "page"), [("", 1), ("2", 2), ("3", 3), ("99", 3), ("-1", 1), ("x", 1)])
def test_a_long_file_has_fifty_lines_a_page(number, page):
    browsing = browse(report_of(*many(100), *many(2, "new", 200)), show="", words="", number=number)
    assert (browsing.page.number, browsing.page.paginator.num_pages) == (page, 3)
    assert not browsing.fold_same
    assert browsing.sections[-1].total == 100


def test_a_search_box_only_where_there_is_something_to_search_in():
    assert [
        browse(report_of(*many(count)), show="", words="", number="").searchable for count in (25, 26)
    ] == [
        False,
        True,
    ]
    assert browse(report_of(NEW), show="", words="花", number="").searchable


def test_after_the_import_it_is_told_as_done():
    browsing = browse(EVERYTHING, show="", words="", number="", done=True)
    assert browsing.sections[2].heading == "内容が変わった会員"
    assert browsing.keys[1].label == "新しく加わった"


def test_a_report_without_anything():
    browsing = browse(report_of(), show="", words="", number="")
    assert (browsing.sections, browsing.page.paginator.count) == ([], 0)
