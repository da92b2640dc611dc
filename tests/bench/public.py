"""A public roster that is asked for again, against a page that is the same for everybody."""

import datetime
from collections.abc import Iterator

from django.conf import settings
from django.core.management import call_command
from django.test import Client

from groups.importing import import_roster
from groups.models import Group
from members.models import Company, Consent, Export
from tests.bench import rosters
from tests.bench.measuring import Figure, Runs
from tests.factories import make_group, make_login, make_membership, make_person

MEMBERS, OTHERS = 25, 400
# One answer takes a few milliseconds: too short for the clock.
ANSWERS = 100


def figures(times: int) -> Iterator[Figure]:
    """The figure of the roster of one among many groups, from `times` runs of a hundred answers."""
    call_command("collectstatic", interactive=False, verbosity=0)
    group, visitor, page = _group(), Client(), "/accessibility/"
    reader, public = _reader(group), f"/groups/{group.slug}/roster.pdf?variant=public"
    runs, floor = Runs(), Runs()
    for client, address in ((reader, public), (visitor, page)):
        _ask(client, address, 2)
    for _ in range(times):
        with runs.one():
            _ask(reader, public, ANSWERS)
        with floor.one():
            _ask(visitor, page, ANSWERS)
    if Export.objects.filter(subject=f"groups/{group.slug}/roster").count() != 1:
        raise RuntimeError("The public roster was made more than once.")
    yield Figure(
        f"{ANSWERS} × 公開用 of {MEMBERS} again", runs, f"{ANSWERS} × a plain page", floor, most_ratio=2
    )


def _group() -> Group:
    """A group among others, all of whose companies are shown to everyone."""
    for name, count in (("others", OTHERS), ("public", MEMBERS)):
        group = make_group(capacity=OTHERS)
        content = rosters.as_csv(rosters.rows(count))
        import_roster(group=group, content=content, filename=f"{name}.csv", commit=True)
        for company in Company.objects.filter(memberships__group=group):
            kind, since = Consent.Kind.PUBLIC_PROFILE, datetime.date(2020, 4, 1)
            Consent.objects.get_or_create(company=company, kind=kind, since=since, defaults={"given": True})
    return group


def _reader(group: Group) -> Client:
    """A member of the group."""
    person = make_person()
    make_membership(group, representatives=[person])
    client = Client()
    client.force_login(make_login(person), backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def _ask(client: Client, address: str, times: int) -> None:
    for _ in range(times):
        answer = client.get(address, headers={"host": settings.ALLOWED_HOSTS[0]})
        if answer.status_code != 200:
            raise RuntimeError(f"{address}: {answer.status_code}")
