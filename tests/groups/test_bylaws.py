"""The by-laws: a PDF per version, valid from a day."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from groups import bylaws
from tests.house.portal.objects import pdf

DAY = datetime.date(2026, 4, 1)


def test_kept_as_it_came_and_in_force_until_the_next(group, staff):
    content = pdf()

    def register(day, name="会則\x00.PDF"):
        upload = ContentFile(content, name)
        return bylaws.register(group=group, upload=upload, valid_from=day, note="", by=staff.user)

    first, later = register(DAY), register(datetime.date(2027, 4, 1), "x" * 300)
    assert (bytes(first.content), first.size, first.filename) == (content, len(content), "会則.pdf")
    assert len(later.filename) == 200
    found = [bylaws.in_force(group, day) for day in (DAY - datetime.timedelta(days=1), DAY, later.valid_from)]
    assert found == [None, first, later]
    with pytest.raises(ValidationError):
        register(DAY)
    bylaws.remove(bylaws=later)
    row = later.history.model.objects.first()
    assert (row.history_type, hasattr(row, "content")) == ("-", False)
