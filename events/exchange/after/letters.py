"""The two letters after the day: thanks with the questionnaire, and the question to the exhibitors."""

from django.conf import settings
from django.urls import reverse

from events import links
from events.exchange.after.times import last_day
from events.exchange.entering.letters import contact_of
from events.models import Booth, JointExchange, Registration
from iri_exchange.lib import japan
from members import letters
from members.models import Letter


def thanks(registration: Registration, address: str) -> Letter:
    """To one who was there; the link opens their questionnaire."""
    return letters.write(
        kind="events/exchange_thanks",
        to=address,
        values={"お名前": registration.name} | _values(registration.exchange),
        person=registration.person,
        link=f"{settings.SITE_URL}{reverse('exchange_feedback', args=[links.token_of(registration)])}",
    )


def result(booth: Booth) -> Letter:
    """To the address of the booth."""
    values = {"お名前": booth.first_person, "出展者": booth.exhibitor, "見出し": booth.title}
    return letters.write(
        kind="events/exchange_result",
        to=booth.email,
        values=values | _values(booth.exchange),
        link=f"{settings.SITE_URL}{reverse('exchange_booth_result', args=[booth.pk])}",
    )


def _values(exchange: JointExchange) -> dict[str, str]:
    return {
        "合同交流会": exchange.title,
        "日": japan.full_date(exchange.day),
        "期限": japan.full_date(last_day(exchange)),
        "連絡先": contact_of(exchange),
    }
