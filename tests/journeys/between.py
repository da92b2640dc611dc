"""Autumn of the second year: two groups that had nothing to do with each other meet, by two clicks and no telephone."""

from tests.journeys.autumn import ANSWER, BY_MAIL, MINAMO, NAGARE, logged_in, meetings_of, to_whom
from tests.journeys.conftest import YEAR, at
from tests.journeys.summer import INVITED, PASSWORD

NEXT = YEAR + 1
FRIEND = "person3@example.jp"
TOPIC = "たがいの工場を見て、困りごとを話す"
SECRET = "共同で、展示会に出る。"


def befriended(story):
    """The other group gets a chair from the office, who is invited and logs in."""
    with at(9, 1, year=NEXT):
        clerk = story.clerk().follow("グループの役員へ", beside="みなと会").follow("役員を登録する")
        clerk.send("登録する", person="青木", role="代表幹事").follow("みなと会").follow(
            "会員をログインに招待する"
        )
        clerk.send("印をつけた方を招待する", person=clerk.offered("person"))
        assert to_whom(story) == [FRIEND]
        friend = story.somebody(FRIEND).open(story.post.link(FRIEND, INVITED))
        friend.send("ログインをつくる", password1=PASSWORD, password2=PASSWORD)


def offered(story):
    """What one group would like stands on the board; another raises its hand; of that a meeting is made."""
    with at(9, 4, year=NEXT):
        board = logged_in(story, MINAMO).follow("グループどうしの掲示板").follow("あおい会から呼びかける")
        board.send("掲示板に出す", topic=TOPIC, hosts=True).reads(
            TOPIC, "手をあげたグループは、まだありません"
        )
        assert to_whom(story) == []
    with at(9, 5, year=NEXT):
        friend = logged_in(story, FRIEND).follow("グループどうしの掲示板").follow("いっしょに開きたい")
        friend.send("いっしょに開きたいと知らせる").reads("手をあげています")
        assert to_whom(story) == [MINAMO, NAGARE]
    with at(9, 6, year=NEXT):
        chair = logged_in(story, MINAMO).open(story.post.link(MINAMO, f"「{TOPIC}」に"))
        chair.follow("この返事から会合をつくる")
        chair.send(
            "保存だけする", kind="見学会", day="2028-10-18", start="14:00", end="16:00", reply_by="2028-10-13"
        )
        chair.reads("みなと会")
        assert to_whom(story) == [FRIEND]


def agreed(story):
    """The other officer's one button; from then on it stands in both calendars, and both sides' members are asked."""
    with at(9, 7, year=NEXT):
        friend = logged_in(story, FRIEND).open(story.post.link(FRIEND, "あおい会の見学会を"))
        friend.reads("議事録は、あおい会だけのものです").send("いっしょに開く").reads(
            "いっしょに開くとお返事しました"
        )
        assert to_whom(story) == [MINAMO, NAGARE]
        ours, theirs = meetings_of(logged_in(story, MINAMO)), _meetings_of_friends(logged_in(story, FRIEND))
        ours.reads("10月18日（水）", "見学会")
        theirs.reads("10月18日（水）", "見学会")
        chair = ours.follow("見学会（令和10年10月18日）").follow("案内を送る")
        chair.send("手紙と人数を確かめる").send("5名に案内を送る")
        assert to_whom(story) == sorted([*BY_MAIL, FRIEND])
        friend = story.somebody(FRIEND).open(story.post.link(FRIEND, "見学会のご案内"))
        friend.send(ANSWER).reads("出席")


def met(story):
    """Both groups are received at one desk; the minutes are the hosts'."""
    with at(10, 18, 17, year=NEXT):
        chair = (
            meetings_of(logged_in(story, MINAMO)).follow("見学会（令和10年10月18日）").follow("出席をとる")
        )
        chair.send("保存する", **dict.fromkeys(chair.names("k-"), "present")).follow("受付を終える")
        chair.reads("いる方", "5名").send("受付を終える").follow("議事録を書く")
        chair.send("保存して、公開へ進む", decisions=SECRET).send("公開する")
        assert to_whom(story) == BY_MAIL
        friend = _meetings_of_friends(logged_in(story, FRIEND)).follow("見学会（令和10年10月18日）")
        assert not friend.offers("議事録を読む")
        assert friend.client.get(f"{friend.path}minutes/").status_code == 404


def seated(story):
    """One seat for guests: who takes it first has it, gets the letter, and the next one finds none."""
    with at(11, 1, year=NEXT):
        host = _meetings_of_friends(logged_in(story, FRIEND)).follow("はじめの会合をつくる")
        host.send("保存して、案内を確かめる", day="2028-11-22", start="18:00", end="20:00", open_seats="1")
        host.send("手紙と人数を確かめる").send("1名に案内を送る")
        assert to_whom(story) == [FRIEND]
        guest = logged_in(story, NAGARE).follow("グループどうしの掲示板").reads("1席")
        guest.send("席をとる", beside="みなと会").reads("席をとりました")
        assert to_whom(story) == [NAGARE]
        late = logged_in(story, MINAMO).follow("グループどうしの掲示板")
        assert not late.offers("席をとる")
        host.open(host.path).reads("流静")


def _meetings_of_friends(walker):
    return walker.open("/").follow("グループをさがす").follow("みなと会").follow("会合の")
