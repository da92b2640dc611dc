"""How much of a person, and of the company they belong to, readers know: the rules asked about them, in one query."""

import datetime
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from groups.handing_on import NOTHING_WITHHELD, Withheld
from groups.models import Representative
from groups.standing import Standing, standing
from groups.visibility import (
    companies_visible_to,
    listed_members,
    memberships_known_to,
    named_members,
    people_visible_to,
)
from members.models import Company, Person, User

# What the page of a person tells: to whoever may open it, with the contact, to staff and to the person alone.
NAMED = ("name", "kana", "title")
CONTACT = ("department", "trade", "products", "email", "phone", "fax", "address", "url")
PRIVATE = ("contact_method", "age_band", "confirmed_on")
# Stand in the SQL for the person, the company and the reader's group until it is asked; no record has these ids.
PERSON, COMPANY, GROUP = -987_654_321, -987_654_322, -987_654_323

# One question: SQL and its values.
Question = tuple[str, tuple[Any, ...]]


class Known(NamedTuple):
    """How much of a person, and of the company they belong to, one reader knows. `page`: may open the person's page;
    `company`: is told there which company it is; `company_page`: may open its page, `company_contact`: in full.
    """

    page: bool
    contact: bool
    private: bool
    company: bool
    company_page: bool
    company_contact: bool

    @property
    def told(self) -> frozenset[str]:
        """The fields of the person that the reader is told."""
        if not self.page:
            return frozenset()
        return frozenset([*NAMED, *(CONTACT if self.contact else ()), *(PRIVATE if self.private else ())])


class Circle(NamedTuple):
    """All that tells a reader apart who is nobody in person: the readers of a circle are asked the same, but for ids."""

    signed_in: bool
    in_group: bool
    runs_it: bool


def known_of(person: Person, company: Company | None, readers: Sequence[Any]) -> list[Known]:
    """What each of these readers knows of a person and their company. One query, however many they are; none for
    staff, who know everything.
    """
    day = timezone.localdate()
    asked = [() if standing(each).is_staff else _asked(person, company, each, day) for each in readers]
    answers = _answers([question for questions in asked for question in questions])
    everything = Known(True, True, True, True, company is not None, company is not None)
    return [
        _known(person, company, standing(reader), *islice(answers, 5)) if questions else everything
        for reader, questions in zip(readers, asked, strict=True)
    ]


def stand_in(
    day: datetime.date,
    *,
    is_staff: bool = False,
    member_of: Collection[int] = (),
    runs: Collection[int] = (),
    withheld: Withheld = NOTHING_WITHHELD,
) -> User:
    """A user with these rights today, who is nobody: the standing is what would have been read from the records."""
    user = User()
    who = Standing(user, day)
    vars(who).update(
        is_staff=is_staff,
        offices=[],
        memberships={},
        member_of=frozenset(member_of),
        officer_of=frozenset(runs),
        adviser_of=frozenset(),
        insider_of=frozenset(member_of),
        runs=frozenset(runs),
        withheld=withheld,
        own_companies=frozenset(),
    )
    user._standing = who  # type: ignore[attr-defined]
    return user


def _answers(questions: Sequence[Question]) -> Iterator[bool]:
    """Whether there is such a row, for each of the questions."""
    if not questions:
        return iter(())
    with connection.cursor() as cursor:
        texts = ", ".join(text for text, _ in questions)
        cursor.execute(f"SELECT {texts}", [value for _, values in questions for value in values])
        return map(bool, cursor.fetchone())


def _asked(person: Person, company: Company | None, reader: Any, day: datetime.date) -> Sequence[Question]:
    """The questions about a reader. Those of a circle are in SQL already: its making is nearly all that they cost."""
    circle = _circle_of(reader)
    if not circle:
        return _in_sql(person, company, reader, day)
    kept = _of_circle(circle, company is not None, day)
    ids = {
        PERSON: person.pk,
        COMPANY: company.pk if company else 0,
        GROUP: min(standing(reader).insider_of, default=0),
    }
    return [(text, tuple(_put(value, ids) for value in values)) for text, values in kept]


def _put(value: Any, ids: dict[int, int]) -> Any:
    """The id for which the value stands, in the type the database was going to get."""
    return type(value)(ids[value]) if isinstance(value, int) and value in ids else value


def _circle_of(reader: Any) -> Circle | None:
    """None for somebody who is asked about in person, and where the office withheld something."""
    who = standing(reader)
    if who.person_id or len(who.insider_of) > 1 or not who.runs <= who.insider_of:
        return None
    if who.withheld != NOTHING_WITHHELD or who.memberships or who.own_companies or who.adviser_of:
        return None
    return Circle(reader.is_authenticated, bool(who.insider_of), bool(who.runs))


@lru_cache(maxsize=64)
def _of_circle(circle: Circle, has_company: bool, day: datetime.date) -> Sequence[Question]:
    """The questions of its readers on a day, with stand-ins for the ids. Only SQL is kept, never an answer."""
    reader: Any = AnonymousUser()
    if circle.signed_in:
        group = [GROUP] if circle.in_group else []
        reader = stand_in(day, member_of=group, runs=group if circle.runs_it else [])
    return _in_sql(Person(pk=PERSON), Company(pk=COMPANY) if has_company else None, reader, day)


def _in_sql(person: Person, company: Company | None, reader: Any, day: datetime.date) -> Sequence[Question]:
    return [_exists(rows) for rows in _questions(person, company, reader, day)]


def _exists(rows: QuerySet[Any]) -> Question:
    try:
        text, values = rows.query.exists().sql_with_params()
    except EmptyResultSet:
        return "1 = 0", ()
    return f"EXISTS({text})", values


def _questions(
    person: Person, company: Company | None, reader: Any, day: datetime.date
) -> tuple[QuerySet[Any], ...]:
    """Of a reader: whether there is a row for the person's page, their contact, the company's page, its being a member,
    and its contact.
    """
    who, theirs = standing(reader), [company] if company else []
    attending = Representative.objects.on(day).filter(person=person).values("membership")
    beside = named_members(who).filter(Q(person=person) | Q(pk__in=attending))
    return (
        people_visible_to(reader).filter(pk=person.pk),
        beside,
        companies_visible_to(reader).filter(pk__in=[each.pk for each in theirs]),
        memberships_known_to(reader).filter(company__in=theirs, pk__in=attending),
        listed_members(who).filter(company__in=theirs),
    )


def _known(
    person: Person,
    company: Company | None,
    who: Standing,
    page: bool,
    beside: bool,
    open_: bool,
    member: bool,
    listed: bool,
) -> Known:
    """Known as an officer or adviser only, a person's company is told if the reader may know that it is a member."""
    private = who.is_staff or person.pk == who.person_id
    contact = private or beside
    return Known(
        page=page,
        contact=contact,
        private=private,
        company=private or (open_ if contact else member),
        company_page=open_,
        company_contact=open_ and (listed or is_own(company, who)),
    )


def is_own(company: Company | None, who: Standing) -> bool:
    return who.is_staff or (company is not None and company.pk in who.own_companies)
