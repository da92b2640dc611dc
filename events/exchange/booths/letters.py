"""The letters to the exhibitors: one to the address that the application names; none where it names none. And one to the
office, where somebody who was to exhibit does not.
"""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from events.exchange.booths import calling, floor
from events.models import Booth, JointExchange
from groups.models import StaffAssignment
from iri_exchange.lib import japan
from members import bounces, letters
from members.letter_kind import LINK
from members.letter_kinds import KINDS
from members.letter_wording import Composed, compose
from members.models import Letter, Person

PLACED = "exchange_booth"


def received(booth: Booth) -> Letter | None:
    """Until when it can be corrected: of one that the office took in after the call, until the day begins."""
    exchange = booth.exchange
    until = exchange.booths_until if exchange.takes_booths else exchange.starts_at
    return _write("exchange_booth_received", booth, {"期限": calling.moment(until)})


def declined(booth: Booth) -> Letter | None:
    return _write("exchange_booth_declined", booth, {"ことば": booth.answer_words})


def placed(booth: Booth) -> Letter | None:
    """Where they stand, under which number, and what is there for them."""
    return _write(PLACED, booth, _of_the_place(booth))


def gone(booth: Booth) -> list[Letter]:
    """To the colleagues of the office that is asked: what becomes free. `booth` still has its place and number."""
    exchange = booth.exchange
    free = {"空いた場所": _told(_given(booth))}
    about = {key: _values(booth)[key] for key in ("出展者", "見出し", "交流会", "日")}
    return [
        letters.write(
            kind="events/exchange_booth_gone",
            to=person.email,
            values=about | free | {"お名前": str(person)},
            person=person,
            link=address_of(booth, "exchange_office_booth"),
        )
        for person in _colleagues(exchange)
    ]


def preview(booth: Booth) -> Composed:
    """The letter of `placed`, as it would be sent."""
    kind = KINDS[f"events/{PLACED}"]
    return compose(kind, _values(booth) | _of_the_place(booth) | {LINK: address_of(booth)})


def address_of(booth: Booth, page: str = "exchange_booth") -> str:
    """The whole address of the exhibitor's page; of one that nobody else may read, that which asks for the login first."""
    return f"{settings.SITE_URL}{reverse(page, args=[booth.pk])}"


def times_of(exchange: JointExchange) -> str:
    """The day and its hours, on one line."""
    starts, ends = timezone.localtime(exchange.starts_at), timezone.localtime(exchange.ends_at)
    return f"{japan.full_date(exchange.day)} {starts:%-H:%M}～{ends:%-H:%M}"


def _write(kind: str, booth: Booth, more: dict[str, str]) -> Letter | None:
    if not booth.email:
        return None
    values = _values(booth) | more
    link = address_of(booth, "exchange_booth" if kind == PLACED else "exchange_booth_edit")
    return letters.write(kind=f"events/{kind}", to=booth.email, values=values, link=link)


def _values(booth: Booth) -> dict[str, str]:
    exchange = booth.exchange
    return {
        "お名前": booth.first_person,
        "出展者": booth.exhibitor,
        "見出し": booth.title,
        "交流会": exchange.title,
        "日": japan.full_date(exchange.day),
        "連絡先": calling.contact_of(exchange),
    }


def _of_the_place(booth: Booth) -> dict[str, str]:
    exchange = booth.exchange
    day = [
        ("日時", times_of(exchange)),
        ("会場", "　".join(filter(None, [exchange.place, exchange.address]))),
    ]
    return {"内容": _told([*day, *_given(booth)]), "ことば": booth.answer_words}


def _given(booth: Booth) -> list[tuple[str, str]]:
    at = floor.name_of(booth.place_row, booth.place_column) if booth.place_row is not None else ""  # type: ignore[arg-type]
    return [
        ("番号", f"{booth.number}番" if booth.number else ""),
        ("場所", f"会場図の{at}" if at else ""),
        ("机", f"{booth.desks}台"),
        ("電源", f"{booth.watts}Wまで" if booth.watts else "なし"),
    ]


def _told(facts: list[tuple[str, str]]) -> str:
    return "\n".join(f"{label}：{text}" for label, text in facts if text)


def _colleagues(exchange: JointExchange) -> list[Person]:
    """Who works there today and can be written to, whatever the directory says of how to reach them; where nobody does,
    whoever works at another office.
    """
    terms = StaffAssignment.objects.on(timezone.localdate()).select_related("person").order_by("pk")
    found = list({each.person_id: each.person for each in terms.filter(office=exchange.office_id)}.values())
    found = found or list({each.person_id: each.person for each in terms}.values())
    stopped = bounces.suppressions_of([each.email for each in found if each.email])
    return [each for each in found if each.email and each.email.lower() not in stopped]
