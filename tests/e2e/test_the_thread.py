"""The main job in one go: log in by keyboard, bring a roster in, correct one company, print the list."""

import csv
import io
import re

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.e2e.portal import NEW_GROUP, PASSWORD, ROLES, ROOT

pytestmark = pytest.mark.e2e
ROSTER = ROOT / "tests" / "data" / "tama24.csv"


def press_tab_until(page: Page, selector: str) -> None:
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.locator(selector).first.evaluate("field => field === document.activeElement"):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def test_roster_in_and_out(portal, browser):
    context = browser.new_context(base_url=portal.url, locale="ja-JP")
    page = context.new_page()
    rows = csv.reader(io.StringIO(ROSTER.read_text("cp932")))
    names = [row[1] for row in rows if row and row[0].isdigit()]
    log_in_by_keyboard(page)
    bring_in(page, len(names))
    correct(page, names[0])
    print_and_read(page, names)
    context.close()


def log_in_by_keyboard(page: Page) -> None:
    page.goto("/accounts/login/")
    press_tab_until(page, "input[name=login]")
    page.keyboard.type(ROLES["staff"])
    press_tab_until(page, "input[name=password]")
    page.keyboard.type(PASSWORD)
    press_tab_until(page, "main button")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/(office|my)/"))


def bring_in(page: Page, count: int) -> None:
    page.goto(f"/groups/{NEW_GROUP}/import/")
    page.get_by_label("名簿のファイル").set_input_files(ROSTER)
    page.get_by_role("button", name="内容を確かめる").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("取込の確認")
    page.get_by_role("button", name=f"{count}件を取り込む").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("取り込みました")
    page.get_by_role("link", name="会員の一覧を見る").click()
    expect(page).to_have_url(re.compile(rf"/groups/{NEW_GROUP}/members/"))
    expect(page.locator("tbody tr")).to_have_count(count)


def correct(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).first.click()
    page.get_by_role("link", name="内容を直す").first.click()
    page.get_by_label("郵便番号").fill("12-34")
    page.get_by_label("得意技術・設備").first.fill("5軸加工機を2台")
    page.get_by_role("button", name="保存する").click()
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("1か所、直してください")
    expect(page.get_by_label("郵便番号")).to_have_value("12-34")
    expect(page.get_by_label("得意技術・設備").first).to_have_value("5軸加工機を2台")
    summary.get_by_role("link").first.click()
    expect(page.get_by_label("郵便番号")).to_be_focused()
    page.get_by_label("郵便番号").fill("１９０－００１２")
    page.get_by_role("button", name="保存する").click()
    expect(page.locator("main")).to_contain_text("190-0012")
    expect(page.locator("main")).to_contain_text("5軸加工機を2台")


def print_and_read(page: Page, names: list[str]) -> None:
    answer = page.context.request.get(f"/groups/{NEW_GROUP}/roster.pdf?variant=office")
    assert answer.headers["content-type"] == "application/pdf"
    text = "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(answer.body())).pages)
    words = re.sub(r"\s", "", text)
    assert [name for name in names if re.sub(r"\s", "", name) not in words] == []
    assert "190-0012" in words
