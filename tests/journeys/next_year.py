"""April to June: the group runs itself, its own people plan, meet and vote, and the office learns how many came."""

from events.models import Meeting
from tests.house.portal.crawling import text_of_pdf
from tests.journeys.autumn import ANSWER, BY_MAIL, KASHIWA, MINAMO, NAGARE, logged_in, meetings_of, to_whom
from tests.journeys.conftest import YEAR, at

NEXT = YEAR + 1
NINTH, GENERAL = "第9回 定例会", "総会"
AMONG_US = "会費を、月1,000円にする。"


def last_of_the_office(story):
    """March: the eighth meeting is the last one that the office runs."""
    with at(3, 8, 17, year=NEXT):
        clerk = story.clerk().follow("出席をとる", beside="第8回")
        clerk.send("保存する", **dict.fromkeys(clerk.names("k-"), "present"))
        clerk.follow("受付を終える").send("受付を終える").follow("議事録を書く")
        clerk.send("保存して、公開へ進む", decisions="4月から、自分たちで運営する。").send("公開する")
        assert to_whom(story) == BY_MAIL


def on_their_own(story):
    """From the first of April the chair does what the office did; the office offers to do nothing of it any more."""
    with at(4, 2, year=NEXT):
        clerk = meetings_of(story.clerk())
        assert not clerk.offers("前回と同じ内容で次の会合をつくる")
        chair = logged_in(story, MINAMO).follow("あおい会").follow("会合の").follow(f"{NINTH}（4/12")
        chair.send("手紙と人数を確かめる").send("4名に案内を送る")
        assert to_whom(story) == BY_MAIL
    with at(4, 12, 15, year=NEXT):
        chair = logged_in(story, MINAMO).follow("出席をとる", beside=NINTH)
        chair.send("保存する", **dict.fromkeys(chair.names("k-")[:3], "present")).follow("受付を終える")
        chair.send("受付を終える").follow("議事録を書く")
        chair.send("保存して、公開へ進む", decisions=AMONG_US, public_summary="今年度の予定を決めました。")
        chair.send("公開する")
        assert to_whom(story) == BY_MAIL


def voted(story):
    """A 総会: who stays away sends a 委任状, and both together make the quorum."""
    with at(5, 8, year=NEXT):
        chair = logged_in(story, MINAMO).follow("あおい会").follow("会合の").follow("白紙から会合をつくる")
        chair.send(
            "保存して、案内を確かめる",
            kind="総会",
            day="2028-05-24",
            reply_by="2028-05-22",
            **{"agenda-0-title": "会則を改める"},
        )
        chair.send("手紙と人数を確かめる").send("4名に案内を送る")
        assert to_whom(story) == BY_MAIL
        chair.follow("総会").follow("委任状の用紙")
        assert "委任状" in text_of_pdf(chair.file)
        for mail, said in ((MINAMO, {}), (KASHIWA, {"answer": "no"})):
            reader = story.somebody(mail).open(story.post.link(mail, f"{GENERAL}のご案内"))
            reader.send(ANSWER, **said)
        reader = story.somebody(NAGARE).open(story.post.link(NAGARE, f"{GENERAL}のご案内"))
        reader.send(ANSWER, answer="no", entrusts=True).reads("議決を議長に委任します")
    with at(5, 19, year=NEXT):
        chair = logged_in(story, MINAMO).follow("あおい会").follow("会合の").follow(GENERAL)
        chair.follow("お返事を見る").follow("書きとめる", beside="青空 林")
        chair.send("このお返事を書きとめる", source="FAX", answer="no", entrusts=True)
    with at(5, 24, 15, year=NEXT):
        chair = logged_in(story, MINAMO).follow("出席をとる", beside=GENERAL).send("お返事のとおりにつける")
        chair.follow("受付を終える").send("受付を終える").follow("議事録を書く")
        chair.reads("会員4、出席1、委任状2、計3、定足数3（過半数）→ 成立")
        [votes] = [name for name in chair.names("item-") if name.endswith("votes_for")]
        chair.send("保存して、公開へ進む", decisions="会則を改めた。", **{votes: "3"}).send("公開する")
        chair.reads("賛成3").follow("総会の結果をPDFで出す")
        assert "可決" in text_of_pdf(chair.file)
        assert to_whom(story) == BY_MAIL


def counted(story):
    """Of its own year the office keeps everything; of the group's, days, numbers and what the public reads."""
    with at(6, 1, year=NEXT):
        clerk = story.clerk().follow("グループの会合と出席").follow("あおい会")
        clerk.reads(NINTH, "3会員", "今年度の予定を決めました。").follow(NINTH)
        clerk.reads("今年度の予定を決めました。")
        assert AMONG_US not in clerk.text
        assert "水面" not in clerk.text
        assert not (clerk.offers("議事録を読む"))
        ninth = Meeting.objects.get(number=9)
        assert clerk.client.get(f"/meetings/{ninth.pk}/minutes/").status_code == 404
        clerk = meetings_of(story.clerk()).follow("第1回 定例会").follow("議事録を読む").reads("遠山 歩")
