"""PDFs: nothing is fetched, the font has the characters, and the file can be read aloud."""

import io
import logging
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader
from pypdf.generic import StreamObject

from iri_exchange.lib import pdf
from tests.listener import Listener, listening

PAGE = (
    '<!doctype html><html lang="ja"><head><title>x</title>{head}</head><body><p>本文</p>{body}</body></html>'
)
# {url}: an address of a listener on this machine, or a file of this machine.
PAYLOADS = {
    "img": ("", '<img alt="x" src="{url}">'),
    "style attribute": ("", '<p style="background: url({url})">x</p>'),
    "style": ("<style>p {{ background-image: url({url}) }}</style>", ""),
    "import": ('<style>@import "{url}";</style>', ""),
    "stylesheet": ('<link rel="stylesheet" href="{url}">', ""),
    "font": ("<style>@font-face {{ font-family: f; src: url({url}) }} p {{ font-family: f }}</style>", ""),
    "list marker": ("<style>li {{ list-style-image: url({url}) }}</style>", "<ul><li>x</li></ul>"),
    "content": ("<style>p::before {{ content: url({url}) }}</style>", ""),
    "svg image": (
        "",
        '<svg viewBox="0 0 9 9"><title>x</title><image href="{url}" width="9" height="9"/></svg>',
    ),
    "svg in data": (
        "",
        """<img alt="x" src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>"""
        """<image href='{url}' width='9' height='9'/></svg>">""",
    ),
    "object": ("", '<object data="{url}"></object>'),
    "embed": ("", '<embed src="{url}">'),
    "attachment": ('<link rel="attachment" href="{url}">', ""),
    "attached link": ("", '<a rel="attachment" href="{url}">x</a>'),
}


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    with listening() as listener:
        yield listener


@pytest.fixture
def secret(tmp_path) -> Path:
    """A file of the host that a PDF must not carry away: a stylesheet, so that reading it shows on the page."""
    path = tmp_path / "secret.css"
    path.write_text('body::after { content: "HOST-SECRET" }')
    return path


def holds(words: str, made: bytes) -> bool:
    """Whether the words stand on a page or in any stream of the file, attachments included."""
    reader = PdfReader(io.BytesIO(made))
    if any(words in page.extract_text() for page in reader.pages):
        return True
    objects = [reader.get_object(number) for number in range(1, reader.trailer["/Size"])]
    return any(words.encode() in each.get_data() for each in objects if isinstance(each, StreamObject))


def reached(listener: Listener, secret: Path, payloads=PAYLOADS) -> set[str]:
    """The names of the payloads that made the engine ask the listener, or read the file, while it made a PDF."""
    found = set()
    for name, (head, body) in payloads.items():
        listener.asked.clear()
        url = f"{listener.address}/{name.replace(' ', '-')}"
        pdf.write(PAGE.format(head=head.format(url=url), body=body.format(url=url)), title="x")
        found |= {name} if listener.asked else set()
        made = pdf.write(
            PAGE.format(head=head.format(url=secret.as_uri()), body=body.format(url=secret.as_uri())),
            title="x",
        )
        found |= {f"{name}: file"} if holds("HOST-SECRET", made) else set()
    return found


@pytest.mark.logs_errors
def test_nothing_is_fetched(listener, secret):
    assert reached(listener, secret) == set()


@pytest.mark.logs_errors
def test_an_engine_that_fetches_is_caught(listener, secret, monkeypatch):
    from weasyprint.urls import URLFetcher

    monkeypatch.setattr(pdf, "_fetcher", URLFetcher)
    found = reached(listener, secret)
    assert found >= set(PAYLOADS)
    assert {"import: file", "stylesheet: file", "attachment: file", "attached link: file"} <= found


def test_data_images_are_drawn():
    picture = "R0lGODlhAQABAIAAAP8AAP///yH5BAAAAAAALAAAAAABAAEAAAICRAEAOw=="
    body = f'<img alt="赤い点" src="data:image/gif;base64,{picture}">'
    made = PdfReader(io.BytesIO(pdf.write(PAGE.format(head="", body=body), title="x")))
    assert len(made.pages[0].images) == 1


def missing_from_fonts(text: str) -> set[str]:
    """The characters, and the characters with a variation selector, that one of our two fonts cannot draw."""
    missing = set()
    for path in pdf.font_files().values():
        with TTFont(path, lazy=True) as font:
            known = set(font.getBestCmap())
            variants = next(table for table in font["cmap"].tables if table.format == 14).uvsDict
            sequences = {(base, selector) for selector, pairs in variants.items() for base, _ in pairs}
        for place, character in enumerate(text):
            code = ord(character)
            if 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF:
                if place == 0 or (ord(text[place - 1]), code) not in sequences:
                    missing.add(text[max(place - 1, 0) : place + 1])
            elif code not in known:
                missing.add(character)
    return missing


NAMES = "髙橋𠮷田葛\U000e0100西﨑濵鷗德神隆飾丸①㈱〒―／　ｱ仝々ヶヴゔ"


def test_the_fonts_have_the_characters_of_names():
    assert missing_from_fonts(NAMES) == set()


@pytest.mark.parametrize("planted", ["😀", "ก", "あ\U000e0100"])
def test_a_missing_character_is_found(planted):
    assert missing_from_fonts(NAMES + planted) == {planted}


def test_the_text_comes_back_and_only_our_fonts_are_in_it():
    made = PdfReader(
        io.BytesIO(pdf.write(PAGE.format(head="", body=f"<p>{NAMES}</p><b>{NAMES}</b>"), title="x"))
    )
    assert made.pages[0].extract_text().replace("\n", "") == f"本文{NAMES}{NAMES}"
    fonts = made.pages[0]["/Resources"]["/Font"].values()
    assert {font.get_object()["/BaseFont"].split("+")[1] for font in fonts} == {
        "Portal-Print",
        "Portal-Print-Bold",
    }


def test_tagged_files_have_a_language_a_title_and_a_structure():
    made = PdfReader(io.BytesIO(pdf.write(PAGE.format(head="", body=""), title="けやき会 会員名簿")))
    root = made.trailer["/Root"]
    assert made.metadata.title == "けやき会 会員名簿"
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"], root["/ViewerPreferences"]["/DisplayDocTitle"]) == (
        "ja",
        True,
        True,
    )
    assert "/StructTreeRoot" in root
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_untagged_files_have_no_structure():
    made = PdfReader(io.BytesIO(pdf.write(PAGE.format(head="", body=""), title="x", tagged=False)))
    assert "/StructTreeRoot" not in made.trailer["/Root"]


@pytest.mark.parametrize("title", ["</title>&\"'<b>", "改行\nと\x00\x0b制御", "\ud800", "𠮷😀", "(\\)", ""])
def test_any_title_survives(title):
    made = PdfReader(io.BytesIO(pdf.write(PAGE.format(head="", body=""), title=title)))
    expected = {"改行\nと\x00\x0b制御": "改行 と 制御", "\ud800": ""}.get(title, title)
    assert (made.metadata.title or "") == expected
    assert made.xmp_metadata is not None


def test_every_room_has_its_colour():
    from groups.models import Group

    colours = [pdf.room_colour(room) for room in Group.Room.values]
    assert len(set(colours)) == 12


def test_two_at_a_time_do_not_disturb_each_other():
    made = {}

    def make(number: int) -> None:
        made[number] = pdf.write(PAGE.format(head="", body=f"<p>第{number}号</p>"), title="x", tagged=False)

    threads = [threading.Thread(target=make, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    texts = {
        number: PdfReader(io.BytesIO(content)).pages[0].extract_text() for number, content in made.items()
    }
    assert texts == {number: f"本文\n第{number}号" for number in range(4)}


def test_the_logs_of_the_engine_are_quiet(caplog):
    with caplog.at_level(logging.WARNING):
        pdf.write(PAGE.format(head="", body=""), title="x")
    assert [record.getMessage() for record in caplog.records] == []
