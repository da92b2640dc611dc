"""What a letter says: the standard text or the office's own, with 《…》 filled in once, and as HTML beside it.

A text is never a template. A value that itself contains 《リンク》, {{ or <b> stands in the letter as it is.
"""

import functools
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string

from iri_exchange.lib import japan
from members.letter_kind import CODE, LINK, Kind
from members.letter_kinds import KINDS
from members.models import LetterWording

PREFIX = "【異業種交流ポータル】"
PLACEHOLDER = re.compile("《([^《》]{1,40})》")
FOLDER = settings.BASE_DIR / "templates" / "emails"
EXAMPLES = {
    "お名前": "髙橋 花子",
    CODE: "48201736",
    "招待した人": "佐伯 美帆さん",
    "期限": "令和8年4月15日 10時30分",
    "日時": "2026年4月1日 10時30分",
    "前のアドレス": "hanako@example.jp",
    "新しいアドレス": "takahashi@example.jp",
    "消したアドレス": "hanako@example.jp",
}
HOSTILE = "株式会社{{ 7 }}{% x %}<b>《リンク》"


@dataclass(frozen=True)
class Composed:
    """A letter, ready to be sent. `subject` is one line."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Piece:
    """A part of a paragraph; `is_link`: an address of ours to be opened."""

    text: str
    is_link: bool = False


@dataclass(frozen=True)
class Paragraph:
    """`shape`: "link" for a link that stands alone (a button), "code" for a code that does, else ""."""

    lines: list[list[Piece]]
    shape: str = ""


@functools.cache
def standard(key: str) -> tuple[str, str]:
    """(subject, text) as the portal brings them."""
    return _file(f"{key}.subject.txt"), _file(f"{key}.txt")


@functools.cache
def _file(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8").strip()


def wording(key: str) -> tuple[str, str]:
    """(subject, text) in force: the office's own, or the standard."""
    own = LetterWording.objects.filter(kind=key).first()
    return (own.subject, own.text.replace("\r\n", "\n")) if own else standard(key)


def compose(kind: Kind, values: Mapping[str, str], wanted: tuple[str, str] | None = None) -> Composed:
    """The letter in the wording in force, or in `wanted`. Raises LookupError unless the values fit the kind."""
    if set(values) != set(kind.placeholders):
        raise LookupError(f"{kind.key} takes {sorted(kind.placeholders)}, got {sorted(values)}")
    subject, text = wanted or wording(kind.key)
    clean = {name: one_line(value) for name, value in values.items()}
    text, several = _with_blocks(kind, text, values)
    filled = one_line(PREFIX + _fill(subject, clean))[:300]
    footer = _fill(_file("footer.txt"), {"サイト": f"{settings.SITE_URL}/"})
    context = {
        "subject": filled,
        "paragraphs": _paragraphs(text, clean, several, {LINK, *kind.more_links}),
        "link": clean.get(LINK, ""),
        # Without the line above it: there the HTML draws its own.
        "footer": footer.splitlines()[1:],
    }
    html = render_to_string(f"emails/{kind.key}.html", context)
    return Composed(filled, f"{_fill(text, clean | several)}\n\n{footer}\n", html)


def on_paper(kind: Kind, values: Mapping[str, str]) -> tuple[str, str]:
    """(subject, text) of a letter that goes by post, in the wording in force: without what belongs to a mail."""
    subject, text = wording(kind.key)
    clean = {name: one_line(value) for name, value in values.items()}
    return one_line(_fill(subject, clean)), _fill(text, clean)


def one_line(value: str) -> str:
    """No line breaks, nothing that cannot be seen: what is put in cannot add a header or a paragraph."""
    seen = "".join(" " if japan.has_unsafe_characters(each) else each for each in value)
    return re.sub(" {2,}", " ", seen).strip(" ")


def _with_blocks(kind: Kind, text: str, values: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """The text without the paragraphs that are an empty block, and {name: its lines} of the blocks that stand alone."""
    several: dict[str, str] = {}
    for name in kind.blocks & set(values):
        alone = re.compile(rf"(?:(?<=\n\n)|\A)《{re.escape(name)}》(?=\n\n|\Z)")
        if alone.search(text):
            lines = (one_line(line) for line in re.split(r"\r\n|\r|\n", values[name]))
            several[name] = "\n".join(line for line in lines if line)
        if not several.get(name, "-"):
            text = re.sub(r"\n{3,}", "\n\n", alone.sub("", text)).strip("\n")
    return text, several


def _fill(text: str, values: Mapping[str, str]) -> str:
    """One pass: what was put in is not looked at again. A name that is unknown stays as it is."""
    return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


def _paragraphs(
    text: str, values: Mapping[str, str], several: Mapping[str, str], links: Collection[str]
) -> list[Paragraph]:
    shapes = {f"《{LINK}》": "link", f"《{CODE}》": "code"}
    blocks = {f"《{name}》": lines for name, lines in several.items()}
    return [
        Paragraph([[Piece(line)] for line in blocks[block].split("\n")])
        if block in blocks
        else Paragraph([_pieces(line, values, links) for line in block.split("\n")], shapes.get(block, ""))
        for block in re.split(r"\n[ 　\t]*\n\s*", text.strip())
    ]


def _pieces(line: str, values: Mapping[str, str], links: Collection[str]) -> list[Piece]:
    """The text between placeholders and the values in turn."""
    parts = PLACEHOLDER.split(line)
    pieces = [
        Piece(values.get(part, f"《{part}》"), part in links and part in values) if index % 2 else Piece(part)
        for index, part in enumerate(parts)
    ]
    return [piece for piece in pieces if piece.text]


def faults(kind: Kind, subject: str, text: str) -> list[str]:
    """What is wrong with a wording, in sentences for whoever wrote it."""
    used = set(PLACEHOLDER.findall(subject + text))
    known = "、".join(f"《{name}》" for name in kind.placeholders)
    found = [
        f"《{name}》は、この手紙では使えません。使えるのは{known}です。"
        for name in sorted(used - set(kind.placeholders))
    ]
    found += [
        f"《{name}》を本文に入れてください。ないと、受け取った方が先へ進めません。"
        for name in sorted(kind.required - set(PLACEHOLDER.findall(text)))
    ]
    found += [f"《{name}》は件名には入れられません。" for name in kind.required if f"《{name}》" in subject]
    rest = PLACEHOLDER.sub("", subject + text)
    if "《" in rest or "》" in rest:
        found.append("《 と 》 は、差し込むことばを囲むときだけに使ってください。")
    return found


def example_values(kind: Kind, name: str = "") -> dict[str, str]:
    """Values to look at a wording with; `name` in place of the invented one."""
    values = {each: EXAMPLES.get(each, f"（{what}）") for each, what in kind.placeholders.items()}
    for link in {LINK, *kind.more_links} & set(values):
        values[link] = f"{settings.SITE_URL}/example/"
    if name and "お名前" in values:
        values["お名前"] = name
    return values


@transaction.atomic
def reword(*, kind: Kind, subject: str, text: str) -> LetterWording:
    """Write a kind of letter in the office's own words from now on. Raises ValidationError for what does not fit."""
    own = LetterWording.objects.select_for_update().filter(kind=kind.key).first() or LetterWording(
        kind=kind.key
    )
    own.subject, own.text = subject, text
    own.full_clean()
    if wrong := faults(kind, own.subject, own.text):
        raise ValidationError(wrong)
    own.save()
    return own


@transaction.atomic
def back_to_standard(*, kind: Kind) -> None:
    """The portal's own text from now on; the history keeps the other one."""
    for own in LetterWording.objects.filter(kind=kind.key):
        own.delete()


def reworded() -> set[str]:
    """The kinds that the office has written itself."""
    return set(LetterWording.objects.filter(kind__in=KINDS).values_list("kind", flat=True))
