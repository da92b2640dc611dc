"""Opens all that a reader can reach: every address, every link on the pages, and reads the files as text."""

import csv
import io
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import openpyxl
import pypdf
from django.http import HttpResponse

from tests.conftest import Actor

LINK = re.compile(r'href="(/[^"#]*)')
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
ACTION = re.compile(r'\baction="([^"?#]+)')
SEARCH = re.compile(r'<input[^>]*\bname="(q|whom|by)"')
# Of a page with many ways to sort and filter a few are opened.
MOST_QUESTIONS = 3
LEFT_ALONE = re.compile(r"^/(static|accounts/logout|accounts/login)/|\.pdf\b")


@dataclass
class Crawl:
    """What was read, by address: pages as their HTML, files as their text without spaces.

    `searches` are where one can search; `dead` a line for every link that leads to an error.
    """

    texts: dict[str, str] = field(default_factory=dict)
    searches: set[tuple[str, str]] = field(default_factory=set)
    dead: list[str] = field(default_factory=list)


def crawl(actor: Actor, start: Iterable[str]) -> Crawl:
    found, waiting, questions = Crawl(), deque(dict.fromkeys(start)), dict[str, int]()
    known, seen_on = set(waiting), dict[str, str]()
    while waiting:
        url = waiting.popleft()
        answer = actor.client.get(url)
        text = found.texts[url] = text_of(answer)
        if answer.status_code >= 400 and url in seen_on:
            found.dead.append(f"{seen_on[url]}: the link {url} answers {answer.status_code}")
        if answer.status_code == 302 and answer.url not in known:
            known.add(answer.url)
            waiting.append(answer.url)
        found.searches |= set(searches_on(text, url.partition("?")[0]))
        for link in LINK.findall(text):
            link = link.replace("&amp;", "&")
            seen_on.setdefault(link, url)
            page, asks, _ = link.partition("?")
            if link in known or LEFT_ALONE.match(link) or (asks and questions.get(page, 0) >= MOST_QUESTIONS):
                continue
            questions[page] = questions.get(page, 0) + bool(asks)
            known.add(link)
            waiting.append(link)
    return found


def searches_on(page: str, path: str) -> Iterator[tuple[str, str]]:
    """Where the forms of a page send what is searched, and by what name: the one in the header goes elsewhere."""
    for about, inside in FORM.findall(page):
        action = ACTION.search(about)
        if 'method="post"' not in about:
            yield from ((action[1] if action else path, name) for name in SEARCH.findall(inside))


def text_of(answer: HttpResponse) -> str:
    """Without what only lays it out: text in a PDF is broken anywhere."""
    kind = answer.get("Content-Type", "").partition(";")[0]
    if kind == "application/pdf":
        return text_of_pdf(body(answer))
    if kind.endswith("spreadsheetml.sheet"):
        sheets = openpyxl.load_workbook(io.BytesIO(body(answer)))
        return "\n".join(str(cell.value) for sheet in sheets for row in sheet.rows for cell in row)
    if kind == "text/csv":
        rows = csv.reader(io.StringIO(body(answer).decode("utf-8-sig")))
        return "\n".join(cell for row in rows for cell in row)
    return body(answer).decode("utf-8", "replace") if kind.startswith("text/") else ""


def text_of_pdf(content: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


def body(answer: HttpResponse) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content
