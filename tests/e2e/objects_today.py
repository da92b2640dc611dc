"""Adds a joint exchange that is held today, with one person who comes, and prints the token of their 受付票 as JSON.

The browser's portal has no other clock than ours, and the demo's exchanges are in February.
"""

import datetime
import json

import django

django.setup()

from django.utils import timezone  # noqa: E402

from events.links import token_of  # noqa: E402
from tests.exchange_factories import make_exchange, make_registration  # noqa: E402

# No exchange of the demo is so far away.
FAR = 2199


def hold() -> dict[str, str | int]:
    day, now = timezone.localdate(), timezone.now()
    ago, later = now - datetime.timedelta(days=9), now + datetime.timedelta(hours=9)
    exchange = make_exchange(
        fiscal_year=FAR, starts_at=now, ends_at=later, registration_from=ago, registration_until=later, booths_from=ago,
        booths_until=now - datetime.timedelta(days=1), day=day,
    )  # fmt: skip
    person = make_registration(exchange, "架空 花子")
    return {"year": FAR, "token": token_of(person)}


if __name__ == "__main__":
    print(json.dumps(hold()))
