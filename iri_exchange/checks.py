"""System checks that say what is missing on this machine, in a sentence with what to do."""

from typing import Any

from django.core.checks import CheckMessage, Error, register


@register("pdf")
def pdf_engine(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The PDF engine needs three Pango libraries and our packaged font."""
    missing: list[CheckMessage] = []
    try:
        import weasyprint  # noqa: F401
    except OSError as error:
        missing.append(
            Error(
                f"The PDF engine finds no Pango: {error}",
                hint="apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
                id="iri_exchange.E001",
            )
        )
    try:
        import noto_cjk_sans_jp_bold  # noqa: F401
        import noto_cjk_sans_jp_regular  # noqa: F401
    except ImportError as error:
        missing.append(
            Error(
                f"The font of the PDFs is missing: {error}",
                hint="make run installs it: pip install -r requirements.txt",
                id="iri_exchange.E002",
            )
        )
    return missing
