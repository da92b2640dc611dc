"""January to April: nothing is ticked by hand; what is missing is mended by the list's own links, and a day decides it."""

from django.core.files.uploadedfile import SimpleUploadedFile

from iri_exchange.office.handover import telling
from tests.house.portal.crawling import text_of_pdf
from tests.house.portal.objects import pdf
from tests.journeys.autumn import KASHIWA, MINAMO, NAGARE, logged_in, meetings_of, to_whom
from tests.journeys.conftest import YEAR, at

NEXT = YEAR + 1
CONFIRM = "登録内容をお確かめください"
BEGUN, CHANGED = "あおい会の自主運営が始まりました", "あおい会の事務局が変わりました"
CLERKS = ["person1@example.jp", "person2@example.jp"]
OFFICERS = [MINAMO, NAGARE]
BOTH_SIDES = [*OFFICERS, *CLERKS]


def prepared(story):
    """The desk tells it from January on, and so does the chair's own page; both read one list."""
    with at(1, 11, year=NEXT):
        story.clerk().reads("あおい会を引き継ぐ：残り6")
        chair = logged_in(story, MINAMO).reads("あおい会の自主運営への準備", "2/8").follow("準備を見る")
        chair.reads("会則が、まだ登録されていません", "まだ一つも予定されていません")
        chair.follow("もう1年お願いする").send("もう1年お願いする", note="販路のことを、教わりたい。")
        bylaws = SimpleUploadedFile("会則.pdf", pdf(), "application/pdf")
        _list(story).follow("会則を登録する").send("登録する", file=bylaws)
        _list(story).follow("登録内容の確認へ").send("確認を始める").reads("3人にメールでお願いしました")
        _list(story).follow("会合を予定する").send("印をつけた月を予定に入れる")
        _list(story).reads("残り3", "9件予定されています", "お返事待ち")
        assert to_whom(story) == [KASHIWA, MINAMO, NAGARE]


def appointed(story):
    """Who is to be the secretary is chosen among the members, is told of it, and may nothing before the day."""
    with at(1, 20, year=NEXT):
        clerk = _list(story).follow("役員を登録する").follow("次の役員をまとめて登録する")
        assert clerk.value("since") == f"{NEXT}-04-01"
        clerk.send("確かめる", secretary_1="流 静").reads("令和11年3月31日まで")
        clerk.send("この役員で登録する").reads("令和10年4月1日からの役員を登録しました")
        assert to_whom(story) == [NAGARE]
        assert not logged_in(story, NAGARE).offers("自主運営への準備")


def confirmed(story):
    """Three by the letter's link, the fourth by telephone; whether the roster goes on, all are asked at a meeting."""
    with at(2, 1, year=NEXT):
        for mail in (KASHIWA, MINAMO, NAGARE):
            reader = story.somebody(mail).open(story.post.link(mail, CONFIRM))
            reader.send("このままで合っています").reads("ありがとうございました")
        clerk = _list(story).follow("登録内容の確認へ")
        clerk.send("で確かめた：あおぞら木工有限会社").reads("全員の確認が終わりました")
        clerk = _list(story).follow("同意を確かめる").reads("不同意4人")
        people = dict(zip(clerk.names("p"), ("同意する", "同意する", "", "同意する"), strict=True))
        agreed = {name: said for name, said in people.items() if said}
        clerk.send("選んだお答えを書きとめる", how="会合で", **agreed).reads("同意3人、不同意1人")
        clerk = (
            _list(story).follow("助言者のページへ").follow("お返事をする").reads("販路のことを、教わりたい。")
        )
        clerk.send("お受けする").reads("あおい会にお返事しました")
        _list(story).reads("そろいました", "外れる会員：AOI-004　あおぞら木工有限会社")


def decided(story):
    """Of a ready group the office decides in one sitting; both sides are told, and once more if it is taken back."""
    with at(3, 1, year=NEXT):
        clerk = _list(story).send("4月1日から自主運営に移す")
        clerk.reads("水面渡", "流静", "AOI-004", "4人に、メールを一人ずつ")
        clerk.send("4月1日から自主運営に移す").reads("4月1日（土）から、自主運営に移ります")
        assert to_whom(story) == BOTH_SIDES
        clerk.follow("取り消す").send("取り消す").reads("取り消しました")
        assert to_whom(story) == BOTH_SIDES
        clerk.send("4月1日から自主運営に移す").send("4月1日から自主運営に移す")
        assert to_whom(story) == BOTH_SIDES
        book = clerk.follow("引き継ぎ帳をつくる").send("引き継ぎ帳をつくる").follow("PDFを開く").file
        assert "株式会社ながれ計測" in text_of_pdf(book)
        assert "あおぞら木工" not in text_of_pdf(book)


def turned(story):
    """Nothing runs at midnight; a minute before it is the office's, at midnight it is the group's."""
    for when, is_own in ((at(3, 31, 23, 59, year=NEXT), False), (at(4, 1, 0, year=NEXT), True)):
        with when:
            clerk, chair = meetings_of(story.clerk()), meetings_of(logged_in(story, MINAMO))
            assert (clerk.offers("会合をつくる"), chair.offers("会合をつくる")) == (not is_own, is_own)
            assert to_whom(story) == []
    with at(4, 1, 9, year=NEXT):
        for _ in range(2):
            telling.tell_on_the_day()  # as the worker does every hour; it would close a test's connection
        told = sorted(story.post.goes_out())
        assert told == [(KASHIWA, CHANGED), *((to, BEGUN) for to in BOTH_SIDES)]


def fetched(story):
    """The new secretary finds the book in the letter of the day; who did not agree is not in it."""
    with at(4, 1, 12, year=NEXT):
        secretary = logged_in(story, NAGARE).open(story.post.link(NAGARE, BEGUN))
        secretary.send("引き継ぎ帳をつくる").follow("PDFを開く")
        assert "AOI-004" in text_of_pdf(secretary.file)
        assert "あおぞら木工" not in text_of_pdf(secretary.file)


def _list(story):
    return story.clerk().follow("引き継ぎを進める", beside="あおい会")
