"""A letter to an applicant that went astray is written anew, with a new link: the office sends it from the list of letters."""

from django.core.exceptions import ValidationError
from django.db import transaction

from groups.models import Application
from groups.recruitment import links, notices
from members.models import Letter

State = Application.State
NONE = "この手紙でお知らせした応募は、もう確かめられたか、取り下げられています。"


@transaction.atomic
def renew_letter(letter: Letter) -> Letter:
    """The letter that asks to confirm, or the one with the number. Raises ValidationError where there is nothing to tell."""
    waits = letter.kind == "groups/application_confirm"
    rows = Application.objects.filter(contact_email__iexact=letter.to).select_related("round__office")
    rows = rows.filter(state=State.DRAFT) if waits else rows.exclude(state__in=[State.DRAFT, State.WITHDRAWN])
    found = list(rows.order_by("-sent_at", "-pk"))
    if not found:
        raise ValidationError(NONE, code="over")
    meant = (each for each in found if (each.name if waits else each.number) in letter.subject)
    application = next(meant, found[0])
    purpose = links.Purpose.CONFIRM if waits else links.Purpose.STATUS
    token = links.make(application, purpose, application.contact_email)
    return (notices.confirm if waits else notices.received)(application=application, token=token)
