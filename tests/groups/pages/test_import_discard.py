"""A file is let go: nothing of it is kept, nothing is changed."""

from groups.models import Membership
from tests.groups.batches import AOBA, here, make_batch, press, upload


def test_discarding_keeps_neither_the_file_nor_a_change(staff, group):
    batch = upload(staff, group, AOBA)

    response = press(staff, "import_discard", batch)

    batch.refresh_from_db()
    assert (batch.state, bytes(batch.content), Membership.objects.count()) == ("discarded", b"", 0)
    assert "名簿は変わっていません。" in response.content.decode()
    assert press(staff, "import_discard", batch).redirect_chain == here(batch)


def test_a_reading_can_be_stopped(staff, group):
    batch = make_batch(group, staff.user, "reading", content=AOBA.encode())

    press(staff, "import_discard", batch)

    batch.refresh_from_db()
    assert batch.state == "discarded"
