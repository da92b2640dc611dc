"""A published exchange with six places on two circuits, and shorthands for the verbs."""

from typing import Any

import pytest

from events.exchange.booths import applying, deciding, placing
from events.exchange.booths.exhibitors import Exhibitor
from events.models import Booth, JointExchange
from tests.exchange_factories import make_booth, make_exchange
from tests.factories import make_company

ABOUT = {
    "exhibitor": "株式会社架空精機", "title": "小さな部品の検査", "words": "カメラで傷を見つけます。",
    "trade": "E", "technologies": "画像検査、精密切削", "url": "", "desks": 1, "watts": 300,
    "first_person": "架空 太郎", "second_person": "", "email": "taro@example.jp", "phone": "", "request": "",
}  # fmt: skip


@pytest.fixture
def exchange(office) -> JointExchange:
    return make_exchange(office=office)


def apply(exchange: JointExchange, by: Any, company: Any = None, **fields: Any) -> Booth:
    """Of a company, a new one unless it is said."""
    whose = Exhibitor(company=company or make_company())
    return applying.apply(exchange=exchange, whose=whose, by=by.user, **ABOUT | fields)


def accepted(exchange: JointExchange, by: Any, **fields: Any) -> Booth:
    """Accepted, without place and number."""
    booth = make_booth(exchange, company=make_company(), applied_by=by.user, **fields)
    deciding.accept(exchange=exchange, booths=[booth.pk], by=by.user)
    return Booth.objects.get(pk=booth.pk)


def put(booth: Booth, row: int, column: int, by: Any) -> Booth:
    return placing.place(booth=booth, at=(row, column), by=by.user)


def places(exchange: JointExchange) -> list[tuple[str, int | None, int | None, int | None]]:
    """(title, row, column, number) of those that exhibit, by title."""
    rows = Booth.objects.filter(exchange=exchange, state=Booth.State.ACCEPTED).order_by("title")
    return list(rows.values_list("title", "place_row", "place_column", "number"))
