"""Members who have left, or rest, and still stand in the file."""

import pytest

from tests.groups.importing.reading.sheets import members, opened, warnings

TAKE_OUT = "取込では退会や休会を記録しません。会員でない方の行は、消してから取り込んでください。"


@pytest.mark.parametrize(
    "heading",
    [
        "退会者",
        "【退会者】",
        "■退会者一覧",
        "休会中",
        "休会会員（3名）",
        "退会者 2名",
        "OB",
        "ＯＢ会員",
        "旧会員",
    ],
)
@pytest.mark.parametrize("header", ["企業名|氏名", "企業名|氏名|電話", "No.|企業名|氏名"])
def test_a_heading_above_those_who_are_gone_is_no_company(heading, header):
    member = "1|株式会社青葉|青葉 一郎" if header.startswith("No") else "株式会社青葉|青葉 一郎"

    table = opened(f"{header}\n{member}\n{heading}\n{member.replace('青葉', '若葉')}")

    assert members(table) == [("株式会社青葉", "青葉 一郎"), ("株式会社若葉", "若葉 一郎")]
    assert [(row, message) for row, _, message in warnings(table)] == [
        (
            3,
            f"「{heading}」の行は、会員の行ではないと見て、読みとばしました。その下の行は読みます。{TAKE_OUT}",
        )
    ]


@pytest.mark.parametrize("name", ["OB商会", "株式会社退会サポート", "休会", "OBC"])
def test_a_company_may_be_called_nearly_so(name):
    text = f"企業名|氏名|電話\n株式会社青葉|青葉 一郎|042-000-0001\n{name}|若葉 花子|042-000-0002"

    assert [company for company, _ in members(opened(text))] == ["株式会社青葉", name]


def test_what_a_column_that_is_not_imported_says_of_leaving_is_told():
    table = opened(
        """
        企業名|氏名|備考|区分|退会日|直すところ|
        株式会社青葉|青葉 一郎|2024年3月退会|||退会の日|
        株式会社若葉|若葉 花子||休会中||退会の日|
        株式会社紅葉|紅葉 三郎||ＯＢ|2024/3/31||退会済
        株式会社桜|桜 四郎|BOBBY|正会員|―||
        """
    )

    said = [warning for warning in warnings(table) if warning[0] > 1]
    assert len(members(table)) == 4
    assert [(row, column, message.removesuffix(TAKE_OUT)) for row, column, message in said] == [
        (2, "備考", "「2024年3月退会」とあります。"),
        (3, "区分", "「休会中」とあります。"),
        (4, "区分", "「ＯＢ」とあります。"),
        (4, "退会日", "「2024/3/31」とあります。"),
        (4, "G列", "「退会済」とあります。"),
    ]
