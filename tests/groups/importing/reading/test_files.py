"""Rosters as 27 people keep them: which rows are members, and what they say."""

import datetime

import pytest

from tests.groups.importing.reading.sheets import NUMBER, keys, members, opened, problems, values, warnings


def test_title_lines_and_closing_lines_are_no_members():
    table = opened(
        f"""
        多摩けやき会　会員名簿
        令和8年7月1日現在||（順不同）

        No.|企業名|氏名|電話|法人番号
        1|株式会社青葉|青葉 一郎|042-000-0001|{NUMBER}
        2|若葉工業有限会社|若葉 花子|042-000-0002|
        3||||
        4|
        合　計|2社|2名
        — 以上 —
        ※ 無断転載を禁じます
        事務局|多摩テクノプラザ
        """
    )

    assert members(table) == [("株式会社青葉", "青葉 一郎"), ("若葉工業有限会社", "若葉 花子")]
    assert (table.layout.header_row, problems(table)) == (4, [])
    assert warnings(table) == [
        (11, "No.", "「※ 無断転載を禁じます」の行は、会員の行ではないと見て、読みとばしました。"),
        (12, "No.", "「事務局」の行は、会員の行ではないと見て、読みとばしました。"),
    ]


def test_the_header_and_the_title_come_again_on_each_printed_page():
    table = opened(
        """
        けやき会名簿
        企業名|氏名|電話
        株式会社青葉|青葉 一郎|042-000-0001
        1/2ページ
        けやき会名簿
        企業名|氏名|電話
        株式会社若葉|若葉 花子|042-000-0002
        - 2 -
        """
    )

    assert members(table) == [("株式会社青葉", "青葉 一郎"), ("株式会社若葉", "若葉 花子")]
    assert warnings(table) == []


def test_a_header_of_two_lines_comes_again():
    header = "企業名|氏名|連絡先|\n||電話|FAX\n"
    table = opened(
        f"{header}株式会社青葉|青葉 一郎|042-000-0001|\n{header}株式会社若葉|若葉 花子|042-000-0002|042-000-0003"
    )

    assert [company for company, _ in members(table)] == ["株式会社青葉", "株式会社若葉"]
    assert problems(table) == []


def test_headings_between_the_rows_are_skipped_and_told():
    table = opened(
        """
        企業名|氏名|電話|FAX
        【製造業】
        株式会社青葉|青葉 一郎|042-000-0001
        ■ 建設業
        株式会社若葉
        情報通信業
        個人会員
        個人会員|紅葉 三郎|042-000-0003
        （注）住所は省きました。
        """
    )

    assert members(table) == [("株式会社青葉", "青葉 一郎"), ("株式会社若葉", ""), ("", "紅葉 三郎")]
    assert [row for row, _, _ in warnings(table)] == [2, 4, 6, 7, 9]


def test_a_blank_first_column_and_columns_without_a_label():
    table = opened("||企業名||氏名|\n||株式会社青葉||青葉 一郎|支払済\n||株式会社若葉|3|若葉 花子")

    assert members(table) == [("株式会社青葉", "青葉 一郎"), ("株式会社若葉", "若葉 花子")]
    assert warnings(table) == [(1, "F列", "見出しのない列は取り込みません。")]
    assert [column.letter for column in table.layout.columns] == ["A", "B", "C", "D", "E", "F"]


def test_columns_nobody_knows_are_told_once_and_counters_are_not():
    table = opened("No.|企業名|会費|備考|通番|直すところ\n1|株式会社青葉|済|x|7|y")

    assert warnings(table) == [
        (1, "会費", "「会費」の列は取り込みません。"),
        (1, "備考", "「備考」の列は取り込みません。"),
    ]


def test_offices_of_the_group_are_no_titles_at_work():
    table = opened(
        "役職|氏名|会社名\n代表幹事|青葉 一郎|株式会社青葉\n会計|若葉 花子|株式会社若葉\n|紅葉 三郎|株式会社紅葉"
    )

    assert keys(table) == ["", "person_name", "company_name"]
    assert warnings(table) == [(1, "役職", "会の役職の列と見て、取り込みません。")]


def test_merged_cells_give_one_company_several_people():
    table = opened(
        """
        No.|企業名|所在地|電話|氏名|役職
        1|株式会社青葉|東京都立川市柴崎町9-9-9|042-000-0001|青葉 一郎|社長
        ||||青葉 次郎|部長
        2||||若葉 花子|
        """
    )

    assert members(table) == [("株式会社青葉", "青葉 一郎"), ("株式会社青葉", "青葉 次郎")]
    assert warnings(table) == [
        (3, "企業名", "企業名が空いているので、上の行の「株式会社青葉」の人として読みました。")
    ]
    assert [(row, column) for row, column, _ in problems(table)] == [(4, "企業名")]


def test_who_has_no_company_may_stand_in_its_place():
    table = opened(
        "企業名|氏名|電話\n青葉 一郎（個人会員）||042-000-0001\n個人|若葉 花子|\n（個人会員）||\n株式会社個人||042-000-0002"
    )

    assert members(table) == [("", "青葉 一郎"), ("", "若葉 花子"), ("株式会社個人", "")]
    assert [warning[0] for warning in warnings(table)] == [4]


def test_who_has_no_company_is_not_given_the_one_above():
    table = opened(
        "企業名|氏名|メール\n株式会社青葉|青葉 一郎|i@aoba.example.jp\n|若葉 花子|h@wakaba.example.jp"
    )

    assert problems(table) == [
        (
            3,
            "企業名",
            "企業名がありません。入れてから、もう一度取り込んでください。会社のない人なら「個人会員」と入れてください。",
        )
    ]


def test_two_people_in_a_row_are_two_members_of_one_company():
    table = opened(
        f"""
        企業名|電話|法人番号|氏名|役職|メール|2人目の氏名|2人目の役職|2人目のメール
        株式会社青葉|042-000-0001|{NUMBER}|青葉 一郎|社長|i@aoba.example.jp|青葉 次郎|部長|j@aoba.example.jp
        株式会社若葉||||||若葉 花子||
        株式会社紅葉||||||||x@momiji.example.jp
        """
    )

    assert values(table) == [
        {
            "company_name": "株式会社青葉",
            "phone": "042-000-0001",
            "corporate_number": NUMBER,
            "person_name": ("青葉", "一郎"),
            "title": "社長",
            "email": "i@aoba.example.jp",
        },
        {
            "company_name": "株式会社青葉",
            "corporate_number": NUMBER,
            "person_name": ("青葉", "次郎"),
            "title": "部長",
            "email": "j@aoba.example.jp",
        },
        {"company_name": "株式会社若葉", "person_name": ("若葉", "花子")},
        {"company_name": "株式会社紅葉"},
    ]
    assert warnings(table) == [
        (4, "2人目のメール", "2人目は取り込みません。企業名と氏名がそろった行だけです。")
    ]


def test_what_belongs_to_a_person_without_a_name_is_told():
    table = opened("企業名|氏名|役職\n株式会社青葉||社長")

    assert warnings(table) == [(2, "役職", "氏名がないので、役職・メールなどは取り込みません。")]


def test_names_and_addresses_in_several_columns():
    table = opened(
        """
        企業名|姓|名|セイ|メイ|都道府県|市区町村|番地|建物名
        株式会社青葉|青葉|一郎|ｱｵﾊﾞ|いちろう|東京都|立川市|柴崎町9-9-9|青葉ビル 3階
        株式会社若葉|若葉 花子||||||八王子市明神町9-9-9|
        """
    )

    assert values(table) == [
        {
            "company_name": "株式会社青葉",
            "person_name": ("青葉", "一郎"),
            "person_kana": ("アオバ", "イチロウ"),
            "address": {
                "prefecture": "東京都",
                "city": "立川市",
                "street": "柴崎町9-9-9",
                "building": "青葉ビル 3階",
            },
        },
        {
            "company_name": "株式会社若葉",
            "person_name": ("若葉", "花子"),
            "address": {"street": "八王子市明神町9-9-9"},
        },
    ]


@pytest.mark.parametrize(
    ("header", "cells", "expected"),
    [
        ("住所1|住所2", "東京都立川市柴崎町9-9-9|青葉ビル", ("東京都", "立川市", "柴崎町9-9-9", "青葉ビル")),
        ("住所1|住所2", "東京都立川市|柴崎町9-9-9", ("東京都", "立川市", "柴崎町9-9-9", None)),
        ("住所1|住所2", "東京都|立川市柴崎町9-9-9", ("東京都", "立川市", "柴崎町9-9-9", None)),
        ("都道府県|住所", "東京都|立川市柴崎町9-9-9", ("東京都", "立川市", "柴崎町9-9-9", None)),
        ("都道府県|住所", "東京都|東京都立川市柴崎町9-9-9", ("東京都", "立川市", "柴崎町9-9-9", None)),
        ("住所|建物名", "東京都立川市柴崎町9-9-9|青葉ビル", ("東京都", "立川市", "柴崎町9-9-9", "青葉ビル")),
        ("住所|番地", "東京都立川市柴崎町|9-9-9", ("東京都", "立川市", "柴崎町9-9-9", None)),
        ("市区町村|番地", "東京都立川市|柴崎町9-9-9", ("東京都", "立川市", "柴崎町9-9-9", None)),
        ("〒・住所", "〒190-0023⏎東京都立川市柴崎町9-9-9", ("東京都", "立川市", "柴崎町9-9-9", None)),
    ],
)
def test_an_address_however_it_is_cut(header, cells, expected):
    [read] = values(opened(f"企業名|{header}\n株式会社青葉|{cells}"))

    parts = ("prefecture", "city", "street", "building")
    assert tuple(read["address"].get(part) for part in parts) == expected
    assert ("postal_code" in read) == header.startswith("〒")


def test_cells_that_hold_two_things():
    table = opened(
        """
        企業名（フリガナ）|役職・氏名|TEL/FAX|メール・URL
        青葉精機（アオバセイキ）|代表取締役 青葉 一郎|042-000-0001⏎042-000-0002|i@aoba.example.jp⏎https://aoba.example.jp/
        ワカバ⏎若葉工業|若葉 花子|T 042-000-0003 F 042-000-0004|
        """
    )

    assert values(table) == [
        {
            "company_name": "青葉精機",
            "company_kana": "アオバセイキ",
            "person_name": ("青葉", "一郎"),
            "title": "代表取締役",
            "phone": "042-000-0001",
            "fax": "042-000-0002",
            "email": "i@aoba.example.jp",
            "url": "https://aoba.example.jp/",
        },
        {
            "company_name": "若葉工業",
            "company_kana": "ワカバ",
            "person_name": ("若葉", "花子"),
            "phone": "042-000-0003",
            "fax": "042-000-0004",
        },
    ]
    assert (problems(table), warnings(table)) == ([], [])


def test_ditto_is_what_stands_above():
    table = opened(
        """
        企業名|氏名|電話|入会日|住所
        株式会社青葉|青葉 一郎|042-000-0001|H25.7.1|東京都立川市柴崎町9-9-9
        同上|青葉 次郎|〃|〃|〃
        〃|青葉 三郎|〃||
        株式会社若葉|若葉 花子|42|同上|〃
        株式会社紅葉|紅葉 一葉|〃||
        """
    )

    assert [entry["phone"] for entry in values(table)] == ["042-000-0001"] * 3
    assert [entry.get("joined_on") for entry in values(table)] == [datetime.date(2013, 7, 1)] * 2 + [None]
    assert warnings(table)[:2] == [
        (3, "企業名", "上の行と同じ「株式会社青葉」と読みました。"),
        (3, "電話", "上の行と同じ「042-000-0001」と読みました。"),
    ]
    assert problems(table) == [
        (5, "電話", "電話番号は0か+81で始めてください。例：042-000-4642"),
        (5, "入会日", "「同上」とありますが、上の行が空いています。値そのものを入れてください。"),
        (5, "住所", "「同上」とありますが、上の行が空いています。値そのものを入れてください。"),
        (6, "電話", "「同上」とありますが、上の行が読めません。値そのものを入れてください。"),
    ]
