"""An import is taken back, after a look at what that means, as long as nothing was built on it."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership
from members.models import Company
from tests.factories import make_membership
from tests.groups.batches import AOBA, NEW, here, make_batch, press, report_in, report_of, upload


@pytest.fixture
def imported(staff, group):
    batch = upload(staff, group, AOBA)
    press(staff, "import_commit", batch, shown=report_in(batch).fingerprint)
    batch.refresh_from_db()
    return batch


def test_taking_back_says_first_what_it_does(staff, imported):
    page = staff.client.get(reverse("import_undo", args=[imported.pk])).content.decode()

    assert "1件を、名簿から外します" in page
    assert "1件の取込を取り消す" in page
    assert "2026年12月25日 10:00まで" in page
    assert Membership.objects.count() == 1


def test_an_import_is_taken_back(staff, imported):
    response = press(staff, "import_undo", imported)

    assert response.redirect_chain == here(imported)
    assert "この取込は取り消しました。" in response.content.decode()
    assert (Membership.objects.count(), Company.objects.count()) == (0, 0)
    assert press(staff, "import_undo", imported).redirect_chain == here(imported)


def test_what_was_built_on_an_import_is_named_and_nothing_is_taken_back(staff, other_group, imported):
    company = Company.objects.get()
    make_membership(other_group, company=company, representatives=[])

    response = press(staff, "import_undo", imported)

    assert response.status_code == 200
    assert response.context["obstacles"] != []
    assert "取り消せませんでした。名簿は変わっていません" in response.content.decode()
    assert "株式会社青葉精機" in response.content.decode()
    imported.refresh_from_db()
    assert (imported.state, Membership.objects.count()) == ("committed", 2)


@pytest.mark.parametrize(
    ("state", "days"), [("committed", 31), ("previewed", 0), ("undone", 0), ("discarded", 0)]
)
def test_what_cannot_be_taken_back_leads_to_its_page(staff, group, state, days):
    finished = {"finished_at": timezone.now() - datetime.timedelta(days=days)} if state != "previewed" else {}
    batch = make_batch(group, staff.user, state, report_of(NEW), **finished)

    for answer in (
        staff.client.get(reverse("import_undo", args=[batch.pk]), follow=True),
        press(staff, "import_undo", batch),
    ):
        assert answer.redirect_chain == here(batch)
    batch.refresh_from_db()
    assert batch.state == state
