"""March to May: last year's call is copied, the pages turn on and off by themselves, seven companies apply."""

from groups.models import Application
from tests.journeys import applicants
from tests.journeys.conftest import at


def copied(story):
    """In March: one press, and the days are those of next year, none of them on a Saturday."""
    with at(3, 1):
        clerk = story.clerk().follow("会員の募集を登録する・応募を審査する・結果をお知らせする")
        clerk.send("次の年度の募集をつくる")
        clerk.reads("令和9年度", "をつくりました")
        days = [clerk.value(name) for name in ("opens_on", "closes_on", "results_on", "launch_on")]
        assert days == ["2027-04-06", "2027-05-17", "2027-06-14", "2027-07-12"]
        clerk.send("保存する").reads("これから")


def opened(story):
    """The pages turn on to the second, by themselves."""
    with at(4, 5, 23, 59, 59):
        visitor = story.somebody("visitor").open("/").follow("募集のページ")
        visitor.follow("令和9年度の募集のページへ").reads("受付は", "からです")
        assert not visitor.offers("応募する")
    with at(4, 6, 0, 0, 0):
        assert visitor.open(visitor.path).offers("応募する")


def applied(story):
    minamo(story)
    hikari_sends_twice(story)
    with at(4, 20):
        for facts in (applicants.NAGARE, applicants.KASHIWA, applicants.YUKI, applicants.TSUBAME):
            apply(story, facts)
    by_fax(story)


def fill(walker, facts):
    """The postal code fills in the rest of the address but the number of the house."""
    walker.send("郵便番号から住所を入れる", postal_code=facts["postal_code"])
    rest = {name: value for name, value in facts.items() if name != "postal_code"}
    walker.send("この内容を確かめる", **rest | {"street": walker.value("street") + "9-8"})
    walker.reads("まだ送られていません")


def confirm(story, mail):
    letter = story.post.link(mail, "応募を確かめてください")
    return story.somebody(mail).open(letter).send("この応募を確かめました")


def apply(story, facts):
    with at(4, 20) as clock:
        walker = story.form(facts["name"])
        fill(walker, facts)
        clock.shift(600)
        walker.send("この内容で送る").reads("あと一つです")
        story.post.goes_out()
        confirm(story, facts["contact_email"]).reads("審査中")
        story.post.goes_out()


def minamo(story):
    """Begun on a telephone, kept, and finished at the office's machine by the link in the letter."""
    facts = applicants.MINAMO
    first = {name: facts[name] for name in ("name", "kana", "phone", "contact_email")}
    with at(4, 6, 12):
        story.form("みなも").send("保存して、続きをメールで受け取る", **first).reads("下書きをお預かり")
        assert story.post.goes_out() == [("minamo@example.jp", "応募の下書きをお預かりしました")]
    with at(4, 7, 9) as clock:
        resumed = story.somebody("みなも、会社で").open(story.post.link("minamo@example.jp", "応募の下書き"))
        assert resumed.value("name") == "株式会社みなも計器"
        fill(resumed, {name: value for name, value in facts.items() if name not in first})
        clock.shift(500)
        resumed.send("この内容で送る")
        story.post.goes_out()
        confirm(story, "minamo@example.jp").reads("審査中", "2027-001")
        assert story.post.goes_out() == [("minamo@example.jp", "応募を受け付けました（受付番号 2027-001）")]


def hikari_sends_twice(story):
    """A second tap while nothing seems to happen, and once more after it was confirmed: one application."""
    facts = applicants.HIKARI
    with at(4, 12) as clock:
        walker = story.form("ひかり")
        fill(walker, facts)
        clock.shift(400)
        walker.send("この内容で送る").again().reads("あと一つです")
        assert [to for to, _ in story.post.goes_out()] == ["hikari@example.jp"]
        confirm(story, "hikari@example.jp")
        walker.again().reads("もう受け付けています")
        assert [to for to, _ in story.post.goes_out()] == ["hikari@example.jp"]
    assert Application.objects.filter(name=facts["name"]).count() == 1


def by_fax(story):
    with at(5, 11):
        clerk = story.clerk().follow("応募を見る").follow("紙・FAXの応募を入れる")
        clerk.send("この応募を受け付ける", route="FAX", **applicants.AOZORA)
        clerk.reads("あおぞら木工有限会社の応募を受け付けました", "2027-007")
        assert story.post.goes_out() == []


def closed(story):
    """Who looks at the form in the last second has looked: it comes back as it was typed, and nothing is received."""
    late = applicants.IN_FULL
    with at(5, 17, 23, 45) as clock:
        walker = story.form(late["name"])
        fill(walker, late)
        clock.shift(895)
        assert story.status("yuki@example.jp").offers("応募の内容を直す")
    with at(5, 18, 0, 0, 0):
        walker.send("この内容で送る").reads("この募集の受け付けは、終わりました")
        assert walker.value("motive") == late["motive"]
        story.somebody("visitor").open("/").follow("募集のページ").reads("受付は終わりました")
        assert not story.status("yuki@example.jp").offers("応募の内容を直す")
        assert story.post.goes_out() == []
    assert Application.objects.count() == 7
