"""The report as a PDF and as an XLSX: the same tables as on the page."""

from django.utils.http import content_disposition_header

from events.exchange.after.report import report_of
from events.models import JointExchange
from iri_exchange.lib import japan, pdf
from iri_exchange.lib.sheets import write_xlsx

DATED = "日時"


def print_report(exchange: JointExchange) -> bytes:
    """A tagged PDF on A4."""
    report = report_of(exchange)
    return pdf.render(
        "pdf/exchange_report.html",
        {"report": report, "exchange": exchange},
        title=report.title,
        css=[pdf.stylesheet("print_exchange_report")],
    )


def sheet_report(exchange: JointExchange) -> bytes:
    """A sheet for each table, before them what it is about, after them what was said."""
    report = report_of(exchange)
    about = [
        ("名称", exchange.title),
        (DATED, japan.full_date(exchange.day)),
        ("会場", exchange.place),
        ("まとめ", report.words),
    ]
    tables = [(table.title, table.head, table.rows) for table in report.tables if table.rows]
    said = [("ご意見", ("ご意見",), [(words,) for words in report.said])] if report.said else []
    return write_xlsx("この報告について", ("項目", "内容"), about, *tables, *said)


def disposition(exchange: JointExchange, extension: str) -> str:
    """How the file is called; a PDF opens, a sheet is saved."""
    name = f"joint_{exchange.fiscal_year}_report.{extension}"
    return content_disposition_header(extension != "pdf", name) or ""
