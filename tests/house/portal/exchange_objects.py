"""What stands in the addresses of the joint exchange: one exchange for each group, whose member takes part and exhibits.

That of the first group takes booths and registrations today; that of the second is of the year after and takes none yet.
"""

import datetime
from typing import Any

from django.utils import timezone

from events.links import token_of
from events.models import ExchangePhoto, JointExchange, PartnerTerm, TablePlan
from groups.models import Group
from tests.conftest import Actor
from tests.exchange_factories import (
    YEAR,
    make_booth,
    make_exchange,
    make_partner,
    make_partner_group,
    make_registration,
)
from tests.factories import make_person
from tests.house.portal.file_objects import picture


def joint(group: Group, member: Actor, staff: Actor) -> dict[str, Any]:
    """Everything is its own year's."""
    year = YEAR + JointExchange.objects.count()
    day = datetime.date(year + 1, 2, 10)
    exchange = make_exchange(fiscal_year=year, day=day, office=group.office)
    exchange.programme.create(position=1, title=f"{group}の紹介", kind="group", group=group)
    partners = make_partner_group(f"公社の{group}")
    entry = make_registration(
        exchange, str(member.person), kind="member", person=member.person, group=group, membership=member.membership
    )  # fmt: skip
    theirs = make_registration(exchange, kind="partner", partner_group=partners)
    company = member.membership.company
    booth = make_booth(
        exchange, company=company, applied_by=member.user, picture=picture(), picture_format="png"
    )
    plan = TablePlan.objects.create(
        exchange=exchange, asked_by=staff.user, asked_at=timezone.now(), state="done"
    )
    seat = plan.seats.create(registration=entry, round=1, table=1)
    return {
        "joint/:fiscal_year": year,
        "office/joint/:fiscal_year": year,
        "groups/<slug:slug>/joint/:fiscal_year": year,
        f"groups/{group.slug}/joint/:fiscal_year": year,
        "joint/booths/:pk": booth.pk,
        "office/joint/booths/:pk": booth.pk,
        "joint/ticket/:token": token_of(entry),
        "joint/arrive/:token": token_of(entry),
        "office/joint/registrations/:pk": entry.pk,
        "joint/partner/:pk": theirs.pk,
        "office/joint/partners/:pk": partner_term().pk,
        "office/joint/partner-groups/:pk": partners.pk,
        "office/joint/<int:fiscal_year>/tables/seats/:pk": seat.pk,
        f"office/joint/{year}/tables/seats/:pk": seat.pk,
        **photographed(exchange, staff),
    }


def partner_term() -> PartnerTerm:
    return make_partner(make_person(family_name="公社", given_name="担"))


def photographed(exchange: JointExchange, staff: Actor) -> dict[str, Any]:
    """A photograph that only the office sees."""
    photo = ExchangePhoto.objects.create(
        exchange=exchange, caption="受付", format="png", content=picture(), uploaded_by=staff.user
    )
    return {"joint/photos/:pk": photo.pk, "office/joint/photos/:pk": photo.pk}
