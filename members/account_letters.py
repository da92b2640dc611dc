"""The letters that allauth asks for, in our words: its template prefix is the kind, its context gives the values."""

import datetime
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from members import letters
from members.letter_kind import CODE, LINK
from members.letter_kinds import KINDS
from members.models import Letter, User

# Sign-up is closed: whoever confirms an address has a login already.
SAME_AS = {"account/email_confirmation_signup": "account/email_confirmation"}
NO_LOGIN = "このアドレスの有効なログインは、いまはありません。ログインへ招待しなおしてください。"


def write(*, prefix: str, to: str, context: dict[str, Any]) -> Letter:
    """Queue the letter that allauth calls `prefix` ("account/email/login_code"). LookupError for an unknown one."""
    kind = kind_of(prefix)
    if kind == "account/email_confirmation" and context.get("code"):
        kind += "_code"
    login = context.get("user") or _login_of(to)
    values = {name: _VALUES[name](context, login, to) for name in KINDS[kind].placeholders}
    return letters.write(kind=kind, to=to, values=values, person=login.person if login else None)


def kind_of(prefix: str) -> str:
    """account/email/login_code → account/login_code"""
    key = prefix.replace("/email/", "/")
    return SAME_AS.get(key, key)


def renew_password_reset(letter: Letter) -> Letter:
    """A new link to set a password; raises ValidationError if nobody logs in with the address any more."""
    user = _login_of(letter.to)
    if user is None:
        raise ValidationError(NO_LOGIN)
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    url = reverse("account_reset_password_from_key", kwargs=key)
    return write(
        prefix="account/email/password_reset_key",
        to=letter.to,
        context={"password_reset_url": url, "user": user},
    )


def renew_email_confirmation(letter: Letter) -> Letter:
    """A new link to confirm an address; raises ValidationError if it is confirmed, or no longer wanted."""
    found = EmailAddress.objects.filter(email__iexact=letter.to, verified=False, user__is_active=True).first()
    if found is None:
        raise ValidationError(
            "このアドレスは、もう確かめてあるか、取り消されています。送りなおす必要はありません。"
        )
    url = reverse("account_confirm_email", args=[EmailConfirmationHMAC(found).key])
    return write(
        prefix="account/email/email_confirmation",
        to=letter.to,
        context={"activate_url": url, "user": found.user},
    )


def _login_of(address: str) -> User | None:
    return User.objects.filter(email__iexact=address, is_active=True).select_related("person").first()


def _link(context: dict[str, Any], login: User | None, to: str) -> str:
    """allauth makes its links from the request; whoever asks for a letter would choose where they lead."""
    asked = urlsplit(context.get("password_reset_url") or context["activate_url"])
    return f"{settings.SITE_URL}{asked._replace(scheme='', netloc='').geturl()}"


def _when(context: dict[str, Any], login: User | None, to: str) -> str:
    at: datetime.datetime = timezone.localtime(context.get("timestamp"))
    return f"{at.year}年{at.month}月{at.day}日 {at:%H時%M分}"


_VALUES: dict[str, Callable[[dict[str, Any], User | None, str], str]] = {
    "お名前": lambda context, login, to: str(login or to),
    LINK: _link,
    CODE: lambda context, login, to: context["code"],
    "日時": _when,
    "前のアドレス": lambda context, login, to: context["from_email"],
    "新しいアドレス": lambda context, login, to: context["to_email"],
    "消したアドレス": lambda context, login, to: context["deleted_email"],
}
