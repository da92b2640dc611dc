"""Codes, numbers and addresses of the net, as typed and as stored."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iri_exchange.lib import japan


def answer_of(read: Callable[[Any], Any], value: Any) -> Any:
    """What the reader returns, or the sentence it refuses with."""
    try:
        return read(value)
    except ValueError as error:
        return str(error)


def refusal(read: Callable[..., Any], *values: Any) -> str:
    """The sentence the reader refuses with."""
    with pytest.raises(ValueError, match="。") as caught:
        read(*values)
    return str(caught.value)


@pytest.mark.parametrize(
    "text", ["190-0023", "1900023", "〒190-0023", "〒１９０－００２３", "〒 190ー0023", " 190 0023 "]
)
def test_postal_code(text: str) -> None:
    assert japan.postal_code(text) == "190-0023"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("19600-3", "7けたの数字で入れてください。いまは6けたです。"),
        ("19000231", "7けたの数字で入れてください。いまは8けたです。"),
        ("190-00a3", "郵便番号は7けたの数字で入れてください。例：190-0023"),
    ],
)
def test_postal_code_refuses(text: str, message: str) -> None:
    assert refusal(japan.postal_code, text) == message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("042-000-4642", "042-000-4642"),
        ("０４２－０００－６６１１", "042-000-6611"),
        ("042ー000ー4642", "042-000-4642"),
        ("(042)000-0000", "042-000-0000"),
        ("042（000）0000", "042-000-0000"),
        ("042 000 4642", "042-000-4642"),
        ("042.000.4642", "042-000-4642"),
        ("0420004642", "0420004642"),
        ("090-0000-0000", "090-0000-0000"),
        ("042-000-4642（代）", "042-000-4642"),
        ("+81-42-000-4642", "+81-42-000-4642"),
        ("＋８１ (0)42 000 4642", "+81-42-000-4642"),
        ("+81420004642", "+81-420004642"),
    ],
)
def test_phone(text: str, expected: str) -> None:
    assert japan.phone(text) == expected
    assert japan.phone(expected) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("042-000", "電話番号は10けたか11けたです。いまは6けたです。例：042-000-4642"),
        ("+81-42-000", "電話番号は10けたか11けたです。いまは6けたです。例：042-000-4642"),
        ("420004642", "電話番号は0か+81で始めてください。例：042-000-4642"),
        ("+1-202-555-0100", "電話番号は0か+81で始めてください。例：042-000-4642"),
        ("042-000-4642 内線12", "電話番号は数字とハイフンで入れてください。例：042-000-4642"),
        ("なし", "電話番号は数字とハイフンで入れてください。例：042-000-4642"),
        ("0-4-2-0-0-0-4-6-4-2", "電話番号のハイフンが多すぎます。例：042-000-4642"),
    ],
)
def test_phone_refuses(text: str, message: str) -> None:
    assert refusal(japan.phone, text) == message


@pytest.mark.parametrize(
    "text",
    [
        "1182774714925",
        "１１８２７７４７１４９２５",
        "1-1827-7471-4925",
        "T1182774714925",
        " 1182 7747 14925 ",
    ],
)
def test_corporate_number(text: str) -> None:
    assert japan.corporate_number(text) == "1182774714925"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1234567890123", "法人番号の検査数字が合いません。数字を確かめてください。"),
        ("118277471492", "法人番号は13けたの数字です。いまは12けたです。"),
        ("未取得", "法人番号は13けたの数字で入れてください。"),
        ("118277471492٥", "法人番号は13けたの数字で入れてください。"),
    ],
)
def test_corporate_number_refuses(text: str, message: str) -> None:
    assert refusal(japan.corporate_number, text) == message


@pytest.mark.parametrize(
    "text", ["info@example.jp", "INFO@Example.JP", "ｉｎｆｏ＠ｅｘａｍｐｌｅ．ｊｐ", " info@example.jp\n"]
)
def test_email(text: str) -> None:
    assert japan.email(text) == "info@example.jp"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("info＠example", "メールアドレスの「@」の後ろが足りません。例：info@example.jp"),
        ("info@localhost", "メールアドレスの「@」の後ろが足りません。例：info@example.jp"),
        ("info.example.jp", "メールアドレスには「@」を1つだけ入れてください。例：info@example.jp"),
        ("a@example.jp, b@example.jp", "メールアドレスには「@」を1つだけ入れてください。例：info@example.jp"),
        ("情報@example.jp", "メールアドレスは半角の英数字で入れてください。例：info@example.jp"),
        ("info@example.jp\r\nBcc:x", "メールアドレスの形になっていません。例：info@example.jp"),
        ("in fo@example.jp", "メールアドレスの形になっていません。例：info@example.jp"),
        ("info@.jp", "メールアドレスの形になっていません。例：info@example.jp"),
        ("a" * 250 + "@example.jp", "メールアドレスは254文字までで入れてください。"),
    ],
)
def test_email_refuses(text: str, message: str) -> None:
    assert refusal(japan.email, text) == message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://c1.example.jp/", "https://c1.example.jp/"),
        ("http://example.jp/センター", "http://example.jp/センター"),
        ("www.example.jp", "https://www.example.jp"),
        ("example.jp:8080/a", "https://example.jp:8080/a"),
        ("ｈｔｔｐｓ：／／ｅｘａｍｐｌｅ．ｊｐ／", "https://example.jp/"),
    ],
)
def test_url(text: str, expected: str) -> None:
    assert japan.url(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("javascript:alert(1)", "URLはhttps://かhttp://で始めてください。例：https://www.example.jp/"),
        ("data:text/html,x", "URLはhttps://かhttp://で始めてください。例：https://www.example.jp/"),
        ("ftp://example.jp", "URLはhttps://かhttp://で始めてください。例：https://www.example.jp/"),
        ("https://bank.jp@example.jp/", "URLの形になっていません。例：https://www.example.jp/"),
        ("http://[::1", "URLの形になっていません。例：https://www.example.jp/"),
        ("準備中", "URLの形になっていません。例：https://www.example.jp/"),
        ("https://example.jp/" + "a" * 200, "URLは200文字までで入れてください。"),
    ],
)
def test_url_refuses(text: str, message: str) -> None:
    assert refusal(japan.url, text) == message


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("50", 50),
        ("1,000", 1000),
        ("１０００", 1000),
        ("255名", 255),
        ("255 人", 255),
        ("0", 0),
        (60, 60),
        (60.0, 60),
    ],
)
def test_whole_number(value: str | float, expected: int) -> None:
    assert japan.whole_number(value) == expected


@pytest.mark.parametrize("value", ["約50名", "-5", "1.5", "1,00", "五十", "", "٥", float("nan")])
def test_whole_number_refuses(value: str | float) -> None:
    assert refusal(japan.whole_number, value) == "数字だけで入れてください。例：50"


def test_whole_number_has_an_end() -> None:
    assert refusal(japan.whole_number, "9" * 5000) == "数が大きすぎます。9けたまでで入れてください。"


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("1,000", "万円", 1000),
        (2000, "万円", 2000),
        ("98,000,000円", "万円", 9800),
        ("98,000,000", "円", 9800),
        ("3000万円", "円", 3000),
        ("３０００万", "円", 3000),
        ("3千万円", "円", 3000),
        ("1億円", "万円", 10000),
        ("1億5000万円", "万円", 15000),
        ("1.5億円", "万円", 15000),
        ("20百万円", "万円", 2000),
        ("20", "百万円", 2000),
        ("30,000", "千円", 3000),
        ("0", "万円", 0),
    ],
)
def test_capital(value: str | float, unit: str, expected: int) -> None:
    assert japan.capital(value, unit) == expected


@pytest.mark.parametrize(
    ("value", "unit", "message"),
    [
        ("約1000万円", "万円", "資本金は数字で入れてください。例：1000（万円）"),
        ("なし", "万円", "資本金は数字で入れてください。例：1000（万円）"),
        ("-5", "万円", "資本金は数字で入れてください。例：1000（万円）"),
        ("33,333,000円", "万円", "資本金は1万円未満を切り捨てて、万円の単位で入れてください。例：3333"),
        ("5千円", "万円", "資本金は1万円未満を切り捨てて、万円の単位で入れてください。例：3333"),
        ("9" * 20, "万円", "資本金が大きすぎます。単位を確かめてください。"),
        ("9" * 5000, "万円", "資本金の数字が長すぎます。"),
        ("10", "ドル", "資本金の単位「ドル」が分かりません。万円で入れてください。"),
    ],
)
def test_capital_refuses(value: str, unit: str, message: str) -> None:
    assert refusal(japan.capital, value, unit) == message


@pytest.mark.parametrize(
    "read",
    [
        japan.postal_code,
        japan.phone,
        japan.corporate_number,
        japan.email,
        japan.url,
        japan.whole_number,
        japan.capital,
    ],
)
@given(text=st.one_of(st.text(), st.text(alphabet="0123456789-+()@.:/a,億千万円名％", max_size=20)))
def test_hostile_text_is_read_or_refused_in_japanese(read: Callable[[str], Any], text: str) -> None:
    answer = answer_of(read, text)
    assert "。" in str(answer) or read(str(answer)) == answer
