"""Rows that break the constraints of recruitment; see test_constraints."""

import datetime
from collections.abc import Callable
from functools import partial
from typing import Any

from groups.models import (
    Application,
    ApplicationConsent,
    ApplicationLink,
    ApplicationQuestion,
    Offer,
    Participant,
    RecruitmentRound,
    Scenario,
)

DAY = datetime.date(2026, 4, 1)
NOON = datetime.datetime(2026, 4, 1, 3, tzinfo=datetime.UTC)


def call(w: Any, **fields: Any) -> RecruitmentRound:
    given = {"fiscal_year": 2026, "office": w.group.office, "opens_on": DAY, "closes_on": DAY}
    return RecruitmentRound.objects.create(**given | fields)


def application(w: Any, times: int = 1, **fields: Any) -> Application:
    given = {
        "round": call(w),
        "fiscal_year": 2026,
        "serial": 1,
        "state": "submitted",
        "sent_at": NOON,
        "name": "株式会社応募",
        "contact_name": "応募 花子",
        "motive": "動機",
    } | fields
    return [Application.objects.create(**given) for _ in range(times)][-1]


def part_of(w: Any, model: Any, times: int = 1, **fields: Any) -> None:
    """What hangs on an application, once or more often than it may."""
    owner = application(w)
    for _ in range(times):
        model.objects.create(application=owner, **fields)


def scenarios(w: Any) -> None:
    round_ = call(w)
    for _ in range(2):
        Scenario.objects.create(round=round_, name="案一", made_by=w.user)


NAMES = {"family_name": "応募", "given_name": "花子", "family_kana": "オウボ", "given_kana": "ハナコ"}
BROKEN: dict[str, Callable[[Any], object]] = {
    "round_one_per_year_and_office": lambda w: [call(w) for _ in range(2)],
    "round_closes_after_it_opens": partial(call, closes_on=DAY - datetime.timedelta(days=1)),
    "round_capacity_at_least_one": partial(call, capacity=0),
    "scenario_name_once_per_round": scenarios,
    "application_number_once": partial(application, times=2),
    "application_received_has_a_number": partial(application, serial=None),
    "application_on_paper_names_who_entered_it": partial(application, route="fax"),
    "application_approved_by_another": lambda w: application(w, decided_by=w.user, approved_by=w.user),
    "application_decision_names_who": partial(application, decision="accept"),
    "participant_one_per_place": partial(part_of, model=Participant, times=2, order=1, **NAMES),
    "participant_first_or_second": partial(part_of, model=Participant, order=3, **NAMES),
    "application_consent_once": partial(
        part_of, model=ApplicationConsent, times=2, kind="purpose", given=True
    ),
    "application_link_fits_its_purpose": partial(
        part_of, model=ApplicationLink, purpose="resume", email="a@example.com", token_hash="x", made_at=NOON
    ),
    "application_question_answered_has_a_time": lambda w: part_of(
        w, ApplicationQuestion, question="何を", asked_by=w.user, answer="これ"
    ),
    "application_question_one_at_a_time": lambda w: part_of(
        w, ApplicationQuestion, times=2, question="何を", asked_by=w.user
    ),
    "offer_one_at_a_time": lambda w: part_of(w, Offer, times=2, due=DAY, offered_by=w.user, offered_at=NOON),
}
