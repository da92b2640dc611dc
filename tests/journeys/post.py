"""The post of a journey: letters go out as in service, and whatever stands in their links is looked at by a scanner first."""

import hashlib
import re

from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command
from django.db import connection
from django.test import Client

from iri_exchange.lib.reading import BY_THE_WAY, refusing_writes

PORTAL = "【異業種交流ポータル】"
LINK = re.compile(r"http://[^/\s]+(/[^\s\"<]*)")


class Post:
    """`out` is every letter that has gone out, in its order."""

    def __init__(self) -> None:
        self.out: list[EmailMultiAlternatives] = []

    def goes_out(self) -> list[tuple[str, str]]:
        """The worker sends what waits: (to whom, subject), one recipient each; a scanner opens the links, which changes nothing."""
        call_command("worker", letters=True, until_empty=True)
        new = mail.outbox[len(self.out) :]
        self.out = list(mail.outbox)
        assert [each.recipients() for each in new if len(each.recipients()) != 1] == []
        if new:
            scan(links_in(*new))
        return [(each.to[0], str(each.subject).removeprefix(PORTAL)) for each in new]

    def link(self, to: str, subject: str) -> str:
        """The first address in the newest letter to somebody whose subject begins so."""
        letters = [each for each in self.out if each.to == [to] and each.subject.startswith(PORTAL + subject)]
        assert letters, f"no letter {subject} to {to}: {[(each.to, each.subject) for each in self.out]}"
        return links_in(letters[-1])[0]

    @property
    def links(self) -> list[str]:
        """Every address that has ever been mailed."""
        return links_in(*self.out)


def links_in(*letters: EmailMultiAlternatives) -> list[str]:
    texts = [str(text) for each in letters for text in (each.body, *(one[0] for one in each.alternatives))]
    return list(dict.fromkeys(link for text in texts for link in LINK.findall(text)))


def scan(links: list[str]) -> None:
    """As programs do that look into letters: GET and HEAD, by nobody who is logged in. Not a row changes."""
    before = digest()
    for link in links:
        for look in (Client().get, Client().head):
            with refusing_writes():
                answer = look(link, follow=True)
            assert answer.status_code in (200, 404), f"{link}: {answer.status_code}"
    assert digest() == before


def digest() -> str:
    """The same as long as every row of every table is."""
    found = hashlib.sha256()
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names(cursor)) - BY_THE_WAY):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found.update(repr((table, sorted(map(repr, cursor.fetchall())))).encode())
    return found.hexdigest()
