"""The page on which minutes are written: one form of several records, each with its own version.

The minutes, every item of the agenda and every to-do carry their version by themselves, so that two people who write
about different items do not get in each other's way; see docs/decisions/0029-minutes.md.
"""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from events.forms.files import ACCEPTED, FilesField, FilesInput
from events.models import AgendaItem, Meeting, Minutes, Todo
from iri_exchange.lib.fields import LineField, RecordsField
from iri_exchange.lib.versions import THEIRS, Versioned, put_in, wait_for

MINUTES = ("chair", "writer", "body", "decisions", "next_at", "next_duty", "public_summary")
NUMBERS = ("voters", "quorum")
ROWS = {"body": 8, "decisions": 4, "public_summary": 4}
LOCAL = "%Y-%m-%dT%H:%M"


class MomentField(forms.DateTimeField):
    """A day and a time in one field, as browsers ask for it."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(format=LOCAL, attrs={"type": "datetime-local", "class": "w-m"})
        said = {"invalid": "日付と時刻を入れてください。例：2026-12-09T15:00"}
        super().__init__(widget=widget, error_messages=said, **kwargs)


class UploadsField(FilesField):
    """Any number of files, also none."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return super().clean(data, initial) if data else []


class OfMeeting(Versioned):
    """A record of a meeting: whoever saves one, waits for the meeting.

    The page holds many of them. What its reader left as it was, and somebody else has changed, is theirs without a
    question; only where both wrote, or one record was changed by both, the page asks.
    """

    lock = "meeting"

    def _compare(self) -> None:
        super()._compare()
        if self.conflict and all(each.changed_by == THEIRS for each in self.conflict.fields):
            self._become(self.locked(), [each.name for each in self.conflict.fields])
            self.conflict = None

    def _become(self, stored: Any, names: list[str]) -> None:
        """As if these fields had been typed as they are stored."""
        data: Any = self.data
        self.data = data.copy()
        for name in names:
            value = self.stored(name, stored)
            put_in(self.data, self[name], value)
            self.cleaned_data[name] = value
            setattr(self.instance, name, value)
        self.__dict__.pop("changed_data", None)


class MinutesForm(OfMeeting):
    next_at = MomentField(label="次回の日時", required=False)
    plan_next = forms.BooleanField(
        label="この日時で、次回の定例会を予定に入れる",
        required=False,
        help_text="まだ予定にないときに、会場と長さを今回と同じにして入れます。あとで直せます。",
    )
    done = RecordsField(
        label="すんだものに印をつけてください",
        required=False,
        queryset=Todo.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    uploads = UploadsField(
        label="写真・資料",
        required=False,
        help_text="PDFか画像。いくつでも選べます。写真の撮影場所などの情報は、消してからしまいます。",
        widget=FilesInput(attrs={"accept": ACCEPTED}),
        error_messages={"empty": "ファイルが空です。別のファイルを選んでください。"},
    )
    upload_title = LineField(
        label="写真・資料の題名",
        required=False,
        max_length=100,
        help_text="空けておくと、ファイルの名前になります。",
    )

    class Meta:
        model = Minutes
        fields = (*MINUTES, *NUMBERS)
        labels: ClassVar = {"public_summary": "一般向けの概要（どなたにも見えます）"}

    def __init__(self, *args: Any, open_todos: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meeting = self.instance.meeting
        if meeting.kind != Meeting.Kind.GENERAL:
            for name in NUMBERS:
                del self.fields[name]
        if not open_todos:
            del self.fields["done"]
        else:
            done: Any = self.fields["done"]
            done.queryset, done.label_from_instance = open_todos, _told
        for name, rows in ROWS.items():
            self.fields[name].widget.attrs["rows"] = rows
        for name in NUMBERS:
            if name in self.fields:
                self.fields[name].widget.attrs["class"] = "w-s"

    def offer_plan(self, user: Any) -> None:
        """Who may write these minutes does not always plan for the group: it may run itself by now."""
        if not user.has_perm("events.run_meetings", self.instance.meeting.group):
            self.fields.pop("plan_next", None)

    def known_by(self, record: Minutes) -> dict[str, Any]:
        """Minutes that nobody has begun have a version, too: that there are none."""
        return {"meeting_id": record.meeting_id}

    def read_again(self, record: Minutes) -> Minutes:
        return Minutes.objects.filter(meeting=record.meeting_id).select_related("meeting").first() or record

    def locked(self) -> Minutes:
        wait_for(Meeting, pk=self.instance.meeting_id)
        return wait_for(Minutes, meeting_id=self.instance.meeting_id) or Minutes(
            meeting_id=self.instance.meeting_id
        )

    def _row(self, version: str) -> Any:
        return Minutes(meeting_id=self.instance.meeting_id) if version == "0" else super()._row(version)


class ItemForm(OfMeeting):
    """What was said about one item of the agenda, and how many were for and against it."""

    class Meta:
        model = AgendaItem
        fields: tuple[str, ...] = ("summary", "is_motion", "votes_for", "votes_against", "votes_abstained")

    VOTES = ("votes_for", "votes_against", "votes_abstained")

    def __init__(self, *args: Any, votes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        title = self.instance.title
        self.fields["summary"].label = f"「{title}」の内容" if title else "話したこと"
        self.fields["is_motion"].label = "議案として採決する"
        if not votes:
            for name in ("is_motion", *self.VOTES):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Who types a number of votes means a motion."""
        typed = self.cleaned_data
        if any(typed.get(name) is not None for name in self.VOTES):
            typed["is_motion"] = True
        return typed


class NewItemForm(ItemForm):
    """An item that was not on the agenda; left empty it is none."""

    class Meta(ItemForm.Meta):
        fields = ("title", "presenter", *ItemForm.Meta.fields)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, empty_permitted=True, use_required_attribute=False, **kwargs)
        self.fields["title"].label = "次第にないことの題"


class TodoForm(OfMeeting):
    """A to-do of this meeting; who empties the text takes it out."""

    class Meta:
        model = Todo
        fields = ("what", "who", "due")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.fields["what"].required = False
        self.fields["due"].help_text = "例：2026-12-20、R8.12.20"

    @property
    def is_dropped(self) -> bool:
        return bool(self.instance.pk) and not self.cleaned_data.get("what")


class NewTodoForm(TodoForm):
    """One more; left empty it is none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, empty_permitted=True, **kwargs)

    def clean(self) -> dict[str, Any]:
        if self.has_changed() and not self.cleaned_data.get("what") and "what" not in self.errors:
            self.add_error("what", "やることを入れてください。")
        return self.cleaned_data


def _told(todo: Todo) -> str:
    """寒中見舞いを出す（青木さん、1月10日まで）"""
    due = f"{todo.due.month}月{todo.due.day}日まで" if todo.due else ""
    beside = "、".join(part for part in (todo.who, due) if part)
    day = timezone.localdate(todo.meeting.starts_at)
    return f"{todo.what}（{beside or f'{day.month}月{day.day}日の会合'}）"
