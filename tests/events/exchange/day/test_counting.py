from events.exchange.day.counting import counts_of, latest
from events.exchange.day.receiving import receive, walk_in
from tests.exchange_factories import make_registration


def test_come_of_expected_by_kind(exchange, on_the_day, staff, django_assert_num_queries):
    one = make_registration(exchange)
    make_registration(exchange)
    make_registration(exchange, kind="press")
    for state in ("cancelled", "waiting"):
        make_registration(exchange, state=state)
    receive(registration=one, by=staff.user)
    on_the_day.shift(60)
    other = walk_in(exchange=exchange, by=staff.user, kind="public", name="仮空 次郎").registration
    with django_assert_num_queries(1):
        counts = counts_of(exchange)
    assert counts.state == {"counts": {"all": [2, 4], "public": [2, 3], "press": [0, 1]}}
    assert [(line.label, line.come, line.expected) for line in counts.lines] == [
        ("一般", 2, 3),
        ("報道", 0, 1),
    ]
    assert counts.at_the_door == 1
    assert latest(exchange) == [other, one]
    assert latest(exchange, 1) == [other]


def test_nobody_yet(exchange):
    assert counts_of(exchange).state == {"counts": {"all": [0, 0]}}
