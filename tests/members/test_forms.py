"""What people type into the directory's forms, and what is read of it."""

import pytest
from django.core.exceptions import ValidationError

from iri_exchange.lib import japan
from members.forms import founded_month


@pytest.mark.parametrize(
    ("typed", "full"),
    [
        ("㈱青葉", "株式会社青葉"),
        ("青葉(株)", "青葉株式会社"),
        ("青葉（有）", "青葉有限会社"),
        ("㈲青葉", "有限会社青葉"),
        ("(同)青葉", "合同会社青葉"),
        ("㈾青葉", "合資会社青葉"),
        ("株式会社青葉", "株式会社青葉"),
        ("青葉（昭島）", "青葉（昭島）"),
    ],
)
def test_abbreviated_legal_forms_in_full(typed, full):
    assert japan.in_full(typed) == full


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", ""),
        ("1968", "1968"),
        ("１９６８", "1968"),
        ("1968-04", "1968-04"),
        ("1968/4", "1968-04"),
        ("1968年4月", "1968-04"),
        ("昭和43年4月", "1968-04"),
        ("S43.4", "1968-04"),
        ("平成元年12月", "1989-12"),
    ],
)
def test_the_month_of_founding(typed, read):
    assert founded_month(typed) == read


@pytest.mark.parametrize("typed", ["むかし", "43", "1968-13", "196804", "1968-04-99", "3000"])
def test_no_month(typed):
    with pytest.raises(ValidationError, match="例：1968-04"):
        founded_month(typed)
