"""Every address of the URLconf, as everybody, wide and narrow: no complaint of axe, the console or a phone."""

from typing import Any

import pytest
from playwright.sync_api import APIResponse, BrowserContext, Page

from tests.e2e.inspection import PHONE, WIDE, Inspector
from tests.e2e.portal import ROLES, log_in
from tests.urlmap import addresses

pytestmark = pytest.mark.e2e

# The package's pages for what this portal does not offer, or that only a link in a letter opens.
BY_LETTER = ("account_confirm_email", "account_reset_password_from_key")


def paths(objects: dict[str, Any]) -> list[str]:
    """Every address, filled in, and what else is to be looked at. Admin pages of what the demo lacks are left out."""
    known = [each for each in addresses() if each.is_ours or each.has_objects(objects)]
    pages = {each.path(objects) for each in known if not each.name.startswith(BY_LETTER)}
    return sorted(pages.union(objects["also"]))


def is_page(answer: APIResponse) -> bool:
    return answer.headers.get("content-type", "").startswith("text/html")


# The admin has as many pages as all the rest: two processes share them.
@pytest.mark.parametrize("part", ["portal", "admin"])
@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_in_order(role, part, portal, browser):
    context = log_in(browser, portal, role)
    # Staff see every page, and a visitor the public ones: there axe looks at the wide page, too.
    widths = (PHONE,) if role in ("member", "secretary") else (WIDE, PHONE)
    inspector = Inspector(context, portal.url, axe_at=widths)
    for path in paths(portal.objects):
        if path.startswith("/admin/") != (part == "admin"):
            continue
        answer = inspector.ask(path)
        if answer.status >= 500:
            inspector.faults.append(f"{path}: answers {answer.status}")
        elif answer.status < 300 and is_page(answer):
            inspector.look_at(path)
    inspector.look_at("/no/such/page/")
    inspector.follow_links()
    context.close()
    assert not inspector.faults, "\n" + "\n".join(inspector.faults)


@pytest.mark.parametrize("role", ["visitor", "secretary"])
def test_every_page_stands_without_scripts(role, portal, browser):
    logged_in = log_in(browser, portal, role)
    context = browser.new_context(
        base_url=portal.url, storage_state=logged_in.storage_state(), java_script_enabled=False
    )
    logged_in.close()
    page = context.new_page()
    for path in paths(portal.objects):
        answer = context.request.get(path, max_redirects=0)
        if answer.status < 300 and is_page(answer) and not path.startswith("/admin/"):
            page.goto(path)
            assert page.locator("main h1").is_visible(), path
    context.close()


def planted(context: BrowserContext, portal, html: str) -> list[str]:
    """What the inspector says about a page that holds this."""
    context.route(
        "**/planted/", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8")
    )
    inspector = Inspector(context, portal.url)
    inspector.look_at("/planted/")
    inspector.follow_links()
    return inspector.faults


GOOD = '<!doctype html><html lang="ja"><head><title>ページ</title></head><body><main><h1>見出し</h1>{}</main></body></html>'


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ("<h1>二つめ</h1>", "2 h1"),
        ('<img src="/static/favicon.svg">', "image-alt"),
        ('<p style="color:#bbb">薄い文字</p>', "color-contrast"),
        ("<pre>" + "長" * 200 + "</pre>", "scrolls sideways"),
        ('<a href="#nowhere">下へ</a>', "#nowhere leads nowhere"),
        ('<a href="/no/such/page/">先へ</a>', "/no/such/page/ answers 404"),
        ("<script>console.error('x')</script>", "console: x"),
        ('<img alt="" src="http://127.0.0.2:9/a.png">', "asks another host"),
    ],
)
def test_a_planted_fault_is_seen(fault, sentence, portal, browser):
    context = browser.new_context(base_url=portal.url)
    faults = planted(context, portal, GOOD.format(fault))
    context.close()
    assert any(sentence in each for each in faults), faults


def test_a_page_in_order_passes(portal, browser):
    context = browser.new_context(base_url=portal.url)
    assert planted(context, portal, GOOD.format("<p>本文です。</p>")) == []
    context.close()


def test_policy_refuses_an_inline_script(portal, browser):
    """The policy that the pages are sent with is what the browser applies."""
    context = browser.new_context(base_url=portal.url)
    page: Page = context.new_page()
    page.goto("/")
    reports: list[str] = []
    page.on("console", lambda message: reports.append(message.text))
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))"
    )
    assert page.evaluate("window.ran") is None
    assert any("Content Security Policy" in report for report in reports)
    context.close()
