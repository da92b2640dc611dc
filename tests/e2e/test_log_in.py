"""From the invitation to the second step, in a browser with a device that knows passkeys, under the strict policy."""

import base64
import hashlib
import hmac
import re
import struct
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.e2e.portal import PASSWORD, log_in

pytestmark = pytest.mark.e2e
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
ADDRESS = "atarashii@example.jp"


@pytest.fixture
def here(portal, browser) -> Iterator[BrowserContext]:
    """A browser that knows the portal by a name: no passkey belongs to an address of numbers."""
    url = portal.url.replace("127.0.0.1", "localhost")
    context = browser.new_context(base_url=url, locale="ja-JP", reduced_motion="reduce")
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def complaints(here) -> list[str]:
    """What the browser says against a page: scripts and styles that the policy refuses, errors of our scripts."""
    said: list[str] = []
    here.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    here.on("weberror", lambda error: said.append(str(error.error)))
    return said


def invited(portal, browser) -> str:
    """The path of an invitation that the office sends to somebody without a login."""
    context = log_in(browser, portal, "staff")
    page = context.new_page()
    page.goto("/groups/tama24/invitations/")
    number = page.locator("input[name=person]").first.get_attribute("value")
    page.goto(f"/people/{number}/invitation/")
    page.fill("[name=email]", ADDRESS)
    with page.expect_navigation():
        page.get_by_role("button", name="招待を送る").click()
    page.goto("/demo/letters/")
    page.locator("main a[href^='/demo/letters/']").first.click()
    page.wait_for_url(re.compile(r"/demo/letters/\d+/"))
    found = re.search(r"/invitations/[\w-]+/", page.content())
    context.close()
    assert found
    return found[0]


def enter(page: Page, **typed: str) -> None:
    for name, text in typed.items():
        page.fill(f"[name={name}]", text)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def path(page: Page) -> str:
    return "/" + page.url.split("/", 3)[3]


def number_of_the_app(secret: str) -> str:
    """RFC 6238."""
    digest = hmac.new(
        base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30), hashlib.sha1
    ).digest()
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place : place + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def register_a_passkey(page: Page) -> list[str]:
    """After the password once more; the recovery codes come with it."""
    page.goto("/accounts/2fa/webauthn/add/")
    enter(page, password=PASSWORD)
    page.fill("[name=name]", "自分のスマートフォン")
    press(page, "この機器を登録する")
    assert path(page) == "/accounts/2fa/recovery-codes/"
    return page.locator(".code-list li").all_inner_texts()


def register_an_app(page: Page) -> None:
    """The picture is drawn although the policy is strict, and the letters are those of the picture."""
    page.goto("/accounts/2fa/totp/activate/")
    assert page.locator("img.qr").evaluate("picture => picture.naturalWidth") > 100
    enter(page, code=number_of_the_app(page.locator(".code-text").inner_text().strip()))


def by_password(page: Page) -> None:
    """In a browser that knows nobody: the password alone opens nothing."""
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    enter(page, login=ADDRESS, password=PASSWORD)
    page.goto("/my/")
    assert path(page).startswith("/accounts/2fa/authenticate/")


def test_from_the_invitation_to_every_second_step(portal, browser, here, complaints):
    page = here.new_page()
    device = here.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    page.goto(invited(portal, browser))
    enter(page, password1=PASSWORD, password2=PASSWORD)
    assert path(page) == "/my/"
    codes = register_a_passkey(page)
    assert len(codes) == 10
    register_an_app(page)
    page.goto("/accounts/")
    assert "パスキー1個と、認証アプリで守っています。" in page.content()

    # The passkey alone opens, and leads where one wanted to go.
    here.clear_cookies()
    page.goto("/accounts/login/?next=/accounts/sessions/")
    press(page, "パスキーで入る")
    assert path(page) == "/accounts/sessions/"

    # After the password: the passkey, or a recovery code, which is spent.
    by_password(page)
    press(page, "パスキーを使う")
    assert path(page) == "/my/"
    by_password(page)
    enter(page, code=codes[0])
    assert path(page) == "/my/"
    by_password(page)
    enter(page, code=codes[0])
    assert "もう使えなくなっています" in page.content()
    assert complaints == []


def test_a_device_that_refuses_is_told_in_a_sentence(portal, browser, here, complaints):
    """It cannot tell who holds it."""
    page = here.new_page()
    page.goto("/accounts/login/")
    device = here.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE | {"isUserVerified": False}})
    said = page.locator("[data-passkey-said]")
    page.get_by_role("button", name="パスキーで入る").click()
    said.and_(page.locator(":visible")).wait_for()
    assert "もう一度ボタンを押してください" in said.inner_text()
    assert complaints == []


def test_where_there_are_no_passkeys_the_page_says_so(portal, browser):
    """127.0.0.1 is an address of numbers, and without scripts nobody asks the device."""
    for scripts in (True, False):
        kept = log_in(browser, portal, "member")
        state = kept.storage_state()
        kept.close()
        context = browser.new_context(base_url=portal.url, storage_state=state, java_script_enabled=scripts)
        page = context.new_page()
        page.goto("/accounts/2fa/webauthn/add/")
        enter(page, password=PASSWORD)
        assert page.get_by_text("この画面では、パスキーを使えません").is_visible()
        assert not page.get_by_role("button", name="この機器を登録する").is_visible()
        context.clear_cookies()
        page.goto("/accounts/login/")
        assert not page.get_by_role("button", name="パスキーで入る").is_visible()
        assert page.get_by_role("link", name="メールでコードを受け取る").is_visible()
        context.close()
