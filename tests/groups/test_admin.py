"""The groups in the admin: what the portal's own pages check is not offered unchecked here."""

import datetime

from django.core.files.base import ContentFile
from django.urls import reverse

from groups import memberships
from groups.models import Representative, StaffAssignment
from tests.factories import make_adviser, make_login, make_officer, make_person, make_staff

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


def test_who_attends_is_written_down_by_the_verbs(staff, member):
    """Not for days on which the member is gone, and not more at a time than the by-laws allow."""
    membership, first = member.membership, member.membership.representatives.get()
    add = reverse("admin:groups_representative_add")
    change = reverse("admin:groups_representative_change", args=[first.pk])
    memberships.leave(membership=membership, since=datetime.date(2027, 4, 1), reason="busy")
    typed = {"membership": membership.pk, "person": make_person().pk, "rank": "1", "until": ""}
    late = staff.client.post(add, typed | {"since": "2027-04-01"})
    assert "会員である日ではありません" in late.text
    assert staff.client.post(add, typed | {"since": "2026-12-01"}).status_code == 302
    made = Representative.objects.latest("pk")
    assert (made.rank, made.until) == (2, datetime.date(2027, 3, 31))
    third = staff.client.post(add, typed | {"person": make_person().pk, "since": "2026-12-01"})
    assert "登録者は1社2名までです" in third.text
    longer = staff.client.post(change, {"since": "2013-04-01", "until": "2027-12-31"})
    assert "会員であるのは令和9年3月31日まで" in longer.text
    other = {"person": make_person().pk, "rank": "9", "since": "2013-04-01", "until": "2026-12-31"}
    assert staff.client.post(change, other).status_code == 302
    first.refresh_from_db()
    assert (first.person, first.rank, first.until) == (member.person, 1, datetime.date(2026, 12, 31))


def test_nobody_advises_twice_at_a_time_by_the_side_door(staff, group):
    term = make_adviser(group, make_person(), since=TODAY)
    typed = {"group": group.pk, "person": term.person_id, "since": "2026-12-01", "until": "", "note": ""}
    assert "重ならない日" in staff.client.post(reverse("admin:groups_adviser_add"), typed).text
    page = reverse("admin:groups_group_change", args=[group.pk])
    form = staff.client.get(page).context["adminform"].form
    kept = {
        name: form.initial.get(name)
        for name in form.fields
        if form.initial.get(name) not in (None, "", False)
    }
    rows = {
        f"{name}-{count}": "0"
        for name in ("stages", "officer_terms", "advisers")
        for count in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    rows |= {"advisers-TOTAL_FORMS": "2", "advisers-INITIAL_FORMS": "1"}
    rows |= {"advisers-0-id": term.pk, "advisers-0-group": group.pk, "advisers-1-group": group.pk}
    rows |= {"advisers-1-person": term.person_id, "advisers-1-since": "2026-12-01"}
    assert "重ならない日" in staff.client.post(page, kept | rows).text
    assert group.advisers.count() == 1
    assert staff.client.post(page, kept | rows | {"advisers-1-person": make_person().pk}).status_code == 302
    assert group.advisers.count() == 2


def test_the_last_day_of_a_new_colleague_is_kept(staff, office):
    typed = {"family_name": "新井", "given_name": "春", "email": "arai@example.jp", "office": office.pk}
    typed |= {"person": "", "since": "2027-04-01", "until": "2028-03-31"}
    assert staff.client.post(reverse("admin:groups_staffassignment_add"), typed).status_code == 302
    made = StaffAssignment.objects.get(person__family_name="新井")
    assert made.until == datetime.date(2028, 3, 31)
