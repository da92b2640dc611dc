"""The pages of the joint exchange stand whatever is typed, and where there is nothing to show."""

import pytest

from events.models import JointExchange, Registration
from tests.exchange_factories import make_exchange, make_registration

HUGE = "9" * 30
PAGES = ["/joint/{}/", "/joint/{}/booths/", "/joint/{}/register/", "/joint/{}/calendar.ics"]
OFFICE = [
    "", "edit/", "programme/", "publish/", "cancel/", "change-told/", "booths/", "booths/tell/", "booths/cards.pdf",
    "floor/", "floor/places/", "invite/", "remind/", "invite.pdf", "registrations/", "registrations.xlsx",
    "registrations.csv", "registrations/new/", "tables/", "reception/", "reception/state/", "reception.pdf",
    "reception/walk-in/", "badges/", "after/", "report/", "report/words/", "report.pdf", "report.xlsx", "photos/",
]  # fmt: skip


@pytest.fixture
def bare(office) -> JointExchange:
    """No programme, no rounds, no booths, no floor, no circuits, nobody."""
    made = make_exchange(floor="", table_rounds=0, public_capacity=0)
    made.circuits.all().delete()
    return made


@pytest.mark.parametrize("page", PAGES)
def test_a_year_of_thirty_digits_is_none(visitor, bare, page):
    assert visitor.client.get(page.format(HUGE)).status_code == 404


@pytest.mark.parametrize("page", ["booths/{}/", "booths/{}/picture/", "photos/{}/"])
def test_a_number_of_thirty_digits_is_none(visitor, bare, page):
    assert visitor.client.get(f"/joint/{page.format(HUGE)}").status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_with_nothing_there_every_public_page_stands(visitor, bare, page):
    assert visitor.client.get(page.format(2026)).status_code == 200


@pytest.mark.parametrize("page", OFFICE)
def test_with_nothing_there_every_page_of_the_office_stands(staff, bare, page):
    assert staff.client.get(f"/office/joint/2026/{page}").status_code == 200


@pytest.mark.parametrize("typed", [HUGE, "\x00", "\u202e", "😀", "-1", "x", "²"])
def test_no_filter_makes_the_list_fall(staff, bare, typed):
    make_registration(bare)
    for name in ("q", "state", "kind", "group", "partner_group", "party", "arrived", "page"):
        for where in ("registrations/", "registrations.csv"):
            answer = staff.client.get(f"/office/joint/2026/{where}", {name: typed})
            assert answer.status_code in (200, 404), (name, where)
    for where in (
        "reception/?q",
        "tables/?round",
        "booths/?state",
        "invite.pdf?registration",
        "booths/cards.pdf?booth",
    ):
        path, name = where.split("?")
        assert staff.client.get(f"/office/joint/2026/{path}", {name: typed}).status_code in (200, 302, 404), (
            where
        )


@pytest.mark.parametrize("count", ["9" * 5000, "²", "", "-1", "x"], ids=range(5))
def test_no_number_of_rows_makes_the_programme_fall(staff, bare, count):
    sent = {"form-TOTAL_FORMS": count, "form-INITIAL_FORMS": "0", "version": "0"}
    for more in ({}, {"more": "1"}):
        assert staff.client.post("/office/joint/2026/programme/", sent | more).status_code in (200, 302)


@pytest.mark.parametrize(
    "plan", ["", "\n\n", "Ａ　ａ\n\n\n.", "A" * 61, "ß", "\x00A", "あ", "A\t=", "." * 5000]
)
def test_no_floor_makes_its_page_fall(staff, bare, plan):
    for more in ({}, {"look": "1"}, {"resize": "1", "rows": HUGE, "columns": "0"}):
        sent = {"floor": plan, "watts_A": HUGE} | more
        assert staff.client.post("/office/joint/2026/floor/", sent).status_code in (200, 302)
    assert staff.client.get("/office/joint/2026/floor/places/").status_code == 200


@pytest.mark.parametrize("typed", [HUGE, "-1", "0", "１０", "x", ""])
def test_no_number_makes_the_facts_fall(staff, bare, typed):
    form = staff.client.get("/office/joint/2026/edit/").context["form"]
    known = {name: form[name].value() for name in form.fields}
    sent = {name: str(value) for name, value in known.items() if value not in (None, False, "")}
    names = (
        "member_capacity",
        "public_capacity",
        "party_fee",
        "table_rounds",
        "table_seats",
        "table_minutes",
    )
    for name in names:
        answer = staff.client.post(
            "/office/joint/2026/edit/", sent | {"has_party": "on", "record-version": "", name: typed}
        )
        assert answer.status_code in (200, 302), name


@pytest.mark.parametrize("name", ["架" * 80, "W" * 80, "😀 花子", "髙𠮷 﨑"])
def test_any_name_fits_on_every_paper(staff, bare, name):
    row = make_registration(bare, name, kana="カ" * 120, affiliation="社" * 100, title="長" * 60)
    for page in ("reception.pdf", "registrations.xlsx", "registrations.csv"):
        assert staff.client.get(f"/office/joint/2026/{page}").status_code == 200
    printed = staff.client.post(f"/office/joint/registrations/{row.pk}/badge/", follow=True)
    assert printed.status_code == 200
    assert Registration.objects.get().badge_prints == 1


@pytest.mark.parametrize("token", ["x", "1-1.x", "9" * 5000, "%00", "1-1", "..", "😀"], ids=range(7))
def test_no_token_makes_a_personal_page_fall(visitor, staff, bare, token):
    for page in ("", "choices/", "cancel/", "ticket.pdf", "wishes/", "seats/", "feedback/"):
        answer = visitor.client.get(f"/joint/ticket/{token}/{page}", follow=True)
        assert answer.status_code == 404, page
    assert staff.client.get(f"/joint/arrive/{token}/").status_code == 404


def test_more_places_are_offered_as_soon_as_they_are_stored(staff, office):
    full = make_exchange(public_capacity=1)
    make_registration(full)
    make_registration(full, "待つ 人", state="waiting")
    form = staff.client.get("/office/joint/2026/edit/").context["form"]
    known = {name: form[name].value() for name in form.fields}
    sent = {name: str(value) for name, value in known.items() if value not in (None, False, "")}
    sent |= {"public_capacity": "2", "record-version": form.record_version}
    assert staff.client.post("/office/joint/2026/edit/", sent).status_code == 302
    assert sorted(Registration.objects.values_list("state", flat=True)) == ["confirmed", "offered"]
