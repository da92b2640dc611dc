"""The two pages of a recruitment that are opened most, against the least that Django does with as many rows.

An applicant's empty form, opened by a visitor, and the inbox of a round with 2,000 applications, opened by staff.
"""

import datetime
from collections.abc import Iterator

from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from groups.models import Application, RecruitmentRound
from iri_exchange.lib import japan
from tests.bench import rosters
from tests.bench.book import maker_of_all
from tests.bench.measuring import Figure
from tests.bench.pages import FEW, fill, minimal, opened
from tests.factories import make_application, make_group, make_round

RECEIVED = 2_000


def figures(times: int) -> Iterator[Figure]:
    """Works on a directory of 400 companies, which nothing else may fill."""
    call_command("collectstatic", interactive=False, verbosity=0)
    fill(make_group(name="速さの会", capacity=FEW), rosters.rows(FEW))
    maker, staff, visitor = maker_of_all(), Client(HTTP_HOST="127.0.0.1"), Client(HTTP_HOST="127.0.0.1")
    staff.force_login(maker)
    call = _call()
    floor, detail = minimal(times)
    framed, framed_detail = minimal(times, maker)
    inbox = opened(staff, f"/office/recruitment/{call.pk}/", times)
    what = f"inbox of {RECEIVED:,}, first page"
    yield Figure(what, inbox, "50 × 11, minimal", floor, most_ratio=1.5)
    yield Figure(what, inbox, "50 × 11, through the frame", framed)
    form = opened(visitor, f"/recruitment/{call.fiscal_year}/apply/", times)
    yield Figure("an empty application form", form, "one × 11, minimal", detail, most_ratio=2)
    yield Figure("an empty application form", form, "one × 11, through the frame", framed_detail)


def _call() -> RecruitmentRound:
    """Open the whole year, with applications of which every fourth has been taken up."""
    year = japan.fiscal_year(timezone.localdate())
    call = make_round(
        fiscal_year=year,
        opens_on=datetime.date(year, 4, 1),
        closes_on=datetime.date(year + 1, 3, 31),
        results_on=None,
    )
    for serial in range(RECEIVED):
        state = Application.State.SUBMITTED if serial % 4 else Application.State.UNDER_REVIEW
        make_application(call, state=state)
    return call
