"""Tests that commit leave an empty database behind: they come after all others."""

import pytest

from tests.conftest import check_it_comes_last

COMMITS, GROUPED = pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("planted")


@pytest.mark.parametrize("marks", [[], [COMMITS], [GROUPED]], ids=["neither", "commits", "grouped"])
def test_one_of_the_two_may_be(request, marks):
    for mark in marks:
        request.node.add_marker(mark)
    check_it_comes_last(request.node)


def test_a_group_of_tests_that_commit_is_refused(request):
    for mark in (COMMITS, GROUPED):
        request.node.add_marker(mark)
    with pytest.raises(pytest.UsageError, match="empties the database"):
        check_it_comes_last(request.node)
