"""宿題: what was decided to be done, shown at the next meetings and on the group's page until it is done."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from events.minutes.reading import minutes_visible_to
from events.models import Meeting, Todo
from groups.models import Group
from iri_exchange.lib import history


def todos_visible_to(user: Any) -> QuerySet[Todo]:
    """Those of the minutes that the user may open: of a draft only who writes it knows."""
    meetings = minutes_visible_to(user).order_by().values("pk")
    return Todo.objects.filter(meeting__in=meetings).select_related("meeting__group")


def open_todos(group: Group, user: Any) -> QuerySet[Todo]:
    """What is not done, the most urgent first; what has no day, last."""
    return (
        todos_visible_to(user)
        .filter(meeting__group=group, done_on=None)
        .order_by(F("due").asc(nulls_last=True), "pk")
    )


def done_todos(group: Group, user: Any) -> QuerySet[Todo]:
    """What was done, the latest first."""
    return (
        todos_visible_to(user).filter(meeting__group=group, done_on__isnull=False).order_by("-done_on", "-pk")
    )


def left_from_before(meeting: Meeting) -> QuerySet[Todo]:
    """What earlier meetings of the group left to be done."""
    earlier = Q(meeting__starts_at__lt=meeting.starts_at) & ~Q(meeting=meeting.pk)
    return Todo.objects.filter(earlier, meeting__group=meeting.group_id, done_on=None).select_related(
        "meeting__group"
    )


@transaction.atomic
def tick(*, todo: Todo, done: bool, by: Any) -> Todo:
    """Done today, or not done after all. Saying the same again changes nothing.

    Raises ValidationError if the to-do was taken out of its minutes meanwhile.
    """
    kept = Todo.objects.select_for_update(no_key=True).filter(pk=todo.pk).first()
    if kept is None:
        raise ValidationError("この宿題は、もう取り消されています。", code="gone")
    if done != bool(kept.done_on):
        kept.done_on = timezone.localdate() if done else None
        with history.step("宿題がすんだ" if done else "宿題をまだに戻す", by=by):
            kept.save(update_fields=["done_on"])
    return kept
