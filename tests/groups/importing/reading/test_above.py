"""Rows that leave something to the row above: what they say, and how they stand alone."""

from tests.groups.importing.reading.sheets import NUMBER, members, opened, problems, values, warnings

MERGED = f"""
No.|企業名|法人番号|所在地|電話|氏名|メール
1|株式会社青葉|{NUMBER}|東京都立川市柴崎町9-9-9|042-000-0001|青葉 一郎|
|||||青葉 次郎|
|||||青葉 三郎|x
|||||青葉 四郎|
2|株式会社若葉||東京都立川市錦町9-9-9|042-000-0002|若葉 花子|
||||||
同上|同上||〃|〃|若葉 次郎|
"""


def test_a_merged_cell_gives_one_company_as_many_people_as_there_are():
    text = MERGED.replace("三郎|x", "三郎|")

    assert members(opened(text)) == [
        *(("株式会社青葉", f"青葉 {name}") for name in ("一郎", "次郎", "三郎", "四郎")),
        ("株式会社若葉", "若葉 花子"),
        ("株式会社若葉", "若葉 次郎"),
    ]
    assert problems(opened(text)) == []


def test_whoever_shares_a_company_says_whose_row_names_it():
    table = opened(MERGED.replace("三郎|x", "三郎|"))

    assert [entry.beside for row in table.read({}) for entry in row.entries] == [0, 2, 2, 2, 0, 6]
    second = opened("企業名|氏名|2人目の氏名\n株式会社青葉|青葉 一郎|青葉 次郎")
    assert [entry.beside for row in second.read({}) for entry in row.entries] == [0, 2]


def test_behind_a_row_that_cannot_be_read_nobody_is_given_its_company():
    assert [(row, column) for row, column, _ in problems(opened(MERGED))] == [(4, "メール"), (5, "企業名")]


def test_what_stands_above_is_written_out():
    read = list(opened(MERGED).read({}))

    assert read[2].cells == [None, "株式会社青葉", NUMBER, None, None, "青葉 三郎", "x"]
    assert read[5].cells == [
        "同上",
        "株式会社若葉",
        None,
        "東京都立川市錦町9-9-9",
        "042-000-0002",
        "若葉 次郎",
        None,
    ]


def test_the_file_itself_stays_as_it_is():
    table = opened(MERGED)

    first = list(table.read({}))

    assert first == list(table.read({}))
    assert [row.cells[1] for row in table.rows] == [
        "株式会社青葉",
        None,
        None,
        None,
        "株式会社若葉",
        "同上",
    ]


def test_ditto_below_ditto_in_several_columns():
    table = opened(
        """
        企業名|都道府県|住所|氏名
        株式会社青葉|東京都|立川市柴崎町9-9-9|青葉 一郎
        株式会社若葉|同上|〃|若葉 花子
        株式会社紅葉|〃|〃|紅葉 三郎
        """
    )

    assert {tuple(entry["address"].values()) for entry in values(table)} == {
        ("東京都", "立川市", "柴崎町9-9-9")
    }
    assert list(table.read({}))[2].cells == ["株式会社紅葉", "東京都", "立川市柴崎町9-9-9", "紅葉 三郎"]


def test_ditto_below_what_could_not_be_read_is_not_called_empty():
    table = opened("企業名|電話\n株式会社青葉|42\n株式会社若葉|〃\n株式会社紅葉|〃")

    assert [message for *_, message in problems(table)][1:] == [
        "「同上」とありますが、上の行が読めません。値そのものを入れてください。"
    ] * 2


def test_what_stands_beside_a_second_name_is_the_second_persons():
    table = opened(
        "企業名|参加者1|参加者2\n株式会社青葉|青葉 一郎（社長）|青葉 次郎（アオバ ジロウ）\n株式会社若葉|若葉 花子|若葉 桜（専務）"
    )

    assert [
        (read["person_name"][1], read.get("title"), read.get("person_kana")) for read in values(table)
    ] == [
        ("一郎", "社長", None),
        ("次郎", None, ("アオバ", "ジロウ")),
        ("花子", None, None),
        ("桜", "専務", None),
    ]


def test_of_somebody_without_a_company_one_number_is_read():
    table = opened(
        """
        企業名|氏名|電話|携帯
        個人会員|青葉 一郎||090-0000-0001
        個人会員|若葉 花子|042-000-0002|090-0000-0002
        株式会社紅葉|紅葉 三郎|042-000-0003|090-0000-0003
        株式会社桜|||090-0000-0004
        """
    )

    assert [(read.get("phone"), read.get("mobile")) for read in values(table)] == [
        ("090-0000-0001", None),
        ("042-000-0002", None),
        ("042-000-0003", "090-0000-0003"),
        (None, "090-0000-0004"),
    ]
    assert warnings(table) == [
        (3, "携帯", "個人会員の電話は1つだけです。「042-000-0002」を読み、この番号は取り込みません。"),
        (5, "携帯", "氏名がないので、役職・メールなどは取り込みません。"),
    ]
