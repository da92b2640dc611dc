"""The office asks whether a group's roster may be handed on, and writes down what it was told by other ways than the page."""

import datetime
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from groups import handing_on
from groups.confirming import takes_letters
from groups.handing_on import HANDOVER, Answer
from groups.models import Group
from iri_exchange.lib import history
from members import bounces, letters
from members.consents import answer_consent, current_texts
from members.models import Letter, Person

KIND = "groups/handover_consent"
HOW = {"phone": "電話", "paper": "紙", "meeting": "会合で"}


class Reach(NamedTuple):
    """The silent: those who can be asked by letter, and the others, to be asked by telephone. `asked`: a letter of these
    days is on its way, so none is sent again.
    """

    by_letter: list[Person]
    asked: list[Person]
    otherwise: list[Person]


@transaction.atomic
def write_down(*, group: Group, answers: Mapping[int, bool], how: str, by: Any) -> int:
    """{person id: agrees}: what was said by telephone, on paper or at a meeting, from today on. How many were written.

    What somebody answered already in the same way stays. Raises ValidationError for nobody, for a way that is not known
    and for somebody who does not attend for a member of the group today.
    """
    Group.objects.select_for_update(no_key=True).get(pk=group.pk)
    if how not in HOW:
        raise ValidationError("どうやって伺ったかを選んでください。", code="how")
    if not answers:
        raise ValidationError("お答えを書きとめる方を、一人以上選んでください。", code="nobody")
    today = timezone.localdate()
    known = answers_of(group, today)
    if not answers.keys() <= known.keys():
        raise ValidationError(
            "会員でなくなった方が選ばれています。もう一度、確かめてください。", code="stranger"
        )
    text = current_texts().get(HANDOVER.value)
    changed = {pk: given for pk, given in answers.items() if known[pk].said != ("yes" if given else "no")}
    with history.step("名簿を引き継ぐ同意の書きとめ", by):
        for pk, given in changed.items():
            person = known[pk].person
            answer_consent(
                kind=HANDOVER.value, given=given, since=today, person=person, text=text, note=HOW[how]
            )
    return len(changed)


@transaction.atomic
def ask(*, group: Group, by: Any) -> Reach:
    """A letter to each who has not answered, has a login and takes letters; to nobody twice within a week.

    Raises ValidationError if there is nobody to whom one can be sent.
    """
    Group.objects.select_for_update(no_key=True).get(pk=group.pk)
    reach = silent_of(group, timezone.localdate())
    if not reach.by_letter:
        raise ValidationError("いまメールでお願いできる方は、いません。", code="nobody")
    with history.step("名簿を引き継ぐ同意のお願い", by):
        for person in reach.by_letter:
            letters.write(
                kind=KIND,
                to=person.email,
                values={
                    "お名前": str(person),
                    "グループ": group.name,
                    "拠点": "　".join(filter(None, [group.office.name, group.office.phone])),
                },
                person=person,
                link=settings.SITE_URL + reverse("my_consent", args=[HANDOVER.value]),
            )
    return reach


def answers_of(group: Group, day: datetime.date) -> dict[int, Answer]:
    """{person id: the last answer} of those who attend for a member on a day, by member number."""
    rows = handing_on.answers(group, day)
    return {answer.person.pk: answer for row in rows for answer in row.people}


def silent_of(group: Group, day: datetime.date) -> Reach:
    """Those without an answer, by how they can be asked. A fixed number of queries."""
    silent = [answer.person for answer in answers_of(group, day).values() if not answer.said]
    ids = [person.pk for person in silent]
    logins = set(Person.objects.filter(pk__in=ids, users__is_active=True).values_list("pk", flat=True))
    stopped = bounces.suppressions_of([person.email for person in silent if person.email])
    lately = timezone.now() - datetime.timedelta(days=7)
    sent = Letter.objects.filter(kind=KIND, person__in=ids, written_at__gt=lately)
    asked = set(sent.values_list("person", flat=True))
    reached = [
        person
        for person in silent
        if person.pk in logins and takes_letters(person) and person.email.lower() not in stopped
    ]
    return Reach(
        by_letter=[person for person in reached if person.pk not in asked],
        asked=[person for person in reached if person.pk in asked],
        otherwise=[person for person in silent if person not in reached],
    )
