"""PDFs from our own templates: the only file that knows the engine (WeasyPrint) and the font.

Nothing is fetched: the engine gets our two stylesheets, our two font files and `data:` images, and everything else a
text might point to is refused. Why it is built this way: docs/decisions/0006-pdf.md.
"""

import re
import threading
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.template.loader import render_to_string

from iri_exchange.lib.memory import collector_paused

CSS_DIR = Path(settings.BASE_DIR) / "static" / "css"
STYLESHEETS = (CSS_DIR / "tokens.css", CSS_DIR / "print.css")
FONT_FAMILY = "Portal Print"
_MM_OF_PIXEL = 25.4 / 96

# Pango's font map serves one thread at a time; the engine holds the interpreter anyway, so waiting costs nothing.
_one_at_a_time = threading.Lock()
# XML 1.0 knows no control characters, and the title is written into the file's XML metadata.
_NOT_XML = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")


class _Engine(NamedTuple):
    """What is the same for every document, loaded at the first one."""

    weasyprint: Any
    fonts: Any
    stylesheets: list[Any]


class Written(NamedTuple):
    """A PDF, how many pages it has, {id of an element: its page, counted from 0} and {id: its upper left corner}, in
    millimetres from that of the page.
    """

    content: bytes
    pages: int
    starts: dict[str, int]
    corners: dict[str, tuple[float, float]]


def render(
    template: str, context: dict[str, Any], *, title: str, tagged: bool = True, css: Sequence[str] = ()
) -> bytes:
    """The PDF of a template, with a title in its metadata. `css`: the texts of its stylesheets, after print.css.

    Tagged files follow pdf/ua-1: they can be read aloud, table headers included. Bulk prints may go without.
    """
    return write(render_to_string(template, context), title=title, tagged=tagged, css=css)


def write(html: str, *, title: str, tagged: bool = True, css: Sequence[str] = ()) -> bytes:
    """The PDF of a whole HTML document, which names its language on the root element."""
    return write_in_parts(html, title=title, tagged=tagged, css=css).content


def write_in_parts(html: str, *, title: str, tagged: bool = True, css: Sequence[str] = ()) -> Written:
    """Like `write`; says on which page each element with an id begins."""
    # Boxes hold each other, and all of them go at the end.
    with _one_at_a_time, collector_paused():
        engine = _engine()
        own = [_stylesheet(text) for text in css]
        document = engine.weasyprint.HTML(string=html, url_fetcher=_fetcher()).render(
            font_config=engine.fonts, stylesheets=[*engine.stylesheets, *own], pdf_tags=tagged
        )
        document.metadata.title = _NOT_XML.sub(" ", title).strip()
        content: bytes = document.write_pdf(pdf_tags=tagged, pdf_variant="pdf/ua-1" if tagged else None)
        starts: dict[str, int] = {}
        corners: dict[str, tuple[float, float]] = {}
        for number, page in enumerate(document.pages):
            for name, (left, top, *_) in page.anchors.items():
                starts.setdefault(name, number)
                corners.setdefault(name, (left * _MM_OF_PIXEL, top * _MM_OF_PIXEL))
    return Written(content, len(document.pages), starts, corners)


def warm_up() -> None:
    """Load the engine, its stylesheets and its fonts, for processes that are forked from this one."""
    with _one_at_a_time:
        _engine()


@cache
def room_colour(room: str) -> str:
    """The colour of a room (`Group.room`) as tokens.css names it; drawings in a PDF need it as a value, not a variable."""
    named: dict[str, str] = dict(
        re.findall(r"\.room-(\w+)\s*\{\s*--room:\s*(#[0-9a-f]{6})", STYLESHEETS[0].read_text())
    )
    return named[room]


def font_files() -> dict[int, Path]:
    """{weight: file}. Asked for late, like the engine, so that a system check can say what is missing."""
    import noto_cjk_sans_jp_bold
    import noto_cjk_sans_jp_regular

    return {
        400: Path(str(noto_cjk_sans_jp_regular.FONT_PATH)),
        700: Path(str(noto_cjk_sans_jp_bold.FONT_PATH)),
    }


@cache
def stylesheet(name: str) -> str:
    """The text of one of our stylesheets for paper: "print_roster"."""
    return (CSS_DIR / f"{name}.css").read_text()


@lru_cache(maxsize=64)
def _stylesheet(text: str) -> Any:
    """Read once: it takes longer than setting a line or two."""
    engine = _engine()
    return engine.weasyprint.CSS(string=text, font_config=engine.fonts, url_fetcher=_fetcher())


@cache
def _engine() -> _Engine:
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    faces = "".join(
        f'@font-face {{ font-family: "{FONT_FAMILY}"; font-weight: {weight}; src: url("{path.as_uri()}") }}'
        for weight, path in font_files().items()
    )
    texts = [faces, *(path.read_text() for path in STYLESHEETS)]
    fetcher = _fetcher()
    return _Engine(
        weasyprint,
        fonts,
        [weasyprint.CSS(string=text, font_config=fonts, url_fetcher=fetcher) for text in texts],
    )


def _fetcher() -> Any:
    """A fetcher that hands out our font files and `data:` URLs and refuses everything else."""
    from weasyprint.urls import URLFetcher

    ours = {path.as_uri() for path in font_files().values()}

    class OnlyOurOwn(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url not in ours and not url.startswith("data:"):
                raise ValueError("Only our own files may be part of a PDF.")
            return super().fetch(url, headers)

    return OnlyOurOwn(allowed_protocols={"file", "data"}, allow_redirects=False)
