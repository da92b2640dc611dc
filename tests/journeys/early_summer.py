"""May and June: the review with a question, decisions by two, the announcement, and a place that is given back."""

from tests.house.portal.crawling import text_of_pdf
from tests.journeys.conftest import at

YOUR_REPLY_BY = "2027-05-28"


def reviewed(story):
    """The one that the directory knows is matched, all others are new companies; nobody outside reads more than 審査中."""
    with at(5, 20):
        clerk = story.clerk().follow("応募を見る").send("受け付けた7件の審査を始める")
        clerk.reads("7件の審査を始めました", "名簿のかしわ樹脂株式会社と、法人番号が同じ・企業名が同じ")
        clerk.follow("かしわ樹脂株式会社").reads("みなと会").send("この企業と同じ")
        clerk.follow("結果をお知らせする準備へ進む")
        clerk.send("名簿に似た企業のない6件を、新しい企業として進める")
        clerk.reads("6件を、名簿にない新しい企業として進めます")
        assert story.status("minamo@example.jp").offers("応募の控え（PDF）")


def asked(story):
    """ひかり left a question of the form open; the answer comes by the link in the letter."""
    with at(5, 21):
        clerk = story.clerk().follow("応募を見る").follow("有限会社ひかり光学").follow("お尋ねする")
        clerk.send("お尋ねを送る", question="都内に事業所はありますか。", due=YOUR_REPLY_BY)
        assert [to for to, _ in story.post.goes_out()] == ["hikari@example.jp"]
    with at(5, 22):
        answering = story.somebody("ひかり").open(
            story.post.link("hikari@example.jp", "ご応募について、お尋ねがあります")
        )
        answering.reads("都内に事業所はありますか。", "審査中")
        answering.send("この返事を送る", answer="八王子に工場があります。").reads("届けました", "審査中")
    with at(5, 24):
        clerk = story.clerk().follow("応募を見る").follow("有限会社ひかり光学")
        clerk.reads("八王子に工場があります。")


def withdrawn(story):
    with at(5, 25):
        yuki = story.status("yuki@example.jp").follow("応募を取り下げる").reads("元に戻せません")
        yuki.send("応募を取り下げる").reads("取下げ")
        assert story.post.goes_out() == [("yuki@example.jp", "応募を取り下げました（ゆき食品株式会社）")]


def decided(story):
    """On the workbench, a press for each; one more than there are places is refused."""
    with at(6, 1):
        board = story.clerk().follow("応募を見る").follow("顔ぶれを考える")
        board.send("採択", beside="株式会社みなも計器")
        board.reads("株式会社みなも計器と重なる（流量計）")
        for name in ("有限会社ひかり光学", "かしわ樹脂株式会社", "あおぞら木工有限会社"):
            board.send("採択", beside=name)
        board.send("採択", beside="株式会社ながれ計測").reads("定員の4社まで、もう採択にしています")
        board.send("補欠", beside="株式会社ながれ計測").send("不採択", beside="つばめ運輸株式会社")
        board.follow("結果をお知らせする準備へ進む").reads("もう一人の職員が、まだ採否を確かめていません")
        assert not board.offers("件をお知らせする")
    for mail in ("minamo@example.jp", "nagare@example.jp", "tsubame@example.jp"):
        with at(6, 1, 12):
            reader = story.status(mail).reads("審査中")
            assert not any(word in reader.text for word in ("採択", "補欠", "取下げになりました"))


def approved(story):
    with at(6, 2):
        story.clerk(1).follow("応募を見る").send("まとめて確認する").reads("6件の採否を確認しました")


def announced(story):
    """On the day that was promised: five letters by mail, one on paper, and everybody's page says it."""
    with at(6, 14):
        clerk = story.clerk().follow("応募を見る").follow("結果をお知らせする準備を見る")
        clerk.send("6件をお知らせする", count="6").reads("採択4件、補欠1件、不採択1件をお知らせしました")
        clerk.follow("郵便でお知らせする手紙を出す")
        assert "あおぞら木工有限会社" in text_of_pdf(clerk.file)
        clerk.follow("名簿と応募の内容がちがう企業を確かめる").reads("042-600-0004", "042-600-7704")
        clerk.send("応募のほうにする", beside="042-600-7704").reads("応募の内容にしました")
        assert sorted(story.post.goes_out()) == [
            ("hikari@example.jp", "採択のお知らせ（令和9年度 多摩テクノプラザの募集）"),
            ("kashiwa@example.jp", "採択のお知らせ（令和9年度 多摩テクノプラザの募集）"),
            ("minamo@example.jp", "採択のお知らせ（令和9年度 多摩テクノプラザの募集）"),
            ("nagare@example.jp", "補欠のお知らせ（令和9年度 多摩テクノプラザの募集）"),
            ("tsubame@example.jp", "審査の結果のお知らせ（令和9年度 多摩テクノプラザの募集）"),
        ]
        for mail, state in (("minamo", "採択"), ("nagare", "補欠"), ("tsubame", "不採択")):
            story.status(f"{mail}@example.jp").reads(f"いまの状況：{state}")


def offered(story):
    """ひかり gives its place back; the next on the list is asked, and takes it by the link."""
    with at(6, 18):
        hikari = story.status("hikari@example.jp").follow("参加を辞退する")
        hikari.send("参加を辞退する").reads("取下げ")
    with at(6, 21):
        clerk = story.clerk().follow("補欠を見る").follow("次の株式会社ながれ計測にご案内する")
        clerk.send("この1社にご案内する").reads("お返事を待っています")
        assert sorted(to for to, _ in story.post.goes_out()) == ["hikari@example.jp", "nagare@example.jp"]
    with at(6, 23):
        letter = story.post.link("nagare@example.jp", "繰り上げのご案内")
        nagare = story.somebody("ながれ").open(letter).reads("令和9年6月28日")
        nagare.send("参加します").reads("お申し出を受け付けました", "いまの状況：採択")
        assert [to for to, _ in story.post.goes_out()] == ["nagare@example.jp"]
