"""A member and the joint exchange: the own registration, and entering in one tap, also where nobody had asked."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from events.exchange.entering import entries, places
from events.models import JointExchange, Registration
from groups.models import Group, Membership
from groups.standing import standing
from members.models import Person

MEMBERS_ONLY = "グループの会員の方だけが、この画面から申し込めます。"


def registration_of(user: Any, exchange: JointExchange) -> Registration | None:
    """The user's own, whatever its state."""
    person = standing(user).person_id
    if not person:
        return None
    rows = Registration.objects.select_related("exchange__office", "person")
    return rows.filter(exchange=exchange, person=person, erased_at=None).first()


def next_exchange() -> JointExchange | None:
    """The one that lies ahead and has been published: the nearest."""
    rows = JointExchange.objects.filter(state=JointExchange.State.PUBLISHED, ends_at__gt=timezone.now())
    return rows.order_by("starts_at").first()


@transaction.atomic
def enter(*, exchange: JointExchange, by: Any) -> Registration:
    """The user takes part, as a member of the group they belong to longest; asked before or not.

    Raises ValidationError for who is no member today, and as `entries.confirm` does.
    """
    exchange = places.lock(exchange)
    row = registration_of(by, exchange)
    if row is None:
        membership = _membership(by)
        row = row_for(exchange=exchange, person=by.person, membership=membership)
    return entries.confirm(registration=row, source=Registration.Source.LOGIN)


def row_for(
    *,
    exchange: JointExchange,
    person: Person,
    membership: Membership | None = None,
    group: Group | None = None,
) -> Registration:
    """An unsaved registration of a member, as the directory knows them today."""
    company = membership.company if membership else None
    return Registration(
        exchange=exchange,
        kind=Registration.Kind.MEMBER,
        person=person,
        membership=membership,
        group=membership.group if membership else group,
        affiliation=company.name if company else "",
        name=person.name,
        kana=person.kana,
        title=person.title,
        email=person.email,
        phone=person.phone,
        trade=company.industry if company else "",
    )


def _membership(by: Any) -> Membership:
    rows = Membership.objects.filter(pk__in=standing(by).memberships).select_related("company", "group")
    membership = rows.order_by("joined_on", "pk").first()
    if membership is None:
        raise ValidationError(MEMBERS_ONLY, code="members_only")
    return membership
