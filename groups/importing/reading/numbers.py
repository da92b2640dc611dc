"""What a cell means that holds a number, a way to reach somebody or a day, as people type it → as it is stored.

What is understood in a way that people should know carries a remark; what could mean two things is refused.
"""

import re
import unicodedata
from typing import Any

from django.utils import timezone

from groups.importing.reading.texts import Read, remarked, stored_by, value_of, visible
from iri_exchange.lib import japan
from iri_exchange.lib.importing import Remarked
from members.models import Company, Person

_BEFORE_NUMBER = re.compile(
    r"^\(?(?:tel|電話(?:番号)?|fax|ファックス|代表|代|直通|携帯|会社|☎|[tf])?\)?[:.\s]*(?=[(+0-9])",
    re.IGNORECASE,
)
_EXTENSION = re.compile(r"(?:内線|内|ext)(?:番号)?[:.]?\s*[0-9][0-9,、~-]*\)?$", re.IGNORECASE)
_BETWEEN_NUMBERS = re.compile(
    r"[\n、,;/]|または|又は|もしくは|\bor\b|(?<=[0-9])\s*・\s*|\s{2,}|\s(?=\(?(?:f(?:ax)?|ファックス)\)?[:.\s]*[0-9])",
    re.IGNORECASE,
)
_IS_FAX = re.compile(r"\(?(?:f(?:ax)?(?![a-z])|ファ[ック]|ファクス)", re.IGNORECASE)
_WITHOUT_ZERO = re.compile(r"(?![57-9]0)[1-9][0-9]{8}|[57-9]0[0-9]{8}")
_MAIL = re.compile(r"[\w.%+-]+@[a-z0-9.-]*[a-z0-9]", re.IGNORECASE | re.ASCII)
_LINK = re.compile(r"(?:https?://|www\.)[^\s、,;<>()]+", re.IGNORECASE)
_AROUND_MAIL = re.compile(r"mailto|(?:e-?)?mail|メール(?:アドレス)?|[\s<>()\[\]\"':;,、/・]", re.IGNORECASE)
_BETWEEN_URLS = re.compile(r"[、，,;；\s]")
_SCIENTIFIC = re.compile(r"([0-9])\.?([0-9]*)e\+?([0-9]{1,2})", re.IGNORECASE)
_REMARK_BEHIND = re.compile(r"([^（(\n]*[^（(\s])\s*([（(][^（()）]+[)）])")
_YEN_SIGN = ("¥", "\\")
_LARGE_CAPITAL = 1_000_000  # in 万円: 100億円

_phone = stored_by(Company, "phone")
_email = stored_by(Person, "email")
_url = stored_by(Company, "url")
_corporate_number = stored_by(Company, "corporate_number")
_postal_code = stored_by(Company, "postal_code")


def postal_code(text: str) -> Any:
    try:
        return _postal_code(text)
    except ValueError:
        digits = japan.half_width(visible(text))
        if re.fullmatch("[0-9]{6}", digits):
            sentence = "郵便番号が6けたです。先頭の0が消えていませんか。7けたで入れてください。例：060-0001"
            raise ValueError(sentence) from None
        return _postal_code(digits)


def phone(text: str) -> Any:
    """The number in the cell, or the first of several; a FAX number that says so is told apart."""
    return _numbers(text, fax_behind=False)


def phone_and_fax(text: str) -> Any:
    """A cell of a column that holds both numbers, one behind the other."""
    return _numbers(text, fax_behind=True)


def _numbers(text: str, *, fax_behind: bool) -> Any:
    try:
        return _phone(text)
    except ValueError:
        plain = unicodedata.normalize("NFKC", visible(text)).strip()
    try:
        return _number(plain)
    except ValueError as refused:
        pieces = [piece for part in _BETWEEN_NUMBERS.split(plain) if (piece := part.strip(" ・"))]
        if len(pieces) < 2:
            raise
        try:
            return _first_of(pieces, fax_behind)
        except ValueError:
            raise refused from None


def _first_of(pieces: list[str], fax_behind: bool) -> Any:
    faxes = [piece for piece in pieces[1:] if fax_behind or _IS_FAX.match(piece)][:1]
    first = _number(pieces[0])
    count = len(pieces) - len(faxes)
    remarks = [first.remark] if isinstance(first, Remarked) else []
    if count > 1:
        remarks.append(f"番号が{count}つあります。はじめの「{value_of(first)}」を読みました。")
    return remarked(value_of(first), remarks, fax=_number(faxes[0]) if faxes else "")


def _number(text: str) -> Any:
    number = _BEFORE_NUMBER.sub("", text)
    short = _EXTENSION.sub("", number).rstrip(" \n(、,/")
    remarks = ["内線の番号を除いて読みました。"] if short != number else []
    if _WITHOUT_ZERO.fullmatch(short):
        # Every number begins with 0, and only a spreadsheet that counts with it drops the 0.
        short = f"0{short}"
        remarks.append(f"Excelで消えた先頭の0を補って「{short}」と読みました。")
    return remarked(_phone(short), remarks)


def email(text: str) -> Any:
    """The address in the cell, or the first of several; a URL beside it is told apart."""
    try:
        return _email(text)
    except ValueError:
        plain = re.sub(r"\s*([@.])\s*", r"\1", unicodedata.normalize("NFKC", visible(text)))
    mails = _MAIL.findall(plain)
    first = _email(mails[0] if mails else plain)
    links = _LINK.findall(_MAIL.sub(" ", plain))
    rest = _AROUND_MAIL.sub("", _LINK.sub("", _MAIL.sub("", plain)))
    remarks = [f"「{rest[:20]}」を除いて読みました。"] if rest else []
    if len(mails) > 1:
        remarks.append(f"メールアドレスが{len(mails)}つあります。はじめの「{first}」を読みました。")
    return remarked(first, remarks, url=_url(links[0]) if links else "")


def url(text: str) -> Any:
    """The address in the cell, or the first of several."""
    if not _BETWEEN_URLS.search(text):
        return _url(visible(text))
    words = [word for part in visible(text).split() for word in _BETWEEN_URLS.split(part) if word]
    first = _url(words[0] if words else text)
    several = f"アドレスが{len(words)}つあります。はじめの「{first}」を読みました。"
    return remarked(first, [several] if len(words) > 1 else [])


def employees(text: str) -> Any:
    """A count; what stands in brackets behind it (パート3) is left away."""
    if (found := _REMARK_BEHIND.fullmatch(text)) and re.search("[0-9０-９]", found[1]):
        return Remarked(_count(found[1]), f"「{found[2]}」を除いて読みました。")
    return _count(text)


def _count(text: str) -> int:
    try:
        return japan.whole_number(text)
    except ValueError as error:
        if re.search("[0-9]{10}|^[^0-9]*$", japan.half_width(text)):
            raise
        sentence = f"「{text[:20]}」は1つの数になっていません。数字だけで入れてください。例：50"
        raise ValueError(sentence) from error


def capital(unit: str = "") -> Read:
    """A reader of 資本金 in 万円; `unit` is what the label says, "" if it says none."""

    def read(text: str) -> Any:
        plain = re.sub(r"\s", "", japan.half_width(text)).removesuffix("-")
        if plain.startswith(_YEN_SIGN):
            plain = plain[1:].removesuffix("円") + "円"
        value = japan.capital(plain, unit or "万円")
        if value < _LARGE_CAPITAL or not re.fullmatch("[0-9,.]+", plain):
            return value
        if not unit:
            raise ValueError(
                f"「{text[:20]}」は、円ですか、万円ですか。「1000万円」のように単位を付けて入れてください。"
            )
        return Remarked(value, f"{value // 10_000:,}億円と読みました。単位が合っているか、お確かめください。")

    return read


def corporate_number(text: str) -> Any:
    try:
        return _corporate_number(text)
    except ValueError:
        plain = re.sub(r"[-\s]", "", japan.half_width(visible(text)))
    if found := _SCIENTIFIC.fullmatch(plain):
        digits = found[1] + found[2]
        if len(digits) <= int(found[3]):
            raise ValueError(
                f"「{text[:20]}」では数字が欠けています。"
                "セルの書式を「文字列」にして、13けたを入れ直してください。"
            )
        plain = digits
    if re.fullmatch("[0-9]{12}", plain):
        raise ValueError(
            "法人番号は13けたの数字です。いまは12けたです。登記簿の12けたの番号ではありませんか。"
        )
    return _corporate_number(plain)


def joined_on(text: str) -> Any:
    """A day that is not to come; of a month alone its first day, which is only roughly known."""
    vague = False
    try:
        day = japan.parse_date(text)
    except ValueError as refused:
        day, vague = _month(text, refused), True
    if day > timezone.localdate():
        raise ValueError(f"{japan.wareki(day)}は先の日付です。今日までの日付にしてください。")
    if vague:
        return Remarked(day, f"日がないので、{japan.wareki(day)}と読みました。", vague=True)
    return day


def _month(text: str, refused: ValueError) -> Any:
    if re.fullmatch(r"[0-9]{4}\.1", text):
        # Excel writes 2013.10 without its last 0.
        raise ValueError(
            f"「{text}」は1月か10月か分かりません。「2013年10月1日」のように入れてください。"
        ) from None
    try:
        return japan.parse_month(text)
    except ValueError:
        raise refused from None
