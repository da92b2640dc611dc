"""Batches for the pages: from small files, or in any state with a report made by hand."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from groups.importing.report import (
    BadRow,
    Change,
    ColumnRead,
    Doubt,
    Layout,
    Report,
    Row,
    SheetChoice,
    from_json,
)
from groups.models import Group, ImportBatch
from iri_exchange.lib.importing import Problem
from members.models import User
from tests.strictness import parse_strictly

COLUMNS = [
    ColumnRead(0, "A", "会社名", "company_name", ["青葉精機", "こだま電子"]),
    ColumnRead(1, "B", "TEL", "phone", ["042-500-0001"]),
    ColumnRead(2, "C", "備考", "", []),
]
LAYOUT = Layout("名簿", [SheetChoice("名簿", 9), SheetChoice("予算", 4)], 3, COLUMNS)
SAME = Row(4, "株式会社同じ工業", "same", ["同田 一郎"], "株式会社同じ工業")
NEW = Row(5, "株式会社新顔製作所", "new", ["新田 花子"])
CHANGED = Row(
    6,
    "変化電機株式会社",
    "changed",
    [],
    "変化電機株式会社",
    [Change("電話", "042-1", "042-2"), Change("業種", "", "金型")],
)
DOUBTFUL = Row(
    7, "青葉精機株式会社", "doubtful", doubts=[Doubt(7, "/companies/7/", "株式会社青葉精機　昭島市")]
)
LEFT = Row(8, "株式会社飛ばし", "left")
PROBLEM = Problem(9, "〒", "7けたの数字で入れてください。")
BAD_ROW = BadRow(9, ["株式会社難有", "19600"], [PROBLEM.message])
NOTICE = Problem(3, "備考", "「備考」の列は取り込みません。")


def report_of(*rows: Row, bad: bool = False, **fields: Any) -> Report:
    """A report of these rows; `bad` with one row that has to be mended."""
    bad_part: dict[str, Any] = {"problems": [PROBLEM], "bad_rows": [BAD_ROW]} if bad else {}
    return Report(rows=list(rows), **{"layout": LAYOUT} | bad_part | fields)


def many(count: int, kind: str = "same", first: int = 10) -> list[Row]:
    return [Row(first + number, f"株式会社第{number}", kind, ["多摩 太郎"]) for number in range(count)]


def make_batch(
    group: Group, by: User | None, state: str, report: Report | None = None, **fields: Any
) -> ImportBatch:
    """As if a file had come in and gone as far as `state`."""
    finished = state in ("committed", "undoing", "undone", "discarded")
    return ImportBatch.objects.create(
        group=group,
        uploaded_by=by,
        state=state,
        report=report.as_json() if report else None,
        **{"filename": "名簿.xlsx", "content": b"", "finished_at": timezone.now() if finished else None}
        | fields,
    )


# ── from files ───────────────────────────────────────────────────────────────

HEADER = "企業名,参加者氏名,TEL,備考\n"
AOBA = HEADER + "株式会社青葉精機,青葉 一郎,042-000-0001,よろしく\n"
ONE_BAD = AOBA + "株式会社難有,難田 有,12,\n"


def choose(actor: Any, group: Group, content: str | bytes, name: str = "s.csv") -> HttpResponse:
    """Choose a file on the page and press; the answer after all redirections."""
    file = SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
    address = reverse("roster_import", args=[group.slug])
    answer: HttpResponse = actor.client.post(address, {"file": file}, follow=True)
    return answer


def upload(actor: Any, group: Group, content: str | bytes, name: str = "s.csv") -> ImportBatch:
    batch: ImportBatch = choose(actor, group, content, name).context["batch"]
    return batch


def press(actor: Any, name: str, batch: ImportBatch, **data: Any) -> HttpResponse:
    """A button of the page of a batch; the answer after all redirections."""
    answer: HttpResponse = actor.client.post(reverse(name, args=[batch.pk]), data, follow=True)
    return answer


def here(batch: ImportBatch) -> list[tuple[str, int]]:
    """The redirections of a move: back to the page of the batch."""
    return [(reverse("import_preview", args=[batch.pk]), 302)]


def report_in(batch: ImportBatch) -> Report:
    batch.refresh_from_db()
    return from_json(batch.report)


# ── what the page says ───────────────────────────────────────────────────────


def show(actor: Any, batch: ImportBatch, **asked: Any) -> HttpResponse:
    """The page of a batch."""
    answer: HttpResponse = actor.client.get(reverse("import_preview", args=[batch.pk]), asked)
    return answer


def text_of(response: HttpResponse) -> str:
    """What can be read, without the tags; the page is strict HTML."""
    return "".join(parse_strictly(response.content).itertext())


def main_button(response: HttpResponse) -> list[str]:
    """The words on what stands out as the one thing to press."""
    page = parse_strictly(response.content)
    found = [each for each in page.iter() if "btn-primary" in (each.get("class") or "").split()]
    return ["".join(each.itertext()) for each in found]
