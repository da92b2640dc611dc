"""The forms of an applicant: apply, put right, answer; and the one by which the office enters a paper."""

import secrets
import time
from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict

from groups.forms.application_sheet import ATTENDING, SheetForm
from groups.forms.parts import StoredField, plain_helper, refuse
from groups.models import Application, ApplicationDraft, ApplicationQuestion
from groups.recruitment import applying, drafts
from iri_exchange.lib import japan
from iri_exchange.lib.fields import LineField
from iri_exchange.lib.japan import postal

SALT = "groups.application"
LEAST_SECONDS = 8  # nobody reads the page and sends it in less
TRAP = "この欄には何も入れないでください"
AGAIN = "もう一度「この内容を確かめる」から、お進みください。入れた内容は残っています。"
NO_SUCH_CODE = "この郵便番号は見つかりませんでした。住所をそのまま入れてください。"
CONTACT_EMAIL: Any = Application._meta.get_field("contact_email")
RENEWED = "同意の文面が新しくなりました。もう一度お読みのうえ、印をつけてください。"


def new_mark(key: str = "") -> str:
    """Names the draft that the form will become, and says when the form was opened; signed."""
    return signing.dumps([key or secrets.token_hex(16), time.time()], salt=SALT)


class ApplyForm(SheetForm):
    """`key` names the draft, also while there are errors. `sending`: the last step, in which a program is stopped."""

    fills_address = True
    mark = LineField(widget=forms.HiddenInput, required=False)
    seen_texts = LineField(widget=forms.HiddenInput, required=False)
    nickname = LineField(
        label=TRAP,
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, sending: bool = False, key: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sending = sending
        self.key, self.opened_at = self._read_mark() if self.is_bound else (key, time.time())
        self.mark_now = self.data.get("mark") if self.is_bound and self.opened_at else new_mark(self.key)
        self.texts_now = " ".join(str(self.texts[kind].pk) for kind in sorted(self.texts))

    def _read_mark(self) -> tuple[str, float]:
        """A mark that is not ours opens a form of its own."""
        try:
            key, opened_at = signing.loads(self.data.get("mark", ""), salt=SALT)
        except signing.BadSignature:
            return secrets.token_hex(16), 0.0
        return str(key), float(opened_at)

    def clean(self) -> None:
        super().clean()
        self._stop_programs()
        if self.cleaned_data.get("seen_texts") != self.texts_now:
            self.add_error(None, ValidationError(RENEWED, code="renewed"))

    def _stop_programs(self) -> None:
        """They fill in what nobody sees, forge the mark, or are quicker than anybody reads."""
        if self.data.get("nickname", "").strip():
            self.add_error(
                "nickname", ValidationError(f"{TRAP}。入っている文字を消してください。", code="trap")
            )
        if not self.opened_at or (self.sending and time.time() - self.opened_at < LEAST_SECONDS):
            self.add_error(None, ValidationError(AGAIN, code="too_quick"))

    @property
    def given(self) -> dict[str, list[str]]:
        """All that was typed, right or wrong, as the browser sent it."""
        return {
            name: self.data.getlist(name)  # type: ignore[attr-defined]
            for name in self.fields
            if name not in ("mark", "seen_texts", "nickname") and name in self.data
        }

    @property
    def sent(self) -> list[tuple[str, str]]:
        """As hidden fields of the page that shows everything before it is sent."""
        given = [(name, text) for name, texts in self.given.items() for text in texts]
        return [*given, ("mark", self.data.get("mark", "")), ("seen_texts", self.texts_now)]

    def act(self) -> Application | None:
        """Let the verb send it; what it refuses stands at the top of the form."""
        try:
            return applying.send(sheet=self.sheet, key=self.key)
        except ValidationError as error:
            refuse(self, error)
            return None

    def refuse(self, sentence: str) -> None:
        """Something other than what was typed stands against it: a sentence at the top."""
        self._errors, self.cleaned_data = ErrorDict(), {}
        self.add_error(None, ValidationError(sentence))

    def fill_address(self) -> None:
        """The place of the postal code stands in the form, as if it had been typed; the number of the house stays."""
        self._errors, self.cleaned_data = ErrorDict(), {}
        try:
            code = japan.postal_code(self.data.get("postal_code", ""))
        except ValueError as error:
            self.add_error("postal_code", ValidationError(str(error)))
            return
        places = postal.places_of(code)
        if not places:
            self.add_error("postal_code", ValidationError(NO_SUCH_CODE))
            return
        data: Any = self.data
        data = data.copy()
        for name in ("prefecture", "city"):
            values = {getattr(each, name) for each in places}
            data[name] = values.pop() if len(values) == 1 else data.get(name, "")
        if len(places) == 1 and not data.get("street", "").strip():
            data["street"] = places[0].town
        self.data = data

    @property
    def address(self) -> str:
        """Where a letter would go, as it is stored; "" for what is no address. Letters are counted by it."""
        try:
            return str(CONTACT_EMAIL.clean(self.data.get("contact_email", ""), None))
        except ValidationError:
            return ""

    def keep(self, year: int) -> ApplicationDraft | None:
        """Let the verb keep it as it is, if there is an address to which the link can go."""
        self._errors, self.cleaned_data = ErrorDict(), {}  # what is wrong by now is nobody's business yet
        self._stop_programs()
        try:
            to = CONTACT_EMAIL.clean(self.data.get("contact_email", ""), None)
            if not to:
                raise ValidationError("続きを送る先のメールアドレスを入れてください。", code="required")
        except ValidationError as error:
            self.add_error("contact_email", ValidationError(error.messages))
        if self.errors:
            return None
        try:
            return drafts.keep(year=year, key=self.key, typed=self.given, email=to)
        except ValidationError as error:
            refuse(self, error)
            return None


class CorrectForm(SheetForm):
    """The applicant puts right what was sent; the address of the letters was confirmed, and stays."""

    def __init__(self, *args: Any, instance: Application, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, initial=written_in(instance), **kwargs)
        del self.fields["contact_email"]
        self.lay_out()

    def locked(self) -> Any:
        """As the verb locks: the year first."""
        applying.lock_year(self.instance.fiscal_year)
        return super().locked()

    def act(self) -> Application | None:
        """As `ApplyForm.act`."""
        try:
            return applying.correct(sheet=self.sheet)
        except ValidationError as error:
            refuse(self, error)
            return None


class EnterForm(SheetForm):
    """代理入力: what came on paper or by FAX. `late`: the round takes nothing today, so that a reason is asked."""

    route = forms.ChoiceField(
        label="届き方",
        choices=[("", "選んでください"), *[each for each in Application.Route.choices if each[0] != "web"]],
        error_messages={"required": "紙かFAXかを選んでください。"},
    )
    reason = LineField(
        label="期間の外に入力する理由",
        max_length=200,
        help_text="審査メモに残ります。例：締切の日に届いていたFAX。",
        error_messages={"required": "理由を入れてください。"},
    )
    # Pressed twice, one paper is one application.
    paper = LineField(
        widget=forms.HiddenInput, required=False, max_length=40, initial=lambda: secrets.token_hex(16)
    )

    def __init__(self, *args: Any, late: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact_email"].required = False
        self.fields["contact_email"].help_text = "書いてあれば、受付番号をメールでお知らせします。"
        if not late:
            del self.fields["reason"]
        self.order_fields(["route", "reason"])
        self.helper.layout.insert(0, self._drawn_entry())

    def _drawn_entry(self) -> Fieldset:
        asked = [name for name in ("route", "reason", "paper") if name in self.fields]
        return Fieldset("届いた申込書", *asked, css_class="form-section")

    def enter(self, by: Any) -> Application | None:
        """As `ApplyForm.act`."""
        given = self.cleaned_data
        told = {"route": given["route"], "reason": given.get("reason", ""), "paper": given["paper"]}
        try:
            return applying.enter(sheet=self.sheet, by=by, **told)
        except ValidationError as error:
            refuse(self, error)
            return None


class AnswerForm(forms.Form):
    """The answer to the office's question."""

    answer = StoredField(
        ApplicationQuestion, "answer", required=True, widget=forms.Textarea(attrs={"rows": 6})
    )

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.application, self.helper = application, plain_helper()

    def act(self) -> bool:
        """As `ApplyForm.act`; whether it was written down."""
        try:
            applying.answer(application=self.application, text=self.cleaned_data["answer"])
        except ValidationError as error:
            refuse(self, error)
            return False
        return True


def written_in(application: Application) -> dict[str, Any]:
    """What the fields that are no columns of an application begin with."""
    people = {
        f"p{each.order}_{name}": getattr(each, name)
        for each in application.participants.all()
        for name in ATTENDING
    }
    return people | {f"consent_{each.kind}": each.given for each in application.consents.all()}


def typed_in(draft: ApplicationDraft) -> dict[str, Any]:
    """A draft as the form begins with it: what was typed, right or wrong."""
    several = {"hopes"}
    return {name: texts if name in several else texts[0] for name, texts in draft.typed.items() if texts}
