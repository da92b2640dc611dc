"""A page about work under way keeps itself current, with scripts and without, and leaves the reader where they are."""

import pytest
from playwright.sync_api import expect

from tests.e2e.portal import log_in

pytestmark = pytest.mark.e2e


def test_the_page_of_a_reading_follows_it(portal, browser):
    scripted = log_in(browser, portal, "staff")
    plain = browser.new_context(
        base_url=portal.url, storage_state=scripted.storage_state(), java_script_enabled=False
    )
    pages = [scripted.new_page(), plain.new_page()]
    address = f"/imports/{portal.objects['batches']['reading']}/"
    for page in pages:
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_have_text("読み取り中")
    stop = pages[0].get_by_role("button", name="中止する")
    stop.focus()
    pages[0].wait_for_timeout(5_000)
    expect(stop).to_be_focused()

    elsewhere = scripted.new_page()
    elsewhere.goto(address)
    elsewhere.get_by_role("button", name="中止する").click()

    for page in pages:
        expect(page.get_by_role("heading", level=1)).to_have_text("取りやめ", timeout=10_000)
    plain.close()
    scripted.close()
