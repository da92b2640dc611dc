"""Rows that break the constraints of what else changes in the directory; see test_constraints."""

import datetime
from collections.abc import Callable
from functools import partial
from typing import Any

from events.models import Meeting
from groups.models import (
    AdviserRequest,
    Bylaws,
    Confirmation,
    ConfirmationLink,
    ConfirmationRound,
    Dissolution,
    Handover,
    Printout,
)
from members.models import CompanyClosing, FormerAddress

DAY = datetime.date(2026, 4, 1)
NOON = datetime.datetime(2026, 4, 1, 3, tzinfo=datetime.UTC)


def asked(w: Any, **fields: Any) -> AdviserRequest:
    given = {"fiscal_year": 2026, "asked_by": w.user} | fields
    return AdviserRequest.objects.create(group=w.group, **given)


def bylaws(w: Any, **fields: Any) -> Bylaws:
    given = {"valid_from": DAY, "filename": "a.pdf", "content": b"x", "size": 1} | fields
    return Bylaws.objects.create(group=w.group, uploaded_by=w.user, **given)


def asking(w: Any, **fields: Any) -> ConfirmationRound:
    return ConfirmationRound.objects.create(group=w.group, started_by=w.user, started_at=NOON, **fields)


def confirmation(w: Any, times: int = 1, **fields: Any) -> Confirmation:
    about = {"round": asking(w), "membership": w.membership, "person": w.person}
    made = [Confirmation.objects.create(**about | fields) for _ in range(times)]
    return made[-1]


def closed(w: Any, **fields: Any) -> CompanyClosing:
    return CompanyClosing.objects.create(**{"company": w.company, "status": "merged", "since": DAY} | fields)


def met(w: Any, **fields: Any) -> Meeting:
    when = {"starts_at": NOON, "ends_at": NOON + datetime.timedelta(hours=2)}
    return Meeting.objects.create(**{"group": w.group, "title": "定例会"} | when | fields)


def handed(w: Any, **fields: Any) -> Handover:
    return Handover.objects.create(group=w.group, **fields)


BROKEN: dict[str, Callable[[Any], object]] = {
    "handover_decided_by_somebody": partial(handed, decided_at=NOON),
    "handover_told_once_decided": partial(handed, told_on=DAY),
    "dissolution_has_a_reason": lambda w: Dissolution.objects.create(
        group=w.group, decided_at=NOON, decided_by=w.user
    ),
    "printout_of_one_group_names_it": lambda w: Printout.objects.create(kind="handover", made_by=w.user),
    "meeting_ends_after_it_begins": partial(met, ends_at=NOON),
    "meeting_number_once": lambda w: [met(w, number=1) for _ in range(2)],
    "former_address_one_per_day": lambda w: [
        FormerAddress.objects.create(company=w.company, address="前町", until=DAY) for _ in range(2)
    ],
    "company_closing_status_is_known": partial(closed, status="continuing"),
    "company_closing_merged_into_when_merged": lambda w: closed(
        w, status="closed", merged_into=w.membership.company.__class__.objects.create(name="存続会社")
    ),
    "company_closing_not_into_itself": lambda w: closed(w, merged_into=w.company),
    "adviser_request_one_for_a_year": lambda w: [asked(w) for _ in range(2)],
    "adviser_request_answered_has_a_time": partial(asked, answered_at=NOON),
    "adviser_request_declined_in_words": partial(asked, state="declined", answered_at=NOON),
    "bylaws_one_per_day": lambda w: [bylaws(w) for _ in range(2)],
    "bylaws_are_not_empty": partial(bylaws, size=0),
    "confirmation_round_one_at_a_time": lambda w: [asking(w) for _ in range(2)],
    "confirmation_round_ends_after_it_begins": lambda w: asking(
        w, ended_at=NOON - datetime.timedelta(minutes=1)
    ),
    "confirmation_once_per_member": partial(confirmation, times=2),
    "confirmation_has_a_source": partial(confirmation, confirmed_at=NOON),
    "confirmation_for_another_names_who": partial(confirmation, confirmed_at=NOON, source="phone"),
    "confirmation_link_expires_after_it_was_made": lambda w: ConfirmationLink.objects.create(
        confirmation=confirmation(w), email="a@example.com", token_hash="x", made_at=NOON, expires_at=NOON
    ),
}
