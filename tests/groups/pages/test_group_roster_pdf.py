"""roster.pdf: who gets which, what is in it, and that every copy is logged with a number of its own."""

import base64
import datetime
import io
from urllib.parse import unquote

import pytest
from django.core.files.base import ContentFile
from pypdf import PdfReader

from groups import memberships
from groups.rosters import printing
from groups.rosters.building import Variant, roster
from members.models import Export
from tests.factories import make_company, make_membership, make_officer, make_person
from tests.listener import listening

URL = "/groups/keyaki/roster.pdf"
PURPOSE = "年度はじめの配付"
RED_DOT = base64.b64decode("R0lGODlhAQABAIAAAP8AAP///yH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==")


def pages(answer) -> list[str]:
    """The text of each page without spaces, for lines break where they must."""
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return [squeezed(page.extract_text()) for page in PdfReader(io.BytesIO(answer.content)).pages]


def squeezed(text: str) -> str:
    return "".join(text.split())


def name_of(answer) -> str:
    disposition, _, name = answer["Content-Disposition"].partition("; filename*=utf-8''")
    assert disposition == "inline"
    return unquote(name)


def logged() -> list[tuple]:
    return list(
        Export.objects.order_by("copy_number").values_list("copy_number", "variant", "purpose", "receiver")
    )


def test_a_member_gets_the_members_roster_of_today(group, member, secretary):
    answer = member.client.get(URL)
    (page,) = pages(answer)
    for person in (member.person, secretary.person):
        assert squeezed(person.name) in page
    for words in (
        "けやき会 会員名簿",
        "会員用　令和8年11月25日現在　2会員",
        "けやき会 事務局",
        "001",
        "取扱注意",
        "1／1",
    ):
        assert squeezed(words) in page
    assert name_of(answer) == "けやき会_会員名簿_会員用_2026-11-25.pdf"
    assert answer["Cache-Control"] == "private, no-store"


def test_the_copy_is_logged(group, member):
    member.client.get(URL, {"date": "R8.4.1", "purpose": PURPOSE, "receiver": "濵田 隆"})
    copy = Export.objects.get()
    assert (copy.taken_by, copy.subject, copy.variant, copy.file_format) == (
        member.user,
        "groups/keyaki/roster",
        "member",
        "pdf",
    )
    assert (copy.as_of, copy.row_count, copy.purpose, copy.receiver, copy.copy_number) == (
        datetime.date(2026, 4, 1),
        1,
        PURPOSE,
        "濵田 隆",
        1,
    )
    assert " ".join(copy.columns) == "number role company people address phone mail trade products joined"


def test_every_copy_has_the_next_number_of_its_list(group, other_group, member, outsider):
    member.client.get(URL)
    outsider.client.get("/groups/minato/roster.pdf")
    (page,) = pages(member.client.get(URL, {"purpose": PURPOSE, "receiver": "濵田 隆"}))
    assert "002" in page
    assert "濵田隆様" in page
    assert f"目的：{PURPOSE}" in page
    numbers = Export.objects.order_by("pk").values_list("subject", "copy_number", "purpose")
    assert list(numbers) == [
        ("groups/keyaki/roster", 1, "未記入"),
        ("groups/minato/roster", 1, "未記入"),
        ("groups/keyaki/roster", 2, PURPOSE),
    ]


def test_head_looks_only(group, member):
    answer = member.client.head(URL)
    assert (answer.status_code, answer["Content-Type"], answer.content) == (200, "application/pdf", b"")
    assert logged() == []


def test_the_office_roster_is_for_the_office_and_officers(group, member, secretary, staff, adviser):
    statuses = {
        actor.person.name: actor.client.get(URL, {"variant": "office"}).status_code
        for actor in (member, adviser, secretary, staff)
    }
    assert list(statuses.values()) == [403, 403, 200, 200]
    assert [variant for _, variant, _, _ in logged()] == ["office", "office"]


def test_the_office_roster_has_those_who_asked_not_to_be_listed(group, member, staff):
    silent = make_membership(group, consent="no")
    (for_members,) = pages(member.client.get(URL))
    (for_office,) = pages(staff.client.get(URL, {"variant": "office"}))
    assert silent.company.name not in for_members
    assert "うち1会員は、ご希望により掲載していません。" in for_members
    assert silent.company.name in for_office
    assert "掲載しない" in for_office
    assert "ご希望により" not in for_office


def test_the_members_roster_of_an_earlier_day_holds_nobody_who_withdrew_or_left(group, member, secretary):
    withdrawn, left = (
        make_membership(group, person=make_person(phone=phone), consent="yes")
        for phone in ("090-1111-1111", "090-2222-2222")
    )
    memberships.answer_roster_consent(membership=withdrawn, answer="no", since=datetime.date(2026, 10, 1))
    memberships.leave(membership=left, since=datetime.date(2026, 10, 1), reason="busy")
    hidden = [each for who in (withdrawn, left) for each in (who.person.phone, who.person.email)]
    for actor in (member, secretary):
        (page,) = pages(actor.client.get(URL, {"date": "2026-09-30"}))
        assert [each for each in hidden if each in page] == []
        assert "うち1会員は、ご希望により掲載していません。" in page
        assert "うち1会員は、いまは会員でないため掲載していません。" in page
    (page,) = pages(secretary.client.get(URL, {"date": "2026-09-30", "variant": "office"}))
    assert [each for each in hidden if each not in page] == []


def test_nobody_else_gets_one(group, visitor, outsider, left_member, launched_group, member):
    assert visitor.client.get(URL).status_code == 302
    assert outsider.client.get(URL).status_code == 403
    assert left_member.client.get(URL).status_code == 403
    assert member.client.post(URL).status_code == 405
    assert logged() == []


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"variant": "everything"}, "この種類の名簿はありません。"),
        ({"date": "きのう"}, "いつ現在："),
        ({"date": "2026-02-30"}, "いつ現在："),
        ({"date": "99999999999999"}, "いつ現在："),
        ({"purpose": "目" * 101}, "目的："),
        ({"receiver": "あ\u202eい"}, "目に見えない文字が入っています。"),
        ({"purpose": "a\x00b"}, "目的："),
    ],
)
def test_what_cannot_be_read_is_said_in_words(group, member, asked, words):
    answer = member.client.get(URL, asked)
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert logged() == []


@pytest.mark.parametrize("day", ["1868-01-01", "1900-01-01", "2019-05-01", "2099-12-31", "H31.4.30"])
def test_any_day_makes_a_roster(group, member, day):
    assert len(pages(member.client.get(URL, {"date": day}))) == 1


def test_sixty_members_on_five_pages_each_with_head_and_header(group, secretary):
    for number in range(59):
        company = make_company(
            name=f"株式会社第{number}製作所", kana="ダイ", street="本町一丁目二番三号", building="本町ビル2階"
        )
        person = make_person(
            company=company, family_name=f"会{number}員", given_name="太郎", title="代表取締役"
        )
        make_membership(group, company=company, representatives=[person])
    made = pages(secretary.client.get(URL))
    assert len(made) == 5
    for number, page in enumerate(made, 1):
        for words in ("けやき会 会員名簿", "企業名", "氏名・役職", "取扱注意", f"{number}／5"):
            assert squeezed(words) in page
    everything = "".join(made)
    assert [number for number in range(59) if f"会{number}員太郎" not in everything] == []
    # The officers' row is the first.
    assert made[0].index(squeezed(secretary.person.name)) < made[0].index("員太郎")


def test_names_survive_to_the_paper(group, member):
    company = make_company(
        name="株式会社葛\U000e0100飾﨑製作所<b>&", kana="カツシカ", city="葛\U000e0100飾区"
    )
    people = [
        make_person(company=company, family_name=family, given_name=given, title="{{ title }}")
        for family, given in [("髙橋", "𠮷田"), ("濵﨑", "鷗外")]
    ]
    make_membership(group, company=company, representatives=people)
    (page,) = pages(member.client.get(URL))
    for words in (
        "株式会社葛\U000e0100飾﨑製作所<b>&",
        "髙橋 𠮷田",
        "濵﨑 鷗外",
        "葛\U000e0100飾区",
        "{{ title }}",
    ):
        assert squeezed(words) in page


def test_what_looks_like_markup_in_a_name_is_printed_and_fetches_nothing(group, member):
    with listening() as listener:
        payloads = [
            f'<img src="{listener.address}/a">',
            f'<p style="background:url({listener.address}/b)">',
            f"<style>@import '{listener.address}/c';</style>",
            f'<svg><image href="{listener.address}/d"/></svg>',
            f'"></span><link rel="stylesheet" href="{listener.address}/e">',
            f"url({listener.address}/f)",
            '<link rel="attachment" href="file:///etc/hostname">',
            '<object data="file:///etc/hostname">',
        ]
        for payload in payloads:
            make_membership(group, company=make_company(name=payload, products=payload, trade="機械"))
        answer = member.client.get(URL)
        everything = "".join(pages(answer))
        assert listener.asked == []
    assert [payload for payload in payloads if everything.count(squeezed(payload)) < 2] == []
    assert PdfReader(io.BytesIO(answer.content)).attachments == {}


def test_the_longest_row_loses_nothing(group, member):
    company = make_company(
        name="亀" * 99 + "鶴", kana="ヌ" * 119 + "ヲ", street="埼" * 119 + "畑", building="塔" * 119 + "庵",
        url="https://example.jp/" + "q" * 180, trade="窯" * 59 + "釜", products="凧" * 398 + "独楽",
    )  # fmt: skip
    people = [
        make_person(company=company, family_name="梟" * 40, given_name=given * 40, title=given * 59 + "匠")
        for given in ("甲", "乙")
    ]
    make_membership(group, company=company, representatives=people)
    everything = "".join(pages(member.client.get(URL)))
    counts = "".join(f"{each}{everything.count(each)}" for each in "亀鶴ヌヲ埼畑塔庵q窯釜凧独楽梟甲乙匠")
    assert counts == "亀99鶴1ヌ119ヲ1埼119畑1塔119庵1q180窯59釜1凧398独1楽1梟80甲99乙99匠2"


def test_a_logo_takes_the_place_of_the_mark(group, member):
    group.logo.save("logo.gif", ContentFile(RED_DOT))
    answer = member.client.get(URL)
    assert len(PdfReader(io.BytesIO(answer.content)).pages[0].images) == 1
    group.logo.storage.delete(group.logo.name)
    assert len(pages(member.client.get(URL))) == 1


def test_a_group_may_have_any_name(group, staff):
    group.name = 'A/B\\C:"東京" <x>;%00'
    group.save()
    answer = staff.client.get(URL)
    assert name_of(answer) == "A_B_C_東京_x_;%00_会員名簿_会員用_2026-11-25.pdf"
    assert PdfReader(io.BytesIO(answer.content)).metadata.title == 'A/B\\C:"東京" <x>;%00 会員名簿'


def test_who_gets_the_copy_is_addressed():
    named = ["濵田 隆", "株式会社青葉精機", "濵田 隆 様", "都産技研御中", ""]
    assert [printing.addressed(receiver).strip("　") for receiver in named] == [
        "濵田 隆 様",
        "株式会社青葉精機 御中",
        "濵田 隆 様",
        "都産技研御中",
        "様",
    ]


def test_who_rests_and_who_leads_stand_in_the_roster(group, member, secretary):
    memberships.rest(membership=member.membership, since=datetime.date(2026, 4, 1))
    make_officer(group, make_person(family_name="外山", given_name="守"), role="counsel")
    (page,) = pages(secretary.client.get(URL))
    for words in ("事務局", "休会中", "2会員（在会1・休会1）", "このほかの役員：顧問 外山 守"):
        assert squeezed(words) in page
    assert roster(group, Variant.MEMBER, datetime.date(2026, 11, 25)).officer_rows == 1
