"""What labels say, and which rows are no records."""

import pytest

from iri_exchange.lib import importing, sheets
from iri_exchange.lib.importing import Label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("企業名", Label("企業名")),
        ("氏　名", Label("氏名")),
        ("住\n所", Label("住所")),
        ("ＴＥＬ", Label("tel")),
        ("℡", Label("tel")),
        ("E-Mail", Label("email")),
        ("e-メール", Label("eメール")),
        ("T.E.L", Label("tel")),
        ("電話・FAX", Label("電話fax")),
        ("主要製品 技術", Label("主要製品技術")),
        ("資本金（万円）", Label("資本金", ("万円",))),
        ("資 本 金\n[単位：千円]", Label("資本金", ("単位千円",))),
        ("氏名(ﾌﾘｶﾞﾅ)", Label("氏名", ("フリガナ",))),
        ("電話（会社）（代表）", Label("電話", ("会社", "代表"))),
        ("【企業名】", Label("企業名")),
        ("（備考）この行の問題", Label("この行の問題", ("備考",))),
        ("企業名※", Label("企業名")),
        ("*会社名", Label("会社名")),
        ("企業名【必須】", Label("企業名")),
        ("会社名 ※入力必須", Label("会社名")),
        ("お名前（任意）", Label("お名前")),
        ("会社名（例：株式会社青葉）", Label("会社名")),
        ("入会日\n例：2026年7月1日", Label("入会日")),
        ("1.企業名", Label("企業名")),
        ("（２）氏名", Label("氏名")),
        ("③ 電話", Label("電話")),
        ("a) 住所", Label("住所")),
        ("10：FAX", Label("fax")),
        ("2人目氏名", Label("2人目氏名")),
        ("参加者②", Label("参加者2")),
        ("No.", Label("no")),
        ("№", Label("no")),
        ("", Label("")),
        ("（）", Label("")),
        ("※", Label("")),
    ],
)
def test_label_of(text: str, label: Label) -> None:
    assert importing.label_of(text) == label


def test_cells_by_key() -> None:
    header = importing.Header(1, {"company": 0, "fax": 1, "capital": 2, "url": 3}, {"company": "企業名"}, ())
    cells: list[sheets.Cell] = ["　株式会社立川 ", "－", 20.0]
    keys = ("company", "fax", "capital", "url", "person")

    assert [header.text(cells, key) for key in keys] == ["株式会社立川", "", "20", "", ""]


def test_listed() -> None:
    assert importing.listed("会社名、社名、Company name") == ("会社名", "社名", "Company name")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([], True),
        ([None, "　", ""], True),
        (["以上"], True),
        ([None, "以　上"], True),
        (["― 以上 ―"], True),
        (["（以上）"], True),
        (["以上21社"], True),
        (["合計", None, 21], True),
        (["合　計："], True),
        (["総計", "3名"], True),
        (["計２１社"], True),
        (["計21社25名"], True),
        (["小計", "3名"], True),
        (["会員計", 21], True),
        (["会員数：21社"], True),
        (["21社"], True),
        (["21社", "株式会社青葉"], False),
        (["1/2ページ"], True),
        (["- 2 -"], True),
        (["P.3"], True),
        (["――――"], True),
        (["会計", "青葉 一郎"], False),
        (["1", "株式会社合計計算"], False),
        (["株式会社以上"], False),
        (["以上測器株式会社", "髙橋"], False),
        (["計測サービス", "髙橋"], False),
        (["計"], True),
        ([1, None], False),
    ],
)
def test_is_noise(cells: list[sheets.Cell], expected: bool) -> None:
    assert importing.is_noise(cells) == expected
