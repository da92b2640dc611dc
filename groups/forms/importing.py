"""The forms of the import: the file, how its sheet and columns are read, and what the importer would not guess."""

import re
from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from groups.importing import keep_upload, read_again
from groups.importing.reading.columns import COLUMNS, LABELS, MAIN
from groups.importing.report import ColumnRead, Layout
from groups.models import Group, ImportBatch
from iri_exchange.lib import japan
from iri_exchange.lib.sheets import SheetError
from members.forms import NumberField
from members.models import User

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 100_000
# One of these tells who a row is about.
NAMES = ("company_name", "person_name", "family_name")
MEANINGS = [
    ("", "取り込まない"),
    ("ふつうの列", [(column.key, column.label) for column in MAIN]),
    ("分けて書いた列・2人目", [(column.key, column.label) for column in COLUMNS if column not in MAIN]),
]
# Not more digits than any row or id has.
_NUMBER, _SIGNED = re.compile(r"\d{1,11}"), re.compile(r"-?\d{1,11}")


class RosterFileForm(forms.Form):
    """One file; what cannot be read at all is said beside the field."""

    file = forms.FileField(
        label="名簿のファイル",
        help_text="Excel（.xlsx）またはCSV。10MBまで。見出しの行がある表なら、題名の行や「以上」はそのままでかまいません。",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt"}),
        error_messages={
            "required": "ファイルを選んでください。",
            "empty": "ファイルが空です。別のファイルを選んでください。",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            raise ValidationError("ファイルが大きすぎます。10MBまでにしてください。", code="too_large")
        return upload

    def act(self, *, group: Group, by: User) -> ImportBatch | None:
        """Keep the file; what the reader refuses stands beside the field."""
        upload = self.cleaned_data["file"]
        try:
            return keep_upload(group=group, filename=upload.name, content=upload.read(), by=by)
        except SheetError as error:
            self.add_error("file", ValidationError(str(error), code="unreadable"))
            return None


class ReadingForm(forms.Form):
    """Part of how a file is to be read; `chosen`, once valid, are arguments of `importing.read_again`.

    `part` names what the page draws again, with what was typed, when it cannot be read so.
    """

    part = ""
    chosen: dict[str, Any]

    def act(self, *, batch: ImportBatch, by: User) -> bool:
        """Read the file so; what the reader refuses stands at the top of the form."""
        try:
            read_again(batch=batch, by=by, **self.chosen)
        except SheetError as error:
            self.add_error(None, ValidationError(str(error), code="unreadable"))
            return False
        return True


class SheetForm(ReadingForm):
    """One of several sheets."""

    part = "sheet_form"
    sheet = forms.ChoiceField(
        label="読むシート",
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages={"invalid_choice": "このファイルにあるシートから選んでください。"},
    )

    def __init__(self, data: Any, layout: Layout) -> None:
        super().__init__(data, initial={"sheet": layout.sheet})
        choices = [(sheet.name, f"{sheet.name}（{sheet.rows:,}行）") for sheet in layout.sheets]
        self.fields["sheet"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> None:
        self.chosen = {"sheet": self.cleaned_data.get("sheet", "")}


class ColumnsForm(ReadingForm):
    """Which row is the header, and what each column holds. Of another header untouched columns are guessed anew."""

    part = "columns_form"
    header_row = NumberField(
        label="見出しの行",
        help_text="見出し（「会社名」など）が、上から何行目にあるか。見出しのない表は0。",
        reader=japan.whole_number,
        error_messages={"required": "何行目かを、数字で入れてください。見出しのない表は0です。"},
    )

    def __init__(self, data: Any, layout: Layout) -> None:
        super().__init__(data, initial={"header_row": layout.header_row})
        self.layout = layout
        self.fields["header_row"].widget.attrs["class"] = "form-control w-s"
        for column in layout.columns:
            self.fields[_field(column)] = forms.ChoiceField(
                label=f"{column.letter}列「{column.label}」" if column.label else f"{column.letter}列",
                choices=MEANINGS,
                initial=column.key,
                required=False,
                widget=forms.Select(attrs={"class": "form-select"}),
                error_messages={"invalid_choice": "この中から選んでください。"},
            )

    @property
    def columns(self) -> list[tuple[ColumnRead, forms.BoundField]]:
        return [(column, self[_field(column)]) for column in self.layout.columns]

    def clean_header_row(self) -> int:
        row: int = self.cleaned_data["header_row"]
        if row > MOST_ROWS:
            raise ValidationError("表の行の番号にしてください。", code="too_large")
        return row

    def clean(self) -> None:
        header_row = self.cleaned_data.get("header_row")
        self.chosen = {"header_row": header_row}
        columns_touched = set(self.changed_data) - {"header_row"}
        if header_row == self.layout.header_row or columns_touched:
            self.chosen["mapping"] = self._mapping()

    def _mapping(self) -> dict[int, str]:
        mapping = {column.index: self.cleaned_data.get(_field(column), "") for column in self.layout.columns}
        taken: dict[str, ColumnRead] = {}
        for column in self.layout.columns:
            key = mapping[column.index]
            if key and (first := taken.setdefault(key, column)) != column:
                self.add_error(
                    _field(column),
                    ValidationError(
                        f"「{LABELS[key]}」は{first.letter}列でも選ばれています。どちらかを変えてください。",
                        code="twice",
                    ),
                )
        if not taken.keys() & set(NAMES):
            sentence = "「企業名」か「参加者氏名」（または「姓」）の列を選んでください。"
            self.add_error(None, ValidationError(sentence, code="nameless"))
        return mapping


class AnswersForm(ReadingForm):
    """Answers to doubts, which add to those given before; with `forget`, none of them any more.

    With `afresh` nothing is left of what was chosen about the sheet and its columns either.
    """

    def clean(self) -> None:
        answers = read_answers(self.data)
        self.chosen = {"answers": answers} if answers or "forget" in self.data else {}
        if "afresh" in self.data:
            self.chosen = {"afresh": True}


def reading_form(data: Mapping[str, str], layout: Layout | None) -> ReadingForm:
    """The form that was sent; one that asks for nothing has the file read again as it is."""
    if layout and "sheet" in data:
        return SheetForm(data, layout)
    if layout and "header_row" in data:
        return ColumnsForm(data, layout)
    return AnswersForm(data)


def read_answers(posted: Any) -> dict[int, int]:
    """{row: a doubt's id, or what `matching` calls NEW and LEAVE_OUT} from the fields answer-<row>; the rest is no answer."""
    answers = {}
    for name, value in posted.items():
        row = name.removeprefix("answer-")
        if row != name and _NUMBER.fullmatch(row) and _SIGNED.fullmatch(value):
            answers[int(row)] = int(value)
    return answers


def _field(column: ColumnRead) -> str:
    return f"column-{column.index}"
