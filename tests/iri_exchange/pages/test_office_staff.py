"""Who works where: seen, moved in April, welcomed with a link."""

import datetime

from groups.models import StaffAssignment
from members.models import Invitation, Person
from tests.factories import make_login, make_office, make_person, make_staff

APRIL = datetime.date(2027, 4, 1)


def test_the_transfer_is_one_page(staff, office):
    other = make_office(name="本部", short_name="本部", slug="honbu")
    moving, leaving = make_person(), make_person()
    for person in (moving, leaving):
        make_login(person)
    rows = [make_staff(person, office=office) for person in (moving, leaving)]
    own = staff.person.staff_assignments.get()
    page = staff.client.get("/office/staff/transfer/")
    assert page.context["form"]["on"].value() == APRIL
    nothing = {f"to_{row.pk}": "stays" for row in [*rows, own]} | {"on": "2027-04-01"}
    refused = staff.client.post("/office/staff/transfer/", nothing)
    assert refused.context["form"].non_field_errors() == ["異動する方を選んでください。"]
    past = staff.client.post("/office/staff/transfer/", nothing | {"on": "2026-11-25"})
    assert past.context["form"].errors.keys() == {"on"}
    typed = nothing | {
        f"to_{rows[0].pk}": str(other.pk),
        f"to_{rows[1].pk}": "leaves",
        f"to_{own.pk}": "leaves",
    }
    asked = staff.client.post("/office/staff/transfer/", typed)
    assert asked.context["form"].errors.keys() == {"confirmed"}
    assert staff.client.post("/office/staff/transfer/", typed | {"confirmed": "on"}).status_code == 302
    in_april = StaffAssignment.objects.on(APRIL)
    assert [(row.person, row.office) for row in in_april] == [(moving, other)]
    shown = staff.client.get("/office/staff/").context
    assert (len(shown["now"]), len(shown["coming"]), len(shown["in_april"])) == (3, 1, 1)


def test_the_transfer_tells_what_is_registered_already(staff, office):
    other = make_office(name="本部", short_name="本部", slug="honbu")
    moving, leaving = make_person(), make_person()
    rows = [
        make_staff(person, office=office, until=datetime.date(2027, 3, 31)) for person in (moving, leaving)
    ]
    make_staff(moving, office=other, since=APRIL)
    own = staff.person.staff_assignments.get()
    fields = staff.client.get("/office/staff/transfer/").context["form"].fields
    assert [fields[f"to_{row.pk}"].help_text for row in (*rows, own)] == [
        "令和9年4月1日から本部の配置が、もう登録されています。",
        "令和9年3月31日で終わります。",
        "",
    ]


def test_a_new_colleague_gets_a_link_and_no_right_before_the_day(staff, office):
    typed = {"family_name": "新井", "given_name": "春", "since": "R9.4.1", "office": office.pk}
    refused = staff.client.post("/office/staff/new/", typed)
    assert refused.context["form"].errors.keys() == {"email"}
    assert staff.client.post("/office/staff/new/", typed | {"email": "arai@example.jp"}).status_code == 302
    person = Person.objects.get(family_name="新井")
    assert (person.staff_assignments.get().since, Invitation.objects.get().person) == (APRIL, person)
    assert "招待中" in staff.client.get("/office/staff/").text


def test_an_assignment_is_put_right_or_taken_back_before_it_begins(staff, office):
    own = staff.person.staff_assignments.get()
    url = f"/office/staff/{own.pk}/"
    ends = {"office": office.pk, "since": "2013-04-01", "until": "2027-03-31"}
    refused = staff.client.post(url, ends)
    assert "一人もいなくなります" in refused.context["form"].non_field_errors()[0]
    assert staff.client.post(url, {"withdraw": "1"}).status_code == 200
    person = make_person()
    make_login(person)
    coming = make_staff(person, office=office, since=APRIL)
    assert staff.client.post(url, ends).status_code == 302
    assert staff.client.post(f"/office/staff/{coming.pk}/", {"withdraw": "1"}).status_code == 200
    other = make_staff(make_person(), office=office, since=APRIL)
    assert staff.client.post(f"/office/staff/{other.pk}/", {"withdraw": "1"}).status_code == 302
    assert list(StaffAssignment.objects.order_by("pk")) == [own, coming]


def test_a_name_of_any_length_is_refused_in_words(staff, office):
    """No database compares the whole of it."""
    typed = {"family_name": "長" * 30_000, "since": "R9.4.1", "office": office.pk, "email": "a@example.jp"}
    refused = staff.client.post("/office/staff/new/", typed)
    assert (refused.status_code, list(refused.context["form"].errors)) == (200, ["family_name"])
