"""After the joint exchange: the questionnaire, the result of a booth, the words of the report, photographs."""

from typing import Any, ClassVar

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError

from events.exchange.after import photos, telling, words
from events.models import Booth, ExchangePhoto, Feedback, JointExchange, Registration
from groups.forms.parts import StoredField, plain_helper, refuse
from iri_exchange.lib.versions import Versioned

MARKS = [(5, "5　とてもよかった"), (4, "4"), (3, "3　ふつう"), (2, "2"), (1, "1　よくなかった")]
AGAIN = [("yes", "参加したい"), ("no", "参加しない"), ("", "まだ分からない")]
TALKS = [*Feedback.TalksOn.choices, ("", "答えない")]
NUMBER = {"invalid": "数字で入れてください。", "min_value": "0以上の数を入れてください。"}
PICTURES = "image/jpeg,image/png,image/gif,image/webp"
NOTHING_TOLD = "名刺の数、商談・相談の数、ひとことのうち、どれか一つは入れてください。"


def _count(label: str, most: int) -> forms.IntegerField:
    errors = NUMBER | {"max_value": f"{most}までの数を入れてください。"}
    widget = forms.NumberInput(attrs={"inputmode": "numeric", "class": "w-s"})
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=most, error_messages=errors, widget=widget
    )


class FeedbackForm(forms.Form):
    """The answer of somebody who was there; what they said before stands in it."""

    satisfaction = forms.TypedChoiceField(
        label="合同交流会は、よかったですか",
        choices=MARKS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "1から5のどれかを選んでください。"},
    )
    useful = forms.MultipleChoiceField(
        label="役に立ったもの", choices=Feedback.USEFUL, required=False, widget=forms.CheckboxSelectMultiple
    )
    met = _count("名刺を交換した人数（およそ）", 999)
    talks_on = forms.ChoiceField(
        label="続きの話がありますか", choices=TALKS, required=False, widget=forms.RadioSelect
    )
    comes_again = forms.ChoiceField(
        label="来年も参加したいですか", choices=AGAIN, required=False, widget=forms.RadioSelect
    )
    words = StoredField(
        Feedback,
        "words",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="お名前を出さずに、報告にのせることがあります。",
    )

    def __init__(self, *args: Any, registration: Registration, said: Feedback | None, **kwargs: Any) -> None:
        self.registration = registration
        super().__init__(*args, **kwargs | {"initial": _said(said)})
        exchange, useful = registration.exchange, self.fields["useful"]
        left_out = {"party": not exchange.has_party, "tables": not exchange.table_rounds}
        useful.choices = [each for each in Feedback.USEFUL if not left_out.get(each[0])]  # type: ignore[attr-defined]
        self.helper = plain_helper()
        self.helper.layout = Layout(*self.fields)

    def act(self) -> Feedback | None:
        """Keep it; None, with the reason at the top, where it is not taken."""
        said = self.cleaned_data | {
            "comes_again": {"yes": True, "no": False}.get(self.cleaned_data["comes_again"])
        }
        try:
            return telling.answer(registration=self.registration, said=said)
        except ValidationError as error:
            refuse(self, error)
        return None


class ResultForm(forms.Form):
    """What came of exhibiting."""

    cards = _count("交換した名刺の数", 9999)
    talks = _count("続いている商談・相談の数", 9999)
    words = StoredField(Booth, "result_words", widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, booth: Booth, **kwargs: Any) -> None:
        self.booth = booth
        initial = {"cards": booth.cards, "talks": booth.talks, "words": booth.result_words}
        super().__init__(*args, **kwargs | {"initial": initial})
        self.helper = plain_helper()
        self.helper.layout = Layout(*self.fields)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not self.errors and said["cards"] is None and said["talks"] is None and not said["words"]:
            raise ValidationError(NOTHING_TOLD)
        return said

    def act(self, by: Any) -> Booth | None:
        """Keep it; None, with the reason at the top, where it is not taken."""
        try:
            return telling.tell_result(booth=self.booth, by=by, **self.cleaned_data)
        except ValidationError as error:
            refuse(self, error)
        return None


class ReportWordsForm(Versioned):
    """The words of the report."""

    class Meta:
        model = JointExchange
        fields: ClassVar = ["report_words"]
        widgets: ClassVar = {"report_words": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "report_words"
        ].help_text = "公開のページにも出ます。外に出さないことは、書かないでください。"
        self.helper = plain_helper()
        self.helper.layout = Layout(*self.fields)

    def act(self, by: Any) -> JointExchange | None:
        """Keep them; None, with the reason at the top, where it is too early."""
        try:
            return words.write(exchange=self.instance, words=self.cleaned_data["report_words"], by=by)
        except ValidationError as error:
            refuse(self, error)
        return None


class PhotoForm(forms.Form):
    """A photograph that comes."""

    upload = forms.FileField(
        label="写真",
        help_text="10MBまでの画像。撮った場所などの記録は、消してからしまいます。",
        widget=forms.FileInput(attrs={"accept": PICTURES}),
        error_messages={"required": "写真を選んでください。", "empty": "ファイルが空です。"},
    )
    caption = StoredField(ExchangePhoto, "caption", help_text="写真が見えない方にも分かるように。")
    all_agreed = forms.BooleanField(label="写っている方が、みな承知している", required=False)
    is_public = forms.BooleanField(label="公開のページにのせる", required=False)

    def __init__(self, *args: Any, exchange: JointExchange, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.exchange = exchange
        self.helper = plain_helper()
        self.helper.layout = Layout(*self.fields)

    def act(self, by: Any) -> ExchangePhoto | None:
        """Keep it; None, with the reason beside its field, for what is no picture, or public without consent."""
        try:
            return photos.add(exchange=self.exchange, by=by, **self.cleaned_data)
        except ValidationError as error:
            beside = None if hasattr(error, "error_dict") or error.code == "too_many" else "upload"
            self.add_error(beside, error)
        return None


class PhotoEditForm(Versioned):
    """Its caption, and who may see it."""

    lock = "exchange"

    class Meta:
        model = ExchangePhoto
        fields: ClassVar = ["caption", "all_agreed", "is_public"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper()
        self.helper.layout = Layout(*self.fields)

    def act(self, by: Any) -> ExchangePhoto | None:
        """Save it; None, with the reason, where it is public without consent."""
        try:
            return photos.change(photo=self.instance, by=by, **self.cleaned_data)
        except ValidationError as error:
            self.add_error(None, error)
        return None


def _said(before: Feedback | None) -> dict[str, Any]:
    if before is None:
        return {"talks_on": "", "comes_again": ""}
    again = {True: "yes", False: "no", None: ""}[before.comes_again]
    return {name: getattr(before, name) for name in telling.FIELDS} | {"comes_again": again}
