"""What people type → what is stored, or ValueError with one plain Japanese sentence.

All take full-width characters and every sort of hyphen. Blank text is the caller's business: a field
knows whether it may be empty.
"""

import re
from decimal import Decimal
from urllib.parse import urlsplit

import jaconv
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from stdnum import exceptions as stdnum_errors
from stdnum.jp import cn

from iri_exchange.lib.japan.text import half_width, tidy

_CONTACT_NOTE = re.compile(r"\((代|代表|直通|直)\)$")
_PLAIN_PHONE = re.compile("0[0-9]+-[0-9]+-[0-9]+")  # with 10 or 11 digits
_PHONE_EXAMPLE = "例：042-000-4642"
_MAIL_EXAMPLE = "例：info@example.jp"
_URL_EXAMPLE = "例：https://www.example.jp/"
_OTHER_SCHEME = re.compile(r"[a-z][a-z0-9+-]*:(?![0-9])", re.IGNORECASE)
_MAIL_LENGTH = 254
_URL_LENGTH = 200

_check_email = EmailValidator()
_check_url = URLValidator(schemes=["http", "https"])

_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_WHOLE_NUMBER = re.compile(r"((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+))(?:\.0+)?(?:名|人)?")
_LARGEST_DIGITS = 9  # fits a database integer
_SCALES = {"": 1, "十": 10, "百": 100, "千": 1000}
_UNITS_IN_YEN = {"円": 1, "千円": 1_000, "万円": 10_000, "百万円": 1_000_000, "億円": 100_000_000}
_MONEY = re.compile(
    rf"(?:(?P<oku>{_NUMBER})億)?(?:(?P<man>{_NUMBER})(?P<man_scale>[十百千]?)万)?"
    rf"(?:(?P<rest>{_NUMBER})(?P<rest_scale>[十百千]?))?(?P<yen>円)?"
)


def postal_code(text: str) -> str:
    """190-0023, from seven digits with or without 〒 and hyphen."""
    digits = re.sub(r"[-\s]", "", half_width(text).removeprefix("〒"))
    if not re.fullmatch(r"[0-9]*", digits):
        raise ValueError("郵便番号は7けたの数字で入れてください。例：190-0023")
    if len(digits) != 7:
        raise ValueError(f"7けたの数字で入れてください。いまは{len(digits)}けたです。")
    return f"{digits[:3]}-{digits[3:]}"


def phone(text: str) -> str:
    """042-000-4642 or +81-42-000-4642, at most 17 characters; hyphens stay where they were typed.

    Brackets, dots and spaces become hyphens; （代） and the like at the end are dropped.
    """
    if _PLAIN_PHONE.fullmatch(text) and len(text) in (12, 13):
        return text  # nearly every number of a roster: the same answer, many times faster
    number = _CONTACT_NOTE.sub("", half_width(text))
    number = re.sub(r"[-()\s./]+", "-", number).strip("-")
    if number.startswith("+81"):
        # +81 (0)42 is the same as +81 42: the 0 is dialled inside Japan only.
        local = number.removeprefix("+81").lstrip("-").removeprefix("0").lstrip("-")
        number = f"+81-{local}"
    if not re.fullmatch(r"\+?[0-9]+(-[0-9]+)*", number):
        raise ValueError(f"電話番号は数字とハイフンで入れてください。{_PHONE_EXAMPLE}")
    if not number.startswith(("0", "+81-")):
        raise ValueError(f"電話番号は0か+81で始めてください。{_PHONE_EXAMPLE}")
    # +81 stands for the first 0.
    digits = len(re.sub("[^0-9]", "", re.sub(r"^\+81", "0", number)))
    if digits not in (10, 11):
        raise ValueError(f"電話番号は10けたか11けたです。いまは{digits}けたです。{_PHONE_EXAMPLE}")
    if number.count("-") > 3:
        raise ValueError(f"電話番号のハイフンが多すぎます。{_PHONE_EXAMPLE}")
    return number


def corporate_number(text: str) -> str:
    """The 13 digits of a 法人番号; spaces, hyphens and the T of an invoice number are dropped.

    The check digit is that of 法人番号の指定等に関する省令, computed by stdnum.
    """
    digits = re.sub(r"[-\s]", "", half_width(text)).upper().removeprefix("T")
    try:
        return str(cn.validate(digits))
    except stdnum_errors.InvalidChecksum:
        raise ValueError("法人番号の検査数字が合いません。数字を確かめてください。") from None
    except stdnum_errors.ValidationError:
        if not re.fullmatch("[0-9]*", digits):
            raise ValueError("法人番号は13けたの数字で入れてください。") from None
        raise ValueError(f"法人番号は13けたの数字です。いまは{len(digits)}けたです。") from None


def email(text: str) -> str:
    """An ASCII address with a dotted domain in lower case, at most 254 characters."""
    address = half_width(text).lower()
    if len(address) > _MAIL_LENGTH:
        raise ValueError(f"メールアドレスは{_MAIL_LENGTH}文字までで入れてください。")
    if address.count("@") != 1:
        raise ValueError(f"メールアドレスには「@」を1つだけ入れてください。{_MAIL_EXAMPLE}")
    if "." not in address.partition("@")[2]:
        raise ValueError(f"メールアドレスの「@」の後ろが足りません。{_MAIL_EXAMPLE}")
    if not address.isascii():
        raise ValueError(f"メールアドレスは半角の英数字で入れてください。{_MAIL_EXAMPLE}")
    try:
        _check_email(address)
    except ValidationError:
        raise ValueError(f"メールアドレスの形になっていません。{_MAIL_EXAMPLE}") from None
    return address


def url(text: str) -> str:
    """An http or https address of at most 200 characters; one without a scheme gets https://."""
    # Only ASCII is narrowed: a Japanese path is somebody's file name.
    address = tidy(jaconv.z2h(text, kana=False, ascii=True, digit=True))
    if "://" not in address and not _OTHER_SCHEME.match(address):
        address = f"https://{address}"
    if len(address) > _URL_LENGTH:
        raise ValueError(f"URLは{_URL_LENGTH}文字までで入れてください。")
    if not re.match("https?://", address, re.IGNORECASE):
        raise ValueError(f"URLはhttps://かhttp://で始めてください。{_URL_EXAMPLE}")
    try:
        _check_url(address)
        # A name before the host hides where the link leads.
        if urlsplit(address).username is not None:
            raise ValueError
    except (ValidationError, ValueError):
        raise ValueError(f"URLの形になっていません。{_URL_EXAMPLE}") from None
    return address


def whole_number(value: str | float) -> int:
    """A count from 0 to 999,999,999: 1,000, １０００, 255名 and 255人 are understood, 約50名 is not."""
    found = _WHOLE_NUMBER.fullmatch(re.sub(r"\s", "", half_width(str(value))))
    if not found:
        raise ValueError("数字だけで入れてください。例：50")
    digits = found[1].replace(",", "")
    if len(digits) > _LARGEST_DIGITS:
        raise ValueError(f"数が大きすぎます。{_LARGEST_DIGITS}けたまでで入れてください。")
    return int(digits)


def capital(value: str | float, unit: str = "万円") -> int:
    """Capital in 万円, from 1,000, 98,000,000円, 3千万円, 1億5000万円; a bare number counts in `unit`.

    `unit` is 円, 千円, 万円, 百万円 or 億円, as in the label of the column.
    """
    if unit not in _UNITS_IN_YEN:
        raise ValueError(f"資本金の単位「{unit}」が分かりません。万円で入れてください。")
    text = re.sub(r"\s", "", half_width(str(value)))
    found = _MONEY.fullmatch(text)
    if not found or not any(found[part] for part in ("oku", "man", "rest")):
        raise ValueError("資本金は数字で入れてください。例：1000（万円）")
    if len(text) > 30:
        raise ValueError("資本金の数字が長すぎます。")
    has_unit = any(found[part] for part in ("oku", "man", "rest_scale", "yen"))
    yen = (
        _amount(found["oku"]) * _UNITS_IN_YEN["億円"]
        + _amount(found["man"]) * _SCALES[found["man_scale"] or ""] * _UNITS_IN_YEN["万円"]
        + _amount(found["rest"])
        * _SCALES[found["rest_scale"] or ""]
        * (1 if has_unit else _UNITS_IN_YEN[unit])
    )
    in_man, remainder = divmod(yen, _UNITS_IN_YEN["万円"])
    if remainder:
        raise ValueError("資本金は1万円未満を切り捨てて、万円の単位で入れてください。例：3333")
    if in_man >= 10**_LARGEST_DIGITS:
        raise ValueError("資本金が大きすぎます。単位を確かめてください。")
    return int(in_man)


def _amount(digits: str | None) -> Decimal:
    return Decimal((digits or "0").replace(",", ""))
