"""The columns a group has settled for its rosters."""

import pytest

from groups.models import RosterColumns
from groups.rosters.building import Variant
from groups.rosters.settings import settle_columns, settled_columns


def test_without_a_choice_the_usual_columns_hold(group):
    assert settled_columns(group, Variant.MEMBER) == Variant.MEMBER.terms.usual


def test_a_choice_holds_for_its_group_and_variant_alone(group, other_group):
    settle_columns(group=group, variant=Variant.MEMBER, columns=["people", "company"])
    settle_columns(group=group, variant=Variant.MEMBER, columns=["company", "people"])
    assert settled_columns(group, Variant.MEMBER) == ("company", "people")
    assert settled_columns(group, Variant.OFFICE) == Variant.OFFICE.terms.usual
    assert settled_columns(other_group, Variant.MEMBER) == Variant.MEMBER.terms.usual
    assert RosterColumns.history.count() == 2


def test_choosing_the_usual_ones_forgets_the_choice(group):
    settle_columns(group=group, variant=Variant.MEMBER, columns=["company"])
    settle_columns(group=group, variant=Variant.MEMBER, columns=Variant.MEMBER.terms.usual)
    assert not RosterColumns.objects.exists()
    assert [row.history_type for row in RosterColumns.history.all()] == ["-", "+"]


def test_a_column_that_is_no_longer_known_is_passed_over(group):
    RosterColumns.objects.create(group=group, variant="member", columns=["gone", "mail"])
    assert settled_columns(group, Variant.MEMBER) == ("mail",)


@pytest.mark.parametrize("columns", [[], ["mail"], ["company", "company"], ["nonsense"]])
def test_what_the_variant_does_not_offer_is_refused(group, columns):
    with pytest.raises(ValueError, match="no columns"):
        settle_columns(group=group, variant=Variant.PUBLIC, columns=columns)
    assert not RosterColumns.objects.exists()
