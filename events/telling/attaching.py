"""What goes along with a letter about a meeting: the meeting itself, for the reader's calendar."""

from events.calendars.invitation import ics_of
from events.models import Delivery
from members.models import Letter


def calendar_of(letter: Letter) -> list[tuple[str, str, str]]:
    """[(file name, text, type)], as the meeting is when the letter goes out; nothing where it is gone."""
    delivery = Delivery.objects.filter(letter=letter).select_related("notice__meeting__group__office").first()
    if delivery is None:
        return []
    return [("meeting.ics", ics_of(delivery.notice.meeting), "text/calendar")]
