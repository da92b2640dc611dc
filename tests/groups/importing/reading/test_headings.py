"""The words of a header: what each column is."""

import pytest

from tests.groups.importing.reading.sheets import keys, opened, problems, values

HEADERS = [
    (
        "No.|企業名|フリガナ|参加者氏名|氏名フリガナ|役職|郵便番号|所在地|TEL|FAX|E-mail|URL|業種|主要製品・技術"
        "|資本金（万円）|従業員数|法人番号|入会日",
        " company_name company_kana person_name person_kana title postal_code address phone fax email url trade"
        " products capital employees corporate_number joined_on",
    ),
    (
        "会社名|カナ|担当者|役職名|〒|住所|電話番号|ファックス|メールアドレス|ホームページ|事業内容|資本金|社員数",
        "company_name company_kana person_name title postal_code address phone fax email url products capital"
        " employees",
    ),
    ("№|会 社 名|氏　名|役　職|電　話", " company_name person_name title phone"),
    ("①企業名※必須|2.氏名（カナ）|（３）氏名|4 電話番号（半角）|⑤メール【任意】", "company_name person_kana person_name phone email"),
    ("Company|Name|Title|TEL|Fax|E-Mail|Address|Zip", "company_name person_name title phone fax email address postal_code"),
    ("Company Name|Contact Person|Phone Number|Postal Code|Website", "company_name person_name phone postal_code url"),
    ("H.P.|T.E.L|会社名:|F.A.X", "url phone company_name fax"),
    ("【企業名】|［氏名］|℡|〒", "company_name person_name phone postal_code"),
    # フリガナ belongs to the name it stands beside.
    ("企業名|フリガナ|氏名|フリガナ", "company_name company_kana person_name person_kana"),
    ("フリガナ|企業名|フリガナ|氏名", "company_kana company_name person_kana person_name"),
    ("企業名|氏名|フリガナ", "company_name person_name person_kana"),
    ("企業名|郵便番号|住所|よみがな", "company_name postal_code address company_kana"),
    ("会社名|氏名|カナ氏名|会社名ヨミ", "company_name person_name person_kana company_kana"),
    ("企業名（フリガナ）|氏名（フリガナ）", "company_name person_name"),
    ("企業名|企業名（フリガナ）|氏名|フリガナ（氏名）", "company_name company_kana person_name person_kana"),
    # The head of a company takes part only where nobody else does.
    ("企業名|代表者|役職|参加者|役職", "company_name representative_name representative_title person_name title"),
    ("企業名|代表者|役職|電話", "company_name person_name title phone"),
    ("社名|代表取締役|電話", "company_name person_name phone"),
    (
        "事業所名|代表者氏名|代表者役職|担当者名|担当者部署|担当者メールアドレス",
        "company_name representative_name representative_title person_name department email",
    ),
    ("企業名|フリガナ|代表者|フリガナ|参加者|フリガナ",
     "company_name company_kana representative_name representative_kana person_name person_kana"),
    # 役職 before the name, behind it, and of the group.
    ("会社名|部署|役職|氏名", "company_name department title person_name"),
    ("役職|企業名|氏名|役職", " company_name person_name title"),
    ("グループ役職|会社名|役職|氏名", " company_name title person_name"),
    # Words that mean one thing here and another there.
    ("会員名|住所|電話", "company_name address phone"),
    ("会員名|氏名|住所", "company_name person_name address"),
    ("企業名|会員名|住所", "company_name person_name address"),
    ("名称|代表者名|所在地|電話番号", "company_name person_name address phone"),
    ("所属|氏名|TEL", "company_name person_name phone"),
    ("企業名|所属|氏名", "company_name department person_name"),
    ("氏名|フリガナ|会社名|所属|役職", "person_name person_kana company_name department title"),
    ("番号|商号又は名称|代表者職氏名|所在地", " company_name person_name address"),
    ("貴社名|ご担当者様|ご連絡先電話番号|御社住所|お役職", "company_name person_name phone address title"),
    ("企業・団体名|事業所住所|参加者|本人のメール|メール", "company_name address person_name email "),
    # Several numbers and addresses: the company's, the first.
    ("企業名|電話（携帯）|電話（代表）", "company_name  phone"),
    ("企業名|氏名|自宅住所|会社住所|自宅電話|会社電話", "company_name person_name  address  phone"),
    # A number of their own is not the company's, whether there is another one or not.
    ("企業名|氏名|携帯", "company_name person_name mobile"),
    ("企業名|氏名|TEL|携帯電話", "company_name person_name phone mobile"),
    ("氏名|所属|役職|電話（携帯）", "person_name company_name title mobile"),
    ("企業名|電話|FAX|氏名|本人の電話", "company_name phone fax person_name mobile"),
    ("企業名|電話／携帯|氏名", "company_name phone person_name"),
    ("企業名|参加者1|携帯|参加者2|携帯", "company_name person_name mobile person_name_2 mobile_2"),
    ("企業名|参加者|連絡担当者|携帯", "company_name person_name  "),
    ("企業名|携帯", "company_name "),
    ("企業名|電話1|電話2|緊急連絡先", "company_name phone  "),
    ("企業名|〒・住所|TEL／FAX|メール・HP|役職・氏名", "company_name address phone email person_name"),
    # One thing in several columns.
    ("企業名|姓|名|セイ|メイ", "company_name family_name given_name family_kana given_kana"),
    ("企業名|姓|フリガナ|名|フリガナ", "company_name family_name family_kana given_name given_kana"),
    ("企業名|氏名（姓）|氏名（名）|フリガナ（セイ）|フリガナ（メイ）",
     "company_name family_name given_name family_kana given_kana"),
    ("企業名|都道府県|市区町村|番地|建物名", "company_name prefecture city street building"),
    ("企業名|住所1|住所2|住所3", "company_name address address_2 building"),
    ("企業名|住所（都道府県）|住所（それ以降）|住所（建物名）", "company_name prefecture address building"),
    # A second person.
    ("企業名|参加者1|役職|メール|参加者2|役職|メール",
     "company_name person_name title email person_name_2 title_2 email_2"),
    ("企業名|参加者氏名（1人目）|役職（1人目）|参加者氏名（2人目）|役職（2人目）",
     "company_name person_name title person_name_2 title_2"),
    ("企業名|氏名|役職|氏名|役職", "company_name person_name title person_name_2 title_2"),
    ("企業名|正登録者|副登録者", "company_name person_name person_name_2"),
    ("企業名|第1登録者メール|第1登録者|第2登録者|第2登録者メール", "company_name email person_name person_name_2 email_2"),
    ("企業名|氏名|メール1|メール2", "company_name person_name email "),
    # Forms, and words joined in other ways.
    (
        "タイムスタンプ|メールアドレス|会社名（正式名称）|ご担当者様お名前|お名前（フリガナ）|お電話番号（日中連絡のつく番号）|ご住所",
        " email company_name person_name person_kana phone address",
    ),
    ("企業名（英語）|企業名|氏名（ローマ字）|氏名", " company_name  person_name"),
    ("会社名・屋号|役職名・氏名(ふりがな)|TEL(FAX)", "company_name person_name phone"),
    ("法人名又は屋号|連絡先（TEL）|連絡先（メール）|氏名", "company_name phone email person_name"),
    # Others' cells are not the member's.
    ("企業名|参加者|連絡担当者|役職", "company_name person_name  "),
    ("企業名|氏名|会員番号|会費|備考", "company_name person_name   "),
]  # fmt: skip


@pytest.mark.parametrize(("header", "expected"), HEADERS)
def test_what_each_column_is(header, expected):
    filler = "|".join(["株式会社青葉"] * (header.count("|") + 1))

    assert keys(opened(f"{header}\n{filler}")) == expected.split(" ")


TWO_LINES = [
    ("企業名|氏名|連絡先||\n||電話|FAX|メール", "company_name person_name phone fax email"),
    ("企業名|代表者||参加者|\n|氏名|役職|氏名|役職",
     "company_name representative_name representative_title person_name title"),
    ("|参加者1||参加者2|\n企業名|氏名|役職|氏名|役職", "company_name person_name title person_name_2 title_2"),
    ("会社||自宅|\n名称|住所|住所|電話", "company_name address  phone"),
    ("企業名|電話|資本金|従業員数\n||（百万円）|（人）", "company_name phone capital employees"),
    ("お問い合わせ先（任意）|||\n電話|FAX|企業名|氏名", "phone fax company_name person_name"),
    ("プラザ62 会員名簿|||\n企業名|氏名|電話|FAX", "company_name person_name phone fax"),
]  # fmt: skip


@pytest.mark.parametrize(("header", "expected"), TWO_LINES)
def test_a_header_of_two_lines(header, expected):
    table = opened(f"{header}\n株式会社青葉|若葉 花子|042-000-0001|10|x")

    assert (table.layout.header_row, keys(table)[: expected.count(" ") + 1]) == (2, expected.split(" "))


def test_labels_are_told_as_they_stand_in_the_file():
    table = opened("企業名|氏⏎名|連絡先|\n|　|電 話|FAX\n株式会社青葉|若葉 花子|042|042-000-0002")

    assert [column.label for column in table.layout.columns] == [
        "企業名",
        "氏 名",
        "連絡先 電 話",
        "連絡先 FAX",
    ]
    assert [(row, column) for row, column, _ in problems(table)] == [(3, "連絡先 電 話")]


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("資本金", 3000),
        ("資本金（万円）", 3000),
        ("資本金(千円)", 300),
        ("資本金［単位：百万円］", 300000),
        ("資本金（千）", 300),
        ("資　本　金⏎（円）", None),
    ],
)
def test_the_label_says_the_unit_of_the_capital(label, value):
    read = values(opened(f"企業名|{label}\n株式会社青葉|3000"))

    assert read == ([{"company_name": "株式会社青葉", "capital": value}] if value else [])
