"""What was built on an import since it was made: with any of it, the import can no longer be taken back.

Either what the import wrote was changed again, or other records now rest on it. Which records may rest on which
is read from the models, so that those of later apps are seen without being named here.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import groupby, islice
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from groups.models import ImportBatch, Membership, MembershipStatus, OfficerTerm, Representative
from iri_exchange.lib import history
from members.models import Person

MOST = 50
Model = type[models.Model]
# Names cost queries: a sentence is made only when it is told.
Sentence = Callable[[], str]


def obstacles(batch: ImportBatch, written: list[Model]) -> list[str]:
    """A sentence for each thing that was built on the import; beyond MOST they are only counted.

    `written` are the models of which the import wrote records, in the order in which they are told.
    """
    found = _found(batch, written)
    told = [sentence() for sentence in islice(found, MOST)]
    rest = sum(1 for _ in found)
    return [*told, f"ほか{rest}件"] if rest else told


def rows(model: Model, batch: ImportBatch, kind: str = "") -> Any:
    """The history rows that the import left of a model; `kind`: + for made, ~ for changed."""
    ours = history.of(model).filter(history_change_reason=batch.step).order_by("history_id")
    return ours.filter(history_type=kind) if kind else ours


def made(model: Model, batch: ImportBatch) -> Any:
    """The ids of the records that the import made, as a query."""
    return rows(model, batch, "+").order_by().values(model._meta.pk.attname)


def _found(batch: ImportBatch, written: list[Model]) -> Iterator[Sentence]:
    for model in written:
        yield from _changed_again(model, batch)
        yield from _without_a_past(model, batch)
        yield from _resting_on(model, batch)
    yield from _resting_on_a_return(batch)
    yield from _later_states(batch)
    yield from _later_offices(batch)


# ── changed again ────────────────────────────────────────────────────────────


def _changed_again(model: Model, batch: ImportBatch) -> Iterator[Sentence]:
    """Records that are no longer as the import left them."""
    later = history.of(model).filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id"))
    touched = rows(model, batch).filter(Exists(later.exclude(history_change_reason=batch.step)))
    told = history.of(model).filter(id__in=touched.order_by().values("id")).order_by("id", "history_id")
    for _, steps in groupby(told.select_related("history_user__person"), key=lambda row: row.id):
        yield from _changes_of_one(list(steps), batch)


def _changes_of_one(told: list[Any], batch: ImportBatch) -> Iterator[Sentence]:
    """From the newest row back to the import: of each field that differs now, who changed it last."""
    left = max(place for place, row in enumerate(told) if row.history_change_reason == batch.step)
    now = told[-1]
    if now.history_type == "-":
        yield partial(_changed, now, now, "削除")
        return
    differing = _differing(told[left], now)
    for before, row in reversed(list(zip(told[left:], told[left + 1 :], strict=False))):
        names = [name for name in _differing(before, row) if name in differing]
        differing = [name for name in differing if name not in names]
        if names:
            yield partial(_changed, now, row, f"「{'・'.join(names)}」の変更")


def _differing(before: Any, after: Any) -> list[str]:
    """What the fields are called in which two history rows of one record differ."""
    return [
        str(field.verbose_name)
        for field in after.tracked_fields
        if getattr(before, field.attname) != getattr(after, field.attname)
    ]


def _without_a_past(model: Model, batch: ImportBatch) -> Iterator[Sentence]:
    """Records that had no history before the import changed them: nobody knows what they were."""
    before = history.of(model).filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
    for row in rows(model, batch, "~").exclude(Exists(before)):
        yield partial(_about, row.instance, "取込の前の内容が残っていないので、元に戻せません。")


# ── resting on it ────────────────────────────────────────────────────────────


def _resting_on(model: Model, batch: ImportBatch) -> Iterator[Sentence]:
    """Records that point to one the import made, and were not made by it themselves."""
    for relation in _relations_to(model):
        other = relation.related_model
        pointing = other._base_manager.filter(**{f"{relation.field.name}__in": made(model, batch)})
        if other in history.kept_of():
            pointing = pointing.exclude(pk__in=made(other, batch))
        yield from _counted_by(relation, model, pointing)


def _relations_to(model: Model) -> Iterator[Any]:
    """How records of other models point to this one's, history rows left aside."""
    relations: Iterator[Any] = (
        each
        for each in model._meta.get_fields(include_hidden=True)
        if each.auto_created and not each.concrete and not each.many_to_many
    )
    return (each for each in relations if not hasattr(each.related_model, "instance_type"))


def _counted_by(relation: Any, model: Model, pointing: Any) -> Iterator[Sentence]:
    pairs = pointing.order_by().values_list(relation.field.attname).annotate(Count("pk"))
    word = (relation.related_model._meta.auto_created or relation.related_model)._meta.verbose_name
    yield from _counted(model, dict(pairs), f"{word}が{{}}件あります。")


def _resting_on_a_return(batch: ImportBatch) -> Iterator[Sentence]:
    """Records that came to a known member after the import had brought it back; its states are told apart.

    A table without a history cannot say when a record came to it: all that keep what people do have one.
    """
    statuses = rows(MembershipStatus, batch, "+")
    returned = statuses.exclude(membership__in=made(Membership, batch)).order_by().values("membership")
    since = statuses.values_list("history_date", flat=True).first()
    for relation in _relations_to(Membership) if since else ():
        other = relation.related_model
        if other is MembershipStatus or other not in history.kept_of():
            continue
        later = history.of(other).filter(history_type="+", history_date__gte=since)
        later = later.exclude(history_change_reason=batch.step)
        pointing = other._base_manager.filter(
            pk__in=later.order_by().values("id"), **{f"{relation.field.name}__in": returned}
        )
        yield from _counted_by(relation, Membership, pointing)


def _later_states(batch: ImportBatch) -> Iterator[Sentence]:
    """A status that came to a known member after one the import wrote: it follows upon that one."""
    undone = ImportBatch.objects.filter(state=ImportBatch.State.UNDONE, pk__gt=batch.pk)
    gone = [reason for other in undone.only("filename") for reason in (other.step, other.undo_step)]
    ours = rows(MembershipStatus, batch)
    later = (
        history.of(MembershipStatus)
        .filter(history_id__gt=ours.values_list("history_id", flat=True).first() or 0)
        .filter(membership__in=ours.order_by().values("membership"))
        .exclude(membership__in=made(Membership, batch))
        .exclude(id__in=ours.order_by().values("id"))
        .exclude(history_change_reason__in=gone)
    )
    others = later.order_by().values_list("membership", "id").distinct()
    counts = Counter(membership for membership, _ in others)
    yield from _counted(Membership, counts, "取込のあとの会員の状態が{}件あります。")


def _later_offices(batch: ImportBatch) -> Iterator[Sentence]:
    """An office that somebody known before got in the group after the import had brought them into it."""
    returned = rows(MembershipStatus, batch, "+").order_by().values("membership")
    brought = Q(person__representations__in=made(Representative, batch))
    brought |= Q(person__memberships__group=batch.group, person__memberships__in=returned)
    later = history.of(OfficerTerm).filter(history_type="+", history_date__gt=batch.finished_at)
    terms = OfficerTerm.objects.filter(brought, group=batch.group, pk__in=later.order_by().values("id"))
    for term in terms.exclude(person__in=made(Person, batch)).select_related("person").distinct():
        yield partial(_about, term.person, "役員の任期が1件あります。")


# ── the sentences ────────────────────────────────────────────────────────────


def _counted(model: Model, counts: Mapping[int, int], sentence: str) -> Iterator[Sentence]:
    for pk, count in sorted(counts.items()):
        yield partial(_about_one_of, model, pk, sentence.format(count))


def _about_one_of(model: Model, pk: int, sentence: str) -> str:
    return _about(model._base_manager.get(pk=pk), sentence)


def _about(record: models.Model, sentence: str) -> str:
    return f"{_name(record)}：{sentence}"


def _changed(now: Any, row: Any, what: str) -> str:
    """「株式会社青葉精機：2026年11月26日に職田 員子さんの「電話」の変更があります（名簿の取込 第13号）。」"""
    day = timezone.localtime(row.history_date)
    who = f"{row.history_user}さんの" if row.history_user else ""
    reason = (row.history_change_reason or "").partition("（")[0]
    within = f"（{reason}）" if reason else ""
    return _about(now.instance, f"{day.year}年{day.month}月{day.day}日に{who}{what}があります{within}。")


def _name(record: models.Model) -> str:
    """A record that belongs to another is told by that one."""
    owners = [each for each in record._meta.fields if _is_owner(each)]
    try:
        return f"{getattr(record, owners[0].name)}の{record._meta.verbose_name}" if owners else str(record)
    except ObjectDoesNotExist:
        return f"{record._meta.verbose_name}（{record.pk}）"


def _is_owner(field: models.Field[Any, Any]) -> bool:
    return isinstance(field, models.ForeignKey) and field.remote_field.on_delete is models.CASCADE
