"""Cells as people write them, and what is read: a value, nothing, or a sentence that says what to write instead."""

import datetime
from typing import NamedTuple

NOTHING = "nothing"
DAY = datetime.date(2013, 7, 1)
PHONE_EXAMPLE = "例：042-000-4642"
MAIL_EXAMPLE = "例：info@example.jp"
URL_EXAMPLE = "例：https://www.example.jp/"
DAY_EXAMPLE = "例：2026年7月1日、R8.7.1"
UNSEEN = "目に見えない文字が入っています。消して入れ直してください。"
NO_COMPANY = "企業名がありません。入れてから、もう一度取り込んでください。会社のない人なら「個人会員」と入れてください。"
NO_PERSON = "参加者氏名がありません。入れてから、もう一度取り込んでください。"
TWO_PEOPLE = "2人以上の名前が入っているようです。1人ずつ、行か列を分けてください。"
FORMULA = "数式（=で始まる内容）になっています。名前そのものを入れてください。"
NO_NUMBER = "計算できない数になっています。正しい値を入れてください。"
WITHOUT_KIND = "会社の種類（「カブシキガイシャ」など）を除いて読みました。"
A_DAY = "日付（2013-07-01）になっています。セルの書式を「文字列」にして、入れ直してください。"
SIX_DIGITS = "郵便番号が6けたです。先頭の0が消えていませんか。7けたで入れてください。例：060-0001"
NO_NUMBER_OF_CAPITAL = "資本金は数字で入れてください。例：1000（万円）"


class Refused(str):
    """The sentence of a problem."""


class Told(NamedTuple):
    """A value that is read with a word to say about it."""

    value: object
    warning: str


class With(NamedTuple):
    """A value, and what the cell says for other columns."""

    value: object
    also: dict[str, object]


def several(what, first):
    return f"{what}が2つあります。はじめの「{first}」を読みました。"


def one_number(text):
    return Refused(f"「{text}」は1つの数になっていません。数字だけで入れてください。例：50")


def no_day(text):
    return Refused(f"「{text}」は日付として読めません。{DAY_EXAMPLE}")


def filled_up(number):
    return Told(number, f"Excelで消えた先頭の0を補って「{number}」と読みました。")


AOBA, ICHIRO = "株式会社青葉精機", ("青葉", "一郎")
ADDRESS = {"prefecture": "東京都", "city": "立川市", "street": "柴崎町9-9-9"}
TATEKAWA = "東京都立川市柴崎町9-9-9"
SHAPES = [
    ("company_name", "　株式会社青葉精機 ", AOBA),
    ("company_name", "㈱青葉精機", "㈱青葉精機"),
    ("company_name", "(株)青葉精機", "(株)青葉精機"),
    ("company_name", "株式会社\n青葉精機", Told(AOBA, "改行をつめて「株式会社青葉精機」と読みました。")),
    ("company_name", "青葉\n精機", Told("青葉 精機", "改行をつめて「青葉 精機」と読みました。")),
    ("company_name", "アオバセイキ\n株式会社青葉精機", With(AOBA, {"company_kana": "アオバセイキ"})),
    ("company_name", "株式会社青葉精機\n（ｱｵﾊﾞｾｲｷ）", With(AOBA, {"company_kana": "アオバセイキ"})),
    ("company_name", "株式会社青葉精機 御中", Told(AOBA, "「御中」を除いて読みました。")),
    ("company_name", "株式会社青葉精機様", Told(AOBA, "「様」を除いて読みました。")),
    ("company_name", '=HYPERLINK("http://a.example.jp","青葉")', Refused(FORMULA)),
    ("company_name", "＝A1", Refused(FORMULA)),
    ("company_name", "'株式会社青葉精機", AOBA),
    ("company_name", "\ufeff株式会社青葉精機", AOBA),
    ("company_name", "\u200b株式会社青葉精機\u200b", AOBA),
    ("company_name", "株式会社\u200b青葉精機", Refused(UNSEEN)),
    ("company_name", "株式会社\u202e青葉精機", Refused(UNSEEN)),
    ("company_name", "_x000D_株式会社青葉精機_x000D_", AOBA),
    ("company_name", "\u00a0株式会社青葉精機\t", AOBA),
    ("company_name", "＋１プランニング", "＋１プランニング"),
    ("company_name", "@ホーム株式会社", "@ホーム株式会社"),
    ("company_name", "個人会員", NOTHING),
    ("company_name", "（個人）", NOTHING),
    ("company_name", "個人事業主", NOTHING),
    ("company_name", "長" * 1001, Refused("長すぎます（1,001文字）。短くしてください。")),
    ("company_name", "なし", Refused(NO_COMPANY)),
    ("company_name", "―", Refused(NO_COMPANY)),
    ("company_name", "不明", Refused(NO_COMPANY)),
    ("company_name", "#N/A", Refused("表計算のエラー（#N/A）になっています。正しい値を入れてください。")),
    ("company_name", DAY, Refused(A_DAY)),
    ("company_name", 555.0, "555"),
    ("company_name", "長" * 101, Refused("100文字以内にしてください。いまは101文字です。")),
    ("company_kana", "ｱｵﾊﾞｾｲｷ", "アオバセイキ"),
    ("company_kana", "あおば　せいき", "アオバ セイキ"),
    ("company_kana", "アオバ\nセイキ", "アオバ セイキ"),
    ("company_kana", "アオバ−セイキ", "アオバーセイキ"),
    ("company_kana", "カブシキガイシャアオバセイキ", Told("アオバセイキ", WITHOUT_KIND)),
    ("company_kana", "アオバセイキ カブシキカイシャ", Told("アオバセイキ", WITHOUT_KIND)),
    ("company_kana", "ﾕｳｹﾞﾝｶﾞｲｼｬ ｱｵﾊﾞ", Told("アオバ", WITHOUT_KIND)),
    ("company_kana", "カ）アオバ", Told("アオバ", WITHOUT_KIND)),
    ("company_kana", "アオバ（カ", Told("アオバ", WITHOUT_KIND)),
    ("company_kana", "青葉セイキ", Refused("「青葉セイキ」をカタカナに直してください。例：タチカワケイソク")),
    ("company_kana", "なし", NOTHING),
    ("person_name", "青葉　一郎", ICHIRO),
    ("person_name", "青葉\u00a0\u00a0一郎", ICHIRO),
    ("person_name", "青葉\n一郎", ICHIRO),
    ("person_name", "青葉一郎", ("青葉一郎", "")),
    ("person_name", "アオバ イチロウ\n青葉 一郎", With(ICHIRO, {"person_kana": ("アオバ", "イチロウ")})),
    ("person_name", "青葉 一郎（あおば いちろう）", With(ICHIRO, {"person_kana": ("アオバ", "イチロウ")})),
    ("person_name", "青葉 一郎 様", Told(ICHIRO, "「様」を除いて読みました。")),
    ("person_name", "青葉一郎様", Told(("青葉一郎", ""), "「様」を除いて読みました。")),
    ("person_name", "青葉 一郎　殿", Told(ICHIRO, "「殿」を除いて読みました。")),
    ("person_name", "青葉 一郎 氏", Told(ICHIRO, "「氏」を除いて読みました。")),
    ("person_name", "青葉一郎先生", Told(("青葉一郎", ""), "「先生」を除いて読みました。")),
    ("person_name", "青葉 一郎（専務）", With(ICHIRO, {"title": "専務"})),
    ("person_name", "青葉一郎 様 [営業部長]", Told(("青葉一郎", ""), "「様」を除いて読みました。")),
    ("person_name", "青葉 一郎（会計）", Told(ICHIRO, "「会計」を除いて読みました。")),
    ("person_name", "青葉 一郎（営業担当）", ("青葉", "一郎（営業担当）")),
    ("person_name", "真殿 さん", Told(("真殿", ""), "「さん」を除いて読みました。")),
    ("person_name", "真殿", ("真殿", "")),
    ("person_name", "青葉 一郎、若葉 花子", Refused(TWO_PEOPLE)),
    ("person_name", "青葉一郎／若葉花子", Refused(TWO_PEOPLE)),
    ("person_name", "青葉 一郎\n若葉 花子", Refused(TWO_PEOPLE)),
    ("person_name", "青葉一郎 と 若葉花子", Refused(TWO_PEOPLE)),
    ("person_name", "ジョン・スミス", ("ジョン・スミス", "")),
    ("person_name", "John Smith", ("John", "Smith")),
    ("person_name", "John F. Smith", ("John F. Smith", "")),
    ("person_name", "Smith, John", ("Smith, John", "")),
    ("person_name", "髙橋　𠮷", ("髙橋", "𠮷")),
    ("person_name", "葛\U000e0100西　昭", ("葛\U000e0100西", "昭")),
    ("person_name", "山田\u200b\u202e太郎", Refused(UNSEEN)),
    ("person_name", 12, Refused("「12」は氏名として読めません。氏名を入れてください。例：青葉　一郎")),
    ("person_name", "様", Refused(NO_PERSON)),
    ("person_name", "＝B2", Refused(FORMULA)),
    ("person_kana", "ｱｵﾊﾞ ｲﾁﾛｳ", ("アオバ", "イチロウ")),
    ("person_kana", "あおば　いちろう", ("アオバ", "イチロウ")),
    ("person_kana", "アオバ\nイチロウ", ("アオバ", "イチロウ")),
    ("person_kana", "アオバ イチロウ サマ", Told(("アオバ", "イチロウ"), "「サマ」を除いて読みました。")),
    ("person_kana", "Aoba", Refused("「Aoba」をカタカナに直してください。例：タチカワケイソク")),
    ("title", "代表取締役\n社長", "代表取締役 社長"),
    ("title", "'部長", "部長"),
    ("title", "=A1", "=A1"),
    ("title", "　", NOTHING),
    ("title", DAY, Refused(A_DAY)),
    ("department", "営業部  第一課", "営業部 第一課"),
    ("department", "同左", Refused("「同左」ではなく、値そのものを入れてください。")),
    ("postal_code", 1900023, "190-0023"),
    ("postal_code", 1900023.0, "190-0023"),
    ("postal_code", "〒１９０－００２３", "190-0023"),
    ("postal_code", "〒 190ー0023", "190-0023"),
    ("postal_code", "190 0023", "190-0023"),
    ("postal_code", "190‐0023\u200b", "190-0023"),
    ("postal_code", "0600001", "060-0001"),
    ("postal_code", 600001, Refused(SIX_DIGITS)),
    ("postal_code", "600001", Refused(SIX_DIGITS)),
    ("postal_code", "19600-3", Refused("7けたの数字で入れてください。いまは6けたです。")),
    ("postal_code", "立川", Refused("郵便番号は7けたの数字で入れてください。例：190-0023")),
    ("postal_code", "〒", NOTHING),
    ("postal_code", "〒　－", NOTHING),
    ("address", TATEKAWA, ADDRESS),
    ("address", f"{TATEKAWA}\n青葉ビル3階", {**ADDRESS, "building": "青葉ビル3階"}),
    ("address", "東京都　立川市　柴崎町9-9-9", ADDRESS),
    ("address", f"〒190-0023 {TATEKAWA}", With(ADDRESS, {"postal_code": "190-0023"})),
    ("address", f"１９０－００２３\n{TATEKAWA}", With(ADDRESS, {"postal_code": "190-0023"})),
    ("address", f"〒1900023{TATEKAWA}", With(ADDRESS, {"postal_code": "190-0023"})),
    ("address", "〒190-0023", With(NOTHING, {"postal_code": "190-0023"})),
    ("address", "東京都", {"prefecture": "東京都"}),
    ("address", "立川市柴崎町9-9-9", {"street": "立川市柴崎町9-9-9"}),
    ("address", "番" * 121, Refused("120文字以内にしてください。いまは121文字です。")),
    ("phone", "０４２－０００－０００１", "042-000-0001"),
    ("phone", "(042)000-0001", "042-000-0001"),
    ("phone", "０４２（０００）０００１", "042-000-0001"),
    ("phone", "042.000.0001", "042-000-0001"),
    ("phone", "042 000 0001", "042-000-0001"),
    ("phone", "\u202a042‐000‐0001\u202c", "042-000-0001"),
    ("phone", "+81-42-000-0001", "+81-42-000-0001"),
    ("phone", "'0420000001", "0420000001"),
    ("phone", "042-000-0001（代表）", "042-000-0001"),
    ("phone", "代表 042-000-0001", "042-000-0001"),
    ("phone", "TEL：042-000-0001", "042-000-0001"),
    ("phone", "042-000-0001 内線123", Told("042-000-0001", "内線の番号を除いて読みました。")),
    ("phone", "042-000-0001（内12）", Told("042-000-0001", "内線の番号を除いて読みました。")),
    ("phone", "042-000-0001 / 042-000-0002", Told("042-000-0001", several("番号", "042-000-0001"))),
    ("phone", "042-000-0001、042-000-0002", Told("042-000-0001", several("番号", "042-000-0001"))),
    ("phone", "042-000-0001\n042-000-0002", Told("042-000-0001", several("番号", "042-000-0001"))),
    ("phone", "TEL042-000-0001\nFAX042-000-0002", With("042-000-0001", {"fax": "042-000-0002"})),
    ("phone", 420000001, filled_up("0420000001")),
    ("phone", 312345678.0, filled_up("0312345678")),
    ("phone", 9000000001, filled_up("09000000001")),
    ("phone", 900000000, Refused(f"電話番号は0か+81で始めてください。{PHONE_EXAMPLE}")),
    ("phone", "42-000-0001", Refused(f"電話番号は0か+81で始めてください。{PHONE_EXAMPLE}")),
    ("phone", "042-000", Refused(f"電話番号は10けたか11けたです。いまは6けたです。{PHONE_EXAMPLE}")),
    ("phone", "042-000-0001～3", Refused(f"電話番号は数字とハイフンで入れてください。{PHONE_EXAMPLE}")),
    ("phone", "無", NOTHING),
    ("fax", "FAX 042-000-0002", "042-000-0002"),
    ("fax", "ＦＡＸなし", NOTHING),
    ("fax", "電話と同じ", Refused("「電話と同じ」ではなく、値そのものを入れてください。")),
    ("email", "Info@AOBA.example.jp", "info@aoba.example.jp"),
    ("email", "ｉｎｆｏ＠aoba.example.jp", "info@aoba.example.jp"),
    ("email", "mailto:info@aoba.example.jp", "info@aoba.example.jp"),
    ("email", "<info@aoba.example.jp>\u200b", "info@aoba.example.jp"),
    ("email", "info @ aoba.example.jp", "info@aoba.example.jp"),
    ("email", "a@aoba.example.jp\nb@aoba.example.jp",
     Told("a@aoba.example.jp", several("メールアドレス", "a@aoba.example.jp"))),
    ("email", "a@aoba.example.jp; b@aoba.example.jp",
     Told("a@aoba.example.jp", several("メールアドレス", "a@aoba.example.jp"))),
    ("email", "a@aoba.example.jp（自宅）", Told("a@aoba.example.jp", "「自宅」を除いて読みました。")),
    ("email", "a@aoba.example.jp\nhttps://aoba.example.jp/",
     With("a@aoba.example.jp", {"url": "https://aoba.example.jp/"})),
    ("email", "info@example", Refused(f"メールアドレスの「@」の後ろが足りません。{MAIL_EXAMPLE}")),
    ("email", "info★aoba.example.jp", Refused(f"メールアドレスには「@」を1つだけ入れてください。{MAIL_EXAMPLE}")),
    ("email", "a@日本.example.jp", Refused(f"メールアドレスは半角の英数字で入れてください。{MAIL_EXAMPLE}")),
    ("email", "ﾅｼ", NOTHING),
    ("url", "aoba.example.jp", "https://aoba.example.jp"),
    ("url", "ｈｔｔｐ：／／aoba.example.jp／", "http://aoba.example.jp/"),
    ("url", "https://a.example.jp/、https://b.example.jp/",
     Told("https://a.example.jp/", several("アドレス", "https://a.example.jp/"))),
    ("url", "準備中", NOTHING),
    ("url", "青葉精機", Refused(f"URLの形になっていません。{URL_EXAMPLE}")),
    ("url", "javascript:alert(1)", Refused(f"URLはhttps://かhttp://で始めてください。{URL_EXAMPLE}")),
    ("trade", "電気機械\n器具製造業", "電気機械 器具製造業"),
    ("trade", "=SUM(A1)", "=SUM(A1)"),
    ("trade", "業" * 61, Refused("60文字以内にしてください。いまは61文字です。")),
    ("products", "ばね\r\n線の加工", "ばね\n線の加工"),
    ("products", "ばね\t線", "ばね 線"),
    ("products", "ばね\u200b線", Refused(UNSEEN)),
    ("capital", 1000.0, 1000),
    ("capital", "１，０００", 1000),
    ("capital", "98,000,000円", 9800),
    ("capital", "1,000万", 1000),
    ("capital", "3千万円", 3000),
    ("capital", "1億5000万円", 15000),
    ("capital", "50000千円", 5000),
    ("capital", "10百万円", 1000),
    ("capital", "￥10,000,000-", 1000),
    ("capital", 0, 0),
    ("capital", 98000000, Told(98000000, "9,800億円と読みました。単位が合っているか、お確かめください。")),
    ("capital", "3,333,333円",
     Refused("資本金は1万円未満を切り捨てて、万円の単位で入れてください。例：3333")),
    ("capital", "約1000万円", Refused(NO_NUMBER_OF_CAPITAL)),
    ("capital", "たくさん", Refused(NO_NUMBER_OF_CAPITAL)),
    ("capital", "非公開", NOTHING),
    ("capital", float("nan"), Refused(NO_NUMBER)),
    ("employees", 60.0, 60),
    ("employees", "255名", 255),
    ("employees", "１，０００ 人", 1000),
    ("employees", "約50名", one_number("約50名")),
    ("employees", "10～20名", one_number("10～20名")),
    ("employees", "60人(うちパート10)", Told(60, "「(うちパート10)」を除いて読みました。")),
    ("employees", "１２名（パート3）", Told(12, "「（パート3）」を除いて読みました。")),
    ("employees", "約12名（パート3）", one_number("約12名")),
    ("employees", 60.5, one_number("60.5")),
    ("employees", "五十", Refused("数字だけで入れてください。例：50")),
    ("employees", "10000000000", Refused("数が大きすぎます。9けたまでで入れてください。")),
    ("employees", float("inf"), Refused(NO_NUMBER)),
    ("corporate_number", 1182774714925, "1182774714925"),
    ("corporate_number", 1.182774714925e12, "1182774714925"),
    ("corporate_number", "1.182774714925E+12", "1182774714925"),
    ("corporate_number", "Ｔ1-1827-7471-4925", "1182774714925"),
    ("corporate_number", "1182774714925\u200b", "1182774714925"),
    ("corporate_number", "1.18277E+12", Refused(
        "「1.18277E+12」では数字が欠けています。セルの書式を「文字列」にして、13けたを入れ直してください。")),
    ("corporate_number", "1234567890123", Refused("法人番号の検査数字が合いません。数字を確かめてください。")),
    ("corporate_number", "182774714925", Refused(
        "法人番号は13けたの数字です。いまは12けたです。登記簿の12けたの番号ではありませんか。")),
    ("corporate_number", "該当なし", NOTHING),
    ("joined_on", DAY, DAY),
    ("joined_on", "H25.7.1", DAY),
    ("joined_on", "平成25年7月1日", DAY),
    ("joined_on", "平成２５年７月１日", DAY),
    ("joined_on", "㍻25年7月1日（月）", DAY),
    ("joined_on", "H.25.7.1", DAY),
    ("joined_on", "平25.7.1", DAY),
    ("joined_on", "H250701", DAY),
    ("joined_on", "S62.7.7", datetime.date(1987, 7, 7)),
    ("joined_on", "令和元年5月1日", datetime.date(2019, 5, 1)),
    ("joined_on", "R1.7.16", datetime.date(2019, 7, 16)),
    ("joined_on", 41456, DAY),
    ("joined_on", 41456.0, DAY),
    ("joined_on", "41456", DAY),
    ("joined_on", "2013/7/1", DAY),
    ("joined_on", "2013.7.1", DAY),
    ("joined_on", 20130701, DAY),
    ("joined_on", "2013-07-01 00:00:00", DAY),
    ("joined_on", "2013年7月1日\n（再入会）", DAY),
    ("joined_on", "2013年7月", Told(DAY, "日がないので、平成25年7月1日と読みました。")),
    ("joined_on", "平成２５年７月", Told(DAY, "日がないので、平成25年7月1日と読みました。")),
    ("joined_on", "H25.7", Told(DAY, "日がないので、平成25年7月1日と読みました。")),
    ("joined_on", 2013.7, Told(DAY, "日がないので、平成25年7月1日と読みました。")),
    ("joined_on", 2013.1,
     Refused("「2013.1」は1月か10月か分かりません。「2013年10月1日」のように入れてください。")),
    ("joined_on", "令和元年", no_day("令和元年")),
    ("joined_on", "2013年7月吉日", no_day("2013年7月吉日")),
    ("joined_on", "25.7.1",
     Refused(f"「25.7.1」の年は、4けたの西暦か、元号を付けて入れてください。{DAY_EXAMPLE}")),
    ("joined_on", "H25.2.30", Refused("「H25.2.30」という日付はありません。暦を確かめてください。")),
    ("joined_on", "H32.4.1", Refused("「H32.4.1」：平成32年はありません。元号と年を確かめてください。")),
    ("joined_on", "2099-04-01", Refused("令和81年4月1日は先の日付です。今日までの日付にしてください。")),
    ("joined_on", "不明", NOTHING),
]  # fmt: skip
