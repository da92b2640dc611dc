"""Name badges of a large meeting, against the naive way: the same badges as a plain table through lib/pdf.py."""

import datetime
from collections.abc import Sequence
from html import escape
from typing import Any

from groups.models import Group, Membership
from groups.papers.badges import Layout, badges, print_badges
from groups.papers.job import Job
from groups.papers.selection import Member
from iri_exchange.lib import pdf
from members.models import Company, Person
from tests.bench import rosters
from tests.bench.measuring import Figure, Runs
from tests.factories import make_group

BADGES, OFFICERS = 300, 30
DAY = datetime.date(2026, 11, 25)


def figures(times: int) -> list[Figure]:
    """The figures of the badges, each from `times` runs: set, drawn and logged."""
    group = make_group()
    job, present = Job((group,), group, DAY, None, "総会"), _members(group)
    runs, naive = Runs(), Runs()
    print_badges(job=job, layout=Layout.TEN, members=present[:1])
    for _ in range(times):
        with runs.one():
            print_badges(job=job, layout=Layout.TEN, members=present)
        with naive.one():
            _naive(present)
    return [Figure(f"{BADGES} name badges", runs, "the same badges, naive", naive, most_seconds=2)]


def _members(group: Group) -> list[Member]:
    """Members whose people and companies the log can point to; every tenth holds an office."""
    told = [dict(zip(rosters.HEADER, row, strict=True)) for row in rosters.rows(BADGES)]
    people = Person.objects.bulk_create(_person(cells) for cells in told)
    companies = Company.objects.bulk_create(Company(name=cells["企業名"]) for cells in told)
    members = []
    for number, (person, company) in enumerate(zip(people, companies, strict=True)):
        roles = ("代表幹事",) if number % (BADGES // OFFICERS) == 0 else ()
        membership = Membership(group=group, company=company)
        members.append(Member(membership, (person,), {person.pk: roles}, in_full=True))
    return members


def _person(cells: dict[str, Any]) -> Person:
    family_name, given_name = cells["参加者氏名"].split()
    family_kana, given_kana = cells["氏名フリガナ"].split()
    return Person(
        family_name=family_name, given_name=given_name, family_kana=family_kana, given_kana=given_kana
    )


def _naive(present: Sequence[Member]) -> bytes:
    """A table of two columns, a block for every text."""
    cells = [
        "<td>"
        f"<p>{escape(badge.role)}<p>{escape(badge.group)}<p>{escape(badge.kana)}"
        f"<h2>{escape(badge.name)}</h2><p>{escape(badge.company)}</td>"
        for badge in badges(present)
    ]
    rows = "".join(f"<tr>{''.join(cells[at : at + 2])}</tr>" for at in range(0, len(cells), 2))
    css = "@page { size: A4; margin: 11mm 14mm } table { width: 182mm } tr { height: 55mm }"
    html = f'<!doctype html><html lang="ja"><title>x</title><table>{rows}</table></html>'
    return pdf.write(html, title="x", tagged=False, css=[css])
