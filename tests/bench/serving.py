"""python -m tests.bench.serving DATABASE LOGIN: a web worker of its own answers 1,000 mixed requests.

Prints what it took before the first request and after the last one, in kB.
"""

import sys

from tests.bench.alone import at_most

REQUESTS = 1_000


def main(database: str, login: str) -> None:
    import django

    django.setup()

    from django.db import connection
    from django.test import Client

    import iri_exchange.wsgi  # noqa: F401, what the server has loaded
    from groups.models import Group
    from members.models import Company, Person, User

    connection.settings_dict["NAME"] = database
    before = at_most()
    staff, visitor = Client(HTTP_HOST="127.0.0.1"), Client(HTTP_HOST="127.0.0.1")
    staff.force_login(User.objects.get(pk=login))
    slugs = list(Group.objects.values_list("slug", flat=True)[:10])
    companies = list(Company.objects.values_list("pk", flat=True)[:200])
    people = list(Person.objects.values_list("pk", flat=True)[:200])
    for number in range(REQUESTS):
        pages = (
            "/", "/groups/", "/companies/", f"/companies/?page={number % 8 + 1}", "/search/?q=せいき",
            f"/companies/{companies[number % len(companies)]}/", f"/people/{people[number % len(people)]}/",
            f"/groups/{slugs[number % len(slugs)]}/", "/office/", "/companies/?q=製作所",
        )  # fmt: skip
        client = visitor if number % 3 == 0 else staff
        answer = client.get(pages[number % len(pages)])
        if answer.status_code >= 500:
            raise RuntimeError(f"{pages[number % len(pages)]}: {answer.status_code}")
    print(before, at_most())


if __name__ == "__main__":
    main(*sys.argv[1:])
