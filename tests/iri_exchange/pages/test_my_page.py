"""The reader's own page."""

import datetime

from django.test import Client
from django.urls import reverse

from members.models import User
from tests.factories import make_meeting


def test_a_member_sees_their_group_and_record(member, group):
    context = member.client.get(reverse("my_page")).context

    assert [membership.group for membership in context["memberships"]] == [group]
    assert list(context["companies"]) == [member.membership.company]
    assert context["to_confirm"] is True


def test_the_secretary_sees_their_office(secretary):
    page = secretary.client.get(reverse("my_page")).content.decode()

    assert "けやき会 事務局" in page


def test_the_secretary_is_told_what_waits(secretary, member, group):
    """Whoever runs the meetings; a member is not asked to."""
    over = make_meeting(group, datetime.date(2026, 11, 20))

    assert reverse("attendance", args=[over.pk]) in secretary.client.get(reverse("my_page")).content.decode()
    assert member.client.get(reverse("my_page")).context["meetings_to_do"] == []


def test_staff_go_to_their_desk(staff):
    assert staff.client.get(reverse("my_page")).url == reverse("office_desk")


def test_who_left_sees_only_themselves(left_member):
    context = left_member.client.get(reverse("my_page")).context

    assert (list(context["memberships"]), list(context["companies"])) == ([], [])


def test_a_login_without_a_person_is_told_so(db):
    client = Client()
    client.force_login(User.objects.create_user("nobody@example.jp", "long enough for this"))

    assert "まだ名簿の方と結びついていません" in client.get(reverse("my_page")).content.decode()


def test_a_visitor_logs_in_first(visitor):
    assert visitor.client.get(reverse("my_page")).url == "/accounts/login/?next=/my/"
