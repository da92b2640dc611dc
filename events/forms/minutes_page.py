"""All forms of the page on which minutes are written, read and saved together."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict

from events.forms.minutes import ItemForm, MinutesForm, NewItemForm, NewTodoForm, TodoForm
from events.minutes import reading, writing
from events.minutes.todos import left_from_before
from events.models import AgendaItem, Meeting, Minutes, Todo
from iri_exchange.lib.versions import VERSION, Versioned

NEW_ITEMS, NEW_TODOS = 2, 3
SUMMARY = re.compile(r"item-\d+-summary")


class MinutesPage:
    """`typed_before` is what stood in the page when a log-in ended: shown as typed, with the versions it was based on.

    `lost` holds what was typed about items that somebody has taken off the agenda meanwhile; it is shown, not saved.
    """

    def __init__(
        self, meeting: Meeting, data: Any = None, files: Any = None, typed_before: QueryDict | None = None
    ) -> None:
        if data is not None:
            # What is read from here on stays so until it is written.
            reading.wait_for(meeting)
        self.meeting, self.data, self.files, self.typed = meeting, data, files, typed_before
        self.votes = meeting.kind == Meeting.Kind.GENERAL
        minutes = Minutes.objects.filter(meeting=meeting).select_related("meeting").first()
        self.is_new = minutes is None
        self.left = list(left_from_before(meeting))
        self.main: MinutesForm = self._form(
            MinutesForm,
            "",
            minutes or Minutes(meeting=meeting),
            open_todos=left_from_before(meeting) if self.left else None,
        )
        if data is None and self.is_new and typed_before is None:
            self.main.initial |= self.suggested()
        items = list(AgendaItem.objects.filter(meeting=meeting).select_related("meeting"))
        todos = list(Todo.objects.filter(meeting=meeting).select_related("meeting"))
        self.items = [self._form(ItemForm, f"item-{each.pk}", each, votes=self.votes) for each in items]
        self.todos = [self._form(TodoForm, f"todo-{each.pk}", each) for each in todos]
        self.new_items = [
            self._form(NewItemForm, f"new-item-{number}", AgendaItem(meeting=meeting), votes=self.votes)
            for number in range(NEW_ITEMS)
        ]
        self.new_todos = [
            self._form(NewTodoForm, f"new-todo-{number}", Todo(meeting=meeting))
            for number in range(NEW_TODOS)
        ]

    def suggested(self) -> dict[str, Any]:
        """What stands in minutes that nobody has begun."""
        planned, before = reading.next_meeting(self.meeting), reading.minutes_before(self.meeting)
        ahead = {"next_at": planned.starts_at, "next_duty": reading.on_duty(planned)} if planned else {}
        return ahead | ({"chair": before.chair, "writer": before.writer} if before else {})

    @property
    def forms(self) -> list[Versioned]:
        """In the order of the page."""
        return [self.main, *self.items, *self.new_items, *self.todos, *self.new_todos]

    @property
    def wrong(self) -> list[Versioned]:
        return [form for form in self.forms if form.errors]

    @property
    def error_count(self) -> int:
        return sum(len(form.errors) for form in self.wrong)

    @property
    def in_conflict(self) -> list[Versioned]:
        return [form for form in self.forms if form.conflict]

    @property
    def lost(self) -> list[str]:
        known = {f"{form.prefix}-summary" for form in self.items}
        return [text for name, text in self._summaries() if name not in known and text.strip()]

    def is_valid(self) -> bool:
        """Every form is asked, so that all that is wrong is said at once."""
        valid = [form.is_valid() for form in self.forms]
        return all(valid) and not self.lost

    def act(self, by: Any) -> Minutes | None:
        """Save everything; what the verb refuses stands beside its field, or at the top."""
        minutes: Minutes = self.main.instance
        content = self.content()
        if content.is_empty and not self.is_new and not self.main.changed_data:
            return minutes
        try:
            return writing.write(minutes=minutes, by=by, content=content)
        except ValidationError as error:
            self._refuse(error)
            return None

    def save_by_itself(self, by: Any) -> dict[str, str] | None:
        """Save the texts that are valid, while somebody is typing; {name: version} of what the page is now based on.

        None where somebody else has saved the same text: that is for the reader to settle.
        """
        forms = [self.main, *self.items]
        valid = [form for form in forms if form.is_valid()]
        if any(form.conflict for form in forms):
            return None
        items = [form.instance for form in valid if form is not self.main and form.changed_data]
        if self.main in valid and (items or self.is_new or _texts_changed(self.main)):
            content = writing.Content(items=items)
            writing.write(minutes=self.main.instance, by=by, content=content, by_itself=True)
        fresh = MinutesPage(self.meeting)
        return {
            form.named(VERSION): form.record_version
            for form in [fresh.main, *fresh.items]
            if form.prefix in {each.prefix for each in valid}
        }

    def content(self) -> writing.Content:
        typed = self.main.cleaned_data
        changed = [form for form in self.todos if form.changed_data]
        return writing.Content(
            items=[form.instance for form in self.items if form.changed_data],
            new_items=[form.instance for form in self.new_items if form.has_changed()],
            todos=[
                *(form.instance for form in changed if not form.is_dropped),
                *(form.instance for form in self.new_todos if form.has_changed()),
            ],
            dropped=[form.instance for form in changed if form.is_dropped],
            done=list(typed.get("done") or []),
            uploads=typed["uploads"],
            upload_title=typed["upload_title"],
            plan_next=typed.get("plan_next", False),
        )

    def _form(self, kind: Any, prefix: str, record: Any, **kwargs: Any) -> Any:
        if self.typed is not None:
            kwargs["initial"] = self._typed_into(kind, prefix)
        form = kind(self.data, self.files, instance=record, prefix=prefix or None, **kwargs)
        if self.typed is not None and form.record_version:
            form.record_version = self.typed.get(form.named(VERSION), form.record_version)
        return form

    def _typed_into(self, kind: Any, prefix: str) -> dict[str, Any]:
        assert self.typed is not None
        start = f"{prefix}-" if prefix else ""
        typed = {name: self.typed.get(start + name, "") for name in kind.base_fields if name != "uploads"}
        # An item that came to the agenda meanwhile was not on the page.
        if prefix and not any(start + name in self.typed for name in typed):
            return {}
        return typed | ({"done": self.typed.getlist("done")} if "done" in typed else {})

    def _summaries(self) -> Iterator[tuple[str, str]]:
        """(name, text) of what was typed about items of the agenda."""
        sent = self.data if self.data is not None else self.typed or {}
        for name in sent:
            if SUMMARY.fullmatch(name):
                yield name, sent.get(name, "")

    def _refuse(self, error: ValidationError) -> None:
        said = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for name, sentences in said.items():
            self.main.add_error(name if name in self.main.fields else None, ValidationError(sentences))


def _texts_changed(form: MinutesForm) -> bool:
    return any(name in form.Meta.fields for name in form.changed_data)
