"""The archive of a dissolved group from the wish to the file: asked for by staff, made by the worker."""

import datetime

from django.db import transaction
from django.utils import timezone

from groups import printouts
from groups.book import purge
from groups.models import Adviser, Group, Membership, OfficerTerm, Printout, Representative
from groups.rosters.printing import plain_file_name
from iri_exchange.office.archive import packing, papers
from members import exports
from members.models import Export, User

# Of the tables and files: each of the minutes is one more.
STEPS = 2
NO_LONGER = "作る方の職員としての任期が終わったか、グループが解散していないので、作りませんでした。"
COLUMNS = ("名簿", "役員", "会合と出席", "会則", "議事録", "資料")


@transaction.atomic
def ask_for_archive(*, group: Group, by: User) -> Printout:
    """The archive is put on the worker's list. One that is still being made is not made twice."""
    from iri_exchange.office.archive import tasks  # a circle: the task calls the verbs that queue it

    purge()
    kept = papers.minutes_kept(group, entrusted=papers.is_entrusted(group))
    return printouts.ask(
        kind=Printout.Kind.ARCHIVE,
        group=group,
        by=by,
        options={},
        steps=kept.count() + STEPS,
        task=tasks.make,
    )


def make_archive(*, printout_pk: int) -> None:
    """QUEUED → DONE: what the worker does. The copy is logged before there is one."""
    printout = printouts.begin(printout_pk, refusal=_refusal)
    if printout is None or printout.group is None:
        return
    try:
        group, last_day = printout.group, last_day_of(printout.group)
        _logged(printout, group, last_day)
        packed = packing.pack(
            group,
            last_day=last_day,
            by=printout.made_by,
            told=lambda done: printouts.tell(printout, min(done, printout.steps_total)),
        )
        name = plain_file_name(f"{group.name} 解散したグループの記録 {timezone.localdate():%Y-%m-%d}", "zip")
        printouts.keep(printout, content=packed.finished(), filename=name)
    except printouts.Stopped:
        return


def last_day_of(group: Group) -> datetime.date:
    """The day before it was dissolved."""
    ended = group.stages.filter(state=Group.Stage.DISSOLVED).order_by("since").first()
    return (ended.since if ended else timezone.localdate()) - datetime.timedelta(days=1)


def _refusal(printout: Printout) -> str:
    return "" if printout.made_by.has_perm("groups.make_archive", printout.group) else NO_LONGER


def _logged(printout: Printout, group: Group, last_day: datetime.date) -> Export:
    """It tells of everybody who ever was a member, led or advised the group."""
    members = Membership.objects.filter(group=group)
    people = {pk for pk in members.values_list("person_id", flat=True) if pk}
    for terms in (
        Representative.objects.filter(membership__group=group),
        OfficerTerm.objects.filter(group=group),
        Adviser.objects.filter(group=group),
    ):
        people |= set(terms.values_list("person_id", flat=True))
    return exports.log(
        about=group,
        subject=f"groups/{group.slug}/archive",
        by=printout.made_by,
        variant="office",
        file_format="zip",
        as_of=last_day,
        columns=COLUMNS,
        row_count=members.count(),
        people=people,
        companies={pk for pk in members.values_list("company_id", flat=True) if pk},
    )
