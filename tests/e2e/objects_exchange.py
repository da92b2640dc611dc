"""What stands in the addresses of the joint exchange, in the running demo: the next one, and somebody who takes part."""

from typing import Any

from django.utils import timezone

from events.links import token_of
from events.models import (
    Booth,
    ExchangePhoto,
    JointExchange,
    PartnerGroup,
    PartnerTerm,
    Registration,
    TablePlan,
)
from groups.models import Group
from members.models import Person, User
from tests.house.portal.file_objects import picture


def joint(group: Group, staff: User) -> dict[str, Any]:
    """Of the latest exchange of the demo; what it does not hold yet is added."""
    exchange = JointExchange.objects.exclude(state=JointExchange.State.DRAFT).latest("fiscal_year")
    year = exchange.fiscal_year
    confirmed = exchange.registrations.filter(state=Registration.State.CONFIRMED)
    entry, theirs = confirmed.exclude(kind="partner")[0], confirmed.filter(kind="partner").first()
    partners = PartnerGroup.objects.first() or PartnerGroup.objects.create(name="公社の架空会")
    if theirs is None:
        exchange.last_number += 1
        exchange.save()
        theirs = Registration.objects.create(
            exchange=exchange, kind="partner", state="confirmed", name="架空 公一", partner_group=partners,
            number=exchange.last_number,
        )  # fmt: skip
    booth = Booth.objects.filter(exchange=exchange).exclude(picture_format="").defer("picture").first()
    booth = booth or _booth(exchange, group, staff)
    plan, _ = TablePlan.objects.get_or_create(
        exchange=exchange, defaults={"asked_by": staff, "asked_at": timezone.now(), "state": "done"}
    )
    seat = plan.seats.first() or plan.seats.create(registration=entry, round=1, table=1)
    photo = ExchangePhoto.objects.create(
        exchange=exchange, caption="受付", format="png", content=picture(), uploaded_by=staff
    )
    return {
        "joint/:fiscal_year": year,
        "office/joint/:fiscal_year": year,
        "groups/<slug:slug>/joint/:fiscal_year": year,
        "joint/booths/:pk": booth.pk,
        "office/joint/booths/:pk": booth.pk,
        "joint/ticket/:token": token_of(entry),
        "joint/arrive/:token": token_of(entry),
        "office/joint/registrations/:pk": entry.pk,
        "joint/partner/:pk": theirs.pk,
        "office/joint/partners/:pk": _term().pk,
        "office/joint/partner-groups/:pk": partners.pk,
        "office/joint/<int:fiscal_year>/tables/seats/:pk": seat.pk,
        "joint/photos/:pk": photo.pk,
        "office/joint/photos/:pk": photo.pk,
    }


def _term() -> PartnerTerm:
    return PartnerTerm.objects.first() or PartnerTerm.objects.create(
        person=Person.objects.create(family_name="公社", given_name="担"), since=timezone.localdate()
    )


def _booth(exchange: JointExchange, group: Group, staff: User) -> Booth:
    return Booth.objects.create(
        exchange=exchange, group=group, exhibitor=str(group), title="ためしの展示", words="ためしに見せます。",
        first_person="架空 太郎", applied_by=staff, picture=picture(), picture_format="png",
    )  # fmt: skip
