"""What the pages of histories say, for the tests that open them."""

import datetime
from contextlib import contextmanager

import time_machine
from django.urls import reverse

from iri_exchange.lib import history
from tests.conftest import NOW
from tests.strictness import parse_strictly


def read(actor, record, **asked):
    kind = record._meta.model_name
    answer = actor.client.get(reverse(f"{kind}_history", args=[getattr(record, "slug", record.pk)]), asked)
    assert answer.status_code == 200
    parse_strictly(answer.content)
    return answer


def told(answer) -> list[tuple[str, str, list[str]]]:
    """Each entry as who, title, and what is told."""
    return [
        (line.who, line.title, [said for one in line.entry.told for said in in_words(one)])
        for line in answer.context["lines"]
    ]


def in_words(one) -> list[str]:
    said = [f"{one.kind} {one.what}".strip()] if one.what or one.kind != "~" else []
    return said + [f"{each.label}：{each.old} → {each.new}" for each in one.changes if one.kind == "~"]


@contextmanager
def saved(by=None, minutes: int = 0):
    """Somebody's work, some minutes from now; the steps of one test lie minutes apart, as people's do."""
    with (
        time_machine.travel(NOW + datetime.timedelta(minutes=minutes)),
        history.step("", by=by.user if by else None),
    ):
        yield


def from_here(*records) -> None:
    """What the fixtures wrote is forgotten."""
    for record in records:
        for model in history.kept_of():
            history.of(model).all().delete()
        record.save()
