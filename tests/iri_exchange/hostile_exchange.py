"""A joint exchange of which every paper has something to print, for the tests of what makes a PDF."""

from typing import Any

from django.db import models
from django.utils import timezone

from events.exchange.day import badge_jobs
from events.exchange.day.badge_jobs import Asked, What
from events.links import token_of
from events.models import JointExchange, Registration, TablePlan
from groups.models import Group
from tests.exchange_factories import make_booth, make_exchange, make_partner_group, make_registration

# The square is opened by a personal link, and what is printed of badges is asked for first.
PAPERS_WITHOUT_A_LOGO = {
    "exchange_badges_pdf",
    "exchange_booth_cards",
    "exchange_invite_pdf",
    "exchange_reception_pdf",
    "exchange_report_pdf",
    "exchange_table_cards",
    "exchange_table_list",
    "exchange_table_slips",
    "exchange_ticket_pdf",
}


def gathered(group: Group, user: Any) -> list[models.Model]:
    """The exchange first, then what hangs on it: a booth, tables, the public, a partner, and a member asked on paper."""
    exchange = JointExchange.objects.first() or _held(group, user)
    return [exchange, *exchange.registrations.all(), *exchange.booths.all(), *exchange.programme.all()]


def addressed(group: Group, user: Any) -> dict[str, object]:
    """What stands in the addresses of its papers."""
    exchange = JointExchange.objects.first() or _held(group, user)
    someone = Registration.objects.filter(exchange=exchange, state="confirmed")[0]
    return {"office/joint/:fiscal_year": exchange.fiscal_year, "joint/ticket/:token": token_of(someone)}


def badges_of(group: Group, user: Any) -> str:
    """The name of a print of all badges, as the page asks for it."""
    exchange = JointExchange.objects.first() or _held(group, user)
    return badge_jobs.ask(exchange=exchange, asked=Asked(What.ALL))


def _held(group: Group, user: Any) -> JointExchange:
    exchange = make_exchange(office=group.office)
    exchange.programme.create(position=1, title="分散会", kind="tables")
    people = [
        make_registration(exchange, "架空 花子", wants_tables=True),
        make_registration(exchange, "架空 公一", kind="partner", partner_group=make_partner_group()),
    ]
    membership = group.memberships.filter(person=None, representatives__person__email="")[0]
    person = membership.representatives.all()[0].person
    make_registration(
        exchange, str(person), kind="member", state="invited", person=person, membership=membership, group=group
    )  # fmt: skip
    company = membership.company
    make_booth(
        exchange, company=company, applied_by=user, state="accepted", number=1, place_row=1, place_column=1
    )
    plan = TablePlan.objects.create(exchange=exchange, asked_by=user, asked_at=timezone.now(), state="done")
    for each in people:
        plan.seats.create(registration=each, round=1, table=1)
    return exchange
