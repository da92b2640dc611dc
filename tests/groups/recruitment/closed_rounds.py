"""A call that is closed by the tests' today, and applications of which the office has decided."""

import datetime
from typing import Any

from django.utils import timezone

from groups.models import Application, Office, RecruitmentRound
from groups.recruitment import announcing, results
from tests.factories import make_application, make_round

TODAY = datetime.date(2026, 11, 25)
LAUNCH = datetime.date(2027, 1, 20)
ACCEPT, WAIT, DECLINE = (
    Application.Decision.ACCEPT,
    Application.Decision.WAIT,
    Application.Decision.DECLINE,
)


def closed_round(office: Office, **fields: Any) -> RecruitmentRound:
    """Open in October; the ceremony is in January."""
    days = {
        "opens_on": datetime.date(2026, 10, 1),
        "closes_on": datetime.date(2026, 10, 31),
        "launch_on": LAUNCH,
    }
    return make_round(office=office, **days | fields)


def decided(call: RecruitmentRound, decision: str, by: Any, **fields: Any) -> Application:
    """Reviewed and decided; the directory does not know the company, unless one is given."""
    known = fields.get("known_company")
    return make_application(
        call,
        **{
            "state": Application.State.UNDER_REVIEW,
            "decision": decision,
            "decided_by": by,
            "decided_at": timezone.now(),
            "is_new_company": known is None,
        }
        | fields,
    )


def announce(call: RecruitmentRound, by: Any) -> announcing.Announced:
    """As somebody does who has looked at all letters."""
    return announcing.announce(round=call, shown=announcing.fingerprint(results.results_of(call)), by=by)
