"""The letter that asks which of some days suits one; one person, one letter, one link."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from events import links
from events.models import DatePoll, PollVoter
from groups.confirming import takes_letters
from iri_exchange.lib import japan
from members import bounces, letters
from members.models import Letter

KIND = "events/poll"


def voters_of(poll: DatePoll) -> QuerySet[PollVoter]:
    """With all that a letter needs."""
    return poll.voters.select_related("poll__group", "membership", "person")


def ask(*, voter: PollVoter, by: Any, again: bool = False) -> bool:
    """Whether a letter was written: to nobody without an address, and `again` to nobody twice on a day."""
    person = voter.person
    if not takes_letters(person) or bounces.suppression_of(person.email):
        return False
    if again and _asked_today(voter):
        return False
    try:
        letters.write(
            kind=KIND, to=person.email, values=_values(voter, by), person=person, link=link_of(voter)
        )
    except ValidationError:  # an old roster may hold what is no address
        return False
    return True


def link_of(voter: PollVoter) -> str:
    return f"{settings.SITE_URL}{reverse('poll_answer', args=[links.token_of(voter)])}"


def _values(voter: PollVoter, by: Any) -> dict[str, str]:
    poll = voter.poll
    until = timezone.localtime(poll.answer_until)
    return {
        "お名前": str(voter.person),
        "グループ": poll.group.name,
        "件名": poll.title,
        "お願いした人": f"{by.person}さん" if by and by.person_id else "異業種交流グループ事務局",
        "期限": japan.wareki(until.date()),
    }


def _asked_today(voter: PollVoter) -> bool:
    """For this days' or for others: of a letter that is out, its list tells the kind and the person alone."""
    since = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return Letter.objects.filter(kind=KIND, person=voter.person, written_at__gte=since).exists()
