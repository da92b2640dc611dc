"""Files for people: an empty roster to start from, and the rows that could not be taken, to be mended."""

from collections.abc import Sequence

from groups.importing.reading.columns import COLUMNS, LABELS, MAIN
from groups.importing.reading.heading import assign
from groups.importing.reading.layout import unit_of
from groups.importing.reading.words import REASONS, meaning
from groups.importing.report import ColumnRead, Report
from iri_exchange.lib import sheets

_GUIDE = ("見出し", "このほかの言い方", "書き方", "例", "空けてよいか")
_WORDS = 6
_NOT_IMPORTED = "（取り込まない）"


def sample_file() -> bytes:
    """A workbook with two invented members, and a second sheet that explains each column."""
    examples = [[column.examples[place] for column in MAIN] for place in (0, 1)]
    guide = [
        (
            column.label,
            "、".join(column.synonyms[:_WORDS]),
            column.about,
            column.examples[0],
            f"{column.needed}入れます" if column.needed else "空けてもかまいません",
        )
        for column in MAIN
    ]
    return sheets.write_xlsx("名簿", [column.label for column in MAIN], examples, ("書き方", _GUIDE, guide))


def bad_rows_file(report: Report) -> bytes:
    """The rows of a report that could not be taken, as they stand in the file, each with what is to be mended.

    Mended, the file can be brought in as it is: its columns are read as those of the first file were.
    """
    layout = report.layout
    columns = layout.columns if layout else []
    width = max(
        [1 + column.index for column in columns] + [len(row.cells) for row in report.bad_rows], default=0
    )
    known = {column.index: column for column in columns}
    labels = _labels([known.get(index, ColumnRead(index, "", "", "", [])) for index in range(width)])
    rows = [["\n".join(row.reasons), *row.cells] for row in report.bad_rows]
    return sheets.write_xlsx(layout.sheet if layout else REASONS, [REASONS, *labels], rows)


def _labels(columns: Sequence[ColumnRead]) -> list[str]:
    """The file's own labels, but where they would not be read as they were: there what the column was read as."""
    labels = [column.label for column in columns]
    for _ in LABELS:
        keys = assign([meaning(label) for label in labels])
        wrong = [column for column, key in zip(columns, keys, strict=True) if column.key != key]
        if not wrong:
            break
        for column in wrong:
            labels[column.index] = _plain_label(column) if column.key else column.label + _NOT_IMPORTED
    return labels


def _plain_label(column: ColumnRead) -> str:
    """A label that says by itself what the column is; that of 資本金 says the unit, too."""
    if column.key == "capital":
        return f"資本金（{unit_of(column.label) or '万円'}）"
    names = next((known.label, *known.synonyms) for known in COLUMNS if known.key == column.key)
    return next((name for name in names if not meaning(name).loose), names[0])
