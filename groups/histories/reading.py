"""The history of a record as one reader sees it: when, who, why, and what in words."""

import datetime
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.utils import timezone

from groups.histories.sources import keeps_all_of, sources_of
from groups.models import ImportBatch, Membership, StaffAssignment
from groups.standing import standing
from groups.visibility import import_batches_visible_to, people_visible_to
from iri_exchange.lib import asked, history_reading
from iri_exchange.lib.history_reading import Entry, Naming
from members.models import ConsentText, Person, User

PAGE, LATEST = 30, 3
# As groups.models.ImportBatch.step and undo_step say it.
IMPORT = re.compile(r"名簿の取込 第(\d+)号(?:の(取り消し))?")
SYSTEM, OFFICE, SOMEBODY, UNNAMED = "システム", "事務局", "ほかの方", "（お名前は出していません）"


@dataclass(frozen=True)
class Line:
    """An entry with who did it and what the step was called; `batch` is the import it leads to, for those who may."""

    entry: Entry
    who: str
    title: str
    batch: int | None

    @property
    def day(self) -> datetime.date:
        return timezone.localdate(self.entry.step.at)


def page_of(record: Any, user: Any, number: str) -> tuple[Page[Any], list[Line]]:
    """One page of the history, and its lines. A fixed number of queries, however long it is."""
    sources = sources_of(record, user)
    page = asked.page(history_reading.steps(sources), number, PAGE)
    found = history_reading.entries(sources, list(page.object_list), naming_for(record, user))
    return page, _lines(found, user)


def latest(record: Any, user: Any) -> list[Line]:
    """The newest few changes, for the record's own page: of the record itself, which costs next to nothing.

    What becomes of a membership stands in its dated rows; there the newest steps are told.
    """
    sources, naming = sources_of(record, user), naming_for(record, user)
    if isinstance(record, Membership):
        newest = history_reading.steps(sources)[:LATEST]
        return _lines(history_reading.entries(sources, newest, naming), user)
    return _lines(history_reading.newest(sources[0], LATEST, naming), user)


def naming_for(record: Any, user: Any) -> Naming:
    """Names of what history rows point to; of people only those whom the reader may know today."""
    knows_all = keeps_all_of(record, standing(user)) or isinstance(record, Person)

    def names(model: Any, ids: Collection[Any]) -> Mapping[Any, str]:
        rows = model._base_manager.filter(pk__in=ids)
        if model is Membership:
            rows = rows.select_related("group", "company", "person")
            return {row.pk: f"{row.group} {row.number} {row.member}" for row in rows}
        if model is ConsentText:
            return {row.pk: row.version for row in rows}
        named = {row.pk: str(row) for row in rows}
        if model is Person and not knows_all:
            known = set(people_visible_to(user).filter(pk__in=ids).values_list("pk", flat=True))
            return {pk: name if pk in known else UNNAMED for pk, name in named.items()}
        return named

    return names


def who_did(ids: Collection[int], user: Any) -> Callable[[int | None], str]:
    """Who stands behind these logins. Whom the reader may not know is 事務局, or somebody else."""
    logins = User.objects.filter(pk__in=ids).select_related("person")
    people = {login.pk: login.person_id for login in logins}
    names = {login.pk: str(login) for login in logins}
    if not standing(user).is_staff and people:
        theirs = [pk for pk in people.values() if pk is not None]
        known = set(people_visible_to(user).filter(pk__in=theirs).values_list("pk", flat=True))
        staff = StaffAssignment.objects.filter(person__in=theirs)
        at_work = set(staff.values_list("person_id", flat=True))
        for pk, person in people.items():
            if person in at_work and person != standing(user).person_id:
                names[pk] = OFFICE
            elif person not in known:
                names[pk] = SOMEBODY
    return lambda pk: names.get(pk, SOMEBODY) if pk else SYSTEM


def _lines(found: list[Entry], user: Any) -> list[Line]:
    who = who_did({entry.step.user_id for entry in found if entry.step.user_id}, user)
    imports = {entry.step.reason: told for entry in found if (told := IMPORT.match(entry.step.reason))}
    batches: dict[int, ImportBatch] = {}
    if imports:
        numbers = [int(told[1]) for told in imports.values()]
        batches = import_batches_visible_to(user).select_related(None).only("counts").in_bulk(numbers)
    lines = []
    for entry in found:
        told = imports.get(entry.step.reason)
        batch = batches.get(int(told[1])) if told else None
        title = _import_title(told[2], batch, entry.step.count) if told else entry.step.reason
        lines.append(Line(entry, who(entry.step.user_id), title, batch.pk if batch else None))
    return lines


def _import_title(undone: str | None, batch: ImportBatch | None, rows: int) -> str:
    """How many members the import was about; without it, how many rows are told here."""
    members = batch.counts.get("new", 0) + batch.counts.get("changed", 0) if batch else 0
    return f"名簿の取り込み{'の取り消し' if undone else ''}（{members or rows}件）"
