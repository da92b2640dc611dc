"""The letters of this app: one function each."""

import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from iri_exchange.lib import japan
from members import letters
from members.models import Invitation, Letter, Look, Person


def invitation(*, invitation: Invitation, token: str) -> Letter:
    """The link to a login of one's own, to the address it was made for."""
    until = timezone.localtime(invitation.expires_at)
    return letters.write(
        kind="members/invitation",
        to=invitation.email,
        values={
            "お名前": str(invitation.person),
            "招待した人": _inviter(invitation),
            "期限": f"{japan.wareki(until.date())} {until:%H時%M分}",
        },
        person=invitation.person,
        link=f"{settings.SITE_URL}{reverse('invitation', args=[token])}",
    )


def looked_at(*, look: Look, to: str) -> Letter:
    """Tells a person that one of the staff looks at the portal as they see it."""
    started = timezone.localtime(look.started_at)
    return letters.write(
        kind="members/looked_at",
        to=to,
        values={
            "お名前": str(look.person),
            "職員": str(look.looker),
            "日時": f"{japan.wareki(started.date())} {started:%H時%M分}",
            "理由": look.why,
        },
        person=look.person,
    )


def confirm_data(
    *,
    person: Person,
    group: str,
    company: str,
    asked_by: str,
    until: datetime.date,
    link: str,
    again: bool,
) -> Letter:
    """Asks a member whether what the directory knows is right; `again`: a reminder."""
    return letters.write(
        kind="members/confirm_again" if again else "members/confirm_data",
        to=person.email,
        values={
            "お名前": str(person),
            "企業名": company or "個人会員",
            "グループ": group,
            "お願いした人": asked_by,
            "期限": japan.wareki(until),
        },
        person=person,
        link=link,
    )


def _inviter(invitation: Invitation) -> str:
    by = invitation.made_by
    return f"{by.person}さん" if by and by.person else "異業種交流グループ事務局"
