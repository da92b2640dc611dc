"""The letters of a round that go by post: one sheet each, the address where the window of a long envelope (長3) is."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from groups.models import Office, RecruitmentRound
from groups.papers import fitting
from groups.papers.fitting import Block
from groups.recruitment.results import Result, results_of
from iri_exchange.lib import pdf
from members import exports

# A4 folded twice: the address stands in the uppermost third, on the left.
WINDOW_WIDTH, WINDOW_HEIGHT = 84.0, 38.0
LIST = "result-letters"


@dataclass(frozen=True)
class Sheet:
    """One letter as templates/pdf/result_letters.html shows it."""

    address: list[Block]
    number: str
    subject: str
    paragraphs: list[str]


def by_post(round: RecruitmentRound) -> list[Result]:
    """The letters to those who have no address for mail, or one that takes none."""
    return [each for each in results_of(round) if not each.by_mail]


def print_letters(*, round: RecruitmentRound, by: Any) -> bytes:
    """All of them as one PDF, dated today and logged as a copy of the office's."""
    results, today = by_post(round), timezone.localdate()
    sheets = [_sheet(each) for each in results]
    _log(round.office, results, today, by)
    return pdf.render(
        "pdf/result_letters.html",
        {"sheets": sheets, "day": today, "office": round.office},
        title=f"{round} 結果のお知らせ",
        css=[
            pdf.stylesheet("print_letters"),
            fitting.rules(block for sheet in sheets for block in sheet.address),
        ],
    )


def _sheet(result: Result) -> Sheet:
    subject, text = result.on_paper
    return Sheet(
        address=fitting.set_in(result.address.texts, WINDOW_WIDTH, WINDOW_HEIGHT),
        number=result.application.number,
        subject=subject,
        paragraphs=[paragraph.strip("\n") for paragraph in text.split("\n\n")],
    )


def _log(office: Office, results: list[Result], today: datetime.date, by: Any) -> None:
    members = [each.application.membership for each in results if each.application.membership]
    exports.log(
        about=office,
        subject=f"offices/{office.slug}/{LIST}",
        by=by,
        variant="office",
        file_format="pdf",
        as_of=today,
        columns=["postal_code", "address", "company", "person"],
        row_count=len(results),
        purpose="募集の結果のお知らせ",
        companies=[each.company_id for each in members if each.company_id],
    )
