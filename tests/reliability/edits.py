"""Two editors × 500 saves of the same records: each lands on what it was based on, or is answered with both texts (G13).

    python -m tests.reliability.edits [--saves N]

Runs on DATABASE_URL, which must be empty, or on SQLite in a folder of its own, against the real server. Two people open
and save the pages of one company, one person, one group and the minutes of one meeting as fast as they can; of what is
answered with both texts, half is chosen and sent again. Afterwards the history says for each save what stood there before:
the very version its form was based on. Then the same with a planted fault, a server that does not compare: it must be found.
"""

import argparse
import http.client
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from tests import migrated
from tests.reliability.edited import edited, write_records

VERSION = re.compile(r'name="record-version" value="(\d+)"')
CONFLICT = 'class="both"'
PATIENCE = 60


@dataclass(frozen=True)
class Page:
    """An edit page: `stamped` is the field into which each save writes its own text, `typed` the others as they are."""

    url: str
    model: Any
    pk: int
    stamped: str
    typed: dict[str, str]


@dataclass
class Editor:
    """One browser: what it sent and what came of it."""

    name: str
    port: int
    cookie: str
    csrf: str
    landed: list[tuple[Page, str, str]] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)

    def work(self, pages: list[Page], saves: int) -> None:
        self.server = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        dice = random.Random(self.name)
        waiting: dict[str, str] = {}
        for number in range(saves):
            page = dice.choice(pages)
            chosen = waiting.pop(page.url, "") if dice.random() < 0.5 else ""
            version = chosen or self.opened(page)
            shown = self.save(page, f"{self.name}{number}", version, is_chosen=bool(chosen))
            if shown:
                waiting[page.url] = shown

    def opened(self, page: Page) -> str:
        status, text = self.ask("GET", page.url)
        version = VERSION.search(text)
        if status != 200 or not version:
            raise RuntimeError(f"{page.url}: {status}, no version")
        return version[1]

    def save(self, page: Page, stamp: str, version: str, *, is_chosen: bool) -> str:
        """The version that was shown beside ours, if it was answered with both texts."""
        typed = page.typed | {
            page.stamped: stamp,
            "record-version": version,
            "csrfmiddlewaretoken": self.csrf,
        }
        if is_chosen:
            typed |= {"record-asked": page.stamped, f"record-keep-{page.stamped}": "mine"}
        status, text = self.ask("POST", page.url, urllib.parse.urlencode(typed))
        newer = VERSION.search(text)
        if status == 302:
            self.landed.append((page, stamp, version))
            self.answers["landed"] += 1
        elif status == 200 and CONFLICT in text and newer:
            self.answers["both texts"] += 1
            return newer[1]
        else:
            self.answers[f"status {status}"] += 1
        return ""

    def ask(self, method: str, url: str, body: str = "") -> tuple[int, str]:
        headers = {"Cookie": f"sessionid={self.cookie}; csrftoken={self.csrf}"}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.server.request(method, url, body or None, headers)
        answer = self.server.getresponse()
        return answer.status, answer.read().decode()


@contextmanager
def serving(application: str) -> Iterator[int]:
    """Two processes of the real server; says the port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}"]
    server = subprocess.Popen([*command, "--workers", "2", "--threads", "2", "--log-level", "warning"])
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", server)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_for(url: str, server: "subprocess.Popen[bytes]") -> None:
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up and server.poll() is None:
        try:
            urlopen(url, timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"{url} does not answer")


def editor(name: str, port: int) -> Editor:
    """One of the office's people, logged in."""
    from django.middleware.csrf import _get_new_csrf_string
    from django.test import Client

    from members.models import User

    client = Client()
    client.force_login(User.objects.get(person__family_name=name))
    return Editor(name, port, client.cookies["sessionid"].value, _get_new_csrf_string())


def pages_of(reader: Editor) -> list[Page]:
    """The edit pages, read once as a browser would."""
    reader.server = http.client.HTTPConnection("127.0.0.1", reader.port, timeout=PATIENCE)
    return [Page(url, model, pk, stamped, typed(reader, url)) for url, model, pk, stamped in edited()]


def typed(reader: Editor, url: str) -> dict[str, str]:
    import html5lib

    _, text = reader.ask("GET", url)
    tree = html5lib.parse(text, namespaceHTMLElements=False)
    (form,) = (
        each for each in tree.iter("form") if each.find(".//input[@name='record-version']") is not None
    )
    values = {}
    for each in form.iter():
        name, kind = each.get("name"), each.get("type", "text")
        if not name or name == "record-version" or kind == "file":
            continue
        if each.tag == "select":
            chosen = [
                option.get("value", "") for option in each.iter("option") if "selected" in option.attrib
            ]
            values[name] = (chosen or [""])[0]
        elif each.tag == "textarea":
            values[name] = each.text or ""
        elif kind in ("radio", "checkbox"):
            values |= {name: each.get("value", "on")} if "checked" in each.attrib else {}
        elif each.tag == "input":
            values[name] = each.get("value", "")
    return values


def faults(editors: list[Editor], pages: list[Page], begun: dict[str, int]) -> list[str]:
    """What does not hold, in sentences: a save over a version that was not its base, or that is not told."""
    found = [
        f"{count} answers: {kind}"
        for each in editors
        for kind, count in each.answers.items()
        if "status" in kind
    ]
    landed = {stamp: (page, base) for each in editors for page, stamp, base in each.landed}
    written, over = 0, 0
    for page in pages:
        rows = page.model.history.filter(id=page.pk, history_id__gte=begun[page.url]).order_by("history_id")
        told = list(rows.values_list("history_id", page.stamped))
        for (before, _), (_, stamp) in pairwise(told):
            written += 1
            over += stamp not in landed or landed[stamp] != (page, str(before))
        if page.model.objects.filter(pk=page.pk).values_list(page.stamped, flat=True).get() != told[-1][1]:
            found.append(f"{page.url}: the record is not as its history tells")
    if over:
        found.append(f"{over} saves over a version that nobody was shown")
    if written != len(landed):
        found.append(f"{len(landed)} saves landed, {written} were written")
    return found


def run(saves: int, *, plant: bool = False) -> list[str]:
    """One run; prints what was measured."""
    from iri_exchange.lib.versions import newest

    application = "tests.reliability.unguarded" if plant else "iri_exchange.wsgi"
    with serving(application) as port:
        editors = [editor(name, port) for name in ("甲", "乙")]
        pages = pages_of(editors[0])
        begun = {page.url: newest(page.model, id=page.pk).history_id for page in pages}
        began = time.monotonic()
        threads = [threading.Thread(target=each.work, args=[pages, saves]) for each in editors]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        took = time.monotonic() - began
    found = faults(editors, pages, begun)
    answers = sum((each.answers for each in editors), Counter())
    if sum(answers.values()) != 2 * saves:
        found.append(f"only {sum(answers.values())} of {2 * saves} saves were answered")
    told = ", ".join(f"{count} {kind}" for kind, count in sorted(answers.items()))
    print(
        f"{'planted: ' if plant else ''}2 × {saves} saves: {told}, {took:.0f} s: {found or 'holds'}",
        flush=True,
    )
    return found


def refuse_a_used_database() -> None:
    from django.db import connection

    from members.models import Company

    if Company._meta.db_table in connection.introspection.table_names() and Company.objects.exists():
        sys.exit(
            "This database holds companies, which would be written over. Name an empty one in DATABASE_URL."
        )


@contextmanager
def portal(write: Callable[[], None] = write_records) -> Iterator[None]:
    """Django on an empty database with the records, and who works on them."""
    with tempfile.TemporaryDirectory() as folder:
        if "DATABASE_URL" not in os.environ:
            migrated.copy_to(Path(folder))
        os.environ |= {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "iri_exchange.settings"}
        import django

        django.setup()
        from django.core.management import call_command

        refuse_a_used_database()
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        write()
        yield


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--saves", type=int, default=500)
    asked = parser.parse_args()
    with portal():
        holds = not run(asked.saves)
        caught = bool(run(max(asked.saves // 10, 25), plant=True))
    if not caught:
        print("The planted fault was not found", file=sys.stderr)
    return 0 if holds and caught else 1


if __name__ == "__main__":
    sys.exit(main())
