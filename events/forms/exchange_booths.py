"""What an exhibitor writes, and what the office says of one booth."""

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError

from events.exchange.booths import applying
from events.exchange.booths.exhibitors import Exhibitor
from events.forms.exchange_blanks import say_blanks
from events.models import Booth, JointExchange
from groups.forms.parts import plain_helper
from iri_exchange.lib import uploads
from iri_exchange.lib.versions import Versioned
from members.forms import section

PICTURES = "image/jpeg,image/png,image/gif,image/webp"
LONGEST_SIDE = 1200
PHOTO_AGAIN = "写真は、まだ入っていません。ほかのところを直してから、もう一度選んでください。"
LIMITS = {
    "min_value": "%(limit_value)s以上の数を入れてください。",
    "max_value": "%(limit_value)s以下の数を入れてください。",
}
NO_EMAIL = "連絡のメールを入れてください。場所と番号を、このアドレスにお知らせします。"


class BoothForm(Versioned):
    """An application, new or corrected. What may not be changed any more is not in the form."""

    lock = "exchange"
    photo = forms.FileField(
        label="写真", required=False, help_text="JPEG、PNG、GIF、WebPのどれか。10MBまで。どなたにも見えます。",
        widget=forms.FileInput(attrs={"accept": PICTURES}),
        error_messages={"empty": "ファイルが空です。別の写真を選んでください。"},
    )  # fmt: skip
    without_photo = forms.BooleanField(label="いまの写真を消す", required=False)

    class Meta:
        model = Booth
        fields = (
            "exhibitor", "title", "words", "trade", "technologies", "url", "desks", "watts",
            "first_person", "second_person", "email", "phone", "request",
        )  # fmt: skip

    def __init__(
        self, data: Any = None, files: Any = None, *, by: Any, by_office: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(data, files, **kwargs)
        self.by, self.by_office = by, by_office
        booth = self.instance
        if booth.pk:
            shown = applying.columns_open(booth, by_office=by_office)
            for name in [each for each in self.Meta.fields if each not in shown]:
                del self.fields[name]
        if not booth.picture_format:
            del self.fields["without_photo"]
        if not by_office and "email" in self.fields:
            self.fields["email"].required = True
            self.fields["email"].error_messages["required"] = NO_EMAIL
        if "trade" in self.fields:
            self.fields["trade"].widget.attrs["class"] = "w-m"
            say_blanks(self, none="選ばない")
        for name in ("desks", "watts"):
            if name in self.fields:
                self.fields[name].widget.attrs |= {"class": "w-s", "inputmode": "numeric"}
                self.fields[name].error_messages |= LIMITS | {"required": "数を入れてください。"}
                self.fields[name].validators.extend(Booth._meta.get_field(name).validators)  # type: ignore[union-attr]
        self.helper = plain_helper()
        self.helper.layout = Layout(*self._sections())

    def _sections(self) -> list[Any]:
        parts = {
            "どなたにも見えること": [
                "exhibitor",
                "title",
                "words",
                "photo",
                "without_photo",
                "trade",
                "technologies",
                "url",
            ],
            "ブース": ["desks", "watts"],
            "立ち会う方と連絡先（事務局だけが見ます）": [
                "first_person",
                "second_person",
                "email",
                "phone",
                "request",
            ],
        }
        kept = {head: [name for name in names if name in self.fields] for head, names in parts.items()}
        return [section(head, *names) for head, names in kept.items() if names]

    def read_again(self, record: Any) -> Any:
        """Without the picture."""
        columns = [each.attname for each in record._meta.concrete_fields if each.name != "picture"]
        record.refresh_from_db(fields=columns)
        return record

    def _keep_the_rest(self, stored: Any) -> None:
        """The verb reads the record again."""

    def _post_clean(self) -> None:
        """The verbs check the whole record."""

    def typed(self, name: str) -> Any:
        return self.cleaned_data[name] if name in self.cleaned_data else super().typed(name)

    def full_clean(self) -> None:
        super().full_clean()
        self._ask_for_the_photo_again()

    def _ask_for_the_photo_again(self) -> None:
        """No browser sends the chosen file a second time."""
        if self.errors and "photo" in self.fields and self.files.get("photo") and not self.has_error("photo"):
            self.add_error("photo", PHOTO_AGAIN)

    def clean_photo(self) -> applying.Photo | None:
        """The picture drawn anew, with nothing of where it was taken."""
        upload = self.cleaned_data["photo"]
        return uploads.photograph(upload, LONGEST_SIDE) if upload else None

    def apply(self, exchange: JointExchange, exhibitor: Exhibitor) -> Booth | None:
        """Let the verb take it in; what it refuses stands in the form."""
        return self._act(
            lambda about: applying.apply(
                exchange=exchange, whose=exhibitor, by=self.by, photo=self.cleaned_data["photo"],
                late=self.by_office, **about,
            )
        )  # fmt: skip

    def change(self) -> Booth | None:
        """Let the verb correct it; what it refuses stands in the form."""
        values = self.cleaned_data
        return self._act(
            lambda about: applying.change(
                booth=self.instance, by=self.by, photo=values["photo"],
                without_photo=values.get("without_photo", False), by_office=self.by_office, **about,
            )
        )  # fmt: skip

    def _act(self, verb: Any) -> Booth | None:
        about = {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.cleaned_data}
        try:
            done: Booth = verb(about)
        except ValidationError as error:
            said = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
            for name, sentences in said.items():
                self.add_error(name if name in self.fields else None, ValidationError(sentences))
            self._ask_for_the_photo_again()
            return None
        return done
