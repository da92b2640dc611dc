"""Inviting people to a login: a link by letter, opened once, within fourteen days, by a POST.

Whoever opens the link reads the mailbox it was sent to; that is what confirms the address (docs/decisions/0015).
"""

import secrets
from collections.abc import Collection, Iterable
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
HAS_A_LOGIN = "この方には、すでに有効なログインがあります。"
NO_LONGER = "このリンクは、もう使えません。"


class Door(Enum):
    """What a link opens: OPEN lets its holder make a login, TAKEN asks for another address first."""

    OPEN, TAKEN, EXPIRED, CLAIMED, HAS_LOGIN, REPLACED, REVOKED, UNKNOWN = range(8)


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
    Person.objects.select_for_update().get(pk=person.pk)
    if accounts.has_login(person):
        raise ValidationError(HAS_A_LOGIN, code="has_login")
    now, token = timezone.now(), secrets.token_urlsafe(TOKEN_BYTES)
    person.invitations.filter(claimed_at=None, revoked_at=None).update(revoked_at=now)
    invitation = Invitation(
        person=person,
        email=email,
        token_hash=hash_of(token),
        made_by=by,
        made_at=now,
        expires_at=now + VALID_FOR,
    )
    invitation.full_clean()
    invitation.save()
    emails.invitation(invitation=invitation, token=token)
    return invitation


@transaction.atomic
def invite_all(*, people: Iterable[Person], by: Any) -> list[Invitation]:
    """Invite each to the address in the directory; those without one, and those with a login, are left out."""
    return [
        invite(person=person, email=person.email, by=by)
        for person in people
        if person.email and not accounts.has_login(person)
    ]


@transaction.atomic
def renew(*, invitation: Invitation, by: Any = None) -> Invitation:
    """A new link to the same address, asked for by staff or by the invited person (`by` is None)."""
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if locked.claimed_at or locked.revoked_at:
        raise ValidationError(NO_LONGER, code="stale")
    return invite(person=locked.person, email=locked.email, by=by or locked.made_by)


@transaction.atomic
def send_elsewhere(*, invitation: Invitation, email: str) -> Invitation:
    """A new link to an address that the invited person named: whoever opens it reads that mailbox too."""
    locked = _waiting(invitation)
    return invite(person=locked.person, email=email, by=locked.made_by)


@transaction.atomic
def revoke(*, person: Person) -> None:
    """The link that waits, if there is one, opens nothing any more."""
    person.invitations.filter(claimed_at=None, revoked_at=None).update(revoked_at=timezone.now())


@transaction.atomic
def claim(*, invitation: Invitation, password: str | None) -> User:
    """The login of the invited person; `password` None for those who have a code sent each time.

    Raises ValidationError if the link was used meanwhile or the address belongs to another login.
    """
    # The UPDATE decides between two who claim at once.
    if not Invitation.objects.waiting().filter(pk=invitation.pk).update(claimed_at=timezone.now()):
        raise ValidationError(NO_LONGER, code="stale")
    return accounts.give_login(person=invitation.person, email=invitation.email, password=password)


def door(invitation: Invitation) -> Door:
    """What opening the link comes to now."""
    state = invitation.state
    if state == Invitation.State.CLAIMED:
        return Door.CLAIMED
    if accounts.has_login(invitation.person):
        return Door.HAS_LOGIN
    if state == Invitation.State.REVOKED:
        later = invitation.person.invitations.waiting().filter(made_at__gte=invitation.made_at)
        return Door.REPLACED if later.exists() else Door.REVOKED
    if state == Invitation.State.EXPIRED:
        return Door.EXPIRED
    return Door.TAKEN if accounts.address_is_taken(invitation.email) else Door.OPEN


@transaction.atomic
def renew_letter(letter: Letter) -> Letter:
    """The letter of an invitation once more, with a new link; raises ValidationError if there is nothing to open."""
    sent = Invitation.objects.filter(
        person=letter.person, email__iexact=letter.to, claimed_at=None, revoked_at=None
    )
    if not (found := sent.first()):
        raise ValidationError(
            "この招待は、もう使われたか、取り消されています。人のページから招待しなおしてください。"
        )
    renew(invitation=found)
    return Letter.objects.filter(kind=letter.kind, person=letter.person).latest("pk")


def _waiting(invitation: Invitation) -> Invitation:
    found = Invitation.objects.waiting().select_for_update().filter(pk=invitation.pk).first()
    if found is None:
        raise ValidationError(NO_LONGER, code="stale")
    return found
