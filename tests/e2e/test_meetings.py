"""Meetings in a real browser: no tick is lost with the line, two phones agree, and what is typed outlives the log-in."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.portal import PASSWORD, ROLES, Portal, log_in

pytestmark = pytest.mark.e2e
PHONE = {"width": 360, "height": 760}
NARROWEST_TARGET = 44
# The reception looks every five seconds, and the minutes save themselves every eight.
PATIENCE = 20_000


@pytest.fixture
def phone(portal: Portal, browser: Browser) -> Iterator[Callable[[], BrowserContext]]:
    """A phone on which the secretary is logged in; as many as are asked for."""
    opened: list[BrowserContext] = []

    def another() -> BrowserContext:
        context = log_in(browser, portal, "secretary", viewport=PHONE, has_touch=True)
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context

    yield another
    for context in opened:
        context.close()


def reception(context: BrowserContext, portal: Portal) -> Page:
    page = context.new_page()
    page.goto(f"/meetings/{portal.objects['received']}/attendance/")
    return page


def key(page: Page, number: int, kind: str) -> None:
    """Press a key of the strip at this place of the list."""
    page.locator(f".strip >> nth={number}").locator(f".key:has(input[value={kind}])").tap()


def pressed(page: Page, number: int) -> str:
    found = page.locator(f".strip >> nth={number}").locator("input[type=radio]:checked")
    return found.get_attribute("value") or "" if found.count() else ""


def said(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.locator("[data-said]")).to_have_text(words, timeout=PATIENCE)


def test_a_line_that_is_lost_loses_no_tick(phone, portal):
    """Not even when the page is closed before the line is back."""
    context = phone()
    page = reception(context, portal)
    key(page, 0, "present")
    said(page, "保存しました")
    context.set_offline(True)
    for number, kind in ((1, "present"), (2, "late"), (3, "absent"), (1, "early")):
        key(page, number, kind)
    said(page, re.compile(r"つながったら送ります（3件）"))
    page.close()
    context.set_offline(False)
    page = reception(context, portal)
    said(page, "保存しました")
    elsewhere = reception(phone(), portal)
    for each in (page, elsewhere):
        assert [pressed(each, number) for number in range(4)] == ["present", "early", "late", "absent"]


def test_two_phones_show_the_same(phone, portal):
    """Each what the other ticked; of two keys for one person, the later."""
    one, other = (reception(phone(), portal) for _ in range(2))
    key(one, 5, "present")
    key(other, 6, "late")
    said(one, "保存しました")
    said(other, "保存しました")
    key(other, 5, "absent")
    said(other, "保存しました")
    for page in (one, other):
        expect(page.locator(".strip >> nth=5").locator("input[value=absent]")).to_be_checked(timeout=PATIENCE)
        expect(page.locator(".strip >> nth=6").locator("input[value=late]")).to_be_checked(timeout=PATIENCE)


@pytest.mark.parametrize("by", ["the button", "itself"])
def test_what_is_typed_outlives_the_log_in(by, phone, portal):
    """The session ends while somebody writes: the text is there after the next log-in."""
    context = phone()
    page = context.new_page()
    address = f"/meetings/{portal.objects['received']}/minutes/edit/"
    page.goto(address)
    text = f"次は工場を見学します（{by}）。"
    context.clear_cookies(name="sessionid")
    page.fill("[name=decisions]", text)
    if by == "itself":
        expect(page.locator("[data-autosave-said]")).to_contain_text(
            "ログインが切れています", timeout=PATIENCE
        )
        page.goto(address)
    else:
        with page.expect_navigation():
            page.get_by_role("button", name="保存する", exact=True).tap()
    page.fill("[name=login]", ROLES["secretary"])
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    if by == "itself":
        page.get_by_role("button", name="その内容を戻す").tap()
    assert page.input_value("[name=decisions]") == text


def test_a_reply_on_a_phone_is_one_tap(portal, browser):
    """Out of the letter: the answer is ready, the button is large, and nothing scrolls sideways."""
    context = browser.new_context(base_url=portal.url, locale="ja-JP", viewport=PHONE, has_touch=True)
    page = context.new_page()
    page.goto(f"/reply/{portal.objects['answered']}/?answer=yes")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= PHONE["width"]
    keys = page.locator("main .key, main button.btn")
    small = [box for each in keys.all() if (box := each.bounding_box()) and box["height"] < NARROWEST_TARGET]
    assert small == []
    with page.expect_navigation():
        page.get_by_role("button", name="この内容で返事をする").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("お返事を受け取りました")
    assert "出席します" in page.content()
    context.close()
