"""The probe's page."""

import pytest
from django.db import connection
from django.urls import reverse


def test_the_probe_is_answered(visitor):
    response = visitor.client.get(reverse("healthz"))

    assert (response.status_code, response.content) == (200, b"ok")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.logs_errors
def test_the_probe_asks_the_database(visitor):
    def no_database(*args):
        raise RuntimeError("the database is gone")

    visitor.client.raise_request_exception = False
    with connection.execute_wrapper(no_database):
        assert visitor.client.get(reverse("healthz")).status_code == 500
