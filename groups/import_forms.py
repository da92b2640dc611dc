"""The form that takes a roster file, and the answers to what the importer would not guess."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from groups.importing.columns import read
from iri_exchange.lib.sheets import SheetError


class RosterFileForm(forms.Form):
    """One file; it is read once here, so that what cannot be read at all is said beside the field."""

    file = forms.FileField(
        label="名簿のファイル",
        help_text="Excel（.xlsx）またはCSV。10MBまで。見出しの行がある表なら、題名の行や「以上」はそのままでかまいません。",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt"}),
        error_messages={
            "required": "ファイルを選んでください。",
            "empty": "ファイルが空です。別のファイルを選んでください。",
        },
    )
    content: bytes = b""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > 10 * 1024 * 1024:
            raise ValidationError("ファイルが大きすぎます。10MBまでにしてください。")
        self.content = upload.read()
        try:
            read(self.content, upload.name)
        except SheetError as error:
            raise ValidationError(str(error)) from error
        return upload


def read_answers(posted: Any) -> dict[int, int]:
    """{row: company id, or 0 for another company} from the fields answer-<row>; anything else is no answer."""
    answers = {}
    for name, value in posted.items():
        row = name.removeprefix("answer-")
        if row != name and _is_number(row) and _is_number(value):
            answers[int(row)] = int(value)
    return answers


def _is_number(text: str) -> bool:
    """Digits, and not more of them than any row or id has."""
    return text.isdecimal() and len(text) < 12
