"""Inviting people to a login: a link by letter, opened once, within fourteen days, by a POST.

Whoever opens the link reads the mailbox it was sent to; that is what confirms the address (docs/decisions/0015).
"""

import datetime
import secrets
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from members import accounts, emails
from members.models import Invitation, Letter, Person, User
from members.models.invitation import VALID_FOR, hash_of

TOKEN_BYTES = 24
MAY_INVITE = "members.invite_person"
# So long after the invitation the invited person may still ask for a new link; later the inviter is asked again.
RENEWABLE_FOR = datetime.timedelta(days=60)
HAS_A_LOGIN = "この方には、すでに有効なログインがあります。"
WENT_TO_THE_OLD_ADDRESS = (
    "ログインへの招待は、前のアドレスへ送ってあったので、取り消しました。"
    "新しいアドレスへ、あらためて招待してください。"
)
NO_LONGER = "このリンクは、もう使えません。"


class Door(Enum):
    """What a link opens: OPEN lets its holder make a login, TAKEN asks for another address first.

    ASTRAY: the invited person had the newest link sent to another address; it can be sent here again.
    """

    OPEN, TAKEN, EXPIRED, TOO_OLD, CLAIMED, HAS_LOGIN, REPLACED, ASTRAY, REVOKED, UNKNOWN = range(10)


BY_ONESELF = (Door.EXPIRED, Door.ASTRAY)
VALID = (Door.OPEN, Door.TAKEN)


@dataclass(frozen=True)
class LoginState:
    """How far a person is: `login` is active; `invitation` the last one that was not taken back."""

    login: User | None
    invitation: Invitation | None

    @property
    def word(self) -> str:
        if self.login:
            return "ログインあり"
        state = self.invitation.state if self.invitation else ""
        # A used invitation without a login: the login was closed since.
        return {"waiting": "招待中", "expired": "期限切れ"}.get(state, "まだ")

    @property
    def shape(self) -> str:
        """The kind of pill that says it."""
        return {"ログインあり": "pill-done", "招待中": "pill-open", "期限切れ": "pill-due"}.get(
            self.word, "pill-rest"
        )


def login_states(people: Collection[int]) -> dict[int, LoginState]:
    """{person id: how far they are} of some people, in two queries."""
    logins = {login.person_id: login for login in User.objects.filter(person__in=people, is_active=True)}
    sent = Invitation.objects.filter(person__in=people, revoked_at=None).order_by("made_at", "pk")
    last = {invitation.person_id: invitation for invitation in sent}
    return {pk: LoginState(logins.get(pk), last.get(pk)) for pk in people}


@transaction.atomic
def invite(*, person: Person, email: str, by: Any) -> Invitation:
    """Send a link to the address; one that was sent before opens nothing any more.

    Raises ValidationError for somebody who has a login and for what is no address.
    """
    _lock(person.pk)
    return _send(person=person, email=email, by=by)


@transaction.atomic
def invite_all(*, people: Iterable[Person], by: Any) -> list[Invitation]:
    """Invite each to the address in the directory; those without a good one, or with a login, are left out."""
    sent = []
    for person in people:
        with suppress(ValidationError):
            sent.append(invite(person=person, email=person.email, by=by))
    return sent


@transaction.atomic
def renew(*, invitation: Invitation) -> Invitation:
    """A new link to the same address; one that went astray meanwhile opens nothing any more."""
    return _send_on(invitation, invitation.email, (*VALID, *BY_ONESELF))


@transaction.atomic
def send_elsewhere(*, invitation: Invitation, email: str) -> Invitation:
    """A new link to an address that the invited person named: whoever opens it reads that mailbox too."""
    return _send_on(invitation, email, VALID)


@transaction.atomic
def revoke(*, person: Person) -> None:
    """The link that waits, if there is one, opens nothing any more."""
    person.invitations.open().update(revoked_at=timezone.now())


@transaction.atomic
def claim(*, invitation: Invitation, password: str | None) -> User:
    """The login of the invited person; `password` None for those who have a code sent each time.

    Raises ValidationError if the link was used meanwhile or the address belongs to another login.
    """
    locked = _locked(invitation, (Door.OPEN,))
    # The UPDATE decides between a claim and one who takes the invitation back.
    if not Invitation.objects.waiting().filter(pk=locked.pk).update(claimed_at=timezone.now()):
        raise ValidationError(NO_LONGER, code="stale")
    return accounts.give_login(person=locked.person, email=locked.email, password=password)


def door(invitation: Invitation) -> Door:
    """What opening the link comes to now. It opens nothing if its maker might not invite the person today."""
    state, by = invitation.state, invitation.made_by
    if state == Invitation.State.CLAIMED:
        return Door.CLAIMED
    if accounts.has_login(invitation.person):
        return Door.HAS_LOGIN
    if by is None or not by.has_perm(MAY_INVITE, invitation.person):
        return Door.REVOKED
    if state == Invitation.State.REVOKED:
        return _door_of_a_former_one(invitation)
    if state == Invitation.State.EXPIRED:
        return Door.EXPIRED if _is_recent(invitation) else Door.TOO_OLD
    return Door.TAKEN if accounts.address_is_taken(invitation.email) else Door.OPEN


@transaction.atomic
def renew_letter(letter: Letter) -> Letter:
    """The letter of an invitation once more, with a new link; raises ValidationError if there is nothing to open."""
    found = Invitation.objects.open().filter(person=letter.person, email__iexact=letter.to).first()
    if not found or door(found) not in (*VALID, Door.EXPIRED):
        raise ValidationError(
            "この招待は、もう使われたか、取り消されたか、古くなっています。人のページから招待しなおしてください。"
        )
    renew(invitation=found)
    return Letter.objects.filter(kind=letter.kind, person=letter.person).latest("pk")


def _door_of_a_former_one(invitation: Invitation) -> Door:
    """ASTRAY for the mailbox alone that was invited: neither for the stray one nor for one that was corrected."""
    newest = invitation.person.invitations.open().first()
    if newest is None:
        return Door.REVOKED
    invited = invitation.person.invitations.filter(made_at=newest.made_at).order_by("pk")[0]
    is_own = invitation.made_at == newest.made_at and invitation.email == invited.email != newest.email
    return Door.ASTRAY if is_own and _is_recent(invitation) else Door.REPLACED


def _is_recent(invitation: Invitation) -> bool:
    return invitation.made_at > timezone.now() - RENEWABLE_FOR


def _lock(person_id: int) -> None:
    """All that changes invitations of a person waits in one queue."""
    Person.objects.select_for_update(no_key=True).get(pk=person_id)


def _locked(invitation: Invitation, doors: Collection[Door]) -> Invitation:
    """The invitation as it is now; raises ValidationError if its link leads to none of the doors any more."""
    _lock(invitation.person_id)
    found = Invitation.objects.select_related("person", "made_by").get(pk=invitation.pk)
    if door(found) not in doors:
        raise ValidationError(NO_LONGER, code="stale")
    return found


def _send_on(invitation: Invitation, email: str, doors: Collection[Door]) -> Invitation:
    """A link that the inviter did not ask for: it goes back to the same invitation, and grows old with it."""
    locked = _locked(invitation, doors)
    return _send(person=locked.person, email=email, by=locked.made_by, made_at=locked.made_at)


def _send(*, person: Person, email: str, by: Any, made_at: datetime.datetime | None = None) -> Invitation:
    if accounts.has_login(person):
        raise ValidationError(HAS_A_LOGIN, code="has_login")
    now, token = timezone.now(), secrets.token_urlsafe(TOKEN_BYTES)
    revoke(person=person)
    invitation = Invitation(
        person=person,
        email=email,
        token_hash=hash_of(token),
        made_by=by,
        made_at=made_at or now,
        expires_at=now + VALID_FOR,
    )
    invitation.full_clean()
    invitation.save()
    emails.invitation(invitation=invitation, token=token)
    return invitation
