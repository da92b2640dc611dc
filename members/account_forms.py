"""Forms of the account: codes and names as people type them, and the form that takes an invitation up."""

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm as PackagesConfirmLoginCodeForm
from allauth.mfa.base.forms import AuthenticateForm as PackagesAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as PackagesReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm as PackagesActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from iri_exchange.lib import japan
from iri_exchange.lib.fields import LineField, read_safely
from members.models import Invitation, User

NEW_PASSWORD = {"autocomplete": "new-password"}


class CodeField(LineField):
    """Digits as a Japanese keyboard may write them: １２３４ー５６７８ is 1234-5678."""

    widget = forms.TextInput(
        attrs={
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
            "class": "w-m",
            "autocapitalize": "off",
        }
    )

    def to_python(self, value: Any) -> str:
        return japan.half_width(super().to_python(value) or "")


class ConfirmLoginCodeForm(PackagesConfirmLoginCodeForm):
    code = CodeField(label="確認コード", help_text="メールに書いてある8けたの数字です。")


class AuthenticateForm(PackagesAuthenticateForm):
    code = CodeField(label="コード", help_text="アプリに出ている6けたの数字か、予備コードの一つ。")


class ReauthenticateForm(PackagesReauthenticateForm):
    code = CodeField(label="コード", help_text="アプリに出ている6けたの数字か、予備コードの一つ。")


class ActivateTOTPForm(PackagesActivateTOTPForm):
    code = CodeField(label="アプリに出た6けたの数字")


class NameOfKeyField(forms.CharField):
    """What the owner calls a key; as everywhere, nothing that cannot be seen."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="名前",
            max_length=60,
            help_text="どの機器のものか分かる名前。例：自分のスマートフォン",
            **kwargs,
        )

    def to_python(self, value: Any) -> str:
        return read_safely(lambda text: text, super().to_python(value) or "")


class AddPasskeyForm(AddWebAuthnForm):
    """Always a passkey: it opens alone, and it is a second step all the same."""

    name = NameOfKeyField(required=False)
    passwordless = forms.BooleanField(required=False, initial=True, widget=forms.HiddenInput)


class RenamePasskeyForm(EditWebAuthnForm):
    name = NameOfKeyField()


class ClaimForm(forms.Form):
    """How the invited person wants to log in. `password` is None for those who will have a code each time."""

    PASSWORD, CODE = "password", "code"
    way = forms.ChoiceField(
        label="ログインのしかた",
        choices=[
            (PASSWORD, "パスワードを決める"),
            (CODE, "パスワードを決めないで、そのたびにメールで届く確認コードを使う"),
        ],
        initial=PASSWORD,
        widget=forms.RadioSelect,
    )
    password1 = forms.CharField(
        label="パスワード",
        required=False,
        strip=False,
        help_text="10文字以上。「パスワードを決める」を選んだ方だけ入れます。",
        widget=forms.PasswordInput(attrs=NEW_PASSWORD),
    )
    password2 = forms.CharField(
        label="パスワード（もう一度）",
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs=NEW_PASSWORD),
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        self.user = User(email=invitation.email, person=invitation.person)
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("way") != self.PASSWORD:
            return {**given, "password": None}
        password = given.get("password1", "")
        if not password:
            self.add_error("password1", "パスワードを入れてください。")
        elif password != given.get("password2"):
            self.add_error("password2", "上と同じパスワードを、もう一度入れてください。")
        else:
            self._check(password)
        return {**given, "password": password}

    def _check(self, password: str) -> None:
        try:
            validate_password(password, self.user)
        except ValidationError as error:
            self.add_error("password1", error)


class AddressForm(forms.Form):
    """One e-mail address, read as the directory reads it."""

    email = LineField(
        label="メールアドレス", widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"})
    )

    def clean_email(self) -> str:
        return read_safely(japan.email, self.cleaned_data["email"], limit=254).lower()


class OtherAddressForm(AddressForm):
    """Typed twice: whoever reads the mailbox can make the login, so that a slip would give it away."""

    again = LineField(
        label="メールアドレス（もう一度）",
        help_text="まちがいを防ぐため、写さずに、もう一度入れてください。",
        widget=forms.EmailInput(attrs={"autocomplete": "off", "inputmode": "email"}),
    )

    def clean_again(self) -> str:
        again = read_safely(japan.email, self.cleaned_data["again"], limit=254).lower()
        if again != self.cleaned_data.get("email", again):
            raise ValidationError("上のアドレスとちがいます。どちらも、もう一度お確かめください。")
        return again
