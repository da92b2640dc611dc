"""What stands on the pages of a paper, and where, in millimetres; and members with names that are hard to set."""

import io
from typing import NamedTuple

from pypdf import PdfReader

from groups.models import Group
from tests.factories import make_company, make_membership, make_person

MM = 72 / 25.4
RARE = "髙﨑𠮷葛\U000e0100濵德①鷗"


class Placed(NamedTuple):
    """A run of text: the left end of its baseline, from the left and from the top; its size in points."""

    text: str
    x: float
    y: float
    size: float


def pages(content: bytes) -> list[list[Placed]]:
    return [_placed(page) for page in PdfReader(io.BytesIO(content)).pages]


def _placed(page) -> list[Placed]:
    found: list[Placed] = []

    def visit(text, outer, inner, _font, size) -> None:
        if text.strip():
            x, y = (inner[4] * outer[i] + inner[5] * outer[i + 2] + outer[i + 4] for i in (0, 1))
            scale = abs(inner[2] * outer[1] + inner[3] * outer[3])
            down = (float(page.mediabox.height) - y) / MM
            found.append(Placed(text.strip(" \n"), round(x / MM, 2), round(down, 2), round(size * scale, 2)))

    page.extract_text(visitor_text=visit)
    return found


def text_of(content: bytes) -> str:
    """Everything on the pages without spaces, for lines break where they must."""
    return squeezed("".join(placed.text for page in pages(content) for placed in page))


def squeezed(text: str) -> str:
    return "".join(text.split())


def sizes(content: bytes) -> set[tuple[float, float]]:
    """Of the pages, in millimetres."""
    boxes = [page.mediabox for page in PdfReader(io.BytesIO(content)).pages]
    return {(round(float(box.width) / MM, 1), round(float(box.height) / MM, 1)) for box in boxes}


def outside(content: bytes) -> list[Placed]:
    """What begins or ends beyond the edges of its page."""
    from groups.papers.fitting import em

    found = []
    for page, placed in zip(PdfReader(io.BytesIO(content)).pages, pages(content), strict=True):
        width, height = float(page.mediabox.width) / MM, float(page.mediabox.height) / MM
        found += [
            each
            for each in placed
            if each.x < 0
            or each.x + em(each.text.strip()) * each.size / MM > width + 0.1
            or not each.size / MM * 0.8 <= each.y <= height
        ]
    return found


def fill(group: Group, count: int) -> None:
    """Members whose texts are short, usual, at the limit of their fields, or missing, turn by turn."""
    for number in range(count):
        make_member(group, *_KINDS[number % len(_KINDS)](number))


def make_member(group: Group, of_company: dict, of_person: dict):
    company = make_company(**of_company)
    return make_membership(
        group, company=company, representatives=[make_person(company=company, **of_person)]
    )


def _usual(number: int) -> tuple[dict, dict]:
    return {}, {"title": "代表取締役"}


def _rare(number: int) -> tuple[dict, dict]:
    names = {"family_name": "𠮷﨑", "given_name": "葛\U000e0100", "title": "専務"}
    return {"name": f"株式会社{RARE}{number}", "building": f"{RARE}ビル"}, names


def _longest(number: int) -> tuple[dict, dict]:
    company = {
        "name": f"株式会社{'長' * 90}{number}",
        "kana": "ナ" * 120,
        "city": "西多摩郡" * 10,
        "street": "大字字番地" * 23,
        "building": "Techno Plaza " * 9,
        "strengths": "得" * 400,
        "seeking": "求" * 400,
        "pr": "P" * 400,
        "products": "製\n" * 199,
    }
    person = {
        "family_name": "氏" * 40,
        "given_name": "名" * 40,
        "family_kana": "シ" * 60,
        "title": "取締役" * 20,
        "department": "部" * 60,
    }
    return company, person


def _empty(number: int) -> tuple[dict, dict]:
    nothing = dict.fromkeys(("kana", "postal_code", "prefecture", "city", "street", "phone", "trade"), "")
    return nothing, {"given_name": "", "family_kana": "", "given_kana": "", "email": ""}


_KINDS = [_usual, _rare, _longest, _empty]
