"""What the tests of inviting count."""

from collections import Counter

from events.models import JointExchange, Registration
from members.models import Letter


def states(exchange: JointExchange) -> dict[str, int]:
    """{state: how many}"""
    return dict(Counter(Registration.objects.filter(exchange=exchange).values_list("state", flat=True)))


def letters_of(kind: str) -> list[str]:
    """To whom letters of a kind were written."""
    return sorted(Letter.objects.filter(kind=f"events/exchange_{kind}").values_list("to", flat=True))
