"""The third year: the secretary hands on what the last one knew, the group rests, wakes, and one day ends."""

import io
import zipfile

from tests.house.portal.crawling import text_of_pdf
from tests.journeys.autumn import BY_MAIL, KASHIWA, MINAMO, NAGARE, logged_in, meetings_of, to_whom
from tests.journeys.conftest import YEAR, at
from tests.journeys.summer import INVITED, PASSWORD

THIRD = YEAR + 2
NEXT_ONE, BEGINS = "第19回 定例会", "あおい会の役員になられます"


def elected(story):
    """March: the secretary enters the result; the next one is invited, claims the login, and may nothing yet."""
    with at(3, 12, year=THIRD):
        secretary = logged_in(story, NAGARE).follow("あおい会").follow("役員を改選する")
        assert secretary.value("since") == f"{THIRD}-04-01"
        secretary.send("確かめる", secretary_1="柏木 実").reads("柏木実（事務局）", "流静（事務局）")
        secretary.send("この役員で登録する").reads("令和11年4月1日からの役員を登録しました")
        assert to_whom(story) == [KASHIWA, KASHIWA, NAGARE]
        newcomer = story.somebody("かしわ").open(story.post.link(KASHIWA, INVITED))
        newcomer.send("ログインをつくる", password1=PASSWORD, password2=PASSWORD)
        assert not newcomer.open(story.post.link(KASHIWA, BEGINS)).offers("役員を改選する")


def passed_on(story):
    """At midnight the one may all of it and the other nothing: not even fetch the book that was made the day before."""
    with at(3, 31, 12, year=THIRD):
        secretary = logged_in(story, NAGARE).follow("あおい会").follow("引き継ぎ帳をつくる")
        book = secretary.send("引き継ぎ帳をつくる").follow("PDFを開く").path
    for when, is_new in ((at(3, 31, 23, 59, year=THIRD), False), (at(4, 1, 0, year=THIRD), True)):
        with when:
            old, new = (logged_in(story, mail).follow("あおい会") for mail in (NAGARE, KASHIWA))
            assert (old.offers("役員を改選する"), new.offers("役員を改選する")) == (not is_new, is_new)
            assert (old.offers("引き継ぎ帳"), new.offers("引き継ぎ帳")) == (not is_new, is_new)
            assert old.client.get(book).status_code == (404 if is_new else 200)
    with at(4, 1, 9, year=THIRD):
        new = logged_in(story, KASHIWA).open(story.post.link(KASHIWA, BEGINS))
        new.follow("引き継ぎ帳をつくる").send("引き継ぎ帳をつくる").follow("PDFを開く")
        assert "".join(text_of_pdf(new.file).split()).count("あおぞら木工") == 0
        new = meetings_of(new).follow("1年分の定例会をまとめて予定する").send("印をつけた月を予定に入れる")
        new.follow(f"{NEXT_ONE}（令和11年5月9日）").follow("案内を送る").send("手紙と人数を確かめる")
        new.send("4名に案内を送る")
        assert to_whom(story) == BY_MAIL


def rested(story):
    """What a rest ends is shown first; then the meetings are off, and everybody has been told, by letter or by hand."""
    with at(4, 20, year=THIRD):
        clerk = _group(story.clerk()).follow("休止にする")
        typed = {"since": f"{THIRD}-05-01", "reason": "総会で、しばらく休むと決めたため"}
        clerk.send("休止にする", **typed).reads("まだ行っていません", "中止になる会合11", NEXT_ONE, "青空林")
        clerk.send("休止にする").reads("3人に、お知らせのメール", "メールの届かない1人")
        told = sorted(story.post.goes_out())
        assert [to for to, _ in told] == sorted(BY_MAIL * 2)
        assert sum(subject.startswith(f"{NEXT_ONE}は中止") for _, subject in told) == 3
        assert _group(logged_in(story, KASHIWA)).offers("会合")
    for when, is_resting in ((at(4, 30, 23, 59, year=THIRD), False), (at(5, 1, 0, year=THIRD), True)):
        with when:
            secretary = meetings_of(logged_in(story, KASHIWA))
            assert secretary.offers("会合をつくる") != is_resting
            assert (
                "5月1日から、活動をお休みしています" in _group(story.somebody("visitor")).text
            ) == is_resting


def woken(story):
    """The same people go on where they stopped."""
    with at(9, 3, year=THIRD):
        clerk = _group(story.clerk()).follow("活動を再開する")
        clerk.send("再開する", words="また、会いましょう。").reads("3人に、お知らせのメール")
        assert to_whom(story) == BY_MAIL
        chair = meetings_of(logged_in(story, MINAMO)).follow("前回と同じ内容で次の会合をつくる")
        chair.send("保存して、案内を確かめる").send("手紙と人数を確かめる").send("4名に案内を送る")
        assert to_whom(story) == BY_MAIL


def ended(story):
    """A dissolution: all of it shown, then done at once; the office keeps what was entrusted to it as one file."""
    with at(3, 1, year=THIRD + 1):
        clerk = _group(story.clerk()).follow("解散を登録する").reads("退会になる会員4")
        typed = {"since": f"{THIRD + 1}-04-01", "reason": "会員が少なくなったため", "files_entrusted": True}
        clerk.send("解散を登録する", typed_name="あおい会", **typed).reads(
            "まだ行っていません", "終わる役員の任期1"
        )
        # The name is asked for once more on purpose.
        clerk.typed.remove("あおい会")
        clerk.send("解散を登録する").reads("に解散します")
        assert to_whom(story) == BY_MAIL
        assert logged_in(story, MINAMO).offers("あおい会")
    with at(4, 1, 0, year=THIRD + 1):
        member = logged_in(story, MINAMO).reads("これまでに入っていたグループ")
        assert not member.offers("役員を改選する")
        clerk = (
            story.clerk().open("/").follow("グループをさがす").send("しぼる", stage="解散").follow("あおい会")
        )
        clerk.reads("これまでの記録は、事務局で保管しています").follow("記録を1つにまとめる")
        clerk.send("1つにまとめる").follow("ZIPを保存する")
        archive = zipfile.ZipFile(io.BytesIO(clerk.file))
        assert archive.testzip() is None
        assert "目次.txt" in archive.namelist()
        minutes = [
            name for name in archive.namelist() if name.startswith("議事録/") and name.endswith(".pdf")
        ]
        assert len(minutes) == 7


def _group(walker):
    return walker.open("/").follow("グループをさがす").follow("あおい会")
