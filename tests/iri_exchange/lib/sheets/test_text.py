"""CSV and TSV in the encodings and with the separators that spreadsheets write."""

import pytest

from iri_exchange.lib import sheets

TEXT = "企業名,氏名,電話\r\n株式会社立川,髙橋　誠,042-000-4642\r\n"
ROWS = [(1, ["企業名", "氏名", "電話"]), (2, ["株式会社立川", "髙橋　誠", "042-000-4642"])]


def rows_of(text: str, encoding: str = "utf-8") -> list[sheets.Row]:
    return sheets.read(text.encode(encoding), "a.csv")[0].rows


@pytest.mark.parametrize("ending", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16", "utf-16-le", "utf-16-be"])
def test_each_encoding_separator_and_line_ending(encoding: str, separator: str, ending: str) -> None:
    assert rows_of(TEXT.replace(",", separator).replace("\r\n", ending), encoding) == ROWS


def test_utf_16_with_its_mark_the_other_way() -> None:
    assert sheets.read(b"\xfe\xff" + TEXT.encode("utf-16-be"), "a.csv")[0].rows == ROWS


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932", "utf-16"])
@pytest.mark.parametrize("first", ["sep={}", '"sep={}"', "SEP={}"])
def test_a_named_separator_is_no_row(first: str, separator: str, encoding: str) -> None:
    text = first.format(separator) + "\r\n" + TEXT.replace(",", separator)
    assert rows_of(text, encoding) == ROWS


def test_a_named_separator_as_excel_saves_it_again() -> None:
    assert rows_of("sep=,,\r\n" + TEXT) == ROWS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a;b\n"1,000;2,000,000,000";x\n', ["1,000;2,000,000,000", "x"]),
        ("a,b\n精密加工;試作;組立;塗装,x\n", ["精密加工;試作;組立;塗装", "x"]),
        ("a\tb\n東京都,立川市,曙町\tx\n", ["東京都,立川市,曙町", "x"]),
        ('a,b\n"一\t二\t三\t四",x\n', ["一\t二\t三\t四", "x"]),
        ('"立川市,曙町"\tx\n"立川市,錦町,1"\ty\n', ["立川市,錦町,1", "y"]),
        ("a\nb\n", ["b"]),
        ("a,b,c\n1,2,3;4\n", ["1", "2", "3;4"]),
    ],
)
def test_the_separator_is_the_one_outside_of_quotes(text: str, expected: list[str]) -> None:
    assert rows_of(text)[1].cells == expected


def test_letters_of_windows_and_gaiji() -> None:
    """NEC's and IBM's extensions have two codes each; somebody's own letters stay what they are."""
    extensions = "①⑳ⅠⅩ㍉㎡㈱㈲㈹℡№∑髙﨑濵德栁彅神～－ｱｲﾃｨ"
    assert rows_of(f"{extensions},x\n", "cp932") == [(1, [extensions, "x"])]
    both = b"\xed\x95\xfa\xb1,\x81\xe6\xfa\x5b,\xf0\x40\xf9\xfc\n"
    assert sheets.read(both, "a.csv")[0].rows == [(1, ["﨑﨑", "∵∵", "\ue000\ue757"])]


def test_letters_that_only_unicode_has() -> None:
    letters = ["葛\U000e0100西", "𠮷田", "鷗", "か\u3099", "😀", "한"]
    for encoding in ("utf-8", "utf-16", "utf-16-le"):
        assert rows_of(",".join(letters) + "\n", encoding) == [(1, letters)]


def test_quotes_and_line_breaks() -> None:
    text = 'a,"b ""c"" d","e\r\nf",g"h,\' i\n\n"",,x,\n'
    assert rows_of(text) == [(1, ["a", 'b "c" d', "e\r\nf", 'g"h', "' i"]), (3, [None, None, "x"])]


def test_formulas_are_text() -> None:
    assert rows_of("=1+1,+81,-,@a,'=x,''=x\n") == [(1, ["=1+1", "+81", "-", "@a", "=x", "'=x"])]


@pytest.mark.parametrize(
    "filename", ["名簿.csv", "名簿.TXT", "名簿.tsv", "名簿.xls", "名簿.xlsx", "名簿", "名簿.dat"]
)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932", "utf-16"])
def test_a_table_of_text_under_any_name(filename: str, encoding: str) -> None:
    assert sheets.read(TEXT.encode(encoding), f"C:\\名簿\\{filename}") == [("名簿", ROWS)]


def test_less_than_and_letters_of_pictures_begin_no_picture() -> None:
    assert rows_of("<会員>,氏名\n") == [(1, ["<会員>", "氏名"])]
    assert rows_of("BMW東京,髙橋\n") == [(1, ["BMW東京", "髙橋"])]
    assert rows_of("PK工業,髙橋\n") == [(1, ["PK工業", "髙橋"])]


def test_up_to_the_limits() -> None:
    assert len(rows_of("a\n" * 30_000)) == 30_000
    assert len(rows_of(",".join("a" * 500))[0].cells) == 500
    assert rows_of("a\n" + ",,,\n" * 40_000) == [(1, ["a"])]
