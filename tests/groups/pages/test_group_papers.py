"""/groups/<slug>/papers/ and its PDFs: who gets which, what is asked, what is logged and remembered."""

from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups.models import LabelFormat
from members.models import Export
from tests.factories import make_company, make_membership, make_person
from tests.groups.papers.sheets import pages, text_of
from tests.strictness import parse_strictly

URL = "/groups/keyaki/papers/"
REGISTER = ["labels", "envelopes", "badges"]
ROSTER = ["company-sheets", "attendance-sheet"]


def page(answer, status=200):
    assert answer.status_code == status
    return parse_strictly(answer.content)


def offered(answer) -> list[str]:
    links = (link.get("href") for link in page(answer).iter("a"))
    return [href.partition("paper=")[2] for href in links if href and "paper=" in href]


def printed(answer) -> bytes:
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return answer.content


def said(answer) -> list[str]:
    """The sentences of the summary of errors."""
    tree = page(answer, 400)
    summary = next(each for each in tree.iter("div") if each.get("class") == "error-summary")
    return ["".join(item.itertext()).strip() for item in summary.iter("li")]


def test_each_is_offered_what_they_may_print(secretary, member, staff, adviser):
    for actor in (secretary, staff):
        assert offered(actor.client.get(URL)) == REGISTER + ROSTER
    for actor in (member, adviser):
        assert offered(actor.client.get(URL)) == ROSTER
        assert [actor.client.get(f"{URL}{paper}.pdf").status_code for paper in REGISTER] == [403] * 3


@pytest.mark.parametrize("paper", REGISTER + ROSTER)
def test_the_form_of_every_paper(secretary, paper):
    tree = page(secretary.client.get(URL, {"paper": paper}))
    (form,) = (each for each in tree.iter("form") if each.get("action", "").endswith(".pdf"))
    assert form.get("action") == f"{URL}{paper}.pdf"


@pytest.mark.parametrize("paper", REGISTER + ROSTER)
def test_a_paper_as_it_is_asked_for_by_default(secretary, member, paper):
    answer = secretary.client.get(f"{URL}{paper}.pdf")
    text = text_of(printed(answer))
    assert member.membership.company.name in text
    assert answer["Cache-Control"] == "private, no-store"
    copy = Export.objects.get()
    assert (copy.subject, copy.taken_by, copy.row_count) == (f"groups/keyaki/{paper}", secretary.user, 2)
    assert member.membership.company in copy.companies.all()


def test_head_looks_only(secretary):
    answer = secretary.client.head(f"{URL}labels.pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    name = answer["Content-Disposition"].partition("utf-8''")[2]
    assert unquote(name) == "けやき会_宛名ラベル_2026-11-25.pdf"
    assert Export.objects.count() == 0


def test_chosen_members_of_another_day(secretary, group):
    first, second = make_membership(group), make_membership(group)
    answer = secretary.client.get(
        f"{URL}badges.pdf", {"chosen": [first.pk], "date": "R8.4.1", "purpose": "総会"}
    )
    text = text_of(printed(answer))
    assert (first.company.name in text, second.company.name in text) == (True, False)
    copy = Export.objects.get()
    assert (str(copy.as_of), copy.purpose, list(copy.companies.all())) == (
        "2026-04-01",
        "総会",
        [first.company],
    )


def test_what_cannot_be_printed_is_said_in_words(secretary, other_group):
    elsewhere = make_membership(other_group)
    asked = {
        "start": "13",
        "right": "x",
        "date": "32",
        "chosen": [elsewhere.pk],
        "format": "0",
        "addressee": "?",
    }
    assert said(secretary.client.get(f"{URL}labels.pdf", asked)) == [
        "いつ現在：「32」は日付として読めません。例：2026年7月1日、R8.7.1",
        "会員：選んだ中に、この日の会員でない方がいます。下の一覧から選び直してください。",
        "宛名：一覧から選んでください。",
        "用紙：この用紙はありません。一覧から選んでください。",
        "右へずらす（mm）：-20から20までのmmを、0.1きざみで入れてください。例：1.5、-0.5",
    ]
    assert Export.objects.count() == 0


def test_a_start_beyond_the_sheet(secretary):
    kind = LabelFormat.objects.get(columns=2, rows=6)
    asked = {"start": "13", "format": kind.pk}
    assert said(secretary.client.get(f"{URL}labels.pdf", asked)) == [
        "はじめの面：この用紙は12面です。それまでの数を入れてください。"
    ]


def test_the_shift_of_the_printer_is_kept_for_the_next_print(secretary, staff):
    kind = LabelFormat.objects.get(columns=3, rows=7)
    still = pages(printed(secretary.client.get(f"{URL}labels.pdf", {"format": kind.pk})))[0][0]
    asked = {"format": kind.pk, "right": "1.5", "down": "-0.5"}
    printed(secretary.client.get(f"{URL}labels.pdf", asked))
    moved = pages(printed(secretary.client.get(f"{URL}labels.pdf")))[0][0]
    assert (moved.x - still.x, moved.y - still.y) == (
        pytest.approx(1.5, abs=0.02),
        pytest.approx(-0.5, abs=0.02),
    )
    form = secretary.client.get(URL).context["form"]
    assert (form["right"].value(), form["down"].value(), form["format"].value()) == ("1.5", "-0.5", kind.pk)
    cleared = pages(printed(secretary.client.get(f"{URL}labels.pdf", {"right": "", "down": "0"})))[0][0]
    assert (cleared.x, cleared.y) == (still.x, still.y)
    assert staff.client.get(URL).context["form"]["right"].value() == "0"


def test_the_test_print_is_not_logged(secretary, member):
    text = text_of(printed(secretary.client.get(f"{URL}labels.pdf", {"test": "1"})))
    assert "試し刷り" in text
    assert member.membership.company.name not in text
    assert Export.objects.count() == 0


def test_blank_badges_only(secretary, member):
    asked = {"named": "no", "blanks": "２"}
    text = text_of(printed(secretary.client.get(f"{URL}badges.pdf", asked)))
    assert text.count("△ゲスト") == 2
    assert member.membership.company.name not in text


def test_the_group_or_the_office_sends_the_envelope(secretary, group):
    office = text_of(printed(secretary.client.get(f"{URL}envelopes.pdf")))
    assert "多摩テクノプラザ" in office
    asked = {"sender": "group", "sender_address": "東京都立川市1-1", "envelope": "kaku2", "boxes": "print"}
    own = text_of(printed(secretary.client.get(f"{URL}envelopes.pdf", asked)))
    assert ("けやき会事務局東京都立川市1-1" in own, "多摩テクノプラザ" in own) == (True, False)


def test_members_print_by_consent_and_cannot_ask_for_more(member, group):
    company = make_company(name="株式会社内緒")
    make_membership(group, company=company, representatives=[make_person(company=company)], consent="no")
    for paper in ROSTER:
        assert "内緒" not in text_of(printed(member.client.get(f"{URL}{paper}.pdf")))
    assert said(member.client.get(f"{URL}company-sheets.pdf", {"circle": "office"})) == [
        "だれに見せますか：一覧から選んでください。"
    ]
    hidden = company.memberships.get().pk
    assert member.client.get(f"{URL}attendance-sheet.pdf", {"chosen": [hidden]}).status_code == 400


def test_the_office_chooses_for_whom_a_company_sheet_is(secretary, group):
    company = make_company(name="株式会社内緒")
    make_membership(group, company=company, consent="no")
    told = {
        circle: "内緒"
        in text_of(printed(secretary.client.get(f"{URL}company-sheets.pdf", {"circle": circle})))
        for circle in ("group", "members", "public", "office")
    }
    assert told == {"group": False, "members": False, "public": False, "office": True}


def test_who_has_no_address_is_told_before(secretary, group):
    make_membership(group, company=make_company(name="株式会社無所", prefecture="", city="", street=""))
    choices = [label for _, label in secretary.client.get(URL).context["form"].fields["chosen"].choices]
    assert [label for label in choices if label.endswith("（所在地が未登録です）")] == [
        next(label for label in choices if label.startswith("株式会社無所"))
    ]


@pytest.mark.parametrize("paper", REGISTER + ROSTER)
def test_as_many_queries_for_two_members_as_for_twenty(secretary, member, group, paper):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            printed(secretary.client.get(f"{URL}{paper}.pdf"))
        return len(asked)

    queries()
    two = queries()
    for _ in range(18):
        make_membership(group)
    assert queries() == two
