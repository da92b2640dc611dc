"""The letters of this app: one function each."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from iri_exchange.lib import japan
from members import letters
from members.models import Invitation, Letter, Look


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


def _inviter(invitation: Invitation) -> str:
    by = invitation.made_by
    return f"{by.person}さん" if by and by.person else "異業種交流グループ事務局"
