"""August to November: the office runs the new group's meetings, from the first notice to minutes that are read."""

from django.core.management import call_command

from events.models import Reply
from tests.house.portal.crawling import text_of_pdf
from tests.journeys.conftest import at
from tests.journeys.summer import PASSWORD

FIRST, SECOND, THIRD = "第1回 定例会", "第2回 定例会", "第3回 定例会"
MINAMO, KASHIWA, NAGARE = "minamo@example.jp", "kashiwa@example.jp", "nagare@example.jp"
BY_MAIL = [KASHIWA, MINAMO, NAGARE]
ANSWER = "この内容で返事をする"
DECIDED = "11月に、みなも計器の工場を見学する。"


def meetings_of(walker):
    """From the first page to the group's meetings."""
    return walker.open("/").follow("グループをさがす").follow("あおい会").follow("会合の")


def logged_in(story, mail):
    """Whose address is typed at each log-in is not counted as asked twice."""
    walker = story.somebody(mail).open("/accounts/login/").send("ログイン", login=mail, password=PASSWORD)
    walker.typed.clear()
    return walker


def to_whom(story):
    return sorted(to for to, _ in story.post.goes_out())


def launched(story):
    """Of the ceremony nobody was told by the portal: who came is written down afterwards, and what for."""
    with at(7, 13):
        clerk = story.clerk().follow("出席をとる", beside="発会式")
        clerk.send("保存する", **dict.fromkeys(clerk.names("k-"), "present"))
        clerk.follow("受付を終える").reads("いる方", "4名").send("受付を終える").follow("議事録を書く")
        clerk.send("保存して、公開へ進む", decisions="代表幹事は、水面さん。").send("公開する", tell=False)
        assert story.post.goes_out() == []


def announced(story):
    """The first meeting gets its agenda and a deadline; three letters go out, and one sheet of paper."""
    with at(8, 2):
        clerk = story.clerk().follow("案内を送る", beside=FIRST).follow("会合のページ")
        clerk.follow("日時・会場・次第を直す")
        clerk.send(
            "保存する",
            reply_by="2027-08-13",
            fee="1000",
            **{"agenda-0-title": "会員の自己紹介", "agenda-1-title": "見学したい所"},
        )
        clerk.follow("案内を送る").send("手紙と人数を確かめる", words="はじめての定例会です。")
        clerk.reads("4名に案内を送ります", "メール 3名", "紙・FAX・電話 1名：青空 林")
        clerk.send("4名に案内を送る").again().reads("まだお返事のない方", "4名")
        clerk.follow("紙の案内を印刷する")
        assert "青空林" in text_of_pdf(clerk.file)
        assert to_whom(story) == BY_MAIL


def answered(story):
    """One tap each after the letter's link; whom the mail does not reach is asked by telephone."""
    with at(8, 3):
        letter = story.post.link(MINAMO, f"{FIRST}のご案内")
        story.somebody("みなも").open(letter).send(ANSWER).reads("出席")
        letter = story.post.link(NAGARE, f"{FIRST}のご案内")
        story.somebody("ながれ").open(letter).send(ANSWER, answer="no").reads("欠席")
    with at(8, 11):
        for _ in range(2):
            call_command("send_reminders")
        assert to_whom(story) == [KASHIWA]
        letter = story.post.link(KASHIWA, f"{FIRST}のお返事をお願いします")
        story.somebody("かしわ").open(letter).send(ANSWER, answer="yes").reads("出席")
        clerk = meetings_of(story.clerk()).follow(FIRST)
        clerk.follow("お返事を見る").follow("書きとめる", beside="青空 林")
        clerk.send("このお返事を書きとめる", answer="yes").reads("全員からお返事をいただきました")
        assert Reply.objects.get(person__family_name="青空").source == Reply.Source.PHONE


def received(story):
    """Everybody as they replied, then the two who are otherwise, and somebody who was not asked."""
    with at(8, 18, 15):
        clerk = story.clerk().follow("出席をとる", beside=FIRST).send("お返事のとおりにつける")
        clerk.send("保存する", **{clerk.names("k-")[1]: "late"})
        clerk.send("加える", **{"guest-name": "遠山 歩", "guest-affiliation": "多摩信用組合"})
        clerk.follow("受付を終える").reads("いる方", "4名").send("受付を終える").reads(
            "つづけて議事録を書けます"
        )


def minuted(story):
    """Decisions, a to-do and the date of the next go to the members; the public reads its own sentence alone."""
    with at(8, 18, 17):
        clerk = story.clerk().follow("議事録を書く", beside=FIRST)
        assert clerk.value("next_at") == "2027-09-08T15:00"
        clerk.reads("青空 林", "遠山 歩")
        clerk.send(
            "保存して、公開へ進む",
            decisions=DECIDED,
            public_summary="自己紹介をしました。",
            next_duty="ながれ計測",
            **{"new-todo-0-what": "見学の日を相談する", "new-todo-0-who": "代表幹事"},
        )
        clerk.send("公開する")
        assert to_whom(story) == BY_MAIL
    with at(8, 19):
        visitor = meetings_of(story.somebody("visitor")).follow(FIRST)
        visitor.reads("自己紹介をしました。")
        assert DECIDED not in visitor.text


def second(story):
    """The desk says when the next notice is due; a member answers on the own page; the to-do waits until it is done."""
    with at(9, 1):
        clerk = story.clerk().follow("案内を送る", beside=SECOND)
        clerk.send("手紙と人数を確かめる").send("4名に案内を送る")
        assert to_whom(story) == BY_MAIL
        member = logged_in(story, MINAMO).reads("第2回 定例会に出席するか、答える")
        member.send("× 欠席", beside=SECOND).reads("欠席")
        assert not member.offers("× 欠席")
        member.follow("あおい会").reads("見学の日を相談する").follow("会合の一覧").follow(FIRST)
        member.follow("議事録を読む").reads(DECIDED, "遠山 歩").follow("議事録をPDFで出す")
        assert DECIDED in text_of_pdf(member.file)
    with at(9, 8, 17):
        clerk = story.clerk().follow("出席をとる", beside=SECOND).send("お返事のとおりにつける")
        clerk.follow("受付を終える").send("受付を終える").follow("議事録を書く").reads("前からの宿題")
        clerk.send("保存して、公開へ進む", decisions="見学は11月。", done=clerk.offered("done"))
        clerk.send("公開する", tell=False)
        assert not clerk.follow("グループの宿題").offers("すんだ：")


def called_off(story):
    """Everybody who was told of it is told why, by mail or by telephone; the link in the letter says so, too."""
    with at(10, 4):
        clerk = story.clerk().follow("案内を送る", beside=THIRD)
        clerk.send("手紙と人数を確かめる").send("4名に案内を送る")
        assert to_whom(story) == BY_MAIL
    with at(10, 12):
        clerk = meetings_of(story.clerk()).follow(THIRD).follow("中止にする")
        clerk.send("中止にして、4名に知らせる", reason="台風が近づいているため").reads("中止になりました")
        assert to_whom(story) == BY_MAIL
        clerk.follow("お返事の一覧を見る").reads("電話で伝える方", "青空 林")
        silent = story.somebody("ながれ").open(story.post.link(NAGARE, f"{THIRD}のご案内"))
        silent.reads("中止", "台風が近づいているため")
        assert not silent.offers(ANSWER)


def polled(story):
    """Of three days the one that suits most becomes the visit; nobody logs in for it."""
    with at(10, 18):
        clerk = meetings_of(story.clerk()).follow("都合のよい日を、会員にたずねる")
        days = {f"day_{number}": f"2027-11-{day}" for number, day in ((1, "16"), (2, "17"), (3, "18"))}
        clerk.send("会員にたずねる", kind="見学会", title="みなも計器の工場の見学", **days)
        assert to_whom(story) == BY_MAIL
        for mail, marks in ((MINAMO, "yes yes no"), (KASHIWA, "no yes maybe"), (NAGARE, "maybe maybe no")):
            reader = story.somebody(mail).open(story.post.link(mail, "日程をお知らせください"))
            chosen = dict(zip(reader.names("date_"), marks.split(), strict=True))
            reader.send("この内容で返事をする", **chosen).reads("お返事を受け取っています")
        clerk = meetings_of(story.clerk()).follow("日程調整「みなも計器の工場の見学」").follow("青空 林")
        clerk.send("書きとめる", **dict.fromkeys(clerk.names("date_"), "yes"))
        clerk.send("この日に決める", beside="いちばん集まれる").reads("11月17日（水）")
        assert to_whom(story) == []
