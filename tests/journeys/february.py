"""November to January of one joint exchange: copied, published, exhibitors and guests found; all by links and forms."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from events.exchange.entering import waiting
from tests.factories import PASSWORD
from tests.house.portal.crawling import text_of_pdf
from tests.house.portal.file_objects import picture
from tests.journeys.conftest import at
from tests.journeys.post import links_in
from tests.journeys.summer import INVITED

CHAIR, ENGINEER, MEMBER, NEIGHBOUR = (
    "chair@example.jp",
    "engineer@example.jp",
    "member@example.jp",
    "neighbour@example.jp",
)
PARTNER, PARTNERS_GUEST = "partner@example.jp", "kaneda@example.jp"
FIRST, SLOW, SECOND, LATE = "first@example.jp", "slow@example.jp", "second@example.jp", "late@example.jp"
TITLE = "異業種交流グループ合同交流会"
TICKET, WAITING, OFFER = "受付票をお送りします", "補欠として受け付けました", "席が空きました"
NEW_THIS_YEAR = {
    "theme": "となりの現場を知る",
    "public_capacity": "1",
    "table_rounds": "1",
    "table_seats": "3",
}
LAST_MINUTES = ["講演「となりの現場」", "分散会"]


def to_whom(story):
    """What waits goes out; whoever reads it gets at least as far as the login by each link."""
    known = len(story.post.out)
    told = sorted(to for to, _ in story.post.goes_out())
    for link in links_in(*story.post.out[known:]):
        assert Client().get(link, follow=True).status_code == 200, link
    return told


def logged_in(story, mail, password=PASSWORD):
    walker = story.somebody(mail).open("/accounts/login/").send("ログイン", login=mail, password=password)
    walker.typed.clear()
    return walker.open("/my/")


def office_of(story, number=0):
    """From the desk to the year's own page."""
    return story.clerk(number).follow("合同交流会を準備する").follow("令和8年度")


def public_page(walker):
    """From the one address that everybody knows."""
    return walker.open("/").follow("合同交流会のページを見る")


def copied(story):
    """Last year's is the beginning; what is new is typed, and nobody outside sees it yet."""
    with at(10, 26, year=2026):
        clerk = story.clerk().follow("合同交流会を準備する").follow("令和7年度から写して")
        assert (clerk.value("day"), clerk.value("entry_from")) == ("2027-02-09", "2026-10-31")
        clerk.send("準備中として登録する", **NEW_THIS_YEAR).reads("準備中")
        clerk.follow("プログラムを書く")
        assert [clerk.value(f"form-{row}-title") for row in range(2)] == LAST_MINUTES
        clerk.send("保存する", **{"form-0-speaker": "架空 語"})
        office_of(story).follow("会場図をつくる").send("保存する", floor="#####=\n.AAA..\n......\n.BBB..")
        assert "となりの現場を知る" not in public_page(story.somebody("visitor")).text


def published(story):
    with at(10, 28, year=2026):
        clerk = office_of(story).follow("公開の前に確かめる").reads("架空語").send("公開する")
        clerk.reads("公開")
        visitor = public_page(story.somebody("visitor")).reads("となりの現場を知る").follow(TITLE)
        visitor.reads("講演「となりの現場」", "架空語", "多摩テクノプラザ").follow("カレンダーに入れる")
        assert b"BEGIN:VEVENT" in visitor.file
        assert not visitor.offers("参加を申し込む")
        assert to_whom(story) == []


def partnered(story):
    """The partner corporation's person is invited, makes a login, and sees its own."""
    with at(11, 2, year=2026):
        clerk = story.clerk().follow("合同交流会を準備する").follow("公社のグループと担当の方")
        clerk.send("登録する", name="公社の架空会", kana="コウシャノカクウカイ")
        clerk.follow("担当の方を登録して招待する").send(
            "登録して招待する",
            family_name="公田",
            given_name="社子",
            family_kana="コウダ",
            given_kana="シャコ",
            email=PARTNER,
        )
        assert to_whom(story) == [PARTNER]
        partner = story.somebody(PARTNER).open(story.post.link(PARTNER, INVITED))
        partner.send("ログインをつくる", password1=PASSWORD, password2=PASSWORD)


def exhibited(story):
    """A group and a company apply, and so do the partner's; nothing of it is public yet."""
    with at(11, 4, year=2026):
        chair = public_page(logged_in(story, CHAIR)).follow(TITLE).follow("出展を申し込む")
        chair.follow("けやき会").send(
            "申し込む", title="けやき会のあゆみ", words="会員12社の品をならべます。", watts="0"
        ).reads("受付")
        engineer = public_page(logged_in(story, ENGINEER)).follow(TITLE).follow("出展を申し込む")
        photo = SimpleUploadedFile("展示.png", picture(), "image/png")
        engineer.send(
            "申し込む", title="傷をみつける", words="カメラで検査します。", watts="1200", photo=photo
        )
        partner = logged_in(story, PARTNER).follow("公社のグループの方を申し込む").follow("出展を申し込む")
        partner.send(
            "申し込む", title="公社のグループのご紹介", words="三つのグループがあります。", watts="800"
        )
        visitor = public_page(story.somebody("visitor")).follow(TITLE)
        assert "傷をみつける" not in visitor.text
        assert to_whom(story) == sorted([CHAIR, ENGINEER, PARTNER])


def placed(story):
    """After the deadline the office decides, places and numbers them, sees the power, and tells each once."""
    with at(12, 14, year=2026):
        clerk = story.clerk().reads("出展の申込3件を受けるか決める").follow("出展を見る")
        clerk.send("印をつけた申込を、出展と決める", booth=clerk.offered("booth"))
        clerk.follow("場所と番号を付ける").send("3件を自動で並べる").send("番号のない3件に")
        clerk.reads("どの出展にも、場所があります", "収まっています")
        clerk.follow("出展の申込").follow("出展のご案内を送る").send("3件に送る").again()
        assert to_whom(story) == sorted([CHAIR, ENGINEER, PARTNER])
        office_of(story).follow("出展を受ける・並べる").follow("ブースの札を印刷する")
        engineer = logged_in(story, ENGINEER).open(story.post.link(ENGINEER, f"{TITLE} 出展のご案内"))
        engineer.reads("傷をみつける", "番号")
        visitor = public_page(story.somebody("visitor")).follow(TITLE).follow("展示の一覧と会場図を見る")
        visitor.reads("傷をみつける", "会場図").follow("傷をみつける").reads("カメラで検査します。")


def invited(story):
    """All members are asked, once."""
    with at(11, 9, year=2026):
        clerk = office_of(story).follow("会員に案内する").reads("4名にご案内を送ります")
        clerk.send("4名にご案内を送る").again()
        assert to_whom(story) == sorted([CHAIR, ENGINEER, MEMBER, NEIGHBOUR])


def tapped(story):
    """One from the own page, one by the letter, one says no and thinks better of it, one is told to the chair."""
    with at(11, 10, year=2026):
        engineer = logged_in(story, ENGINEER).send("参加する").again()
        engineer.reads("参加番号")
        member = story.somebody(MEMBER).open(story.post.link(MEMBER, f"{TITLE}のご案内"))
        member.send("参加する", is_listed=True, photo_agreed=True).reads("受付票", "参加番号")
        member.follow("受付票を印刷する")
        assert "架空" in text_of_pdf(member.file)
        neighbour = story.somebody(NEIGHBOUR).open(story.post.link(NEIGHBOUR, f"{TITLE}のご案内"))
        neighbour.send("参加しない").reads("参加しない").send("参加する").reads("受付票")
        assert to_whom(story) == sorted([ENGINEER, MEMBER, NEIGHBOUR])
    with at(11, 11, year=2026):
        office_of(story).follow("お返事のない方に、もう一度").send("1名にお願いを送る").again()
        assert to_whom(story) == [CHAIR]
        story.somebody(CHAIR).open(story.post.link(CHAIR, f"{TITLE}のお返事をお願いします"))
        chair = public_page(logged_in(story, CHAIR)).follow(TITLE).follow("けやき会の参加を開く")
        chair.reads("お返事なし1名")
        assert "隣" not in chair.text
        chair.send("参加", beside="会長").reads("お返事なし0名")
        assert to_whom(story) == [CHAIR]


def entered(story):
    """The partner's person enters who comes of theirs."""
    with at(11, 12, year=2026):
        partner = (
            logged_in(story, PARTNER).follow("公社のグループの方を申し込む").follow("参加する方を入れる")
        )
        partner.send(
            "保存する",
            partner_group="公社の架空会",
            affiliation="金田製作所",
            name="金田 金子",
            kana="カネダ カネコ",
            email=PARTNERS_GUEST,
        )
        partner.reads("金田金子")
        assert "けやき会" not in partner.text
        assert to_whom(story) == [PARTNERS_GUEST]


def registered(story):
    """The public: one has the last place, two wait."""
    people = (
        (15, "初田 一", FIRST, TICKET),
        (16, "長井 待", SLOW, WAITING),
        (17, "次井 二", SECOND, WAITING),
    )
    for day, name, mail, subject in people:
        with at(11, day, year=2026) as clock:
            visitor = public_page(story.somebody(mail)).follow(TITLE).follow("申し込む")
            clock.shift(60)
            visitor.send(
                "申し込む", name=name, kana="ハツタ ハジメ", email=mail, consent=True, is_listed=True
            )
            visitor.reads("メールをご覧ください", mail)
            assert to_whom(story) == [mail]
            visitor.open(story.post.link(mail, "申込の確認をお願いします")).send("申し込みを確かめる").again()
            assert to_whom(story) == [mail]
            visitor.open(story.post.link(mail, subject)).reads("参加番号" if mail == FIRST else "補欠")


def forgotten(story):
    """Who never confirms the address holds nothing, and is told so by the same link."""
    with at(11, 18, year=2026) as clock:
        late = public_page(story.somebody(LATE)).follow(TITLE).follow("補欠で申し込む")
        clock.shift(60)
        late.send("申し込む", name="遅井 三", kana="オソイ サン", email=LATE, consent=True)
        assert to_whom(story) == [LATE]
        clock.shift(25 * 60 * 60)
        waiting.settle_everywhere()  # as the worker does every hour
        assert to_whom(story) == []
        late.open(story.post.link(LATE, "申込の確認をお願いします")).reads("期限が過ぎました")


def offered(story):
    """One cancels by the link; the next lets the two days pass, and who comes then takes the place."""
    with at(12, 1, year=2026):
        first = story.somebody(FIRST).open(story.post.link(FIRST, TICKET)).follow("参加を取り消す")
        first.send("取り消す").reads("参加を取り消しました")
        assert to_whom(story) == [FIRST, SLOW]
    for day, told in ((2, []), (4, [SECOND, SLOW])):
        with at(12, day, year=2026):
            waiting.settle_everywhere()  # as the worker does every hour
            assert to_whom(story) == told
    with at(12, 5, year=2026):
        slow = story.somebody(SLOW).open(story.post.link(SLOW, OFFER)).reads("期限が過ぎました")
        assert not slow.offers("この席で参加する")
        second = story.somebody(SECOND).open(story.post.link(SECOND, OFFER))
        second.send("この席で参加する").reads("受付票")
        assert to_whom(story) == [SECOND]
    with at(12, 6, year=2026):
        clerk = office_of(story).follow("申込の一覧").reads("次井二", "金田金子")
        clerk.follow("Excel")
        assert clerk.file.startswith(b"PK")
