"""July: the wizard, the launch, the new group in public, and the first member who logs in."""

from tests.house.portal.crawling import text_of_pdf
from tests.journeys.conftest import at

INVITED = "ログインへのご招待"
PASSWORD = "mizu-no-oto-2027"


def launched(story):
    with at(6, 28):
        wizard = story.clerk().follow("発会の準備をする")
        wizard.send(
            "保存して、発会式へ進む",
            name="あおい会",
            kana="アオイカイ",
            slug="aoi",
            number_prefix="AOI",
            introduction="多摩の、ちがう仕事の4社です。",
        )
        assert wizard.value("day") == "2027-07-12"
        wizard.send("保存して、役員・助言者へ進む")
        wizard.send("保存して、定例会へ進む", chair="水面 渡", family_name="助川", given_name="言一")
        wizard.send("この決まりで日を出す")
        days = [wizard.value(f"day_{number}") for number in range(1, 9)]
        assert days == [
            "2027-08-18",  # the second Wednesday is a holiday
            "2027-09-08",
            "2027-10-13",
            "2027-11-10",
            "2027-12-08",
            "2028-01-12",
            "2028-02-09",
            "2028-03-08",
        ]
        wizard.send("保存して、招待へ進む").reads("メールアドレスが、名簿にありません")
        wizard.send("保存して、確かめる").reads("発会に要るものは、そろっています")
        wizard.send("発会する（招待3通）").reads("発会を登録しました")
        wizard.follow("発会の名簿（PDF）")
        roster = text_of_pdf(wizard.file)
        names = ("株式会社みなも計器", "かしわ樹脂株式会社", "あおぞら木工有限会社", "株式会社ながれ計測")
        assert [name for name in names if name not in roster] == []
        assert "有限会社ひかり光学" not in roster
        invited = ["kashiwa@example.jp", "minamo@example.jp", "nagare@example.jp"]
        assert sorted(to for to, _ in story.post.goes_out()) == invited


def in_public(story):
    """Until the day of the ceremony nobody outside knows of it."""
    with at(7, 11):
        visitor = story.somebody("visitor").open("/").follow("グループをさがす")
        assert not visitor.offers("あおい会")
    with at(7, 12):
        visitor = story.somebody("visitor").open("/").follow("グループをさがす").follow("あおい会")
        visitor.reads("多摩の、ちがう仕事の4社です。").follow("会合の一覧")
        visitor.reads("発会式", "令和9年（2027年）8月18日", "第8回")


def claimed(story):
    """A new member makes the login, and reads what was typed in April, once; the link had run out, and is renewed."""
    with at(7, 13):
        member = story.somebody("みなも").open(story.post.link("minamo@example.jp", INVITED))
        member.send("新しいリンクを送ってもらう").reads("お送りしました")
        assert [to for to, _ in story.post.goes_out()] == ["minamo@example.jp"]
        member.open(story.post.link("minamo@example.jp", INVITED))
        member.send("ログインをつくる", password1=PASSWORD, password2=PASSWORD)
        member.follow("あおい会").follow("会員の一覧").reads("株式会社ながれ計測")
        member.follow("あおい会").follow("会合の一覧").reads("15:00〜17:00", "多摩テクノプラザ")
        member.follow("あおい会").follow("名簿をつくる")
        member.send("PDFで出す")
        assert "株式会社ながれ計測" in text_of_pdf(member.file)
        assert story.post.goes_out() == []


def claimed_early(story):
    """Before the ceremony there is a login, and nothing of the group yet."""
    with at(7, 2):
        member = story.somebody("ながれ").open(story.post.link("nagare@example.jp", INVITED))
        member.send("ログインをつくる", password1=PASSWORD, password2=PASSWORD)
        assert not member.offers("あおい会")
