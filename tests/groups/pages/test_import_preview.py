"""One address for the whole life of a batch: what it shows in each state."""

from dataclasses import replace

import pytest
from django.urls import reverse

from groups.importing.report import ColumnRead, Layout, SheetChoice
from groups.models import ImportBatch
from tests.groups.batches import (
    CHANGED,
    DOUBTFUL,
    LAYOUT,
    LEFT,
    NEW,
    NOTICE,
    SAME,
    main_button,
    make_batch,
    many,
    report_of,
    show,
    text_of,
)
from tests.strictness import parse_strictly


def previewed(staff, group, *rows, **fields):
    report = report_of(
        *rows, **{name: fields.pop(name) for name in ("bad", "warnings", "layout") if name in fields}
    )
    return make_batch(group, staff.user, "previewed", report, **fields)


# ── the preview ──────────────────────────────────────────────────────────────


def test_cell_by_cell_from_the_old_to_the_new(staff, group):
    page = show(staff, previewed(staff, group, CHANGED, NEW, SAME)).content.decode()

    assert "<del>042-1</del> → <ins>042-2</ins>" in page
    assert "<del>（空）</del> → <ins>金型</ins>" in page
    assert "新しく登録します。" in page


@pytest.mark.parametrize(
    ("rows", "bad", "button"),
    [
        ([NEW, CHANGED, SAME], False, "2件を取り込む"),
        ([SAME], False, "変わらないことを確かめて終える"),
        ([NEW, DOUBTFUL], False, "答えを入れて、読み直す"),
        ([NEW, DOUBTFUL], True, "答えを入れて、読み直す"),
        ([NEW], True, "直したファイルを選ぶ"),
        ([], True, "直したファイルを選ぶ"),
        (many(1_200, "new"), False, "1,200件を取り込む"),
    ],
)
def test_one_main_button_that_says_what_it_does(staff, group, rows, bad, button):
    assert main_button(show(staff, previewed(staff, group, *rows, bad=bad))) == [button]


def test_good_rows_can_be_taken_while_the_bad_are_left(staff, group):
    page = text_of(show(staff, previewed(staff, group, NEW, CHANGED, bad=True)))

    assert "1行を残して、ほかの2件を取り込む" in page
    assert "直すところの一覧（Excel）" in page
    assert "7けたの数字で入れてください。" in page


def test_the_ways_on_do_not_stand_between_a_key_and_its_rows(staff, group):
    batch = previewed(staff, group, NEW, DOUBTFUL, bad=True)

    shown = [
        kind
        for kind in ("", "problem", "doubtful")
        if "次のどちらかを" in text_of(show(staff, batch, show=kind))
    ]

    assert shown == ["", "problem"]


def test_open_questions_come_before_taking_the_good_rows(staff, group):
    page = text_of(show(staff, previewed(staff, group, NEW, DOUBTFUL, bad=True)))

    assert "ほかの1件を取り込む" not in page
    assert "先に、下の「お聞きしたいこと」にお答えください。" in page


def test_without_good_rows_there_is_only_mending(staff, group):
    page = text_of(show(staff, previewed(staff, group, SAME, bad=True)))

    assert "ほかの行を、先に取り込む" not in page
    assert "直すところの一覧（Excel）" in page


def test_a_doubt_offers_each_record_another_one_and_leaving_it_out(staff, group):
    page = parse_strictly(show(staff, previewed(staff, group, DOUBTFUL)).content)

    radios = [each for each in page.iter("input") if each.get("type") == "radio"]
    assert [(each.get("name"), each.get("value"), each.get("form")) for each in radios] == [
        ("answer-7", "7", "take"),
        ("answer-7", "0", "take"),
        ("answer-7", "-1", "take"),
    ]
    assert [each.get("id") for each in page.iter("form") if each.get("id")] == ["take"]


@pytest.mark.parametrize(
    ("asks", "question"),
    [
        ("renamed", "法人番号が同じで、名前が違います。名前の変わった同じ企業ですか。"),
        ("returns", "退会した会員です。会に戻りますか。"),
    ],
)
def test_of_a_record_that_is_certain_the_answer_cannot_be_another_one(staff, group, asks, question):
    row = replace(DOUBTFUL, doubts=[replace(DOUBTFUL.doubts[0], asks=asks)])
    response = show(staff, previewed(staff, group, row))

    radios = [each for each in parse_strictly(response.content).iter("input") if each.get("type") == "radio"]
    assert [each.get("value") for each in radios] == ["7", "-1"]
    assert question in text_of(response)


def test_answers_that_were_given_can_be_given_again(staff, group):
    page = text_of(show(staff, previewed(staff, group, NEW, LEFT, answers={"8": -1})))

    assert "お答え1件を入れて読みました。" in page
    assert "答え直す" in page
    assert "この行は、取り込みません。" in page


def test_why_it_stands_here_again_is_told(staff, group):
    assert "名簿が変わったので" in text_of(
        show(staff, previewed(staff, group, NEW, message="名簿が変わったので…"))
    )


def test_a_reading_without_a_report_is_read_again(staff, group):
    response = show(staff, make_batch(group, staff.user, "previewed"))

    assert "読み取りの結果がありません" in text_of(response)
    assert main_button(response) == ["読み直す"]


# ── narrowed, page by page ───────────────────────────────────────────────────


def test_keys_lead_to_the_rows_they_count(staff, group):
    batch = previewed(staff, group, NEW, CHANGED, SAME, bad=True)

    here = reverse("import_preview", args=[batch.pk])
    assert (
        f'<a href="{here}?show=changed#rows"><b>1</b><span>変わる</span></a>'
        in show(staff, batch).content.decode()
    )
    response = show(staff, batch, show="changed")
    assert [section.kind for section in response.context["browsing"].sections] == ["changed"]
    assert 'show=changed#rows" aria-current="true"' in response.content.decode()


def test_a_long_file_is_shown_fifty_rows_at_a_time(staff, group):
    batch = previewed(staff, group, *many(101))

    page = show(staff, batch, show="same", page="3", q="第").content.decode()

    assert page.split('<div id="rows">')[1].count('role="rowheader"') == 1
    assert "?show=same&amp;page=2&amp;q=%E7%AC%AC" in page


def test_a_search_that_finds_nothing_shows_the_way_back(staff, group):
    page = text_of(show(staff, previewed(staff, group, *many(30)), q="どこにもない"))

    assert "あてはまる行は、ありません" in page


@pytest.mark.parametrize(
    "asked", [{"show": "\0"}, {"page": "x"}, {"q": "\0" * 500}, {"show": "all", "page": "-3"}]
)
def test_nonsense_in_the_address_is_no_question(staff, group, asked):
    assert show(staff, previewed(staff, group, NEW), **asked).status_code == 200


@pytest.mark.parametrize("rows", [1, 300])
def test_the_preview_asks_as_much_for_three_hundred_rows_as_for_one(
    staff, group, django_assert_num_queries, rows
):
    batch = previewed(staff, group, *many(rows))

    with django_assert_num_queries(4):
        show(staff, batch)


def test_looking_writes_nothing(staff, group, django_assert_num_queries):
    batch = previewed(staff, group, NEW)
    before = ImportBatch.objects.values().get()

    show(staff, batch)

    assert ImportBatch.objects.values().get() == before


# ── how it was read ──────────────────────────────────────────────────────────


def test_columns_show_their_samples_and_their_meaning(staff, group):
    page = parse_strictly(show(staff, previewed(staff, group, NEW, warnings=[NOTICE])).content)

    chosen = {
        select.get("name"): option.get("value")
        for select in page.iter("select")
        for option in select.iter("option")
        if option.get("selected") is not None
    }
    assert chosen == {"sheet": "名簿", "column-0": "company_name", "column-1": "phone", "column-2": ""}
    words = "".join(page.itertext())
    assert "青葉精機、こだま電子" in words
    assert "取り込まない列：備考" in words
    assert "列の読み方を見る・直す（3列のうち2列を取り込みます）" in words


def test_one_sheet_leaves_no_choice(staff, group):
    layout = Layout("名簿", [SheetChoice("名簿", 9)], 3, LAYOUT.columns, remembered=True)

    page = text_of(show(staff, previewed(staff, group, NEW, layout=layout)))

    assert "このシートを読む" not in page
    assert "前に直していただいた読み方で読みました。" in page


def test_a_table_whose_columns_nobody_knows_asks_for_them_first(staff, group):
    columns = [ColumnRead(0, "A", "", "", ["青葉精機"])]
    layout = Layout("名簿", [SheetChoice("名簿", 9)], 0, columns, needs_mapping=True)

    response = show(staff, previewed(staff, group, layout=layout))

    assert "列の読み方を教えてください" in text_of(response)
    assert main_button(response) == ["この読み方で読み直す"]


def test_a_batch_that_does_not_exist(staff, group):
    assert staff.client.get("/imports/999/").status_code == 404
