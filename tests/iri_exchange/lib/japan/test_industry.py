"""Trades and the hint about small companies."""

import pytest

from iri_exchange.lib import japan


def test_divisions_run_from_a_to_t() -> None:
    assert "".join(japan.INDUSTRIES) == "ABCDEFGHIJKLMNOPQRST"
    assert japan.INDUSTRIES["E"] == "製造業"


@pytest.mark.parametrize(
    ("category", "capital", "employees", "expected"),
    [
        ("manufacturing", 30_000, 10_000, "該当"),
        ("manufacturing", 30_001, 300, "該当"),
        ("manufacturing", 30_001, 301, "非該当"),
        ("wholesale", 10_000, 101, "該当"),
        ("wholesale", 10_001, 101, "非該当"),
        ("service", 5_000, 101, "該当"),
        ("service", 5_001, 101, "非該当"),
        ("retail", 5_001, 50, "該当"),
        ("retail", 5_001, 51, "非該当"),
        ("retail", None, 50, "該当"),
        ("retail", None, 51, "要確認"),
        ("retail", 5_001, None, "要確認"),
        ("retail", None, None, "要確認"),
        ("", 1, 1, "要確認"),
        ("unknown", 1, 1, "要確認"),
    ],
)
def test_sme_hint(category: str, capital: int | None, employees: int | None, expected: str) -> None:
    assert japan.sme_hint(category, capital, employees) == expected
