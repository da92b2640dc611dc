"""The forms that take files into a group's library, and put right what is told of one."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction

from events import library
from events.models import AgendaItem, LibraryFile, Meeting
from groups.forms.parts import StoredField, plain_helper
from groups.models import Group
from iri_exchange.lib.fields import KnownChoice
from iri_exchange.lib.versions import Versioned

Kind = LibraryFile.Kind
MOST_AT_ONCE = 10
# A phone offers its pictures as JPEG, whatever it keeps them as.
ACCEPTED = ".pdf,application/pdf,image/jpeg,image/png,image/gif,image/webp"
OF_THE_GROUP = [Kind.LEAFLET, Kind.RULES, Kind.PHOTO, Kind.OTHER]
OF_A_MEETING = [Kind.MATERIAL, Kind.PHOTO, Kind.OTHER]


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each of them looked at by itself."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if not given:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(given) > MOST_AT_ONCE:
            raise ValidationError(
                f"一度に{MOST_AT_ONCE}件までです。いまは{len(given)}件です。", code="too_many"
            )
        return [super(FilesField, self).clean(each, initial) for each in given]


class _FileForm(forms.Form):
    """Files of one kind; a title for one that comes alone."""

    kinds: ClassVar[list[Any]] = OF_THE_GROUP
    file = FilesField(
        label="ファイル",
        help_text=f"PDFか画像、1件10MBまで。{MOST_AT_ONCE}件までいっしょに選べます。",
        widget=FilesInput(attrs={"accept": ACCEPTED}),
        error_messages={
            "required": "ファイルを選んでください。",
            "empty": "ファイルが空です。別のファイルを選んでください。",
        },
    )
    kind = forms.ChoiceField(label="種類", choices=(), error_messages={"required": "種類を選んでください。"})
    title = StoredField(
        LibraryFile,
        "title",
        required=False,
        help_text="空けておくと、ファイルの名前になります。いくつも選んだときは、後ろに番号が付きます。",
    )

    def __init__(
        self, *args: Any, group: Group, by: Any, meeting: Meeting | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.group, self.by, self.meeting = group, by, meeting
        kind: Any = self.fields["kind"]
        kind.choices = [(each.value, each.label) for each in self.kinds]
        kind.widget.attrs["class"] = "w-m"
        self.helper = plain_helper()

    def act(self) -> list[LibraryFile] | None:
        """All files, or none: what the library refuses stands beside the field, with the file's name."""
        title, given = self.cleaned_data["title"], self.cleaned_data["file"]
        kept = []
        with transaction.atomic():
            for number, upload in enumerate(given, start=1):
                numbered = (
                    f"{title[: library.TITLE_LENGTH - 3]} {number}" if title and len(given) > 1 else title
                )
                try:
                    kept.append(self._keep(upload, numbered))
                except ValidationError as error:
                    name = f"{upload.name}：" if len(given) > 1 else ""
                    self.add_error("file", [f"{name}{said}" for said in error.messages])
            if self.errors:
                transaction.set_rollback(True)
        return None if self.errors else kept

    def _keep(self, upload: Any, title: str) -> LibraryFile:
        return library.keep(
            group=self.group, upload=upload, kind=self.cleaned_data["kind"], title=title, by=self.by
        )


class GroupFileForm(_FileForm):
    """What belongs to the group as such."""


class _Item(KnownChoice, forms.ModelChoiceField):
    def label_from_instance(self, item: Any) -> str:
        return f"{item.title}（{item.presenter}）" if item.presenter else str(item.title)


class MeetingFileForm(_FileForm):
    """What belongs to one meeting, perhaps to an item of its agenda."""

    kinds = OF_A_MEETING
    agenda_item = _Item(
        label="次第の項目",
        queryset=AgendaItem.objects.none(),
        required=False,
        empty_label="会合の全体",
    )
    is_open = forms.BooleanField(
        label="案内といっしょに見せる",
        required=False,
        help_text="招いたグループの方にも見えます。付けなければ、グループの中だけの資料です。",
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, group=meeting.group, meeting=meeting, **kwargs)
        item: Any = self.fields["agenda_item"]
        item.queryset = meeting.agenda.all()
        if not meeting.agenda.exists():
            del self.fields["agenda_item"]

    def _keep(self, upload: Any, title: str) -> LibraryFile:
        asked = self.cleaned_data
        return library.keep(
            group=self.group,
            upload=upload,
            kind=asked["kind"],
            title=title,
            by=self.by,
            meeting=self.meeting,
            agenda_item=asked.get("agenda_item"),
            is_open=asked["is_open"],
        )


class FileEditForm(Versioned):
    """The title and the kind; the file itself is another file."""

    class Meta:
        model = LibraryFile
        fields: ClassVar = ["title", "kind", "is_open"]
        help_texts: ClassVar = {
            "is_open": "招いたグループの方にも見えます。付けなければ、グループの中だけの資料です。"
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.meeting_id is None:
            del self.fields["is_open"]
        self.fields["kind"].widget.attrs["class"] = "w-m"
        self.helper = plain_helper()

    def read_again(self, record: Any) -> Any:
        """Without the file."""
        record.refresh_from_db(fields=["title", "kind", "is_open"])
        return record

    def act(self) -> LibraryFile | None:
        try:
            return library.rename(file=self.instance, **self.cleaned_data)
        except ValidationError as error:
            self.add_error(None, error)
            return None
