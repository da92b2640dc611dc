"""The portal as it runs in service, with the demo in a folder of its own, and a browser to look at it."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests import migrated

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "koryu-demo-2026"
ROLES = {
    "visitor": "",
    "member": "member@demo.example.jp",
    "secretary": "secretary@demo.example.jp",
    "staff": "office@demo.example.jp",
}
NEW_GROUP = "akebono"
START_SECONDS = 120


@dataclass(frozen=True)
class Portal:
    """Where it answers, what stands in its addresses (see tests.urlmap), and `python`: a script beside it, and its output."""

    url: str
    objects: dict[str, Any]
    python: Callable[..., str]


@contextmanager
def running_portal(folder: Path) -> Iterator[Portal]:
    """The demo below `folder`, served on a free port, a worker beside it, until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {
        "DATA_DIR": str(folder),
        "SITE_URL": url,
        "DJANGO_SETTINGS_MODULE": "iri_exchange.settings",
    }

    def python(*arguments: str) -> str:
        command = [sys.executable, *arguments]
        return subprocess.check_output(command, cwd=ROOT, env=environment, text=True)

    migrated.copy_to(folder)
    python("manage.py", "createcachetable")
    python("manage.py", "demo")
    python("manage.py", "collectstatic", "--noinput", "--verbosity", "0")
    objects = json.loads(python("-m", "tests.e2e.objects").splitlines()[-1])

    def started(*arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=environment)

    gunicorn = ["-m", "gunicorn", "iri_exchange.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4"]
    server = started(*gunicorn, "--log-level", "warning")
    worker = started("manage.py", "worker")
    try:
        _wait_for(f"{url}/healthz", server)
        yield Portal(url, objects, python)
    finally:
        for process in (worker, server):
            process.terminate()
            process.wait(timeout=20)


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"{url} does not answer")


@contextmanager
def running_browser() -> Iterator[Browser]:
    """Debian's chromium. It runs as root in a build, hence without its sandbox; it opens our own pages only."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-background-networking"]
        )
        yield browser
        browser.close()


def log_in(browser: Browser, portal: Portal, role: str, **settings: Any) -> BrowserContext:
    """A fresh browser window in which this role is logged in."""
    context = browser.new_context(base_url=portal.url, locale="ja-JP", timezone_id="Asia/Tokyo", **settings)
    if ROLES[role]:
        page = context.new_page()
        page.goto("/accounts/login/")
        page.locator("input[type=email], input[name=login]").first.fill(ROLES[role])
        page.locator("input[type=password]").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/accounts/login" not in url)
        page.close()
    return context
