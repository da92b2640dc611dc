"""Many at one meeting at once: a place is given once, and all that two phones tick is kept (G13).

    python -m tests.reliability.meetings [--meetings N]

Runs on DATABASE_URL, which must be empty, or on SQLite in a folder of its own, against the real server. To each of N
meetings with three places eight say yes at the same moment, each by the own link; at each of N receptions two phones go
down the same list, one ticks who is there, the other who has paid. Then the same with a planted fault, a server on which
nobody waits: both must be found.
"""

import argparse
import datetime
import http.client
import json
import sys
import threading
import time
import urllib.parse
import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from tests.reliability.edits import PATIENCE, editor, portal, serving

MEMBERS, PLACES = 8, 3
CLERK = "甲"


class Phone:
    """A browser; `answers` are the states of what it was answered."""

    def __init__(self, port: int, cookie: str, csrf: str) -> None:
        self.port = port
        self.headers = {"Cookie": f"sessionid={cookie}; csrftoken={csrf}", "X-CSRFToken": csrf}
        self.answers: list[int] = []

    def send(self, url: str, body: str, kind: str) -> None:
        # A new one each time: the server closes what is silent for some seconds.
        server = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        server.request("POST", url, body, self.headers | {"Content-Type": f"application/{kind}"})
        self.answers.append(server.getresponse().status)
        server.close()

    def say_yes(self, url: str) -> None:
        self.send(url, urllib.parse.urlencode({"answer": "yes"}), "x-www-form-urlencoded")

    def tick(self, url: str, people: list[int], name: str, value: Any) -> None:
        for pk in people:
            tap = {"who": f"p{pk}", "field": name, "value": value, "op": str(uuid.uuid4())}
            self.send(url, json.dumps({"marks": [tap]}), "json")


def write_records() -> None:
    """A group in its launch year, and who of the office receives its members."""
    from groups.models import Group
    from tests.factories import make_group, make_login, make_membership, make_person, make_staff

    group = make_group(slug="keyaki", stage=Group.Stage.LAUNCHED)
    for _ in range(MEMBERS):
        make_membership(group)
    person = make_person(family_name=CLERK)
    make_staff(person, office=group.office)
    make_login(person)


def meetings_of(count: int, days: int, **fields: Any) -> list[Any]:
    """Announced ones in so many days, to which everybody is invited."""
    from django.utils import timezone

    from events import meetings
    from events.models import Meeting, Reply
    from events.replying.invitees import invited_people
    from groups.models import Group
    from tests.factories import make_meeting

    group, found = Group.objects.get(), []
    for _ in range(count):
        day = timezone.localdate() + datetime.timedelta(days=days)
        meeting = make_meeting(group, day, kind=Meeting.Kind.VISIT, **fields)
        meetings.announce(meeting=meeting)
        for membership, person in invited_people(meeting):
            Reply.objects.create(meeting=meeting, membership=membership, person=person)
        found.append(meeting)
    return found


def at_once(work: list[Callable[[], None]]) -> None:
    """All of them begin together."""
    ready = threading.Barrier(len(work), timeout=PATIENCE)

    def run(one: Callable[[], None]) -> None:
        ready.wait()
        one()

    threads = [threading.Thread(target=run, args=[one]) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def replies(meetings: list[Any], phones: list[Phone]) -> list[str]:
    """What does not hold, in sentences: a place that is given twice, or an answer that is not what was written."""
    from events.links import token_of
    from events.replying.replies import places_taken

    full = []
    for meeting in meetings:
        for phone in phones:
            phone.answers.clear()
        links = [f"/reply/{token_of(reply)}/" for reply in meeting.replies.all()]
        at_once([partial(who.say_yes, to) for who, to in zip(phones, links, strict=True)])
        told = sorted(status for phone in phones for status in phone.answers)
        expected = [200] * (MEMBERS - PLACES) + [302] * PLACES
        if (places_taken(meeting), told) != (PLACES, expected):
            full.append(f"{places_taken(meeting)} places ({told})")
    return (
        [f"{len(full)} of {len(meetings)} meetings gave not {PLACES} places, but {full[0]}"] if full else []
    )


def receptions(meetings: list[Any], phones: list[Phone]) -> list[str]:
    """What does not hold: a tick that is lost."""
    from events.models import Attendance

    lost = 0
    for meeting in meetings:
        url = f"/meetings/{meeting.pk}/attendance/mark/"
        people = list(meeting.replies.values_list("person", flat=True))
        here, paid = phones[:2]
        here.tick(url, people, "kind", "absent")
        at_once(
            [
                partial(here.tick, url, people, "kind", "present"),
                partial(paid.tick, url, people, "fee_paid", True),
            ]
        )
        rows = Attendance.objects.filter(meeting=meeting)
        lost += 2 * len(people) - rows.filter(kind="present").count() - rows.filter(fee_paid=True).count()
    wrong = [status for phone in phones[:2] for status in phone.answers if status != 200]
    found = [f"{lost} ticks are lost"] if lost else []
    return found + ([f"{len(wrong)} taps were answered {set(wrong)}"] if wrong else [])


def run(count: int, *, plant: bool = False) -> tuple[list[str], list[str]]:
    """One run of the replies and one of the receptions; prints what was measured."""
    application = "tests.reliability.unlocked" if plant else "iri_exchange.wsgi"
    to_answer, to_receive = meetings_of(count, 14, capacity=PLACES), meetings_of(count, 0, fee=1000)
    with serving(application) as port:
        clerk = editor(CLERK, port)
        began = time.monotonic()
        given = replies(to_answer, [Phone(port, "", clerk.csrf) for _ in range(MEMBERS)])
        ticked = receptions(to_receive, [Phone(port, clerk.cookie, clerk.csrf) for _ in range(2)])
        took = time.monotonic() - began
    told = f"{count} × {MEMBERS} replies, {count} × {2 * MEMBERS} ticks, {took:.0f} s"
    print(f"{'planted: ' if plant else ''}{told}: {given + ticked or 'holds'}", flush=True)
    return given, ticked


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--meetings", type=int, default=25)
    asked = parser.parse_args()
    with portal(write_records):
        holds = not any(run(asked.meetings))
        caught = all(run(max(asked.meetings // 5, 3), plant=True))
    if not caught:
        print("A planted fault was not found", file=sys.stderr)
    return 0 if holds and caught else 1


if __name__ == "__main__":
    sys.exit(main())
