"""The form that takes a version of the by-laws."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from groups import bylaws
from groups.models import Bylaws, Group
from iri_exchange.lib.fields import DayFormField, LineField


class BylawsForm(forms.Form):
    """A PDF, and from which day on it holds."""

    file = forms.FileField(
        label="会則のファイル",
        help_text="PDF、10MBまで。",
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
        error_messages={
            "required": "ファイルを選んでください。",
            "empty": "ファイルが空です。別のファイルを選んでください。",
        },
    )
    valid_from = DayFormField(label="いつから有効か", help_text="例：2027-04-01、R9.4.1")
    note = LineField(label="メモ", required=False, max_length=100, help_text="例：総会で、会費の条を改めた")

    def __init__(self, *args: Any, group: Group, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group, self.by = group, by
        self.initial["valid_from"] = timezone.localdate()
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True

    def act(self) -> Bylaws | None:
        """Let the verb keep the file; what it refuses stands beside the file, or at the top."""
        about = {name: self.cleaned_data[name] for name in ("valid_from", "note")}
        upload = self.cleaned_data["file"]
        try:
            return bylaws.register(group=self.group, upload=upload, by=self.by, **about)
        except ValidationError as error:
            self.add_error(None if hasattr(error, "error_dict") else "file", ValidationError(error.messages))
            return None
