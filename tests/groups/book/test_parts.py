"""Sections are kept by their content: what has not changed is not set again, what has changed is."""

import dataclasses
import datetime
import io
import os
import time

import pytest
from django.core.files.base import ContentFile
from PIL import Image
from pypdf import PdfReader

from groups import memberships
from groups.book import parts
from groups.book.parts import Place, forget_kept, key_of, sections
from groups.models import Group
from groups.rosters.building import rosters
from groups.rosters.variants import Variant
from tests.factories import make_group, make_membership

DAY = datetime.date(2026, 11, 25)


@pytest.fixture
def groups(db) -> list[Group]:
    made = [make_group(name=f"第{number}会") for number in range(3)]
    for group in made:
        make_membership(group, consent="yes")
    return made


@pytest.fixture
def set_now(monkeypatch) -> list[str]:
    """The names of the groups whose sections were set, in order."""
    names: list[str] = []
    of_parts = parts._set

    def noted(rosters):
        names.extend(roster.group.name for roster in rosters)
        return of_parts(rosters)

    # Here and not in a child, where nobody would see it.
    monkeypatch.setattr(parts.limited, "run", lambda work, **limits: work())
    monkeypatch.setattr(parts, "_set", noted)
    return names


def book(groups: list[Group], variant: Variant = Variant.MEMBER, day: datetime.date = DAY) -> list[Place]:
    return [section.place for section in sections(rosters(groups, variant, day))]


def test_one_changed_group_is_one_set_section(groups, set_now):
    first = book(groups)
    assert set_now == ["第0会", "第1会", "第2会"]
    set_now.clear()

    assert book(groups) == first
    assert set_now == []

    company = groups[1].memberships.get().company
    company.phone = "042-999-0001"
    company.save()
    again = book(groups)
    assert set_now == ["第1会"]
    assert [old == new for old, new in zip(first, again, strict=True)] == [True, False, True]


def test_another_variant_or_day_is_another_section(groups, set_now):
    book(groups[:1])
    book(groups[:1], Variant.OFFICE)
    book(groups[:1], day=datetime.date(2026, 11, 24))
    assert set_now == ["第0会"] * 3


def test_the_order_and_the_company_of_other_groups_change_nothing(groups, set_now):
    book(groups)
    set_now.clear()
    book([groups[2], groups[0]])
    assert set_now == []


CHANGES = {
    "name": lambda group: setattr(group, "name", "改名の会"),
    "room": lambda group: setattr(group, "room", "plum"),
    "mark": lambda group: setattr(group, "mark", "tree"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_is_seen_changes_the_key(groups, change):
    (before,) = rosters(groups[:1], Variant.MEMBER, DAY)
    old = key_of(before)
    change(groups[0])
    (after,) = rosters(groups[:1], Variant.MEMBER, DAY)
    assert key_of(after) != old


def test_a_field_of_the_roster_that_nobody_thought_of_would_be_noticed(groups):
    (roster,) = rosters(groups[:1], Variant.MEMBER, DAY)
    # All but the ids of the officers below the list, whose names the key has.
    told = {field.name for field in dataclasses.fields(roster)} - {"other_officer_ids"}
    assert told == {
        "group", "variant", "day", "issuer", "columns", "rows", "officer_rows", "counts", "left_out", "gone",
        "other_officers",
    }  # fmt: skip


def test_a_new_logo_changes_the_key(groups, settings):
    (roster,) = rosters(groups[:1], Variant.MEMBER, DAY)
    keys = [key_of(roster)]
    for colour in ("red", "blue"):
        picture = io.BytesIO()
        Image.new("RGB", (8, 8), colour).save(picture, "PNG")
        roster.group.logo.save("logo.png", ContentFile(picture.getvalue()))
        keys.append(key_of(roster))
    assert len(set(keys)) == 3


def test_another_way_of_drawing_sets_all_anew(groups, set_now, monkeypatch):
    book(groups)
    monkeypatch.setattr(parts, "_engine", lambda: "the next version")
    set_now.clear()
    book(groups)
    assert len(set_now) == 3


def test_nothing_of_hidden_members_is_in_a_members_book(groups):
    hidden = make_membership(groups[0], consent="no")
    company_only = make_membership(groups[0], consent="company")
    (section,) = sections(rosters(groups[:1], Variant.MEMBER, DAY))
    pages = PdfReader(io.BytesIO(section.content)).pages
    text = "".join(page.extract_text() for page in pages).replace("\n", "")
    shown = groups[0].memberships.order_by("pk").first()
    assert (shown.company.name in text, company_only.company.name in text) == (True, True)
    assert hidden.company.name not in text
    assert company_only.representatives.get().person.given_name not in text
    assert section.companies == {shown.company_id, company_only.company_id}
    assert section.people == {shown.representatives.get().person_id}
    assert (section.members, section.rows) == (3, 2)


def test_an_answer_that_changes_takes_the_member_out_of_the_next_book(groups, set_now):
    book(groups)
    set_now.clear()
    membership = groups[2].memberships.get()
    memberships.answer_roster_consent(membership=membership, answer="no", since=DAY)
    (section,) = sections(rosters(groups[2:], Variant.MEMBER, DAY))
    assert (set_now, section.companies, section.people) == (["第2会"], set(), set())


def test_what_was_kept_too_long_is_forgotten(groups, settings, tmp_path):
    backend = "django.core.cache.backends.filebased.FileBasedCache"
    settings.CACHES = settings.CACHES | {"papers": {"BACKEND": backend, "LOCATION": str(tmp_path)}}
    book(groups)
    files = sorted(tmp_path.iterdir())
    assert len(files) == 4  # three places, and the file they are in
    assert {file.stat().st_mode & 0o077 for file in files} == {0}
    week_ago = time.time() - 8 * 24 * 3600
    os.utime(files[0], (week_ago, week_ago))
    forget_kept(before=datetime.datetime.fromtimestamp(week_ago + 60, datetime.UTC))
    assert sorted(tmp_path.iterdir()) == files[1:]
