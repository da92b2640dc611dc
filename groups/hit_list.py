"""The hits of a search as a page tells them: what each one is, and why it is there."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.urls import reverse

from groups.finding import FILTERS, KINDS, Asked, Hits, contacts_known_to, groups_beside, hits, named_to
from groups.models import Group, Representative
from groups.standing import standing
from groups.visibility import companies_visible_to, listed_members
from iri_exchange.lib.marking import Run, holds, runs
from members.models import Company, Employment, FormerName, Person

FEW, MANY = 5, 30


@dataclass(frozen=True)
class Reason:
    """A field that what was typed was found in, and its text with the places marked."""

    label: str
    runs: list[Run]


@dataclass(frozen=True)
class Hit:
    url: str
    name: list[Run]
    kana: str
    facts: list[str]
    reasons: list[Reason]


@dataclass
class Section:
    """The hits of one kind."""

    kind: str
    found: Hits
    label: str = field(init=False)

    def __post_init__(self) -> None:
        self.label = KINDS[self.kind]

    @property
    def told(self) -> str:
        """32件, 1,000件以上"""
        return f"{self.found.count():,}件{'以上' if self.found.more else ''}"


def sections(asked: Asked, user: Any) -> list[Section]:
    """Those kinds of which the reader may see anything at all."""
    kinds = [kind for kind in KINDS if kind != "people" or standing(user).person_id]
    return [Section(kind, hits(kind, asked, user)) for kind in kinds]


def hit_list(kind: str, records: Any, asked: Asked, user: Any) -> list[Hit]:
    """The records of one page as hits. A few queries, however many they are."""
    told: dict[str, Callable[..., list[Hit]]] = {
        "groups": _groups,
        "companies": _companies,
        "people": _people,
    }
    return told[kind](records, asked.pieces, user)


def fewer(asked: Asked, user: Any) -> list[tuple[Asked, str, int]]:
    """Of a search without hits: each filter by name with how many there would be without it, if any."""
    names = [name for name in asked.given if name != "q"]
    counted = [(asked.without(name), FILTERS[name], _count(asked.without(name), user)) for name in names]
    return [each for each in counted if each[2]]


def shorter(asked: Asked, user: Any) -> tuple[Asked, int] | None:
    """Of a search without hits: the same with a shorter word that has some."""
    word = "".join(asked.q.split())
    for length in sorted({len(word) - 1, len(word) * 2 // 3, 2}, reverse=True):
        if 0 < length < len(word):
            less = replace(asked, q=word[:length])
            if count := _count(less, user):
                return less, count
    return None


def _count(asked: Asked, user: Any) -> int:
    return sum(section.found.count() for section in sections(asked, user))


def _reasons(texts: Iterable[tuple[str, str]], pieces: list[str]) -> list[Reason]:
    """Of each piece the first text that holds it."""
    told: list[Reason] = []
    for piece in pieces:
        for label, text in texts:
            if holds(text, [piece]):
                if label not in [reason.label for reason in told]:
                    told.append(Reason(label, runs(text, pieces)))
                break
    return told


def _groups(groups: list[Group], pieces: list[str], user: Any) -> list[Hit]:
    found = []
    for group in groups:
        texts = [
            ("名称", group.name),
            ("フリガナ", group.kana),
            ("紹介", group.introduction),
            ("テーマ", group.theme),
        ]
        stage = Group.Stage(group.stage).label if group.stage else ""  # type: ignore[attr-defined]
        facts = [group.office.name, stage]
        url = reverse("group", args=[group.slug])
        found.append(Hit(url, runs(group.name, pieces), group.kana, facts, _reasons(texts, pieces)))
    return found


def _companies(companies: list[Company], pieces: list[str], user: Any) -> list[Hit]:
    ids = [company.pk for company in companies]
    former: dict[int, list[str]] = {}
    for row in FormerName.objects.filter(company__in=ids):
        former.setdefault(row.company_id, []).append(row.name)
    groups = groups_beside(companies, user)
    people = _representatives(ids, user) if pieces else {}
    known = _known_in_full(ids, user)
    found = []
    for company in companies:
        told = None if company.pk in known else pieces
        texts = [
            ("企業名", company.name), ("フリガナ", company.kana), ("別表記", _clue(company.other_names, told)),
            *(("旧社名", _clue(name, told)) for name in former.get(company.pk, [])),
            ("業種", company.trade), ("主要製品・サービス", company.products),
            *(("登録者", name) for name in people.get(company.pk, [])),
        ]  # fmt: skip
        facts = [
            company.trade,
            company.prefecture + company.city,
            "・".join(name for _, name in groups.get(company.pk, [])),
        ]
        url = reverse("company", args=[company.pk])
        found.append(Hit(url, runs(company.name, pieces), company.kana, facts, _reasons(texts, pieces)))
    return found


def _known_in_full(companies: list[int], user: Any) -> set[int]:
    """Those of whom the reader knows what their page tells its group: the names they had, too."""
    who = standing(user)
    if who.is_staff:
        return set(companies)
    listed = listed_members(who).filter(company__in=companies).values_list("company_id", flat=True)
    return {*listed, *who.own_companies}


def _clue(text: str, told: list[str] | None) -> str:
    """A text that helps to find, and stands on no page of the reader's: of it they read what they typed."""
    return text if told is None else " ".join(piece for piece in told if holds(text, [piece]))


def _representatives(company_ids: list[int], user: Any) -> dict[int, list[str]]:
    """Who attends for these companies, with the reading, as far as the reader may know."""
    members = named_to(user).filter(company__in=company_ids)
    terms = Representative.objects.on(standing(user).day).filter(membership__in=members.values("pk"))
    people: dict[int, list[str]] = {}
    for term in terms.select_related("membership", "person"):
        person = term.person
        named = f"{person.name}（{person.kana}）" if person.kana else person.name
        people.setdefault(term.membership.company_id or 0, []).append(named)
    return people


def _people(people: list[Person], pieces: list[str], user: Any) -> list[Hit]:
    ids = [person.pk for person in people]
    known = set(contacts_known_to(user).filter(pk__in=ids).values_list("pk", flat=True))
    employers = _employers(ids, known, user)
    found = []
    for person in people:
        others = _clue(person.other_names, None if person.pk in known else pieces)
        texts = [("氏名", person.name), ("フリガナ", person.kana), ("別表記", others)]
        if person.pk in known:
            texts += [("業種", person.trade), ("仕事", person.products)]
        facts = [employers.get(person.pk, ""), person.title]
        url = reverse("person", args=[person.pk])
        found.append(Hit(url, runs(person.name, pieces), person.kana, facts, _reasons(texts, pieces)))
    return found


def _employers(people: list[int], known: set[int], user: Any) -> dict[int, str]:
    """The company of each person today, where the reader knows the person in full and may open the company's page."""
    day = standing(user).day
    rows = Employment.objects.filter(person__in=known & set(people), since__lte=day).order_by("since")
    last = {row.person_id: row.company_id for row in rows}
    companies = companies_visible_to(user).filter(pk__in=[pk for pk in last.values() if pk])
    names = dict(companies.values_list("pk", "name"))
    return {person: names[company] for person, company in last.items() if company in names}
