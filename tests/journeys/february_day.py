"""January to March of one joint exchange: who sits with whom, the day at the desk, and what is told afterwards."""

from django.core.files.uploadedfile import SimpleUploadedFile

from events.exchange.entering.tickets import arrival_url
from events.exchange.tables import making
from events.models import Registration, TablePlan
from iri_exchange.lib.qr import square
from tests.house.portal.crawling import text_of_pdf
from tests.house.portal.file_objects import picture
from tests.journeys.conftest import at
from tests.journeys.february import (
    CHAIR,
    ENGINEER,
    FIRST,
    MEMBER,
    NEIGHBOUR,
    PARTNER,
    PARTNERS_GUEST,
    SECOND,
    TICKET,
    logged_in,
    office_of,
    public_page,
    to_whom,
)

THANKS, RESULT = "ご参加のお礼とアンケートのお願い", "出展の結果をお聞かせください"
CAPTION = "分散会の卓"


def ticket_of(story, mail):
    return story.somebody(mail).open(story.post.link(mail, TICKET))


def wished(story):
    with at(2, 1):
        wisher = ticket_of(story, NEIGHBOUR).follow("会いたい方を選ぶ").reads("次井二", "架空")
        assert "初田" not in wisher.text  # has cancelled
        assert "金田" not in wisher.text  # is not on the list
        wisher.send("この方に決める", wanted=[str(Registration.objects.get(email=MEMBER).pk)])


def seated(story):
    """Worked out by the worker, looked at by the office, and then shown to each."""
    with at(2, 5):
        clerk = office_of(story).follow("分散会の席").send("6名の席を作る")
        making.make(plan_pk=TablePlan.objects.get().pk)  # as the worker does
        clerk = office_of(story).follow("分散会の席").reads("よい席です", "1件（1件のうち）")
        member = ticket_of(story, MEMBER)
        assert not member.offers("分散会の席を見る")
        clerk.send("参加する6名に席を見せる")
        clerk.follow("卓に立てる札").follow("卓ごとの名簿").follow("お一人ずつの席の紙")
        assert "架空" in text_of_pdf(clerk.file)
        ticket_of(story, MEMBER).follow("分散会の席を見る").reads("第1回", "卓")
        ticket_of(story, NEIGHBOUR).follow("分散会の席を見る").reads("架空花子")
        assert to_whom(story) == []


def prepared(story):
    """The day before: badges and the list on paper; the desk is for practising."""
    with at(2, 8, 16):
        clerk = office_of(story).follow("名札を刷る").reads("まだ刷っていない方は、6名です")
        clerk.send("名札を刷る（PDF）")
        assert "金田金子" in "".join(text_of_pdf(clerk.file).split())
        clerk = office_of(story).follow("受付名簿（PDF）")
        assert "カネダ" in text_of_pdf(clerk.file)
        desk = office_of(story).follow("受付のページ").reads("練習できます").send("さがす", q="１")
        assert not desk.offers("受け付ける")


def received(story):
    """By the square, by the number, by the name; never twice; who cancelled, and who comes unannounced."""
    with at(2, 9, 12):
        for mail in (MEMBER, NEIGHBOUR):
            ticket = ticket_of(story, mail)
            address = arrival_url(Registration.objects.get(email=mail))
            assert square(address).path in [each.get("d") for each in ticket.page.iter()]
            ticket.open(address).reads("受付票")  # whose telephone is not the office's
            clerk = story.clerk().open(address).send("受け付ける").reads("受け付けました")
            clerk.again()
        desk = office_of(story, 1).follow("受付のページ")
        number = Registration.objects.get(email=ENGINEER).number
        desk.send("さがす", q=str(number)).reads("受け付けました")
        desk.send("さがす", q="カネダ").send("受け付ける").reads("4名来場")
        first = Registration.objects.get(email=FIRST)
        desk.send("さがす", q=str(first.number)).reads("参加を取り消しています").send("それでも受け付ける")
        desk.follow("当日の方を加える").send("受け付ける", name="飛入 三郎", kana="トビイリ サブロウ")
        desk.reads("6名来場").send("取り消す", beside="飛入三郎").reads("5名来場")
        desk.send("さがす", q="飛入").send("受け付ける").reads("6名来場")
        desk.send("名札を刷る", beside="飛入三郎")
        assert "飛入三郎" in "".join(text_of_pdf(desk.file).split())
        ticket_of(story, MEMBER).reads("受付がすみました")


def closed(story):
    with at(2, 9, 18):
        office_of(story).send("終了にする")
        assert to_whom(story) == []


def thanked(story):
    """Who was there is thanked and asked, the exhibitors are asked what came of it; each once."""
    with at(2, 10):
        clerk = office_of(story).follow("結果をまとめる").send("お礼とアンケートを送る（5名）").again()
        assert to_whom(story) == sorted([MEMBER, NEIGHBOUR, ENGINEER, PARTNERS_GUEST, FIRST])
        clerk = office_of(story).follow("結果をまとめる").send("結果をたずねる（3件）").again()
        assert to_whom(story) == sorted([CHAIR, ENGINEER, PARTNER])
        clerk.reads("お願いした出展")
    with at(2, 11):
        member = story.somebody(MEMBER).open(story.post.link(MEMBER, THANKS))
        member.send("送る", satisfaction="5", useful=["tables"], met="12", words="来年も。")
        engineer = logged_in(story, ENGINEER).open(story.post.link(ENGINEER, RESULT))
        engineer.send("送る", cards="30", talks="4")


def reported(story):
    with at(3, 1):
        clerk = office_of(story).follow("結果をまとめる").reads("1件").follow("開催報告を見る")
        clerk.reads("来年も。", "令和7年度").follow("まとめを書く").send(
            "保存する", report_words="よい一日でした。"
        )
        clerk.follow("PDF")
        assert "よい一日でした。" in text_of_pdf(clerk.file)
        assert "飛入" not in text_of_pdf(clerk.file)
        clerk.follow("Excel")
        assert clerk.file.startswith(b"PK")
        clerk.follow("終わったあと").follow("写真（0枚）")
        photo = SimpleUploadedFile("卓.png", picture(), "image/png")
        clerk.send("加える", upload=photo, caption=CAPTION, all_agreed=True, is_public=True).reads(CAPTION)


def remembered(story):
    """What everybody may read of it, in March."""
    with at(3, 20):
        visitor = public_page(story.somebody("visitor")).follow("令和8年度").reads("終わりました", CAPTION)
        assert not visitor.offers("申し込む")
        visitor.follow("展示の一覧と会場図を見る").reads("傷をみつける")
        ticket_of(story, SECOND)
