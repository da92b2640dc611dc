"""登録内容の確認 of a group: asked, reminded, written down for those who are reached by telephone."""

import datetime

import time_machine
from django.core import mail

from groups.models import Confirmation
from members.models import Letter
from tests.conftest import NOW
from tests.factories import make_company, make_membership, make_person


def test_the_secretary_asks_and_writes_down(secretary, group, staff, member):
    silent = make_person(email="", phone="042-500-1234")
    make_membership(group, company=make_company(), representatives=[silent])
    page = f"/groups/{group.slug}/confirmations/"
    assert "メールをお送りする会員：2　お電話などで確かめる会員：1" in secretary.client.get(page).text
    secretary.client.post(f"{page}start/")
    assert (Letter.objects.filter(kind="members/confirm_data").count(), mail.outbox) == (2, [])
    shown = secretary.client.get(page).text
    assert ("042-500-1234" in shown, "メールアドレスがありません。" in shown) == (True, True)
    assert f"/groups/{group.slug}/confirmations/" in staff.client.get("/office/").text

    row = Confirmation.objects.get(person=silent)
    secretary.client.post(f"/confirmations/{row.pk}/note/", {"source": "link"})
    secretary.client.post(f"/confirmations/{row.pk}/note/", {})
    row.refresh_from_db()
    assert row.confirmed_at is None
    secretary.client.post(f"/confirmations/{row.pk}/note/", {"source": "fax"})
    row.refresh_from_db()
    assert (row.source, row.confirmed_by) == ("fax", secretary.user)
    secretary.client.post(f"/confirmations/{row.pk}/reopen/")

    asking = row.round
    secretary.client.post(f"/confirmation-rounds/{asking.pk}/remind/")
    assert Letter.objects.count() == 2
    with time_machine.travel(NOW + datetime.timedelta(days=1)):
        secretary.client.post(f"/confirmation-rounds/{asking.pk}/remind/")
    assert Letter.objects.filter(kind="members/confirm_again").count() == 2
    secretary.client.post(f"/confirmation-rounds/{asking.pk}/end/")
    asking.refresh_from_db()
    assert asking.ended_at is not None
    assert "もう一度、確認を始める" in secretary.client.get(page).text


def test_queries_do_not_grow_with_the_members(staff, group, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    page = f"/groups/{group.slug}/confirmations/"

    def counted():
        with CaptureQueriesContext(connection) as queries:
            staff.client.get(page)
        return len(queries)

    make_membership(group)
    staff.client.post(f"{page}start/")
    few = counted()
    asking = group.confirmation_rounds.get()
    for _ in range(10):
        made = make_membership(group)
        Confirmation.objects.create(round=asking, membership=made, person=made.representatives.get().person)
    assert counted() == few
