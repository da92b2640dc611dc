"""The 27 groups. プラザ62 and the four of 多摩 up to テクノ25 are named in the institute's own newsletters."""

import datetime
from dataclasses import dataclass

Day = datetime.date


@dataclass(frozen=True)
class GroupRow:
    """One group. A `year` of 0 is that of the newest launch, -1 the one before; others are fiscal years.

    `counted_on` is a day on which it had as many members as today, as a source tells.
    `meeting` is (week, weekday, hour); `resting` the first day of 休止 and the first day after it, `dormant_since` the
    first day of one that lasts. In the
    slug, names and prefix of groups counted from the newest launch, {year} is 令和8年度 and {era} R8. A group
    that is younger than nine months bears its `working_name`.
    """

    slug: str
    name: str
    kana: str
    prefix: str
    year: int
    office: str
    size: int
    room: str
    meeting: tuple[int, int, int]
    place: str
    theme: str
    introduction: str
    individuals: int = 0
    resting: tuple[Day, Day] | None = None
    dormant_since: Day | None = None
    same_trade: str = "warn"
    fiscal_year_start: int = 4
    capacity: int = 25
    term_years: int = 2
    url: str = ""
    accepts_visits: bool = True
    has_counsel_as_secretary: bool = False
    counted_on: Day | None = None
    working_name: str = ""
    working_kana: str = ""


HONBU_ROOM = "都産技研 本部 会議室"
TAMA_ROOM = "多摩テクノプラザ 会議室"

# A table is read row by row.
# fmt: off
HONBU_GROUPS = (
    GroupRow(
        "gokyukai", "五九会", "ゴキュウカイ", "S59", 1984, "honbu", 12, "night", (3, 2, 15), HONBU_ROOM,
        "次の世代に渡すもの",
        "昭和59年、都の異業種交流グループの第1号として生まれました。創立の会員から二代目、三代目へと席を"
        "ゆずりながら続いています。肩ひじを張らず、何でも話せることをいちばん大切にしています。",
        individuals=2, same_trade="any", accepts_visits=False,
    ),
    GroupRow(
        "shiosai61", "しおさい61", "シオサイロクジュウイチ", "S61", 1986, "honbu", 13, "teal", (2, 3, 16),
        "品川区内の貸会議室", "町工場の見える化",
        "品川・大田の工場を中心に、昭和61年に始まりました。3年ほど休んでいましたが、若い会員が声をかけ合って"
        "再開しました。会員の工場を順番に訪ねる会が人気です。",
        resting=(Day(2005, 4, 1), Day(2008, 4, 1)),
    ),
    GroupRow(
        "plaza62", "プラザ62", "プラザロクジュウニ", "P62", 1987, "honbu", 13, "plum", (2, 2, 15),
        "江東区内の会議室", "健康を測る、暮らしを見守る",
        "昭和62年に発足したグループです。ソフトウェアや電子機器の会社の経営者と個人会員が集まり、毎年テーマを"
        "決めて、講演会、工場見学、宿泊研修を続けています。気楽に学べる場であることを心がけています。",
        individuals=3, url="https://plaza62.example.jp/", has_counsel_as_secretary=True,
        counted_on=Day(2017, 11, 1),
    ),
    GroupRow(
        "gannen", "テクノ元年会", "テクノガンネンカイ", "H1", 1989, "honbu", 14, "brick", (1, 4, 15), HONBU_ROOM,
        "海外の展示会に出る",
        "平成元年に発足しました。元年の気持ちを忘れないように、毎年1月に会計年度を改め、新しいことをひとつ始めます。"
        "近ごろは海外の展示会への共同出展に取り組んでいます。",
        individuals=1, fiscal_year_start=1, term_years=1,
    ),
    GroupRow(
        "sanmokukai", "三木会", "サンモクカイ", "H3", 1991, "honbu", 12, "wood", (3, 3, 18), "神田の貸会議室",
        "ひとを採る、ひとが残る",
        "第3木曜日の夕方に集まったので三木会（さんもくかい）といいます。1業種1社を守り、困りごとを持ち寄る「相談の"
        "時間」を大切にしてきました。いまはひと休みして、次に集まる日を、みんなで楽しみにしています。",
        same_trade="one", capacity=20, dormant_since=Day(2025, 4, 1), accepts_visits=False,
    ),
    GroupRow(
        "crossroad6", "クロスロード6", "クロスロードシックス", "H6", 1994, "honbu", 14, "violet", (4, 1, 15), HONBU_ROOM,
        "カーボンニュートラルを自社の数字で",
        "平成6年に発足し、製造業とサービス業がほぼ半分ずつのグループです。定例会のうち年に2回は、ほかのグループとの"
        "合同開催にしています。",
        individuals=1,
    ),
    GroupRow(
        "nines", "ナインズクラブ", "ナインズクラブ", "H9", 1997, "honbu", 13, "wine", (2, 4, 16), "墨田区内の会員企業",
        "事業を引き継ぐ準備",
        "平成9年の発足です。会場は会員企業の持ち回りで、終わったあとは近くの店で懇親会を開きます。震災のあと2年ほど"
        "休みましたが、同じ顔ぶれで再開しました。",
        resting=(Day(2011, 4, 1), Day(2013, 4, 1)), term_years=1, accepts_visits=False,
    ),
    GroupRow(
        "millennium12", "ミレニアム12", "ミレニアムジュウニ", "H12", 2000, "honbu", 15, "steel", (2, 1, 15), HONBU_ROOM,
        "生成AIを現場で使う",
        "平成12年に発足しました。ソフトウェア、電子、設備工事などの会社が集まり、新しい技術を自分の会社で試してから"
        "話し合うことにしています。",
        individuals=1,
    ),
    GroupRow(
        "ichigokai", "いちご会", "イチゴカイ", "H15", 2003, "honbu", 14, "brick", (3, 4, 15), "台東区内の会議室",
        "一期一会の営業",
        "平成15年の15（いちご）と、一期一会の「いちご」から名づけました。食品、印刷、デザインなど、くらしに近い"
        "仕事の会社が多いグループです。",
        fiscal_year_start=12,
    ),
    GroupRow(
        "alliance18", "アライアンス18", "アライアンスジュウハチ", "H18", 2006, "honbu", 14, "sea", (1, 2, 16),
        HONBU_ROOM, "共同受注のしくみ",
        "平成18年に発足しました。会員どうしの共同受注をめざしています。感染症の流行で2年休みましたが、令和4年度から"
        "毎月の定例会を再開しています。",
        resting=(Day(2020, 4, 1), Day(2022, 4, 1)),
    ),
    GroupRow(
        "forum21", "フォーラムH21", "フォーラムエイチニジュウイチ", "H21", 2009, "honbu", 16, "ochre", (4, 3, 15),
        HONBU_ROOM, "ニッチで一番になる",
        "平成21年、景気のいちばん厳しい年に生まれました。だからこそ本音で話す、が合言葉です。毎年秋に1泊の合宿研修を"
        "行います。",
        individuals=1,
    ),
    GroupRow(
        "h29-nikunokai", "H29にくの会", "エイチニジュウキュウニクノカイ", "H29", 2017, "honbu", 18, "wine", (4, 4, 16),
        HONBU_ROOM, "二代目・三代目の決算書",
        "平成29年度の発足なので「にくの会」です。二代目、三代目の若い経営者が多く、決算書の読み方から採用まで、"
        "遠慮なく教え合っています。年に一度は、もちろん焼肉です。",
        term_years=1,
    ),
    GroupRow(
        "tsunagari3", "R3つながり会", "アールスリーツナガリカイ", "R3", 2021, "honbu", 15, "sea", (2, 3, 15), HONBU_ROOM,
        "はなれていても一緒につくる",
        "令和3年度、画面ごしの発会式から始まりました。いまも会場とオンラインの両方で定例会を開いています。遠くの会社の"
        "見学会もオンラインで行います。",
        individuals=1, term_years=1,
    ),
    GroupRow(
        "yumenoshima", "ゆめのしま交流会", "ユメノシマコウリュウカイ", "{era}H", -1, "honbu", 17, "moss", (3, 1, 15),
        HONBU_ROOM, "まずはお互いを知る",
        "昨年度に発足し、この4月から自主運営を始めました。会員どうしの会社訪問をひと回りすることを、今年の目標に"
        "しています。",
        individuals=1, term_years=1,
    ),
    GroupRow(
        "{era}-honbu", "青海テクノサロン", "アオミテクノサロン", "{era}H", 0, "honbu", 18, "steel", (2, 2, 15),
        HONBU_ROOM, "",
        "7月の発会式で生まれたばかりのグループです。3月まで都産技研が事務局を務め、毎月の定例会を開いています。",
        accepts_visits=False, working_name="{year} 本部グループ", working_kana="ホンブグループ",
    ),
)

TAMA_GROUPS = (
    GroupRow(
        "tama22", "多摩異業種交流会22", "タマイギョウシュコウリュウカイニジュウニ", "TM22", 2010, "tama", 14, "sea",
        (3, 3, 15), TAMA_ROOM, "会員の会社を知ってもらう",
        "平成22年、多摩テクノプラザの開設とともに生まれた、多摩で最初のグループです。ホームページをつくり、会員の"
        "技術や製品を自分たちで発信しています。",
        url="https://tama22.example.jp/", counted_on=Day(2013, 11, 1),
    ),
    GroupRow(
        "h23-tamageta", "H23たま下駄会", "エイチニジュウサンタマゲタカイ", "TG23", 2011, "tama", 12, "wood", (1, 4, 15),
        TAMA_ROOM, "二本の歯で立つ",
        "下駄のように、本業ともうひとつの柱、二本の歯で立つことをめざしています。12社の小さな会なので、全員が毎回"
        "ひとこと話してから始めます。",
        same_trade="one", capacity=15, counted_on=Day(2013, 11, 1),
    ),
    GroupRow(
        "tama24", "TAMA24", "タマニジュウヨン", "T24", 2012, "tama", 21, "green", (2, 3, 15), TAMA_ROOM,
        "ひとの手と、自動化",
        "多摩のものづくり企業を中心に21社。平成24年度に多摩テクノプラザで生まれ、翌年から自分たちで運営しています。"
        "名刺や資料にはグループのロゴマークを使い、集まりの顔にしています。",
        individuals=1, counted_on=Day(2013, 11, 1),
    ),
    GroupRow(
        "techno25", "テクノ25", "テクノニジュウゴ", "TC25", 2013, "tama", 23, "violet", (3, 2, 15), TAMA_ROOM,
        "測る・試す・確かめる",
        "平成25年度に23社で発足しました。試験や計測に強い会社が多く、会員どうしで設備を紹介し合っています。山梨での"
        "合宿研修が恒例です。",
        individuals=1, counted_on=Day(2013, 11, 1),
    ),
    GroupRow(
        "tamamono27", "TAMAものづくり27", "タマモノヅクリニジュウナナ", "TM27", 2015, "tama", 13, "ochre", (4, 2, 15),
        TAMA_ROOM, "試作は3日で",
        "平成27年度の発足です。切削、板金、樹脂、基板と、集まれば試作品がひとつできる顔ぶれがそろっています。",
    ),
    GroupRow(
        "keyaki28", "けやき28", "ケヤキニジュウハチ", "K28", 2016, "tama", 13, "green", (1, 3, 15), "府中市内の会議室",
        "地域の学校と組む",
        "平成28年度の発足です。けやき並木のある府中で集まります。工業高校の実習の受け入れや、小学生のものづくり教室に"
        "取り組んでいます。",
        individuals=1,
    ),
    GroupRow(
        "sanmarukai", "さんまる会", "サンマルカイ", "H30", 2018, "tama", 15, "teal", (2, 1, 16), TAMA_ROOM,
        "女性が働きやすい工場",
        "平成30年度の30から「さんまる」。だれの話にも丸をつけて聞く、という意味もこめました。現場の女性の働きやすさを"
        "テーマに、互いの工場を見て回っています。",
        term_years=1,
    ),
    GroupRow(
        "hajimenoippo", "はじめの一歩会", "ハジメノイッポカイ", "R1", 2019, "tama", 12, "moss", (3, 4, 15),
        "立川市内の会議室", "小さな改善を百個",
        "令和元年度の発足です。大きな計画より、明日からできる小さな一歩を、がきまりです。定例会では前の月の一歩を"
        "全員が報告します。",
        individuals=1, fiscal_year_start=7,
    ),
    GroupRow(
        "yotsuba4", "R4よつば会", "アールフォーヨツバカイ", "R4", 2022, "tama", 13, "plum", (4, 1, 15), TAMA_ROOM,
        "四つの市の工場めぐり",
        "令和4年度の発足です。昭島、立川、福生、羽村の4つの市の会社から始まりました。近いので、仕事の相談は電話一本で"
        "すみます。",
        term_years=1,
    ),
    GroupRow(
        "goenkai", "R5ごえん会", "アールファイブゴエンカイ", "R5", 2023, "tama", 14, "night", (1, 1, 15), TAMA_ROOM,
        "ご縁をかたちに",
        "令和5年度の発足なので「ごえん」。合同交流会で知り合った会社との共同開発を、グループで応援しています。",
        individuals=1, term_years=1,
    ),
    GroupRow(
        "akishima-suiyo", "あきしま水曜会", "アキシマスイヨウカイ", "{era}T", -1, "tama", 15, "brick", (2, 2, 15),
        TAMA_ROOM, "自社の強みを三分で話す",
        "昨年度に発足し、この4月から自主運営を始めました。毎月第2水曜日に、2社ずつ自社紹介をしています。",
        term_years=1,
    ),
    GroupRow(
        "{era}-tama", "つむぎ会", "ツムギカイ", "{era}T", 0, "tama", 15, "wine", (3, 2, 15), TAMA_ROOM, "",
        "7月の発会式で生まれたばかりのグループです。3月まで都産技研が事務局を務め、毎月の定例会を開いています。",
        individuals=1, accepts_visits=False, working_name="{year} 多摩テクノプラザグループ",
        working_kana="タマテクノプラザグループ",
    ),
)

GROUPS = HONBU_GROUPS + TAMA_GROUPS

# Drawn marks (iri_exchange.lib.marks). Who was launched last has not chosen yet.
MARK_OF = {
    "plaza62": "plaza", "tama22": "rings", "h23-tamageta": "geta", "tama24": "gear_t", "techno25": "dots",
    "gokyukai": "spiral", "shiosai61": "waves", "gannen": "seed", "sanmokukai": "tree", "crossroad6": "arrows",
    "nines": "star", "millennium12": "sunrise", "ichigokai": "knot", "alliance18": "bridge", "forum21": "compass",
    "h29-nikunokai": "lantern", "tsunagari3": "network", "yumenoshima": "anchor", "tamamono27": "blocks",
    "keyaki28": "leaf", "sanmarukai": "wheel", "hajimenoippo": "steps", "yotsuba4": "kite", "goenkai": "fan",
    "akishima-suiyo": "river",
}
