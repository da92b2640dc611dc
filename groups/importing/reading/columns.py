"""The columns a roster file may have: one table for reading, for the words people use as labels, and for the sample.

A column reads a cell into the value the directory stores, through the very field that stores it.
"""

from dataclasses import replace

from groups.importing.reading import numbers, texts
from groups.importing.reading.entry import Entry
from groups.importing.reading.texts import one_line, stored_by, whole_name
from iri_exchange.lib.importing import Column, listed
from members.models import Company, Person

__all__ = ["COLUMNS", "INDIVIDUAL", "LABELS", "MAIN", "PARTS", "PERSONAL", "Entry"]

# What the 企業名 of somebody without a company says.
INDIVIDUAL = frozenset(
    ["個人会員", "個人", "個人参加", "個人事業主", "個人事業", "無所属", "フリー", "フリーランス"]
)


_NAMES = (
    Column(
        "company_name",
        "企業名",
        listed(
            "会社名、貴社名、社名、事業所名、法人名、企業・団体名、団体名、組織名、機関名、商号、商号・名称、商号又は名称、商号または名称、企業、会社、勤務先、勤務先名、"
            "勤務先会社名、事業者名、会員企業、参加企業、所属企業、所属会社、会員企業名、参加企業名、所属企業名、所属会社名、"
            "社名・屋号、Company、Company name"
        ),
        texts.company_name,
        listed(
            "屋号、事業所、事業者、会員名、会員名称、所属先、所属先名、所属団体、所属機関、名称、店名、学校名、店舗名、法人、団体、組織、"
            "会員、所属、Organization"
        ),
        examples=("株式会社青葉精機", "個人会員"),
        about="登記の名前を略さずに。会社のない人は「個人会員」。",
        needed="かならず",
    ),
    Column(
        "company_kana",
        "フリガナ",
        listed("企業名フリガナ、会社名フリガナ、カナ、企業名カナ、会社名カナ、ふりがな"),
        texts.company_kana,
        examples=("アオバセイキ", ""),
        about="「カブシキガイシャ」は入れません。名簿の並び順に使います。",
    ),
    Column(
        "person_name",
        "参加者氏名",
        listed(
            "参加者、登録者、氏名、会員氏名、お名前、名前、姓名、担当者、担当者名、担当、Name、Full name、Contact person、Contact"
        ),
        texts.person_name,
        listed(
            "職氏名、会員名、会員、窓口、連絡担当者、代表者、代表者名、代表者氏名、代表取締役、社長、社長名、代表、"
            "経営者、責任者"
        ),
        examples=("青葉　一郎", "若葉　花子"),
        about="氏と名のあいだを1字あけます。1人1行（または2人目の列）。",
        needed="個人会員はかならず",
    ),
    Column(
        "person_kana",
        "氏名フリガナ",
        listed("参加者フリガナ、担当者フリガナ、氏名カナ、担当者カナ、氏名ふりがな"),
        texts.person_kana,
        examples=("アオバ　イチロウ", "ワカバ　ハナコ"),
        about="氏と名のあいだを1字あけます。",
    ),
)
_OF_PERSON = (
    Column(
        "title",
        "役職",
        listed("役職名、肩書、肩書き、職名、職位、会社での役職、Title、Position、Job title"),
        one_line(stored_by(Person, "title")),
        listed("役名、職、部署・役職、所属・役職"),
        examples=("代表取締役", ""),
        about="会社での役職。",
    ),
    Column(
        "department",
        "部署",
        listed("所属部署、部署名、部課名、部門、部門名、所属部課、所属部門、課名、Department"),
        one_line(stored_by(Person, "department")),
        listed("所属、部、支店"),
        examples=("営業部", ""),
    ),
)
_CONTACT = (
    Column(
        "postal_code",
        "郵便番号",
        listed("〒、郵便、〒番号、郵便No、Zip、Zip code、Postal code、Postcode"),
        numbers.postal_code,
        examples=("190-0023", "192-0046"),
        about="7けたの数字。先頭の0を落とさないでください。",
    ),
    Column(
        "address",
        "所在地",
        listed("住所、会社住所、本社所在地、住所1、所在地1、Address、郵便番号・所在地、所在"),
        texts.address,
        listed("送付先、送付先住所、連絡先住所"),
        examples=("東京都立川市柴崎町9-9-9", "東京都八王子市明神町9-9-9\n若葉ビル3階"),
        about="都道府県から。建物の名前は、セルの中で改行した次の行に。",
    ),
    Column(
        "phone",
        "電話",
        listed(
            "TEL、電話番号、お電話、電話No、TEL番号、代表電話、代表電話番号、代表TEL、固定電話、☎、Phone、"
            "Telephone、Phone number、Tel No"
        ),
        numbers.phone,
        listed("直通、直通電話、連絡先"),
        examples=("042-000-0001", "042-000-0003"),
        about="市外局番から。1つだけ。",
    ),
    Column(
        "fax",
        "FAX",
        listed("ファックス、FAX番号、ファクス、ファクシミリ、FAX No"),
        numbers.phone,
        examples=("042-000-0002", ""),
    ),
    Column(
        "email",
        "メール",
        listed(
            "E-mail、Eメール、メールアドレス、電子メール、電子メールアドレス、Mail、Mail address、"
            "E-mailアドレス、PCメール、メルアド、E-mail address"
        ),
        numbers.email,
        listed("アドレス、代表メール、携帯メール、代表メールアドレス"),
        examples=("ichiro@aoba.example.jp", "hanako@wakaba.example.jp"),
        about="参加者に届くもの。1つだけ。",
    ),
    Column(
        "url",
        "ホームページ",
        listed(
            "URL、HP、ウェブサイト、Web、Webサイト、サイト、HPアドレス、ホームページURL、HP URL、"
            "ホームページアドレス、ウェブ、Website、Homepage、公式サイト"
        ),
        numbers.url,
        examples=("https://aoba.example.jp/", ""),
    ),
)
_OF_COMPANY = (
    Column(
        "trade",
        "業種",
        listed("業種名、業種分類、業種区分、業界、業態、事業分野、Industry"),
        one_line(stored_by(Company, "trade")),
        listed("分野、専門分野、職種"),
        examples=("精密機械器具製造業", "経営コンサルタント業"),
        about="60字まで。",
    ),
    Column(
        "products",
        "主要製品・サービス",
        listed(
            "主要製品・技術、主要製品、主な製品、主力製品、取扱製品、取扱品目、取扱商品、主要商品、製品、製品名、製品・サービス、"
            "商品・サービス、主要品目、製造品目、主要業務、主要事業、主な事業、事業内容、業務内容、営業品目、営業種目、営業内容、"
            "事業概要、事業、業務、Products、Business"
        ),
        stored_by(Company, "products"),
        examples=("医療用の小型ばね、線の加工", "海外販路の相談"),
        about="400字まで。",
    ),
    Column(
        "capital",
        "資本金（万円）",
        listed("資本金、資本、資本金額、出資金、Capital"),
        numbers.capital(),
        examples=("1000", ""),
        about="見出しのかっこの中が単位です（円、千円、万円、百万円）。",
    ),
    Column(
        "employees",
        "従業員数",
        listed("社員数、人数、従業員、従業者数、従業者、社員、従業員人数、職員数、スタッフ数、Employees"),
        numbers.employees,
        listed("人員、人員数、規模"),
        examples=("25", ""),
        about="数字だけ。",
    ),
    Column(
        "corporate_number",
        "法人番号",
        listed("法人No、法人ナンバー、法人番号13桁、法人番号13けた、Corporate number"),
        numbers.corporate_number,
        examples=("7990001000001", ""),
        about="13けたの数字。分からなければ空けておきます。",
    ),
    Column(
        "joined_on",
        "入会日",
        listed("加入年月日、入会年月日、加入日、入会、入会年月、加入年月、入会時期、加入時期、加入、Joined"),
        numbers.joined_on,
        listed("登録日、登録年月日、参加日、参加年月、参加年月日"),
        examples=("平成25年7月1日", "2019/7/16"),
        about="日まで。西暦でも元号でもかまいません。",
    ),
)
MAIN = (*_NAMES, *_OF_PERSON, *_CONTACT, *_OF_COMPANY)  # The sample file's, in its order.

_PARTS_OF_NAME = (
    Column(
        "family_name", "姓", ("氏", "苗字", "名字", "Family name", "Last name", "Surname"), texts.person_name
    ),
    Column("given_name", "名", ("下の名前", "Given name", "First name"), texts.person_name),
    Column("family_kana", "姓のフリガナ", ("セイ", "せい", "姓フリガナ", "姓カナ"), texts.person_kana),
    Column("given_kana", "名のフリガナ", ("メイ", "めい", "名フリガナ", "名カナ"), texts.person_kana),
)
_PARTS_OF_ADDRESS = (
    Column("prefecture", "都道府県", ("都道府県名", "県", "府県", "県名", "Prefecture")),
    Column("city", "市区町村", ("市町村", "市区", "区市町村", "市区郡", "市町村名", "市区町村名", "City")),
    Column(
        "street",
        "番地",
        ("町名番地", "町域番地", "丁目番地", "町名・番地", "番地等", "町域", "町名", "Street"),
    ),
    Column("address_2", "所在地の続き", ("住所2", "所在地2", "それ以降の住所", "以降の住所", "Address2")),
    Column(
        "building",
        "建物",
        listed("建物名、ビル名、建物名等、ビル、マンション名、建物・ビル名、住所3、所在地3、Building"),
    ),
)
_REPRESENTATIVE = (
    Column(
        "representative_name",
        "代表者の氏名",
        (),
        whole_name(Company, "representative_name"),
        listed("代表者氏名、代表者、代表者名、代表取締役、社長、社長名、代表、経営者"),
    ),
    Column("representative_kana", "代表者のフリガナ", (), stored_by(Company, "representative_kana")),
    Column("representative_title", "代表者の役職", (), one_line(stored_by(Company, "representative_title"))),
)
_OWN_PHONE = Column(
    "mobile",
    "本人の電話（携帯など）",
    listed(
        "本人の電話、本人電話、携帯、携帯電話、携帯番号、携帯電話番号、携帯TEL、携帯No、ケータイ、モバイル、Mobile、"
        "Mobile phone、Cell phone"
    ),
    numbers.phone,
)
# What is said of a person and not of the company.
PERSONAL = {"person_name", "person_kana", "title", "department", "email", "mobile"} | {
    part.key for part in _PARTS_OF_NAME
}
_SECOND_PERSON = tuple(
    replace(column, key=f"{column.key}_2", label=f"2人目の{column.label}", synonyms=(), weak=())
    for column in (*_NAMES, *_OF_PERSON, *_CONTACT, _OWN_PHONE, *_PARTS_OF_NAME)
    if column.key in PERSONAL
)
COLUMNS: tuple[Column, ...] = (
    *MAIN,
    _OWN_PHONE,
    *_PARTS_OF_NAME,
    *_PARTS_OF_ADDRESS,
    *_REPRESENTATIVE,
    *_SECOND_PERSON,
)
LABELS = {column.key: column.label for column in COLUMNS}
# Columns that together say what another one says alone.
PARTS = {
    "person_name": ("family_name", "given_name"),
    "person_kana": ("family_kana", "given_kana"),
    "person_name_2": ("family_name_2", "given_name_2"),
    "person_kana_2": ("family_kana_2", "given_kana_2"),
    "address": ("prefecture", "city", "address", "address_2", "street", "building"),
}
