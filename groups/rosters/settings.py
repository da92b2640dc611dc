"""What a group has settled for its rosters: the columns of each variant and their order."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from groups.models import Group, RosterColumns
from groups.rosters.variants import Variant
from iri_exchange.lib.versions import newest, version_of

MEANWHILE = "meanwhile"


def settled_columns(group: Group, variant: Variant) -> tuple[str, ...]:
    """The keys of the columns, as far as they are still offered; the usual ones if nothing is settled."""
    kept = (
        RosterColumns.objects.filter(group=group, variant=variant).values_list("columns", flat=True).first()
    )
    return tuple(column.key for column in variant.terms.chosen(kept))


def last_settled(group: Group, variant: Variant) -> Any:
    """The history row of the last change of what is settled, or None."""
    return newest(RosterColumns, group_id=group.pk, variant=variant.value)


@transaction.atomic
def settle_columns(*, group: Group, variant: Variant, columns: Sequence[str], version: str = "") -> None:
    """From now on the group's rosters of this variant have these columns (keys) unless others are asked for.

    The usual columns are what holds without a choice: choosing them forgets the choice. Raises ValueError for a
    column that the variant does not offer, or none at all; ValidationError (code "meanwhile") if other ones were
    settled since `version`, on which the choice is based.
    """
    Group.objects.select_for_update(no_key=True).get(pk=group.pk)
    is_newest = not version or version == version_of(last_settled(group, variant))
    if not is_newest and settled_columns(group, variant) != tuple(columns):
        raise ValidationError("ほかの方が、先に列を保存しました。", code=MEANWHILE)
    offered = variant.terms.offered
    if not columns or len(set(columns)) != len(columns) or not set(columns) <= offered.keys():
        raise ValueError(f"no columns of {variant}: {columns}")
    if tuple(columns) != variant.terms.usual:
        RosterColumns.objects.update_or_create(
            group=group, variant=variant.value, defaults={"columns": list(columns)}
        )
        return
    for kept in RosterColumns.objects.filter(group=group, variant=variant):
        kept.delete()
