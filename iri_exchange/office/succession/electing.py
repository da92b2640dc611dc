"""役員の改選: the officers of a group's next year are registered in one step, on whatever day they begin."""

import datetime
import hashlib
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from groups.models import Group
from iri_exchange.lib import history
from iri_exchange.office.succession import telling
from iri_exchange.office.succession.doubts import doubts
from iri_exchange.office.succession.drafting import Plan, Seats, draft
from iri_exchange.office.succession.turning import STEP
from members import invitations

DOUBTS, CHANGED = "doubts", "changed"
SAID_CHANGED = "このページを開いたあとで、ほかの方が役員の登録を変えました。いまの登録を確かめて、もう一度お進みください。"


class Elected(NamedTuple):
    """How many offices begin, letters were written and people invited; nothing at all if it was so already."""

    begins: int = 0
    letters: int = 0
    invited: int = 0
    changed: bool = False


@transaction.atomic
def elect(
    *,
    group: Group,
    seats: Seats,
    since: datetime.date,
    until: datetime.date | None,
    by: Any,
    invite: bool = True,
    confirmed: bool = False,
    base: str | None = None,
) -> Elected:
    """From a day on these people hold these offices ({role: people}), and nobody else does.

    Who holds an office and is not named for it ends on the day before; rights follow the days by themselves. Each whom
    it concerns gets a letter. `base`: the `fingerprint` on which the choice was made. Raises ValidationError as
    `drafting.draft` does, with code "doubts" and a sentence for each if there are any and they were not `confirmed`,
    and with code "changed" if somebody has registered something else since `base`. What is so already changes nothing.
    """
    Group.objects.select_for_update(no_key=True).get(pk=group.pk)
    plan = draft(group, seats, since, until, timezone.localdate())
    if plan.is_empty:
        return Elected()
    if base is not None and base != fingerprint(group):
        raise ValidationError(SAID_CHANGED, code=CHANGED)
    if not confirmed and (said := doubts(plan)):
        raise ValidationError([ValidationError(sentence, code=DOUBTS) for sentence in said])
    with history.step(STEP, by):
        _carry_out(plan)
        invited = invitations.invite_all(people=telling.to_be_invited(plan, by), by=by) if invite else []
        sent = telling.tell(plan)
    return Elected(len(plan.begins), sent, len(invited), changed=True)


def fingerprint(group: Group) -> str:
    """Another one after any change to the group's terms of office."""
    rows = group.officer_terms.order_by("pk").values_list("pk", "person_id", "role", "since", "until")
    return hashlib.sha256(repr(list(rows)).encode()).hexdigest()[:16]


def _carry_out(plan: Plan) -> None:
    """What had not begun goes first: it may be on the very day of what comes."""
    for term in plan.gone:
        term.delete()
    for term in [*plan.changed, *plan.begins]:
        term.full_clean()
        term.save()
