"""What of a joint exchange is whose to read: entries and what they say are the person's and the office's alone.

Of a booth that is accepted everybody reads what is shown, and nobody but its exhibitor and the office whom to call.
"""

from typing import Any

from events.links import key_of
from events.models import Booth, ExchangePhoto, Feedback, JointExchange, ProgrammeItem, Registration
from groups.models import Membership
from members.models import Company, Person
from tests.exchange_factories import make_booth, make_registration

MODELS = (Booth, ExchangePhoto, Feedback, ProgrammeItem, Registration)
SHOWN = frozenset({"exhibitor", "title", "words", "technologies", "url"})


def fill(world: Any) -> None:
    """Of each exchange: an entry of the public, what two say of the day, and a booth that everybody sees."""
    for side, objects in world.objects.items():
        exchange = JointExchange.objects.get(fiscal_year=objects["joint/:fiscal_year"])
        entry = Registration.objects.get(pk=objects["office/joint/registrations/:pk"])
        for row in (entry, make_registration(exchange, kind="public")):
            Feedback.objects.create(registration=row, satisfaction=5)
        taken = Booth.objects.get(pk=objects["joint/booths/:pk"])
        others = world.groups[side].memberships.filter(company__isnull=False)
        company = others.exclude(company=taken.company_id).earliest("pk").company
        make_booth(exchange, company=company, state="accepted", applied_by=taken.applied_by)


def sides_of(world: Any, office: str) -> dict[tuple[type, int], str]:
    """A member's entry is on the side of the group; of all others, and of photographs not shown, only the office knows."""
    found: dict[tuple[type, int], str] = {}
    for row in Registration.objects.all():
        its = [side for side, group in world.groups.items() if group.pk == row.group_id]
        found[Registration, row.pk] = its[0] if its else office
    return found | {(ExchangePhoto, pk): office for pk in ExchangePhoto.objects.values_list("pk", flat=True)}


def entries_of(person: Person | None) -> set[tuple[type, int]]:
    rows = person.registrations.values_list("pk", flat=True) if person else ()
    return {(Registration, pk) for pk in rows}


def by_link(world: Any) -> dict[str, set[tuple[Any, Any]]]:
    """{beginning of the pages that a personal link opens: the entry, and who it is}."""
    found = {}
    for objects in world.objects.values():
        token = objects["joint/ticket/:token"]
        pk, _ = key_of(Registration, token)
        row = Registration.objects.select_related("membership").get(pk=pk)
        found[f"/joint/ticket/{token}/"] = {
            (Registration, pk),
            (Person, row.person_id),
            (Membership, row.membership_id),
            (Company, row.membership.company_id),
        }
    return found


def is_shown(canary: Any) -> bool:
    """To everybody: the programme, and what stands at a booth that was accepted."""
    if canary.model is ProgrammeItem:
        return True
    accepted = Booth.objects.filter(pk=canary.pk, state=Booth.State.ACCEPTED)
    return canary.model is Booth and canary.field in SHOWN and accepted.exists()
