"""The second step of the log-in: a passkey or an app beside the password, and codes for the day it is lost."""

import base64
import logging
import secrets
from dataclasses import dataclass
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from cryptography.fernet import Fernet, InvalidToken
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from members import sessions
from members.models import User

SET_UP_HERE = "second_step_set_up"

logger = logging.getLogger(__name__)


class SecondStepAdapter(DefaultMFAAdapter):
    """allauth's second step, in our words."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "add_email_blocked": "二段階認証を使っているあいだは、アドレスを加えられません。",
        "cannot_delete_authenticator": "この方法は、外せません。",
        "cannot_generate_recovery_codes": "予備コードは、二段階認証を始めたあとにつくれます。",
        "incorrect_code": "コードがちがうか、もう使えなくなっています。いま出ているコードを入れてください。",
        "unverified_email": "メールアドレスの変更がまだ終わっていません。届いたメールのリンクを開くか、"
        "変更をやめてから、設定してください。",
    }

    def _get_site_name(self) -> str:
        return "異業種交流ポータル"

    def encrypt(self, text: str) -> str:
        """Keys of apps and recovery codes: of no use to whoever holds the database alone."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What was encrypted under another SECRET_KEY is lost: no code fits any more (`manage.py forget_second_step`)."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            logger.warning("A second step was set up under another SECRET_KEY: no code fits it")
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        return f"パスキー{Authenticator.objects.filter(user=user, type=type).count() + 1}"


def _cipher() -> Fernet:
    digest = salted_hmac("members.second_step", "cipher", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(digest))


@dataclass(frozen=True)
class Standing:
    """Which ways a login has beside its password; `codes_left` of the recovery codes."""

    app: bool
    passkeys: int
    codes_left: int

    @property
    def is_on(self) -> bool:
        return self.app or bool(self.passkeys)


def standing(user: Any) -> Standing:
    ways = list(Authenticator.objects.filter(user=user))
    kinds = [way.type for way in ways]
    codes = [way.wrap().get_unused_codes() for way in ways if way.type == Authenticator.Type.RECOVERY_CODES]
    return Standing(
        app=Authenticator.Type.TOTP in kinds,
        passkeys=kinds.count(Authenticator.Type.WEBAUTHN),
        codes_left=sum(len(left) for left in codes),
    )


def has_second_step(user: Any) -> bool:
    """Whether this login asks for more than a password or a code by mail."""
    return bool(is_mfa_enabled(user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]))


def is_shown(request: HttpRequest, user: Any) -> bool:
    """Whether this browser has shown the second step: logged in with it, was asked for it again, or set it up."""
    shown = [record["method"] for record in get_authentication_records(request, user)]
    return "mfa" in shown or request.session.get(SET_UP_HERE) == user.pk


@transaction.atomic
def begin(request: HttpRequest) -> None:
    """The first one was set up in this browser; all others log in anew, with it."""
    request.session[SET_UP_HERE] = request.user.pk
    sessions.end(user=request.user, but=request.session.session_key)


@transaction.atomic
def forget_second_step(*, user: User) -> User:
    """For somebody who lost telephone and recovery codes: the next log-in asks for none. All sessions end."""
    Authenticator.objects.filter(user=user).delete()
    sessions.end(user=user)
    return user
