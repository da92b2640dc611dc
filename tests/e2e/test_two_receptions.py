"""The day of the joint exchange in a real browser: two receptions, one person, one guest counted."""

import json

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.portal import Portal, log_in

pytestmark = pytest.mark.e2e
PATIENCE = 20_000  # the reception looks every five seconds
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 800}


def test_two_receptions_count_one_person_once(portal: Portal, browser: Browser):
    """Both have the person before them when the first presses; the second is told, and both show one who came."""
    today = json.loads(portal.python("-m", "tests.e2e.objects_today").splitlines()[-1])
    contexts = [log_in(browser, portal, "staff", viewport=size) for size in (DESK, PHONE)]
    watching, *pages = [contexts[0].new_page(), *(context.new_page() for context in contexts)]
    watching.goto(f"/office/joint/{today['year']}/reception/")
    expect(watching.locator("[data-count=all]")).to_have_text("0")
    for page in pages:
        page.goto(f"/joint/arrive/{today['token']}/")
    for page in pages:
        page.get_by_role("button", name="受け付ける", exact=True).click()
        page.wait_for_url("**/reception/**")
    expect(pages[0].locator(".said")).to_contain_text("架空 花子様を受け付けました")
    expect(pages[1].locator(".said")).to_contain_text("人数は、増やしていません")
    for page in (watching, *pages):
        expect(page.locator("[data-count=all]")).to_have_text("1", timeout=PATIENCE)
    for context in contexts:
        context.close()
