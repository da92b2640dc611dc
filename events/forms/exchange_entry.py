"""The forms of who takes part in the joint exchange: the public's, and the wishes of who has entered."""

import time
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict

from events.exchange.entering import applying, entries
from events.models import JointExchange, Registration
from groups.forms.parts import StoredField, plain_helper, refuse
from iri_exchange.lib.fields import LineField
from members.forms import section
from members.models import ConsentText

SALT = "events.exchange.register"
LEAST_SECONDS = 4  # nobody reads the page and sends it in less
TRAP = "この欄には何も入れないでください"
AGAIN = "もう一度「申し込む」を押してください。入れた内容は残っています。"
RENEWED = "同意の文面が新しくなりました。もう一度お読みのうえ、印をつけてください。"
CONSENT = {"required": "お読みのうえ、同意される場合は印をつけてください。"}
ASIDE = ("mark", "seen_text", "nickname", "consent")
ATTRIBUTES: dict[str, dict[str, str]] = {
    "name": {"autocomplete": "name"},
    "affiliation": {"autocomplete": "organization"},
    "title": {"autocomplete": "organization-title"},
    "email": {"autocomplete": "email", "inputmode": "email"},
    "phone": {"autocomplete": "tel", "inputmode": "tel", "class": "w-m"},
}


def _stored(name: str, **kwargs: Any) -> StoredField:
    widget = forms.TextInput(attrs=ATTRIBUTES.get(name, {}))
    return StoredField(Registration, name, **{"widget": widget} | kwargs)


def _ticked(name: str, **kwargs: Any) -> forms.BooleanField:
    field: Any = Registration._meta.get_field(name)
    return forms.BooleanField(label=field.verbose_name, help_text=field.help_text, required=False, **kwargs)


class ChoicesForm(forms.Form):
    """What somebody who takes part wishes and agrees to. What the day does not hold is not in the form."""

    wants_party = _ticked("wants_party")
    wants_tables = _ticked("wants_tables", initial=True)
    is_listed = _ticked("is_listed")
    photo_agreed = _ticked("photo_agreed")
    mail_agreed = _ticked("mail_agreed")
    words = _stored("words", required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(
        self, *args: Any, exchange: JointExchange, registration: Registration | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.exchange, self.registration = exchange, registration
        if not exchange.has_party:
            del self.fields["wants_party"]
        if not exchange.table_rounds:
            del self.fields["wants_tables"]
        if registration is not None:
            self.initial.update({name: getattr(registration, name) for name in self.choices})
        self._say_what_they_are()
        self.fields["words"].help_text = "事務局へのひとこと。空けておいてもかまいません。"
        self.helper = plain_helper()
        self.helper.layout = Layout(*self.sections())

    def _say_what_they_are(self) -> None:
        exchange = self.exchange
        if "wants_party" in self.fields and exchange.party_fee:
            self.fields["wants_party"].help_text = f"会費は{exchange.party_fee:,}円です。"
        if "wants_tables" in self.fields:
            self.fields[
                "wants_tables"
            ].help_text = f"{exchange.table_seats}名ほどの卓で{exchange.table_minutes}分ずつ、{exchange.table_rounds}回お話しします。"

    @property
    def choices(self) -> list[str]:
        return [name for name in self.fields if name in entries.CHOICES]

    @property
    def said(self) -> dict[str, Any]:
        """What was chosen, for the verbs."""
        return {name: self.cleaned_data[name] for name in self.choices}

    def sections(self) -> list[Any]:
        day = [name for name in self.choices if name.startswith("wants_")]
        return [
            *([section("当日の希望", *day)] if day else []),
            section("そのほか", "is_listed", "photo_agreed", "mail_agreed", "words"),
        ]

    def act(self, verb: Any, **about: Any) -> Registration | None:
        """Let the verb write it; what it refuses stands at the top of the form."""
        try:
            written: Registration = verb(registration=self.registration, **about, **self.said)
            return written
        except ValidationError as error:
            refuse(self, error)
            return None


class RegisterForm(ChoicesForm):
    """The public's form, on one page. `text`: the wording that is agreed to."""

    name = _stored("name")
    kana = _stored("kana", required=True, help_text="受付の名簿を、この順に並べます。")
    affiliation = _stored("affiliation", required=False)
    title = _stored("title", required=False)
    email = _stored("email", required=True, help_text="申し込みを確かめるリンクを、お送りします。")
    phone = _stored("phone", required=False)
    trade = forms.ChoiceField(
        label="業種",
        required=False,
        choices=[("", "選ばない"), *Registration._meta.get_field("trade").choices],  # type: ignore[misc]
    )
    consent = forms.BooleanField(label="上の内容に同意します", error_messages=CONSENT)
    mark = LineField(widget=forms.HiddenInput, required=False)
    seen_text = LineField(widget=forms.HiddenInput, required=False)
    nickname = LineField(
        label=TRAP,
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, text: ConsentText | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.text = text
        opened = self._opened_at() if self.is_bound else 0.0
        self.mark_now = self.data["mark"] if opened else signing.dumps(time.time(), salt=SALT)
        self.text_now = str(text.pk) if text else ""

    def sections(self) -> list[Any]:
        return [
            section("あなたのこと", "name", "kana", "affiliation", "title", "trade"),
            section("ご連絡先", "email", "phone"),
            *super().sections(),
        ]

    def clean(self) -> None:
        if self.data.get("nickname", "").strip():
            self.add_error(
                "nickname", ValidationError(f"{TRAP}。入っている文字を消してください。", code="trap")
            )
        opened = self._opened_at()
        if not opened or time.time() - opened < LEAST_SECONDS:
            self.add_error(None, ValidationError(AGAIN, code="too_quick"))
        if self.cleaned_data.get("seen_text") != self.text_now:
            self.add_error(None, ValidationError(RENEWED, code="renewed"))

    def _opened_at(self) -> float:
        """When the page was opened, as its mark says; 0 for a mark that is not ours."""
        try:
            return float(signing.loads(self.data.get("mark", ""), salt=SALT))
        except (signing.BadSignature, TypeError, ValueError):
            return 0.0

    def refuse(self, sentence: str) -> None:
        """Something other than what was typed stands against it: a sentence at the top."""
        self._errors, self.cleaned_data = ErrorDict(), {}
        self.add_error(None, ValidationError(sentence))

    def send(self) -> Registration | None:
        """As `act`."""
        typed = {name: text for name, text in self.cleaned_data.items() if name not in ASIDE}
        try:
            return applying.apply(exchange=self.exchange, text=self.text, **typed)
        except ValidationError as error:
            refuse(self, error)
            return None
