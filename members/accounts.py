"""Accounts: who may have a login, and how one is made."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.models import EmailAddress
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.urls import reverse

from members import account_letters, second_step, sessions
from members.models import Person, User

JUST_TAKEN = "このアドレスのログインは、たったいま別につくられました。もう一度お試しください。"


class LoginBackend(AuthenticationBackend):
    """allauth's; the login of a request comes with its person, whom every page names."""

    def get_user(self, user_id: Any) -> User | None:
        user = User.objects.select_related("person").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None


class AccountAdapter(DefaultAccountAdapter):
    """No open sign-up: a login is given by the office. Letters know the portal by SITE_URL alone."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "このログインは、いまは止めてあります。事務局にお知らせください。",
        "duplicate_email": "そのアドレスは、もうこのログインに登録してあります。",
        "email_password_mismatch": "メールアドレスかパスワードがちがいます。打ちまちがいがないか、お確かめください。",
        "email_taken": "このアドレスは、すでに別のログインで使われています。",
        "enter_current_password": "いまのパスワードがちがいます。",
        "incorrect_code": "コードがちがいます。メールに書いてある数字を、もう一度お確かめください。",
        "incorrect_password": "パスワードがちがいます。",
        "invalid_or_expired_key": "このリンクは、もう使えません。",
        "invalid_login": "ログインできませんでした。もう一度お試しください。",
        "invalid_password_reset": "このリンクは、もう使えません。",
        "rate_limited": "短いあいだに何度も操作がありました。しばらくたってから、もう一度お試しください。",
        "same_as_current": "いまと同じです。ちがうものを入れてください。",
        "too_many_login_attempts": "まちがいが続いたため、しばらく受け付けを止めています。5分ほどたってから、もう一度お試しください。",
        "unverified_primary_email": "先に、このアドレスを確かめてください。",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        account_letters.write(prefix=template_prefix, to=email, context=context)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """An address counts once its letter was answered: free of closed logins, and of no other active one."""
        _free(email_address.email)
        if address_is_taken(email_address.email, by_other_than=email_address.user):
            told = {"email": email_address.email}
            self.add_message(request, messages.ERROR, "account/messages/email_confirmation_failed.txt", told)
            return False
        return bool(super().confirm_email(request, email_address))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("security")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Wrong passwords count by the login alone: allauth adds the Host, which a visitor varies at will."""
        return str(credentials["email"]).lower()


@transaction.atomic
def give_login(*, person: Person | None, email: str, password: str | None, **fields: Any) -> User:
    """Make a login for a person with a confirmed address; raises ValidationError if the address is in use."""
    user = User(email=email.strip().lower(), person=person, **fields)
    user.set_password(password)
    user.full_clean(exclude=["password"])
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        # Somebody else was quicker: two people who share a mailbox, or two taps.
        raise ValidationError(JUST_TAKEN, code="taken") from error
    _confirm(user)
    return user


@transaction.atomic
def change_login(*, user: User) -> User:
    """Save a login whose address, person or state was corrected; the address one logs in with follows.

    A login that is closed, or given another address or person, ends wherever it is open. With another address or
    person it begins anew, without password and second step: whoever had it by mistake keeps nothing of it.
    """
    before = User.objects.select_for_update().get(pk=user.pk)
    is_anothers = before.email.lower() != user.email.lower() or before.person_id not in (None, user.person_id)
    if is_anothers:
        user.set_unusable_password()
        second_step.forget_second_step(user=user)
    EmailAddress.objects.filter(user=user).delete()
    user.save()
    if user.is_active:
        _confirm(user)
    if is_anothers or not user.is_active:
        sessions.end(user=user)
    return user


def has_login(person: Person) -> bool:
    return bool(person.users.filter(is_active=True).exists())


def address_is_taken(email: str, *, by_other_than: User | None = None) -> bool:
    """Whether an active login uses the address."""
    logins = User.objects.filter(email__iexact=email, is_active=True)
    return bool((logins.exclude(pk=by_other_than.pk) if by_other_than else logins).exists())


def _confirm(user: User) -> None:
    """The address counts as confirmed: the office knows it, or a letter was answered."""
    _free(user.email)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


def _free(email: str) -> None:
    """An address that a closed login still holds is nobody's."""
    EmailAddress.objects.filter(email=email.lower(), user__is_active=False).delete()
