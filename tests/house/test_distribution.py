"""Two processes share the tests; what is built once is built in one of them (tests/conftest.py)."""

import pytest

from tests.conftest import BUILT_ONCE


def test_tests_of_one_building_go_to_one_process(request):
    """xdist tells the groups apart by what stands behind the @ of a test's id."""
    if not getattr(request.config.option, "loadgroup", False):
        pytest.skip("one process runs all tests")
    grouped = [item.nodeid for item in request.session.items if BUILT_ONCE.keys() & {*item.fixturenames}]
    assert [each for each in grouped if each.rpartition("@")[2] not in BUILT_ONCE.values()] == []
