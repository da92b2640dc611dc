"""Strings that stand nowhere else: one in every text of everybody's records, so that a leak can be read off a page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from events.models import Registration
from groups.models import Application, ApplicationDraft, Group, Membership, RecruitmentRound
from iri_exchange.lib.fields import (
    EmailField,
    FoldedKeyField,
    KanaField,
    PhoneField,
    PostalCodeField,
    SortKeyField,
    UrlField,
)
from members.models import Company, Consent, Person
from tests.house.portal import exchange_secrets
from tests.house.portal.world import OFFICE, OTHER, OWN, World

# Public by nature, or no text of anybody's: groups, offices, wordings, codes, states, what the portal itself counts.
NOBODYS = ("Group", "Office", "LabelFormat", "ConsentText", "LetterWording", "ColumnReading", "RosterColumns")
CODES = (
    "password",
    "corporate_number",
    "token_hash",
    "message_id",
    "kind",
    "state",
    "Export.subject",
    "variant",
    "file_format",
    "shape",
    "draft_key",
    "ApplicationDraft.key",
    "ApplicationQuestion.answer",  # the question of the world waits for one
    # None of the world's meetings is cancelled or has a party told of everywhere; nobody has answered.
    "cancel_reason",
    "party_place",
    "proxy_name",
    "entrusted_to",
    # No exhibitor has answered yet.
    "Booth.result_words",
)
# What a record hangs on, the nearest first: an application of a member is the applicant's.
OWNERS: dict[str, type[models.Model]] = {
    "application": Application,
    "draft": ApplicationDraft,
    "round": RecruitmentRound,
    "registration": Registration,
    "membership": Membership,
    "person": Person,
    "company": Company,
    "group": Group,
}
SHORTEST = 12
Key = tuple[type[models.Model], Any]
SONG = re.compile(
    r"""金糸雀\d{4}番|カナリア[アイウエオカキクケコ]{4}|0[78]0-\d{4}-7531|95\d-\d{4}|canary\d{4}@\w+\.example\.jp"""
    r"""|https://canary\d{4}\.example\.jp/|href="/(?:companies|people)/\d+/"""
)
KATAKANA = "アイウエオカキクケコ"


@dataclass(frozen=True)
class Canary:
    """Where a string stands: a field of a record of one of the two groups; `field` "link" for the record's address.

    `side` is "office" for what nobody else knows of. `whose`: the application, company, person or membership that the
    record is, or hangs on.
    """

    side: str
    model: type[models.Model]
    pk: int
    field: str
    whose: Key


@dataclass
class Aviary:
    """All canaries by their text, and those companies that agreed to be shown to everyone."""

    canaries: dict[str, Canary]
    public: frozenset[int]

    def heard_in(self, text: str) -> set[str]:
        return set(SONG.findall(text)) & set(self.canaries)


def plant(world: World) -> Aviary:
    """Write a canary into every text of every record that belongs to one of the two groups."""
    exchange_secrets.fill(world)
    sides = _sides(world) | exchange_secrets.sides_of(world, OFFICE)
    public = world.groups[OTHER].memberships.filter(company__isnull=False).order_by("pk").last().company
    Consent.objects.create(company=public, kind=Consent.Kind.PUBLIC_PROFILE, given=True, since="2020-01-01")
    planted: dict[str, Canary] = {}
    for model in _models():
        for row in model._default_manager.all():
            side, whose = _side_of(row, sides)
            if side:
                _write(row, side, whose, planted)
    return Aviary(planted, frozenset({public.pk}))


def _models() -> Iterator[type[models.Model]]:
    for app in ("members", "groups", "events"):
        for model in apps.get_app_config(app).get_models():
            if not model.__name__.startswith("Historical") and model.__name__ not in NOBODYS:
                yield model


def _sides(world: World) -> dict[Key, str]:
    """{(model, pk): own, other or office} of groups, memberships, companies and people, and of what was applied for.

    A group that waits for its launch, and one that ended long ago, are the office's alone.
    """
    sides: dict[Key, str] = {}
    of_the_office = ("office/launch/:slug", "office/archive/:slug")
    slugs = [objects[key] for objects in world.objects.values() for key in of_the_office]
    kept = Group.objects.filter(slug__in=slugs)
    for side, group in [*world.groups.items(), *((OFFICE, group) for group in kept)]:
        sides[Group, group.pk] = side
        for row in Membership.objects.filter(group=group):
            sides[Membership, row.pk] = side
            sides[Company, row.company_id] = side
            people = [row.person_id, *row.representatives.values_list("person", flat=True)]
            sides |= {(Person, pk): side for pk in people}
        for terms in (group.officer_terms, group.advisers):
            sides |= {(Person, pk): side for pk in terms.values_list("person", flat=True)}
    for side, objects in world.objects.items():
        call = RecruitmentRound.objects.get(pk=objects["office/recruitment/:pk"])
        sides[RecruitmentRound, call.pk] = side
        sides |= {(Application, pk): side for pk in call.applications.values_list("pk", flat=True)}
        drafts = ApplicationDraft.objects.filter(fiscal_year=call.fiscal_year)
        sides |= {(ApplicationDraft, pk): side for pk in drafts.values_list("pk", flat=True)}
    return {(model, pk): side for (model, pk), side in sides.items() if pk is not None}


def _side_of(row: models.Model, sides: dict[Key, str]) -> tuple[str, Key]:
    """Of which group a record is, and on what it hangs; "" for what belongs to neither."""
    itself: Key = (type(row), row.pk)
    if side := sides.get(itself):
        return side, itself
    for name, model in OWNERS.items():
        whose: Key = (model, getattr(row, f"{name}_id", None))
        if side := sides.get(whose):
            return side, whose
    if meeting := getattr(row, "meeting", None):
        whose = Group, meeting.group_id
        return sides.get(whose, ""), whose
    return "", itself


def _write(row: models.Model, side: str, whose: Key, planted: dict[str, Canary]) -> None:
    model = type(row)
    for field in model._meta.concrete_fields:
        song = _song(field, len(planted), side)
        if song:
            setattr(row, field.name, song)
            planted[song] = Canary(side, model, row.pk, field.name, whose)
    for linked, address in ((Company, "companies"), (Person, "people")):
        if model is linked:
            planted[f'href="/{address}/{row.pk}/'] = Canary(side, model, row.pk, "link", whose)
    row.save()


def _song(field: Any, number: int, side: str) -> str:
    """A text that the field could hold, found nowhere else; "" for a field that holds no text of anybody's."""
    text = isinstance(field, models.CharField | models.TextField)
    is_code = field.choices or not {field.name, f"{field.model.__name__}.{field.name}"}.isdisjoint(CODES)
    if not text or is_code or isinstance(field, FoldedKeyField | SortKeyField):
        return ""
    if isinstance(field, PhoneField):
        return f"0{7 if side == OWN else 8}0-{number:04}-7531"
    if isinstance(field, PostalCodeField):
        return f"{950 + number // 1000}-{number:04}"
    if isinstance(field, EmailField):
        return f"canary{number:04}@{side}.example.jp"
    if isinstance(field, UrlField):
        return f"https://canary{number:04}.example.jp/"
    if field.max_length and field.max_length < SHORTEST:
        return ""
    if isinstance(field, KanaField):
        return "カナリア" + "".join(KATAKANA[int(digit)] for digit in f"{number:04}")
    return f"金糸雀{number:04}番"
