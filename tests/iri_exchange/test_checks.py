"""The system checks say what is missing on a machine, and how to bring it."""

import sys

from iri_exchange.checks import pdf_engine


def test_nothing_is_missing_here():
    assert pdf_engine(None) == []


def test_a_missing_font_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "noto_cjk_sans_jp_bold", None)

    [missing] = pdf_engine(None)

    assert missing.id == "iri_exchange.E002"
    assert "noto_cjk_sans_jp_bold" in missing.msg


def test_missing_pango_is_named_with_the_line_that_brings_it(monkeypatch):
    class NoPango:
        """An importer of weasyprint on a machine without the libraries."""

        @staticmethod
        def find_spec(name, path=None, target=None):
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [NoPango, *sys.meta_path])

    [missing] = pdf_engine(None)

    assert missing.id == "iri_exchange.E001"
    assert missing.hint == "apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
