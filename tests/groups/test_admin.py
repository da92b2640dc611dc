"""The groups in the admin: what the portal's own pages check is not offered unchecked here."""

import datetime

from django.core.files.base import ContentFile
from django.urls import reverse

from tests.factories import make_login, make_officer, make_person, make_staff

TODAY = datetime.date(2026, 11, 25)


def test_a_logo_is_shown_and_not_taken(staff, group):
    page = reverse("admin:groups_group_change", args=[group.pk])
    assert reverse("group_edit", args=[group.slug]) in staff.client.get(page).content.decode()
    group.logo.save("logo.png", ContentFile(b"drawn anew"))
    answer = staff.client.get(page)
    assert "logo" not in answer.context["adminform"].form.fields
    assert f'href="{reverse("group_logo", args=[group.slug])}"' in answer.content.decode()


def test_the_last_officer_is_not_ended_here_unasked(staff, secretary, member, group):
    """A change that nobody could confirm is refused, with the way to the page where it is confirmed."""
    term = group.officer_terms.get()
    url = reverse("admin:groups_officerterm_change", args=[term.pk])
    typed = {"person": term.person_id, "role": term.role, "since": "2013-04-01", "until": "2026-11-30"}
    for change in ({}, {"until": "", "since": "2026-12-01"}):
        answer = staff.client.post(url, typed | change)
        assert answer.status_code == 200
        assert f'<a href="/officer-terms/{term.pk}/end/">任期を終えるページ</a>' in answer.content.decode()
    term.refresh_from_db()
    assert term.until is None
    make_officer(group, member.person)
    assert staff.client.post(url, typed | {"role": "chair"}).status_code == 302
    term.refresh_from_db()
    assert (term.role, term.until) == ("chair", datetime.date(2026, 11, 30))
    assert staff.client.post(url, typed | {"until": ""}).status_code == 302


def test_a_term_stays_with_its_group(staff, secretary, group, other_group):
    term = group.officer_terms.get()
    url = reverse("admin:groups_officerterm_change", args=[term.pk])
    typed = {"person": term.person_id, "role": "chair", "since": "2013-04-01", "until": ""}
    assert staff.client.post(url, typed | {"group": other_group.pk}).status_code == 302
    term.refresh_from_db()
    assert (term.group, term.role) == (group, "chair")


def test_a_term_begins_here(staff, member, group):
    typed = {"group": group.pk, "person": member.person.pk, "role": "chair", "since": "R8.11.25", "until": ""}
    assert staff.client.post(reverse("admin:groups_officerterm_add"), typed).status_code == 302
    term = group.officer_terms.get()
    assert (term.person, term.since, term.until) == (member.person, TODAY, None)


def test_on_the_page_of_the_group_terms_are_only_added(staff, secretary, group):
    """Two ended together would each count on the other."""
    term = group.officer_terms.get()
    shown = staff.client.get(reverse("admin:groups_group_change", args=[group.pk])).content.decode()
    assert 'name="officer_terms-0-until"' not in shown
    assert f"/admin/groups/officerterm/{term.pk}/change/" in shown


def test_the_last_colleague_who_can_log_in_stays(staff, office):
    own = staff.person.staff_assignments.get()
    page = reverse("admin:groups_staffassignment_change", args=[own.pk])
    ends = {"office": office.pk, "since": "2013-04-01", "until": "2027-03-31"}
    refused = staff.client.post(page, ends)
    own.refresh_from_db()
    assert (refused.status_code, own.until) == (200, None)
    assert "一人もいなくなります" in refused.text
    make_login(colleague := make_person())
    make_staff(colleague, office=office)
    assert staff.client.post(page, ends).status_code == 302
    own.refresh_from_db()
    assert (str(own.until), own.history.count()) == ("2027-03-31", 2)
