"""Two at once: who comes second sees both texts and chooses; nothing is written unseen."""

import pytest
from django import forms
from django.http import QueryDict
from django.urls import reverse

from groups.models import StaffAssignment
from iri_exchange.lib import versions
from iri_exchange.lib.versions import Versioned, newest
from members.models import Company
from tests.factories import make_company, make_person, make_staff
from tests.strictness import parse_strictly

pytestmark = pytest.mark.django_db


class NameForm(Versioned):
    """A text, a choice, a tick that may be unknown, a date-like text, and a field that is no column."""

    really = forms.BooleanField(required=False)

    class Meta:
        model = Company
        fields = ("name", "trade", "pr", "industry", "in_tokyo")


def sent(form, **changed):
    """What a browser sends of a form as it was drawn, but for what is changed."""
    data = QueryDict(mutable=True)
    if form.record_version:
        data["record-version"] = form.record_version
    for name in form.fields:
        value = form[name].value()
        data[name] = "" if value is None else str(value)
    if form.conflict:
        data["record-base"] = form.conflict.base
        data.setlist("record-asked", [each.name for each in form.conflict.fields])
        for each in form.conflict.fields:
            if each.keep:
                data[f"record-keep-{each.name}"] = each.keep
    for name, value in changed.items():
        data[name.replace("keep_", "record-keep-").replace("version", "record-version")] = value
    return data


def posted(company, data):
    """The form as the page's POST sees it: the record is read anew."""
    return NameForm(data, instance=Company.objects.get(pk=company.pk))


@pytest.fixture
def company():
    return make_company(name="株式会社もと", trade="鋳造", pr="はじめの紹介")


@pytest.fixture
def drawn(company):
    return NameForm(instance=company)


def meanwhile(company, **changed):
    """Somebody else saves."""
    stored = Company.objects.get(pk=company.pk)
    for name, value in changed.items():
        setattr(stored, name, value)
    stored.save()
    return newest(Company, id=company.pk)


def shown(form):
    return [(each.name, each.theirs, each.mine, each.keep) for each in form.conflict.fields]


def test_the_version_is_the_newest_history_row(company, drawn):
    assert drawn.record_version == str(company.history.latest("history_id").history_id)
    assert NameForm(instance=Company()).record_version == NameForm().record_version == ""


def test_a_record_without_history_has_a_version_too(company):
    company.history.all().delete()
    form = NameForm(instance=company)
    assert (form.record_version, posted(company, sent(form, name="株式会社あと")).is_valid()) == ("0", True)


def test_a_form_is_drawn_from_what_is_stored_after_its_version(company):
    """Read at the same moment as somebody saves, the older text must not bear the newer version."""
    read = Company.objects.get(pk=company.pk)
    meanwhile(company, name="株式会社さき")
    assert NameForm(instance=read).initial["name"] == "株式会社さき"


def test_nobody_saved_meanwhile(company, drawn):
    form = posted(company, sent(drawn, name="株式会社わたし"))
    assert (form.is_valid(), form.conflict) == (True, None)


def test_each_text_is_preset_for_who_alone_changed_it(company, drawn):
    row = meanwhile(company, name="株式会社さき", trade="めっき", industry="E")
    form = posted(company, sent(drawn, name="株式会社わたし", pr="わたしの\r\n紹介"))
    assert (form.is_valid(), form.record_version) == (False, str(row.history_id))
    assert shown(form) == [
        ("name", "株式会社さき", "株式会社わたし", ""),
        ("trade", "めっき", "鋳造", "theirs"),
        ("pr", "はじめの紹介", "わたしの\r\n紹介", "mine"),
        ("industry", "製造業", "", "theirs"),
    ]
    assert (form["name"].value(), form["pr"].value()) == ("株式会社わたし", "わたしの\r\n紹介")


def test_what_was_chosen_is_saved(company, drawn):
    meanwhile(company, name="株式会社さき", trade="めっき", in_tokyo=True)
    form = posted(company, sent(drawn, name="株式会社わたし", pr="わたしの紹介"))
    assert form.is_valid() is False
    chosen = posted(company, sent(form, keep_name="theirs"))
    assert chosen.is_valid() is True
    made = chosen.save()
    assert (made.name, made.trade, made.pr, made.in_tokyo) == (
        "株式会社さき",
        "めっき",
        "わたしの紹介",
        True,
    )


def test_without_a_choice_it_is_asked_again_and_what_was_chosen_stands(company, drawn):
    meanwhile(company, name="株式会社さき", trade="めっき")
    first = posted(company, sent(drawn, name="株式会社わたし", pr="わたしの紹介"))
    first.is_valid()
    again = posted(company, sent(first, keep_trade="mine"))
    assert (again.is_valid(), [each.error for each in again.conflict.fields]) == (
        False,
        [versions.CHOOSE, "", ""],
    )
    assert [each.keep for each in again.conflict.fields] == ["", "mine", "mine"]
    assert again.conflict.base == drawn.record_version


def test_somebody_saves_again_during_the_choosing(company, drawn):
    """What was chosen is compared with what is stored now; the text that was shown is the one that was taken."""
    meanwhile(company, name="株式会社さき", trade="めっき")
    first = posted(company, sent(drawn, name="株式会社わたし"))
    first.is_valid()
    meanwhile(company, trade="研磨", pr="三人目の紹介")
    second = posted(company, sent(first, keep_name="mine"))
    assert second.is_valid() is False
    assert shown(second) == [
        ("name", "株式会社さき", "株式会社わたし", "mine"),
        ("trade", "研磨", "めっき", "theirs"),
        ("pr", "三人目の紹介", "はじめの紹介", "theirs"),
    ]
    assert posted(company, sent(second)).is_valid() is True


def test_what_is_not_in_the_form_stays_as_the_other_saved_it(company, drawn):
    """The record was read before the other one saved, and is locked after: the last moment there is."""
    read = Company.objects.get(pk=company.pk)
    meanwhile(company, phone="03-1111-2222")
    form = NameForm(sent(drawn, name="株式会社わたし"), instance=read)
    assert form.is_valid() is False
    meanwhile(company, name="株式会社わたし")
    form = NameForm(sent(drawn, name="株式会社わたし"), instance=read)
    assert (form.is_valid(), form.save().phone) == (True, "03-1111-2222")


def test_the_same_correction_by_both_asks_nothing(company, drawn):
    meanwhile(company, name="株式会社おなじ", pr="二行\nの紹介")
    form = posted(company, sent(drawn, name="株式会社おなじ", pr="二行\r\nの紹介"))
    assert (form.is_valid(), form.conflict) == (True, None)


@pytest.mark.parametrize("version", ["0", "x", "-1", "９", "9" * 30, "\x00"])
def test_a_version_that_is_none_knows_nothing_of_who_changed_what(company, drawn, version):
    form = posted(company, sent(drawn, name="株式会社わたし", version=version))
    assert (form.is_valid(), shown(form)) == (
        False,
        [("name", "株式会社もと", "株式会社わたし", "")],
    )


def test_the_version_of_another_record_says_nothing(company, drawn):
    other = make_company(name="株式会社よそ")
    meanwhile(company, name="株式会社さき")
    foreign = versions.version_of(newest(Company, id=other.pk))
    form = posted(company, sent(drawn, name="株式会社わたし", version=foreign))
    assert (form.is_valid(), shown(form)) == (
        False,
        [("name", "株式会社さき", "株式会社わたし", "")],
    )


def test_a_record_that_is_gone_is_told(company, drawn):
    data, read = sent(drawn), Company.objects.get(pk=company.pk)
    Company.objects.filter(pk=company.pk).delete()
    form = NameForm(data, instance=read)
    assert (form.is_valid(), form.errors["__all__"]) == (False, [versions.GONE])


def test_a_form_that_no_page_drew_is_not_compared(company, drawn):
    data = sent(drawn, name="株式会社わたし")
    del data["record-version"]
    meanwhile(company, name="株式会社さき")
    assert posted(company, data).is_valid() is True


class CompanyPage:
    """The edit page of a company."""

    def __init__(self, company):
        self.company, self.url = company, reverse("company_edit", args=[company.pk])

    def opened(self, actor):
        return sent_by(parse_strictly(actor.client.get(self.url).content))

    def stored(self):
        return Company.objects.get(pk=self.company.pk)


def sent_by(tree):
    """The names and values of the form on a page."""
    values = {}
    for each in tree.find(".//main//form").iter():
        name = each.get("name")
        if name and each.tag == "textarea":
            values[name] = each.text or ""
        elif name and each.tag == "select":
            options = [option.get("value") for option in each.iter("option") if "selected" in option.attrib]
            values[name] = (options or [""])[0]
        elif name and each.get("type") in ("radio", "checkbox"):
            if "checked" in each.attrib:
                values[name] = each.get("value", "on")
        elif name and each.tag == "input":
            values[name] = each.get("value", "")
    return values


def test_on_a_page_the_second_sees_both_texts_and_saves_what_was_chosen(member, secretary, staff):
    page = CompanyPage(member.membership.company)
    mine, theirs = page.opened(member), page.opened(staff)
    assert staff.client.post(page.url, theirs | {"trade": "めっき", "city": "立川市"}).status_code == 302
    answer = member.client.post(page.url, mine | {"trade": "研磨", "products": "<b>金具</b>"})
    tree, text = parse_strictly(answer.content), answer.content.decode()
    assert (answer.status_code, page.stored().trade) == (200, "めっき")
    for said in ("ほかの方が、先に保存しました", "事務局", "2026/11/25 10:00", "&lt;b&gt;金具"):
        assert said in text
    chosen = sent_by(tree)
    assert {name: value for name, value in chosen.items() if "keep" in name} == {
        "record-keep-city": "theirs",
        "record-keep-products": "mine",
    }
    done = member.client.post(page.url, chosen | {"record-keep-trade": "mine"})
    assert done.status_code == 302
    stored = page.stored()
    assert (stored.trade, stored.city, stored.products) == ("研磨", "立川市", "<b>金具</b>")


def test_what_oneself_saved_in_another_window_is_said_so(member):
    page = CompanyPage(member.membership.company)
    first, second = page.opened(member), page.opened(member)
    member.client.post(page.url, first | {"trade": "研磨"})
    answer = member.client.post(page.url, second | {"trade": "めっき"})
    assert "あなたが、別の画面で先に保存しています" in answer.content.decode()


def test_a_field_that_cannot_be_chosen_any_more_is_refused_and_nothing_is_lost(company, drawn):
    """A stored text that today's form would not take is told beside its field."""
    row = meanwhile(company, industry="Z")
    data = sent(drawn, pr="わたしの紹介", keep_industry="theirs", version=versions.version_of(row))
    form = posted(company, data)
    assert (form.is_valid(), list(form.errors), form["pr"].value()) == (
        False,
        ["industry"],
        "わたしの紹介",
    )


class TermForm(Versioned):
    lock = "office"

    class Meta:
        model = StaffAssignment
        fields = ("person", "since", "until")


def test_a_record_of_a_term_and_of_a_person_is_shown_in_words_and_taken():
    person, other = make_person(family_name="先野"), make_person(family_name="後野", given_name="次郎")
    term = make_staff(person)
    data = sent(TermForm(instance=term), since="2020-01-01")
    term.person, term.until = other, term.since
    term.save()
    asked = TermForm(data, instance=StaffAssignment.objects.get(pk=term.pk))
    assert asked.is_valid() is False
    assert shown(asked) == [
        ("person", "後野 次郎", str(person), "theirs"),
        ("since", "平成25年4月1日", "令和2年1月1日", "mine"),
        ("until", "平成25年4月1日", "", "theirs"),
    ]
    taken = TermForm(sent(asked, keep_since="theirs"), instance=StaffAssignment.objects.get(pk=term.pk))
    assert taken.is_valid() is True
    assert taken.cleaned_data == {"person": other, "since": term.since, "until": term.since}
