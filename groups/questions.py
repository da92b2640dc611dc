"""What a person is asked to agree to: for oneself, for the company one attends for, and for each group's roster.

Everybody answers for themselves, on the day, to the wording they see; an earlier answer stays, and can be read.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q

from groups.memberships import answer_roster_consent
from groups.models import Membership, RosterConsent
from groups.question_words import EFFECTS, LABELS, ROSTER, SAYS
from groups.standing import standing
from members.consents import answer_consent, current_texts
from members.models import Company, Consent, ConsentText, Person, User

PUBLIC = str(Consent.Kind.PUBLIC_PROFILE)
GIVEN = {True: "yes", False: "no", None: ""}
BY_ONESELF = "本人の画面"


class Choice(NamedTuple):
    """One possible answer, and what it changes at once."""

    value: str
    label: str
    effect: str


@dataclass(frozen=True)
class Question:
    """One question, and today's answer to it: `answer` is empty as long as nobody has asked. `key` is its place in
    the address, `text` the wording shown today, `answered_to` the version that was answered.
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
    """The rosters of the person's groups first, then their company's public profile, then their own. Five queries."""
    texts = current_texts()
    memberships = _memberships(person)
    answers = _roster_answers(memberships, day)
    given = _given(person, [row.company for row in memberships if row.company], day)
    return [
        *(_about_roster(membership, answers, texts) for membership in memberships),
        *(_about(company, PUBLIC, given, texts) for company in _companies(memberships)),
        *(_about(person, str(kind), given, texts) for kind in Consent.Kind if kind != PUBLIC),
    ]


@transaction.atomic
def answer(*, question: Question, answer: str, day: datetime.date, text: ConsentText | None) -> bool:
    """Write the person's own answer down, from this day on; the same answer to the same wording is one already.

    `text` is the wording that was shown. Returns whether anything was written.
    """
    shown = text.version if text else ""
    if (answer, shown) == (question.answer, question.answered_to):
        return False
    if question.kind == ROSTER:
        answer_roster_consent(membership=question.about, answer=answer, since=day, text=text, note=BY_ONESELF)
        return True
    whose = "company" if question.kind == PUBLIC else "person"
    whom: dict[str, Any] = {whose: question.about}
    answer_consent(kind=question.kind, given=answer == "yes", since=day, text=text, note=BY_ONESELF, **whom)
    return True


def history_of(person: Person) -> list[Said]:
    """Everything that was ever answered for the person, the newest first; from the histories of the two records."""
    memberships = _memberships(person)
    companies = {company.pk: company for company in _companies(memberships)}
    groups = {membership.pk: membership.group.name for membership in memberships}
    own: Any = Consent.history
    rosters: Any = RosterConsent.history
    consents = own.filter(Q(person_id=person.pk) | Q(company_id__in=companies)).select_related("text")
    answers = rosters.filter(membership_id__in=groups).select_related("text")
    said = [
        *(_said(row, LABELS[row.kind], GIVEN[row.given]) for row in consents),
        *(_said(row, _roster_label(groups[row.membership_id]), row.answer, ROSTER) for row in answers),
    ]
    return sorted(said, key=lambda one: one.at, reverse=True)


def _memberships(person: Person) -> list[Membership]:
    """Those for which the person speaks today: their own, and those of the companies they attend for."""
    own = Membership.objects.filter(pk__in=standing(User(person=person)).memberships)
    rows = own.select_related("group", "company", "person")
    return list(rows.order_by("group__founded_year", "group__sort_key", "pk"))


def _companies(memberships: Sequence[Membership]) -> list[Company]:
    return list({row.company_id: row.company for row in memberships if row.company}.values())


def _roster_answers(memberships: Sequence[Membership], day: datetime.date) -> dict[int, RosterConsent]:
    rows = RosterConsent.objects.filter(membership__in=memberships, since__lte=day)
    return {row.membership_id: row for row in rows.select_related("text").order_by("since", "pk")}


def _given(
    person: Person, companies: Sequence[Company], day: datetime.date
) -> dict[tuple[Any, str], Consent]:
    """{(person or company, kind): the last answer}."""
    rows = Consent.objects.filter(Q(person=person) | Q(company__in=companies), since__lte=day)
    ordered = rows.select_related("text", "person", "company").order_by("since", "pk")
    return {(row.person or row.company, row.kind): row for row in ordered}


def _about_roster(
    membership: Membership, answers: Mapping[int, RosterConsent], texts: Mapping[str, ConsentText]
) -> Question:
    last = answers.get(membership.pk)
    return Question(
        key=f"{ROSTER}-{membership.pk}",
        kind=ROSTER,
        label=_roster_label(membership.group.name),
        about=membership,
        text=texts.get(ROSTER),
        choices=tuple(_choices(ROSTER, alone=membership.company_id is None)),
        answer=last.answer if last else "",
        since=last.since if last else None,
        answered_to=last.text.version if last and last.text else "",
    )


def _about(
    whom: Person | Company,
    kind: str,
    given: Mapping[tuple[Any, str], Consent],
    texts: Mapping[str, ConsentText],
) -> Question:
    last = given.get((whom, kind))
    return Question(
        key=f"{kind}-{whom.pk}" if kind == PUBLIC else kind,
        kind=kind,
        label=f"{whom.name}の紹介を、どなたにも公開すること" if kind == PUBLIC else LABELS[kind],
        about=whom,
        text=texts.get(kind),
        choices=tuple(_choices(kind)),
        answer=GIVEN[last.given if last else None],
        since=last.since if last else None,
        answered_to=last.text.version if last and last.text else "",
    )


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
