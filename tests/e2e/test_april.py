"""April in a real browser: a company applies on a phone, the office decides on the workbench; both touch nothing but keys."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from groups.forms.applying import LEAST_SECONDS
from tests.e2e.portal import ROOT, Portal, log_in

pytestmark = pytest.mark.e2e
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
PICTURES = ROOT / "var" / "pictures"  # taken where the folder is there
COMPANY = "しずく計装株式会社"
# In the order of the page: a field that is passed over stays as it is.
BEFORE_THE_ADDRESS = {"name": COMPANY, "kana": "しずくけいそう", "postal_code": "１９００００２"}
WRITTEN = {
    "street": "9-8",
    "phone": "０４２－６００－７７９９",
    "employees": "24",
    "products": "水位計の取付けと点検",
    "p1_family_name": "雫",
    "p1_given_name": "一葉",
    "p1_family_kana": "しずく",
    "p1_given_kana": "かずは",
    "motive": "計装のほかの分野の方と、月に一度、話をしたいと思いました。",
    "contact_email": "shizuku@example.jp",
}
# How often the arrow is pressed.
CHOSEN = {"in_tokyo": 1, "industry": 5, "sme_category": 1}
TICKED = ("no_antisocial_ties", "consent_purpose", "consent_roster")
ORDER = [
    "in_tokyo",
    "street",
    "phone",
    "industry",
    "sme_category",
    "employees",
    "products",
    "p1_family_name",
    "p1_given_name",
    "p1_family_kana",
    "p1_given_kana",
    "motive",
    "contact_email",
    "no_antisocial_ties",
    "consent_purpose",
    "consent_roster",
]
HERE = "element => document.activeElement === element"


@pytest.fixture
def phone(portal: Portal, browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=portal.url, locale="ja-JP", viewport=PHONE, has_touch=True, reduced_motion="reduce"
    )
    context.set_default_timeout(30_000)
    yield context
    context.close()


def test_a_company_applies_on_a_phone_and_the_office_decides(portal, browser, phone):
    complaints = listening_to(phone)
    page = phone.new_page()
    page.goto("/")
    press(page, "a", "募集のページ")
    press(page, "a", "募集のページへ")
    press(page, "a", "応募する")
    fill_in(page)
    picture(page, "apply_filled")
    press(page, "button", "この内容を確かめる")
    picture(page, "apply_look")
    page.wait_for_timeout(LEAST_SECONDS * 1000)
    press(page, "button", "この内容で送る")
    press(page, "a", "デモの手紙のページ")
    press(page, "a", "応募を確かめてください")
    press(page, "a", re.compile("/applications/confirm/"))
    press(page, "button", "この応募を確かめました")
    assert "いまの状況：審査中" in page.content()
    assert not is_too_wide(page)
    picture(page, "status")

    office = log_in(browser, portal, "staff", viewport=DESK, reduced_motion="reduce")
    complaints += listening_to(office)
    decide(office.new_page())
    office.close()
    page.reload()
    assert "いまの状況：審査中" in page.content()
    assert complaints == []


def fill_in(page: Page) -> None:
    for name, text in BEFORE_THE_ADDRESS.items():
        go_to(page, f"[name={name}]")
        page.keyboard.type(text)
    press(page, "button", "郵便番号から住所を入れる")
    assert page.input_value("[name=city]") == "立川市"
    for name in ORDER:
        go_to(page, f"form [name={name}]")
        if name in CHOSEN:
            for _ in range(CHOSEN[name]):
                page.keyboard.press("ArrowDown")
        elif name in TICKED:
            page.keyboard.press("Space")
        else:
            page.keyboard.press("End")
            page.keyboard.type(WRITTEN[name])
    assert not is_too_wide(page)


def decide(page: Page) -> None:
    """Accepted, then put on the waiting list and one place forward; a scenario is kept under a name."""
    page.goto("/office/")
    press(page, "a", "応募を見る")
    press(page, "a", "顔ぶれを考える")
    press(page, "button", f"採択：{COMPANY}")
    assert column_of(page) == "採択"
    picture(page, "workbench")
    # The keyboard goes on where the card went.
    press(page, "button", f"補欠：{COMPANY}", most=6)
    assert column_of(page) == "補欠"
    go_to(page, "#scenarios [name=name]")
    page.keyboard.type("水まわりを厚く")
    press(page, "button", "案として残す")
    assert "案「水まわりを厚く」" in page.locator("h1").inner_text()
    picture(page, "scenario")


def column_of(page: Page) -> str:
    column = page.locator(".board-column", has=page.get_by_role("heading", name=COMPANY))
    return column.locator("h3 span").first.inner_text()


def press(page: Page, tag: str, words: str | re.Pattern[str], most: int = 400) -> None:
    """Tab to the link or button that says so, and press Enter."""
    if isinstance(words, str):
        goal = page.locator(f"main {tag}:not([tabindex='-1'])", has_text=words).first
    else:
        goal = page.locator("main a").filter(has_text=words).first
    tab_to(page, goal, most)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def go_to(page: Page, selector: str) -> None:
    tab_to(page, page.locator(f"main {selector}").first)


def tab_to(page: Page, goal: Locator, most: int = 400) -> None:
    """Forward, as far as it takes."""
    goal.wait_for()
    for _ in range(most):
        if goal.evaluate(HERE):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not come to {goal} on {page.url}")


def listening_to(context: BrowserContext) -> list[str]:
    """What the browser says against a page."""
    said: list[str] = []
    context.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    context.on("weberror", lambda error: said.append(str(error.error)))
    return said


def is_too_wide(page: Page) -> bool:
    return bool(page.evaluate("document.scrollingElement.scrollWidth > window.innerWidth"))


def picture(page: Page, name: str, folder: Path = PICTURES) -> None:
    if folder.is_dir():
        page.screenshot(path=folder / f"april_{name}.png", full_page=True)
