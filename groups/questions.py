"""What a person is asked to agree to: for oneself, for the company one attends for, and for each group's roster.

Everybody answers for themselves, on the day, to the wording they see; an earlier answer stays, and can be read. What
was written down for a later day gives way to what the person says today.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from groups.memberships import answer_roster_consent
from groups.models import Membership, Representative, RosterConsent
from groups.question_words import EFFECTS, LABELS, ROSTER, SAYS
from groups.standing import standing
from members.consents import answer_consent, current_texts
from members.models import Company, Consent, ConsentText, Person, User

PUBLIC = str(Consent.Kind.PUBLIC_PROFILE)
GIVEN = {True: "yes", False: "no", None: ""}
BY_ONESELF = "本人の画面"
STILL = datetime.date.max
Rows = Mapping[Any, Sequence[Any]]


class Choice(NamedTuple):
    """One possible answer, and what it changes at once."""

    value: str
    label: str
    effect: str


@dataclass(frozen=True)
class Question:
    """One question, and today's answer to it: `answer` is empty as long as nobody has asked. `key` is its place in
    the address, `text` the wording shown today, `answered_to` the version that was answered; `later` are the answers
    written down for days to come: (from when, in words).
    """

    key: str
    kind: str
    label: str
    about: Any
    text: ConsentText | None
    choices: tuple[Choice, ...]
    answer: str = ""
    since: datetime.date | None = None
    answered_to: str = ""
    later: tuple[tuple[datetime.date, str], ...] = ()

    @property
    def says(self) -> str:
        """Today's answer in words."""
        return next(
            (choice.label for choice in self.choices if choice.value == self.answer), "まだ伺っていません"
        )

    @property
    def is_given(self) -> bool:
        return self.answer not in ("", "no")

    @property
    def version(self) -> str:
        return self.text.version if self.text else ""


class Said(NamedTuple):
    """One entry of the history: when it was written down, from when it holds, the question, the answer, the wording's
    version, how it was learnt; `again`: it put another answer of the same day right, `gone`: it was taken out.
    """

    at: datetime.datetime
    since: datetime.date
    label: str
    answer: str
    version: str
    note: str
    again: bool
    gone: bool


def questions_of(person: Person, day: datetime.date) -> list[Question]:
    """The rosters of the person's groups first, then their company's public profile, then their own. Seven queries at most.

    Who spoke last for a company that has left is asked about its public profile as long as it is public.
    """
    texts = current_texts()
    memberships = _memberships(person)
    companies, left = _companies(memberships), _left(person, day)
    answers = _roster_answers(memberships)
    given = _given(person, [*companies, *left])
    public = [_about(company, PUBLIC, given, texts, day) for company in left if company not in companies]
    return [
        *(_about_roster(membership, answers, texts, day) for membership in memberships),
        *(_about(company, PUBLIC, given, texts, day) for company in companies),
        *(question for question in public if question.is_given),
        *(_about(person, str(kind), given, texts, day) for kind in Consent.Kind if kind != PUBLIC),
    ]


@transaction.atomic
def answer(*, question: Question, answer: str, day: datetime.date, text: ConsentText | None) -> bool:
    """Write the person's own answer down, from this day on; the same answer to the same wording is one already.

    `text` is the wording that was shown. What was written down for a later day is taken out; the history keeps it.
    Returns whether anything was written.
    """
    shown, later = text.version if text else "", list(_later(question, day))
    if (answer, shown) == (question.answer, question.answered_to) and not later:
        return False
    if question.kind == ROSTER:
        answer_roster_consent(membership=question.about, answer=answer, since=day, text=text, note=BY_ONESELF)
    else:
        whom: dict[str, Any] = {_whose(question): question.about}
        given = answer == "yes"
        answer_consent(kind=question.kind, given=given, since=day, text=text, note=BY_ONESELF, **whom)
    for row in later:
        row.delete()
    return True


def _later(question: Question, day: datetime.date) -> QuerySet[Any]:
    if question.kind == ROSTER:
        return RosterConsent.objects.filter(membership=question.about, since__gt=day)
    whom = {_whose(question): question.about}
    return Consent.objects.filter(kind=question.kind, since__gt=day, **whom)


def _whose(question: Question) -> str:
    return "company" if question.kind == PUBLIC else "person"


def history_of(person: Person) -> list[Said]:
    """Everything that was ever answered for the person, the newest first; from the histories of the two records.

    For a group or a company they have left, what was answered until then; all, if nobody spoke for it after them.
    """
    rows = _spoken(person)
    memberships = _until(rows, person, "membership_id")
    memberships |= dict.fromkeys(person.memberships.values_list("pk", flat=True), STILL)
    companies = _until(rows, person, "membership__company_id")
    own: Any = Consent.history
    rosters: Any = RosterConsent.history
    consents = own.filter(Q(person_id=person.pk) | Q(company_id__in=companies)).select_related("text")
    answers = rosters.filter(membership_id__in=memberships).select_related("text", "membership__group")
    said = [
        *(
            _said(row, LABELS[row.kind], GIVEN[row.given])
            for row in consents
            if _day(row) <= companies.get(row.company_id, STILL)
        ),
        *(
            _said(row, _roster_label(row.membership.group.name), row.answer, ROSTER)
            for row in answers
            if _day(row) <= memberships[row.membership_id]
        ),
    ]
    return sorted(said, key=lambda one: one.at, reverse=True)


def _day(row: Any) -> datetime.date:
    return timezone.localdate(row.history_date)


def _spoken(person: Person) -> list[Mapping[str, Any]]:
    """All terms of those who ever attended for a company for which the person did, theirs and the others'."""
    own = Representative.objects.filter(person=person, membership__company__isnull=False)
    rows = Representative.objects.filter(membership__company__in=own.values("membership__company"))
    return [*rows.values("person_id", "membership_id", "membership__company_id", "until")]


def _until(rows: Iterable[Mapping[str, Any]], person: Person, key: str) -> dict[int, datetime.date]:
    """{membership or company id: the last day on which the person spoke for it}, STILL if nobody did after them."""
    mine: dict[int, datetime.date] = {}
    anybody: dict[int, datetime.date] = {}
    for row in rows:
        for kept in (anybody, mine) if row["person_id"] == person.pk else (anybody,):
            kept[row[key]] = max(kept.get(row[key], datetime.date.min), row["until"] or STILL)
    return {pk: STILL if last == anybody[pk] else last for pk, last in mine.items()}


def _left(person: Person, day: datetime.date) -> list[Company]:
    """Companies for which the person spoke last, and nobody speaks today."""
    rows = _spoken(person)
    open_still = {row["membership__company_id"] for row in rows if (row["until"] or STILL) >= day}
    last = {pk for pk, until in _until(rows, person, "membership__company_id").items() if until == STILL}
    return list(Company.objects.filter(pk__in=last - open_still).order_by("pk"))


def _memberships(person: Person) -> list[Membership]:
    """Those for which the person speaks today: their own, and those of the companies they attend for."""
    own = Membership.objects.filter(pk__in=standing(User(person=person)).memberships)
    rows = own.select_related("group", "company", "person")
    return list(rows.order_by("group__founded_year", "group__sort_key", "pk"))


def _companies(memberships: Sequence[Membership]) -> list[Company]:
    return list({row.company_id: row.company for row in memberships if row.company}.values())


def _roster_answers(memberships: Sequence[Membership]) -> dict[Any, list[RosterConsent]]:
    """{membership id: the answers ever given, those for days to come too}."""
    found: dict[Any, list[RosterConsent]] = {}
    rows = RosterConsent.objects.filter(membership__in=memberships).select_related("text")
    for row in rows.order_by("since", "pk"):
        found.setdefault(row.membership_id, []).append(row)
    return found


def _given(person: Person, companies: Sequence[Company]) -> dict[Any, list[Consent]]:
    """{(person or company, kind): the answers ever given}."""
    found: dict[Any, list[Consent]] = {}
    rows = Consent.objects.filter(Q(person=person) | Q(company__in=companies))
    for row in rows.select_related("text", "person", "company").order_by("since", "pk"):
        found.setdefault((row.person or row.company, row.kind), []).append(row)
    return found


def _about_roster(
    membership: Membership, answers: Rows, texts: Mapping[str, ConsentText], day: datetime.date
) -> Question:
    return _asked(
        Question(
            key=f"{ROSTER}-{membership.pk}",
            kind=ROSTER,
            label=_roster_label(membership.group.name),
            about=membership,
            text=texts.get(ROSTER),
            choices=tuple(_choices(ROSTER, alone=membership.company_id is None)),
        ),
        [(row, row.answer) for row in answers.get(membership.pk, ())],
        day,
    )


def _about(
    whom: Person | Company, kind: str, given: Rows, texts: Mapping[str, ConsentText], day: datetime.date
) -> Question:
    return _asked(
        Question(
            key=f"{kind}-{whom.pk}" if kind == PUBLIC else kind,
            kind=kind,
            label=f"{whom.name}の紹介を、どなたにも公開すること" if kind == PUBLIC else LABELS[kind],
            about=whom,
            text=texts.get(kind),
            choices=tuple(_choices(kind)),
        ),
        [(row, GIVEN[row.given]) for row in given.get((whom, kind), ())],
        day,
    )


def _asked(question: Question, rows: Sequence[tuple[Any, str]], day: datetime.date) -> Question:
    """The question with the answers to it: (record, answer), the oldest first."""
    later = tuple((row.since, _word(question.kind, said)) for row, said in rows if row.since > day)
    until_today = [(row, said) for row, said in rows if row.since <= day]
    if not until_today:
        return replace(question, later=later)
    row, said = until_today[-1]
    version = row.text.version if row.text else ""
    return replace(question, answer=said, since=row.since, answered_to=version, later=later)


def _choices(kind: str, *, alone: bool = False) -> Iterator[Choice]:
    """Who is a member alone has no company that could be listed without them."""
    for value, effect in EFFECTS[kind].items():
        if not (alone and value == RosterConsent.Answer.COMPANY_ONLY):
            yield Choice(value, _word(kind, value), effect)


def _word(kind: str, value: str) -> str:
    return str(RosterConsent.Answer(value).label) if kind == ROSTER else SAYS[value]


def _roster_label(group: str) -> str:
    return f"{group}の名簿にのせること"


def _said(row: Any, label: str, value: str, kind: str = "") -> Said:
    return Said(
        at=row.history_date,
        since=row.since,
        label=label,
        answer=_word(kind, value),
        version=row.text.version if row.text else "",
        note=row.note,
        again=row.history_type == "~",
        gone=row.history_type == "-",
    )
