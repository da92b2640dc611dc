"""The partner corporation's side: which groups of its take part, and which of its people enter them."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from events.models import PartnerGroup, PartnerTerm
from iri_exchange.lib import history
from members import accounts, invitations
from members.models import Person

NO_ADDRESS = "招待のメールをお送りするので、メールアドレスを入れてください。"
ALREADY = "{}さんは、もう公社の担当として登録されています。"
ENDED = "この担当は、もう終わっています。"
ONE_DAY = datetime.timedelta(days=1)


@transaction.atomic
def add_group(*, name: str, kana: str = "", by: Any) -> PartnerGroup:
    """A group of the partner corporation; one that had been taken off the list comes back.

    Raises ValidationError for a name that is on the list.
    """
    with history.step("公社のグループの登録", by):
        group = PartnerGroup.objects.select_for_update().filter(name=name, is_current=False).first()
        if group is None:
            group = PartnerGroup(name=name)
        group.kana, group.is_current = kana or group.kana, True
        group.full_clean()
        group.save()
    return group


@transaction.atomic
def set_current(*, group: PartnerGroup, is_current: bool, by: Any) -> None:
    """Whether it can be chosen for somebody new; what was entered for it stays."""
    group = PartnerGroup.objects.select_for_update().get(pk=group.pk)
    group.is_current = is_current
    with history.step("公社のグループを一覧に戻す" if is_current else "公社のグループを一覧から外す", by):
        group.save()


@transaction.atomic
def welcome(*, person: Person, email: str, since: datetime.date, by: Any) -> PartnerTerm:
    """The person enters the partner's people and booths from a day on; without a login they are invited to one.

    Raises ValidationError without an address for that, and for somebody who does so already.
    """
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if person.partner_terms.exclude(until__lt=since).exists():
        raise ValidationError(ALREADY.format(person), code="already")
    with history.step("公社の担当の登録", by):
        term = PartnerTerm(person=person, since=since)
        term.full_clean()
        term.save()
        if not accounts.has_login(person):
            address = email or person.email
            if not address:
                raise ValidationError(NO_ADDRESS, code="required")
            invitations.invite(person=person, email=address, by=by)
    return term


@transaction.atomic
def end(*, term: PartnerTerm, by: Any) -> None:
    """Ended with yesterday: from this moment on the person is a visitor. One that has not begun, or began today, never was.

    Raises ValidationError if it has ended.
    """
    today = timezone.localdate()
    term = PartnerTerm.objects.select_for_update().get(pk=term.pk)
    if term.until and term.until < today:
        raise ValidationError(ENDED, code="ended")
    with history.step("公社の担当の終わり", by):
        if term.since >= today:
            term.delete()
            return
        term.until = today - ONE_DAY
        term.save(update_fields=["until"])
