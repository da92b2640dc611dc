"""Pages that people open all day, against the least that Django can do with the same rows: no layout, no rights.

And, since no page of the portal is without them, against the same behind its middleware and inside its layout.
"""

import subprocess
import sys
import types
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import include, path

from groups.importing import import_roster
from groups.models import Group
from iri_exchange.lib import access, search
from members.models import Company, Person, User
from tests.bench import rosters
from tests.bench.book import Memory, maker_of_all
from tests.bench.measuring import Figure, Runs, settle
from tests.bench.serving import REQUESTS
from tests.factories import make_group

COLUMNS = (
    "pk",
    "name",
    "kana",
    "postal_code",
    "prefecture",
    "city",
    "street",
    "phone",
    "trade",
    "products",
    "url",
)
ROWS, OPENED = 50, 20
MINIMAL = "<!doctype html><html lang=ja><title>x</title><table>%s</table></html>"
FRAMED = "{%% extends 'base.html' %%}{%% block content %%}<table>%s</table>{%% endblock %%}"
FEW, MANY = 400, 20_000
RARE_AND_COMMON = (
    "業",
    "脂",
    "製造",
    "歯車",
    "製作所",
    "硝子工",
    "生産用機械器具製造業",
    "アオバセイキコウギョ",
)


def figures(times: int, many: int = MANY) -> list[Figure | Memory]:
    """Works on directories of 400 and of 20,000 companies, which nothing else may fill."""
    call_command("collectstatic", interactive=False, verbosity=0)
    group = make_group(name="速さの会", capacity=32_000)
    found: list[Figure | Memory] = []
    maker, client, members = maker_of_all(), Client(HTTP_HOST="127.0.0.1"), rosters.rows(many)
    client.force_login(maker)
    lists = {}
    for count in (FEW, many):
        fill(group, members[:count])
        floor, detail = minimal(times)
        framed = minimal(times, maker)
        lists[count] = opened(client, "/companies/", times)
        bound = 1.5 if count == FEW else None
        what = f"companies, {ROWS} of {count:,}"
        found.append(Figure(what, lists[count], "50 × 11, minimal", floor, most_ratio=bound))
        found.append(Figure(what, lists[count], "50 × 11, through the frame", framed[0]))
        found += _details(client, group, (detail, framed[1]), times, count)
        if count == FEW:
            found.append(_memory(maker))
        if count == many:
            found.append(Figure(what, lists[many], f"{ROWS} of {FEW}", lists[FEW], most_ratio=1.3))
            found += _searches(times)
    return found


def fill(group: Group, members: list[Any]) -> None:
    content = rosters.as_csv(members)
    import_roster(group=group, content=content, filename="roster.csv", commit=True)
    settle()


def opened(client: Client, url: str, times: int) -> Runs:
    """Twenty times in a run, after it was opened once."""
    answer = client.get(url)
    if answer.status_code != 200:
        raise RuntimeError(f"{url}: {answer.status_code}")
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    print(f"{url}: {len(queries)} queries", file=sys.stderr)
    runs = Runs()
    for _ in range(times):
        with runs.one():
            for _ in range(OPENED):
                client.get(url)
    return runs


def minimal(times: int, reader: User | None = None) -> tuple[Runs, Runs]:
    """The list and the page of one company, without middleware; or through the frame: behind the portal's own
    middleware and inside its layout, for this reader.
    """
    cells = "".join(f"<td>{{{{ one.{column} }}}}</td>" for column in COLUMNS)
    frame = FRAMED if reader else MINIMAL
    table = engines["django"].from_string(frame % f"{{% for one in rows %}}<tr>{cells}</tr>{{% endfor %}}")
    row = engines["django"].from_string(frame % f"<tr>{cells}</tr>")
    pk = Company.objects.order_by("pk").values_list("pk", flat=True)[0]

    @access.public
    def rows(request: HttpRequest) -> HttpResponse:
        return HttpResponse(table.render({"rows": Company.objects.all()[:ROWS]}, request))

    @access.public
    def one(request: HttpRequest) -> HttpResponse:
        return HttpResponse(row.render({"one": Company.objects.get(pk=pk)}, request))

    urls: Any = types.ModuleType("tests.bench.minimal_urls")
    urls.urlpatterns = [path("rows/", rows), path("one/", one), path("", include("iri_exchange.urls"))]
    middleware = settings.MIDDLEWARE if reader else []
    with override_settings(ROOT_URLCONF=urls, MIDDLEWARE=middleware):
        client = Client(HTTP_HOST="127.0.0.1")
        if reader:
            client.force_login(reader)
        return opened(client, "/rows/", times), opened(client, "/one/", times)


def _details(
    client: Client, group: Group, floors: tuple[Runs, Runs], times: int, count: int
) -> Iterator[Figure]:
    """Against the floor without the frame, to which the bound belongs, and against the one through it."""
    company, person = Company.objects.latest("pk"), Person.objects.latest("pk")
    pages = {"company": f"/companies/{company.pk}/", "person": f"/people/{person.pk}/"}
    # A group of 20,000 is no group.
    if count == FEW:
        pages["group"] = f"/groups/{group.slug}/"
    for name, url in pages.items():
        runs, what = opened(client, url, times), f"a {name}, of {count:,}"
        yield Figure(what, runs, "one × 11, minimal", floors[0], most_ratio=2)
        yield Figure(what, runs, "one × 11, through the frame", floors[1])


def _memory(maker: User) -> Memory:
    """In a process of its own, where nothing of ours lies around."""
    about = [str(connection.settings_dict["NAME"]), str(maker.pk)]
    command = [sys.executable, "-m", "tests.bench.serving", *about]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1]
    before, most = (float(number) / 1024 for number in told.split())
    return Memory(f"a web worker, {REQUESTS:,} mixed requests", most, before, bound=150)


def _searches(times: int) -> Iterator[Figure]:
    """What the database does for one search: how common the word is, the first fifty by フリガナ."""
    minimal = Runs()
    for _ in range(times):
        with minimal.one():
            for _ in range(OPENED):
                list(Company.objects.values_list("pk", flat=True)[:ROWS])
    for word in RARE_AND_COMMON:
        runs = Runs()
        for _ in range(times):
            with runs.one():
                for _ in range(OPENED):
                    found = Company.objects.filter(search.having(Company, word))
                    list(found.values_list("pk", flat=True)[:ROWS])
        yield Figure(
            f"{OPENED} × search {word}", runs, f"{OPENED} × 50 ids", minimal, most_seconds=OPENED * 0.002
        )
