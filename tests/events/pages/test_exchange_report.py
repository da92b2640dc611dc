"""The report on the page and as files, and the words that the office writes."""

import pytest

from tests.events.exchange.after.over import make_guest, make_recent, make_today

PAGE = "/office/joint/2026/report/"


@pytest.fixture
def exchange(office):
    made = make_recent()
    make_guest(made, "秘密 花子", trade="E")
    return made


def test_tables_with_bars_and_no_names(exchange, staff):
    page = staff.client.get(PAGE).text
    assert "種類ごとの参加" in page
    assert page.count("<svg height") == 1
    assert "秘密" not in page


@pytest.mark.parametrize(
    ("path", "kind"),
    [("report.pdf", "application/pdf"), ("report.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")],
)  # fmt: skip
def test_files(exchange, staff, path, kind):
    answer = staff.client.get(f"/office/joint/2026/{path}")
    assert (answer.status_code, answer["Content-Type"]) == (200, kind)
    assert f"joint_2026_{path}" in answer["Content-Disposition"]
    assert staff.client.head(f"/office/joint/2026/{path}").status_code == 200


def test_words_once_it_is_over(exchange, staff):
    assert staff.client.post(f"{PAGE}words/", {"report_words": "よい日でした。"}).url == PAGE
    assert "よい日でした。" in staff.client.get(PAGE).text


def test_no_words_before_the_end(office, staff):
    make_today()
    early = staff.client.post(f"{PAGE}words/", {"report_words": "早すぎる"})
    assert "合同交流会が終わってから、行えます。" in early.text
    assert "早すぎる" in early.text


def test_two_at_once_are_asked(exchange, staff):
    staff.client.post(f"{PAGE}words/", {"report_words": "はじめ"})
    form = staff.client.get(f"{PAGE}words/").context["form"]
    staff.client.post(f"{PAGE}words/", {"report_words": "先に"})
    page = staff.client.post(f"{PAGE}words/", {"report_words": "後に", "record-version": form.record_version})
    assert page.status_code == 200
    assert "先に" in page.text
    assert "後に" in page.text
