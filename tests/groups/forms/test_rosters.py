"""What is asked of a roster: read from the address, and kept in it."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from groups.forms.rosters import DOWN, UP, RosterForm, moved
from groups.rosters.building import Variant
from groups.rosters.settings import settle_columns


def form_of(group, address: str) -> RosterForm:
    form = RosterForm(QueryDict(address), user=AnonymousUser(), group=group)
    form.is_valid()
    return form


def test_nothing_asked_is_the_members_roster_of_today(group):
    form = form_of(group, "")
    assert form.errors == {}
    asked = form.cleaned_data
    assert (asked["variant"], asked["date"]) == (Variant.MEMBER, datetime.date(2026, 11, 25))
    assert (asked["columns"], asked["encoding"]) == ((), "utf-8-sig")
    assert form.chosen_columns == Variant.MEMBER.terms.usual


@pytest.mark.parametrize(
    "address",
    [
        "columns=mail,company",
        "columns=mail&columns=company",
        "columns=mail,%20company,,mail&columns_of=member",
    ],
)
def test_columns_are_ticks_or_a_list(group, address):
    assert form_of(group, address).chosen_columns == ("mail", "company")


def test_settled_columns_hold_until_others_are_asked_for(group):
    settle_columns(group=group, variant=Variant.MEMBER, columns=["phone"])
    assert form_of(group, "").chosen_columns == ("phone",)
    assert form_of(group, "columns=mail").chosen_columns == ("mail",)


def test_columns_of_another_variant_do_not_count(group):
    form = form_of(group, "variant=reception&columns_of=member&columns=mail,company")
    assert form.errors == {}
    assert form.chosen_columns == Variant.RECEPTION.terms.usual
    assert all(chosen == (column.key != "member_number") for column, chosen in form.arrangement())


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("variant=reception&columns=mail", "この種類の名簿にない列があります。"),
        ("columns=mail,%00", "この種類の名簿にない列があります。"),
        ("columns_of=member", "列を1つ以上選んでください。"),
        ("encoding=utf-16", "この文字コードでは出せません。"),
        ("variant=everything&columns=mail", "この種類の名簿はありません。"),
    ],
)
def test_what_cannot_be_read_is_said_in_words(group, address, words):
    assert words in str(form_of(group, address).errors)


def test_the_chosen_columns_come_first_in_their_order(group):
    arrangement = form_of(group, "columns=mail,company").arrangement()
    assert [(column.key, chosen) for column, chosen in arrangement][:3] == [
        ("mail", True),
        ("company", True),
        ("number", False),
    ]
    assert len(arrangement) == len(Variant.MEMBER.terms.offered)
    assert not any(chosen for _, chosen in form_of(group, "columns_of=member").arrangement())


def test_the_address_is_kept_without_its_buttons(group):
    form = form_of(group, "variant=office&date=R8.4.1&purpose=a%26b&columns=mail&columns=company&up=mail&x=y")
    assert form.query() == "variant=office&date=R8.4.1&purpose=a%26b&columns=mail,company"
    assert form.query(columns="") == "variant=office&date=R8.4.1&purpose=a%26b"


@pytest.mark.parametrize(
    ("key", "way", "order"),
    [("b", UP, "bac"), ("b", DOWN, "acb"), ("a", UP, "abc"), ("c", DOWN, "abc"), ("x", UP, "abc")],
)
def test_one_step_up_or_down(key, way, order):
    assert moved(("a", "b", "c"), key, way) == tuple(order)
