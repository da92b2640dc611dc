"""/my/seen/<question>/: everybody answers for themselves, on the day, to the wording they saw."""

import csv
import datetime
import io

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from groups import memberships
from groups.models import RosterConsent
from members.consents import answer_consent
from members.models import Consent, ConsentText, User
from tests.conftest import NOW, Actor, log_in
from tests.factories import make_login, make_membership, make_person
from tests.groups.pages.test_group_exports import words

TODAY = datetime.date(2026, 11, 25)


def roster_key(actor) -> str:
    return f"roster-{actor.membership.pk}"


def profile_key(actor) -> str:
    return f"public_profile-{actor.membership.company_id}"


def answer(actor, key, value, **more):
    url = reverse("my_consent", args=[key])
    version = actor.client.get(url).context["question"].version
    return actor.client.post(url, {"answer": value, "version": version, **more}, follow=True)


def on_lists(reader) -> dict[str, str]:
    """The members' roster as it is handed out now, in each form."""
    url = "/groups/keyaki/roster"
    page = reader.client.get(f"{url}/?variant=member").content.decode()
    pdf = PdfReader(io.BytesIO(reader.client.get(f"{url}.pdf?variant=member").content))
    book = load_workbook(io.BytesIO(reader.client.get(f"{url}.xlsx?variant=member").content))
    rows = csv.reader(io.StringIO(reader.client.get(f"{url}.csv?variant=member").content.decode("utf-8-sig")))
    return {
        "page": page,
        "pdf": "".join(sheet.extract_text() for sheet in pdf.pages),
        "xlsx": " ".join(str(cell) for row in book.active.iter_rows(values_only=True) for cell in row),
        "csv": " ".join(cell for row in rows for cell in row),
    }


def holding(lists, text) -> set[str]:
    return {form for form, told in lists.items() if text.replace(" ", "") in told.replace(" ", "")}


def test_every_question_has_its_wording_in_a_new_database(member):
    texts = {text.kind: text.version for text in ConsentText.objects.all()}
    assert texts == dict.fromkeys([*Consent.Kind.values, "roster", "purpose", "joint_entry"], "2026-11")
    page = member.client.get(reverse("my_seen"))
    assert [question.key for question in page.context["questions"]] == [
        roster_key(member),
        profile_key(member),
        *("secretariat", "handover", "joint_roster", "photograph", "mail"),
    ]


def test_an_answer_bears_the_day_and_the_wording_that_was_shown(member):
    said = answer(member, "mail", "yes")
    assert "お答えを書きとめました" in words(said)
    given = Consent.objects.get()
    assert (given.person, given.given, given.since, given.text.version, given.note) == (
        member.person,
        True,
        TODAY,
        "2026-11",
        "本人の画面",
    )
    assert "令和8年11月25日から「今後の案内を送ること」に、同意する文面 2026-11｜本人の画面" in words(said)


def test_the_last_answer_of_a_day_holds_and_the_history_tells_both(member):
    for value in ("yes", "yes", "no"):
        said = words(answer(member, "mail", value))
    given = Consent.objects.get()
    assert (given.given, given.history.count()) == (False, 2)
    assert "に、同意しない（同じ日のお答えを直しました）" in said
    assert "に、同意する" in said
    for value in ("company", "no"):
        answer(member, roster_key(member), value)
    today = RosterConsent.objects.get(membership=member.membership, since=TODAY)
    assert [row.answer for row in today.history.all()] == ["no", "company"]
    with time_machine.travel(datetime.datetime(2026, 11, 26, 3, tzinfo=datetime.UTC)):
        answer(member, roster_key(member), "yes")
    answers = RosterConsent.objects.filter(membership=member.membership).values_list("answer", flat=True)
    assert list(answers) == ["yes", "no", "yes"]


def test_the_same_answer_again_is_no_new_one(member):
    answer(member, "mail", "yes")
    assert "前と同じです" in words(answer(member, "mail", "yes"))
    assert Consent.objects.get().history.count() == 1


def test_a_roster_changes_at_once(member, secretary):
    """What the member takes back is gone from the page and from each file, and comes back with them."""
    person, company = member.person.name, member.membership.company.name
    everywhere = {"page", "pdf", "xlsx", "csv"}
    for value, named, listed in (
        ("company", set(), everywhere),
        ("no", set(), set()),
        ("yes", everywhere, everywhere),
    ):
        answer(member, roster_key(member), value)
        lists = on_lists(secretary)
        assert (holding(lists, person), holding(lists, company)) == (named, listed), value


def test_a_company_is_public_as_long_as_who_attends_for_it_says_so(member, visitor):
    company = member.membership.company
    for value, status in (("yes", 200), ("no", 404)):
        answer(member, profile_key(member), value)
        assert visitor.client.get(reverse("company", args=[company.pk])).status_code == status


def later_on(person):
    """In a new browser, with the login they have."""
    found = User.objects.filter(person=person).first() or make_login(person)
    client = Client()
    client.force_login(found)
    return Actor(found, person, client)


def leave(membership) -> None:
    memberships.leave(membership=membership, since=TODAY, reason="busy")


def test_who_has_left_can_take_the_public_profile_back(member, visitor):
    company = member.membership.company
    answer(member, profile_key(member), "yes")
    leave(member.membership)
    later = later_on(member.person)
    page = later.client.get(reverse("my_seen"))
    assert profile_key(member) in [question.key for question in page.context["questions"]]
    assert visitor.client.get(reverse("company", args=[company.pk])).status_code == 200
    answer(later, profile_key(member), "no")
    assert visitor.client.get(reverse("company", args=[company.pk])).status_code == 404
    # Once it is not public there is nothing to ask: it comes back with the next membership.
    assert later.client.get(reverse("my_consent", args=[profile_key(member)])).status_code == 404


def test_only_who_spoke_last_for_a_company_is_asked_and_nobody_beside_a_successor(member):
    membership, successor = member.membership, make_person()
    answer(member, profile_key(member), "yes")
    term = membership.representatives.get()
    term.until = TODAY - datetime.timedelta(days=10)
    term.save()
    url = reverse("my_consent", args=[profile_key(member)])
    memberships.add_representative(
        membership=membership, person=successor, since=TODAY - datetime.timedelta(days=9)
    )
    assert later_on(member.person).client.get(url).status_code == 404
    leave(membership)
    assert [later_on(one).client.get(url).status_code for one in (member.person, successor)] == [404, 200]


@pytest.mark.parametrize("kind", ["roster", "public_profile", "mail"])
def test_what_was_written_down_for_a_later_day_gives_way_to_what_one_says_today(member, kind):
    """A withdrawal holds, whatever was entered before it for a day to come; and the page says so."""
    later = TODAY + datetime.timedelta(days=10)
    key = {"roster": roster_key(member), "public_profile": profile_key(member), "mail": "mail"}[kind]
    if kind == "roster":
        memberships.answer_roster_consent(membership=member.membership, answer="yes", since=later)
    else:
        about = (
            {"company": member.membership.company} if kind == "public_profile" else {"person": member.person}
        )
        answer_consent(kind=kind, given=True, since=later, **about)
    assert "令和8年12月5日から" in words(member.client.get(reverse("my_seen")))
    page = words(member.client.get(reverse("my_consent", args=[key])))
    assert "先の日付のお答えは取り消され" in page
    said = words(answer(member, key, "no"))
    assert "この記録は、あとで取り消されました" in said
    with time_machine.travel(NOW + datetime.timedelta(days=11)):
        there = later_on(member.person).client.get(reverse("my_consent", args=[key]))
    assert (there.context["question"].answer, there.context["question"].later) == ("no", ())


def test_the_same_answer_again_takes_out_what_was_written_for_a_later_day(member):
    answer(member, "mail", "no")
    answer_consent(kind="mail", given=True, since=TODAY + datetime.timedelta(days=1), person=member.person)
    answer(member, "mail", "no")
    assert [(row.since, row.given) for row in Consent.objects.all()] == [(TODAY, False)]


def test_nobody_answers_for_another(member, secretary, outsider, left_member, staff, visitor):
    for key in (roster_key(member), profile_key(member)):
        url = reverse("my_consent", args=[key])
        for actor in (secretary, outsider, left_member, staff):
            assert actor.client.post(url, {"answer": "no", "version": "2026-11"}).status_code == 404
        assert visitor.client.post(url, {"answer": "no"}).url.startswith("/accounts/login/")
    assert Consent.objects.count() == 0
    assert member.client.get(reverse("my_consent", args=["no-such-question"])).status_code == 404


def test_a_member_alone_has_no_company_that_could_be_listed_without_them(group):
    person = make_person()
    alone = log_in(person, make_membership(group, person=person))
    page = alone.client.get(reverse("my_consent", args=[roster_key(alone)]))
    assert [choice.value for choice in page.context["question"].choices] == ["yes", "no"]
    refused = alone.client.post(page.request["PATH_INFO"], {"answer": "company", "version": "2026-11"})
    assert "どれか1つを選んでください。" in words(refused)


def test_a_new_wording_is_read_before_it_is_answered(member):
    url = reverse("my_consent", args=["mail"])
    ConsentText.objects.create(kind="mail", version="2027-04", text="新しい文面です。")
    page = member.client.get(url)
    assert "新しい文面です。" in words(page)
    unknown = member.client.post(url, {"answer": "yes", "version": "2099-01"})
    assert "文面が新しくなっています" in words(unknown)
    member.client.post(url, {"answer": "yes", "version": "2026-11"})
    assert Consent.objects.get().text.version == "2026-11"


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("roster", "会員の一覧、会員用の名簿、公開用の名簿から、すぐに消えます"),
        ("public_profile", "公開用の名簿から、すぐに消えます"),
    ],
)
def test_it_says_what_a_withdrawal_changes_and_what_it_cannot(member, secretary, key, says):
    own = {"roster": roster_key, "public_profile": profile_key}[key](member)
    url = reverse("my_consent", args=[own])
    assert "まだ出ていません" in words(member.client.get(url))
    secretary.client.get("/groups/keyaki/roster.csv?variant=member")
    page = words(member.client.get(url))
    assert says in page
    assert "これまでに1部出ています" in page
