"""The lists, the drawing and the cards."""

from events.exchange.booths import cards, floor, listing
from events.exchange.booths.drawing import draw
from events.models import Booth
from members.models import Export
from tests.events.exchange.booths.conftest import accepted, apply, put


def booth(**fields):
    return Booth(**{"exhibitor": "株式会社架空精機", "title": "検査", "words": "傷を見つけます。"} | fields)


def test_technologies_stand_between_commas_of_any_kind():
    assert listing.technologies_of(booth(technologies="精密切削、めっき，検査, ")) == [
        "精密切削",
        "めっき",
        "検査",
    ]


def test_the_public_list_is_narrowed_by_trade_technology_and_words():
    booths = [
        booth(trade="E", technologies="めっき"),
        booth(trade="G", exhibitor="ＡＢＣ電機", technologies="検査、めっき"),
    ]
    assert listing.narrowed(booths, trade="G") == [booths[1]]
    assert listing.narrowed(booths, technology="めっき") == booths
    assert listing.narrowed(booths, words="abc メッキ") == [booths[1]]
    assert listing.narrowed(booths, words="abc 塗装") == []
    choices = listing.choices_of(booths)
    assert [(key, count) for key, _, count in choices.trades] == [("E", 1), ("G", 1)]
    assert {word: count for word, _, count in choices.technologies} == {"めっき": 2, "検査": 1}


def test_the_office_sees_what_waits_first_and_the_sums(exchange, staff):
    accepted(exchange, staff, desks=2, watts=700)
    apply(exchange, staff)
    rows = listing.office_rows(exchange)
    sums = listing.sums_of(exchange, rows)
    assert [each.state for each in rows] == ["applied", "accepted"]
    assert (sums.desks, sums.watts, sums.places, sums.left, sums.untold, sums.short) == (2, 700, 6, 5, 1, 0)


def test_the_drawing_shows_number_and_exhibitor(exchange, staff):
    stands = put(accepted(exchange, staff, exhibitor="株式会社架空精機製作所東京"), 1, 1, staff)
    stands.number = 4
    plan = draw(floor.stored(exchange.floor), [stands])
    (drawn,) = plan.placed
    assert (drawn.title, drawn.lines, drawn.x, drawn.y) == (
        "4番　株式会社架空精機製作所東京",
        ("架空精機製作", "所東京"),
        72,
        54,
    )
    assert [each.look for each in plan.cells].count("free") == 5
    assert (plan.width, plan.height) == (6 * 72, 4 * 54)


def test_cards_are_logged_with_the_companies(exchange, staff):
    booths = [accepted(exchange, staff), accepted(exchange, staff)]
    content = cards.print_cards(exchange=exchange, booths=booths, by=staff.user)
    copy = Export.objects.get()
    assert content.startswith(b"%PDF-")
    assert (copy.subject, copy.row_count, copy.copy_number) == ("joint/2026/booth-cards", 2, 1)
    assert {each.pk for each in copy.companies.all()} == {each.company_id for each in booths}
