"""The page of a batch while the worker is at it, and when it has ended."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from groups.models import ImportBatch
from tests.groups.batches import CHANGED, NEW, SAME, main_button, make_batch, report_of, show, text_of
from tests.strictness import parse_strictly

COUNTS = {"new": 1, "changed": 1, "same": 1, "doubtful": 0}


# ── under way ────────────────────────────────────────────────────────────────


def test_a_reading_says_how_far_it_is_and_looks_again_by_itself(staff, group):
    batch = make_batch(
        group, staff.user, "reading", rows_total=20_000, rows_done=6_200, moved_at=timezone.now()
    )

    response = show(staff, batch)

    page = response.content.decode()
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    assert '<progress class="gauge" aria-label="読み取り中" value="6200" max="20000"></progress>' in page
    assert "20,000行のうち6,200行" in page
    status = next(each for each in parse_strictly(page).iter() if each.get("role") == "status")
    assert "".join(status.itertext()) == "読み取り中です。およそ30パーセントまで進みました。"
    assert "中止する" in page
    assert "もう一度読み取る" not in page


def test_a_reader_may_stop_the_page_from_renewing_itself(staff, group):
    page = show(staff, make_batch(group, staff.user, "reading"), still="1").content.decode()

    assert "http-equiv" not in page
    assert "progress.js" not in page
    assert "いまの様子を見る" in page


def test_a_reading_that_stands_still_says_what_to_do(staff, group):
    long_ago = timezone.now() - datetime.timedelta(seconds=61)
    batch = make_batch(group, staff.user, "reading", rows_total=9, moved_at=long_ago)

    page = text_of(show(staff, batch))

    assert "1分以上、進んでいません。「もう一度読み取る」を押してください。" in page
    assert "もう一度読み取る" in page


def test_a_file_that_nobody_has_begun_to_read_stands_still_too(staff, group):
    batch = make_batch(group, staff.user, "reading")
    ImportBatch.objects.update(uploaded_at=timezone.now() - datetime.timedelta(minutes=2))

    assert "1分以上、進んでいません。" in text_of(show(staff, batch))


@pytest.mark.parametrize(("state", "label"), [("writing", "取込中"), ("undoing", "取り消し中")])
def test_writing_and_taking_back_cannot_be_stopped(staff, group, state, label):
    response = show(staff, make_batch(group, staff.user, state, report_of(NEW), moved_at=timezone.now()))

    page = text_of(response)
    assert label in page
    assert "中止する" not in page
    assert " value=" not in response.content.decode().split("<progress")[1].split(">")[0]


@pytest.mark.parametrize(("minutes", "stuck"), [(4, False), (6, True)])
def test_who_writes_is_given_more_time(staff, group, minutes, stuck):
    begun = timezone.now() - datetime.timedelta(minutes=minutes)
    batch = make_batch(group, staff.user, "writing", report_of(NEW), moved_at=begun)

    page = text_of(show(staff, batch))

    assert ("5分以上、進んでいません。「もう一度読み取る」を押してください。" in page) == stuck


# ── afterwards ───────────────────────────────────────────────────────────────


def test_a_finished_import_says_what_was_done(staff, group):
    report = report_of(NEW, CHANGED, SAME, bad=True)
    batch = make_batch(group, staff.user, "committed", report, counts=COUNTS, left_bad=True)

    response = show(staff, batch)

    page = text_of(response)
    assert "新規1・変更1・同じ1・直すところのある行を残しました" in page
    assert "内容が変わった会員" in page
    assert "<del>042-1</del> → <ins>042-2</ins>" in response.content.decode()
    assert reverse("import_bad_rows", args=[batch.pk]) in response.content.decode()
    assert reverse("group_roster_pdf", args=["keyaki"]) in response.content.decode()
    assert main_button(response) == ["会員の一覧を見る"]


@pytest.mark.parametrize(("days", "offered"), [(29, True), (31, False)])
def test_an_import_can_be_taken_back_for_thirty_days(staff, group, days, offered):
    finished = timezone.now() - datetime.timedelta(days=days)
    batch = make_batch(group, None, "committed", None, counts=COUNTS, finished_at=finished)

    page = show(staff, batch).content.decode()

    assert (reverse("import_undo", args=[batch.pk]) in page) == offered
    assert ("30日を過ぎたので、取り消せません。" in page) != offered
    assert "（コマンド）" in page


@pytest.mark.parametrize(
    ("state", "said"),
    [("undone", "名簿は、取り込む前の内容に戻っています。"), ("discarded", "名簿は変わっていません。")],
)
def test_what_has_ended_says_what_was_and_what_comes_next(staff, group, state, said):
    response = show(staff, make_batch(group, staff.user, state, None, message="途中で止まりました。"))

    assert said in text_of(response)
    assert "途中で止まりました。" in text_of(response)
    assert main_button(response) == ["ファイルを選ぶ"]
