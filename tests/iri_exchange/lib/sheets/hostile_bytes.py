"""Files that must be refused and are no workbooks: told by their first bytes, or text with a fault.

Name → (file name, bytes, what the refusal says), as in `hostile`.
"""

import gzip

Case = tuple[str, bytes, str]

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
TABLE = "<table><tr><td>企業名</td></tr></table>"
XML_2003 = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
)
UNREADABLE = "Excelのファイルとして読めません"
ARCHIVE = "展開"
WEB_PAGE = "ウェブページ"
PICTURE = "写真や画像"
TOO_LARGE = "大きすぎます"

OTHER_CASES: dict[str, Case] = {
    "pdf": ("a.xlsx", b"%PDF-1.7\n%...", "PDFは読めません"),
    "pdf named csv": ("a.csv", b"%PDF-1.7\n", "PDFは読めません"),
    "old xls": ("a.xls", OLE, "古い形のExcel"),
    "old xls named xlsx": ("a.xlsx", OLE, "古い形のExcel"),
    "old xls named csv": ("a.csv", OLE, "古い形のExcel"),
    "password": ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "パスワード"),
    "html named xls": ("a.xls", f"<html><body>{TABLE}</body></html>".encode("cp932"), WEB_PAGE),
    "html named xlsx": ("a.xlsx", f"\ufeff\r\n<!DOCTYPE html>{TABLE}".encode(), WEB_PAGE),
    "html in UTF-16": ("a.xls", f"<html>{TABLE}</html>".encode("utf-16"), WEB_PAGE),
    "html named csv": ("a.csv", TABLE.encode(), WEB_PAGE),
    "html for Excel": (
        "a.xls",
        b'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8"></head></html>',
        WEB_PAGE,
    ),
    "web archive": ("a.xls", b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", WEB_PAGE),
    "XML of 2003": ("a.xls", XML_2003.encode(), "XMLスプレッドシート"),
    "rich text": ("a.csv", b"{\\rtf1\\ansi}", "Word"),
    "png": ("a.png", b"\x89PNG\r\n\x1a\n", PICTURE),
    "jpeg named xlsx": ("a.xlsx", b"\xff\xd8\xff\xe0\0\x10JFIF", PICTURE),
    "picture of a phone": ("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0", PICTURE),
    "bitmap": ("a.bmp", b"BM\x36\0\0\0\0\0", PICTURE),
    "gzip": ("a.csv.gz", gzip.compress(b"a,b\n"), ARCHIVE),
    "lzh": ("a.lzh", b"\x19\x5a-lh5-\x10\0", ARCHIVE),
    "rar": ("a.rar", b"Rar!\x1a\x07\0", ARCHIVE),
    "7z": ("a.7z", b"7z\xbc\xaf\x27\x1c\0\4", ARCHIVE),
    "one word named xlsx": ("a.xlsx", "企業名".encode(), UNREADABLE),
    "noise named xlsx": ("a.xlsx", bytes(range(128, 256)) * 4, UNREADABLE),
    "a word without ending": ("roster", b"hello", UNREADABLE),
    "more than 10 MB": ("a.xlsx", b"PK\x03\x04" + b"\0" * 10 * 1024 * 1024, "10MB"),
}

TEXT_CASES: dict[str, Case] = {
    "empty": ("a.csv", b"", "空です"),
    "white space": ("a.csv", b"\xef\xbb\xbf\r\n\r\n", "何も書かれていません"),
    "separators": ("a.csv", b",,,\n,,,\n", "何も書かれていません"),
    "only the name of a separator": ("a.csv", b"sep=,\r\n", "何も書かれていません"),
    "neither encoding": ("a.csv", "企業名\n".encode("cp932") + b"\xff\xff\n", "2行目に読めない文字"),
    "damaged UTF-8": ("a.csv", "企業名\n氏名\n".encode() + b"\xe4\xbb\n", "3行目に読めない文字"),
    "EUC": ("a.csv", "企業名,氏名\n株式会社立川,高橋".encode("euc_jp"), "読めない文字"),
    "GBK": ("a.csv", "企业名称,姓名\n".encode("gbk"), "読めない文字"),
    "JIS": ("a.csv", "企業名,氏名\n".encode("iso2022_jp"), "読めない文字"),
    "UTF-32": ("a.csv", "企業名,氏名\n".encode("utf-32"), "読めない文字"),
    "half a UTF-16": ("a.csv", "企業名".encode("utf-16")[:-1], "読めない文字"),
    "zero bytes": ("a.csv", b"a,b\n\0\0\0\0\n", "読めない文字"),
    "a zero in UTF-8": (
        "a.csv",
        ("企業名,氏名\n株式会社立川,髙橋\n" * 9).encode() + b"a,\0b\n",
        "19行目に読めない文字",
    ),
    "zeros at the ends of words": (
        "a.csv",
        "企業名\0,氏名\0\n立川\0,髙橋\0\n".encode(),
        "1行目に読めない文字",
    ),
    "a zero in cp932": ("a.csv", ("企業名,氏名\n" * 9).encode("cp932") + b"a,\0b\n", "10行目に読めない文字"),
    "a program": ("a.csv", b"\x7fELF\x02\x01\x01" + bytes(range(256)), "読めない文字"),
    "open quote": ("a.csv", '企業名,氏名\n"株式会社立川,髙橋\n'.encode(), "行目を区切れません"),
    "quotes in quotes": ("a.csv", '企業名,氏名\n"通称"立川"",髙橋\n'.encode(), "2行目を区切れません"),
    "endless field": ("a.csv", b'"' + b"a" * 200_000 + b'"', "行目を区切れません"),
    "one giant line": ("a.csv", b"a" * 9_000_000, "1行目を区切れません"),
    "one giant line of fields": ("a.csv", b"a;" * 4_000_000, "1行目が500列"),
    "too many rows": ("a.csv", b"a\n" * 100_000, "30,001行目"),
    "too many rows of a Mac": ("a.csv", b"a\r" * 100_000, "30,001行目"),
    "too many columns": ("a.csv", b"a,b\n" + b"a," * 500 + b"a\n", "2行目が500列"),
    "5,000 columns": ("a.csv", b"\t".join([b"a"] * 5_000), "1行目が500列"),
    "too many cells": ("a.csv", (b"a," * 400 + b"\n") * 1_600, TOO_LARGE),
    "ten million commas": ("a.csv", b"," * 10_000_000 + b"a", "500列"),
    "more than 10 MB": ("a.csv", b"a" * (10 * 1024 * 1024 + 1), "10MB"),
}
