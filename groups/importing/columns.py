"""The columns a roster file may have, and how a row of it is read.

One table for reading, for the words people use as headings, and for the sample file. A column reads a
cell into the value the directory stores, through the very field that stores it.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from iri_exchange.lib import japan, sheets
from iri_exchange.lib.importing import Column, Header, Problem, find_header, is_noise, read_row
from members.models import Company, Person

INDIVIDUAL = {"個人会員", "個人"}
# Running numbers of the file: nothing to say about them.
COUNTERS = {"No", "NO", "№", "番号", "連番", "#"}
UNITS = ("百万円", "千円", "万円", "億円", "円")


@dataclass(frozen=True)
class Entry:
    """One member as one row of the file tells it. `values` holds only what the row says: no gaps."""

    row: int
    values: dict[str, Any]

    @property
    def is_individual(self) -> bool:
        return "company_name" not in self.values

    @property
    def name(self) -> str:
        return (
            " ".join(self.values["person_name"]).strip()
            if self.is_individual
            else str(self.values["company_name"])
        )


@dataclass
class RosterSheet:
    """A file, read: its entries, what could not be read, what is worth knowing."""

    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    header: Header | None = None


def _stored_by(model: Any, name: str) -> Callable[[str], Any]:
    """A reader that stores exactly what the model's field would store."""

    def read(text: str) -> Any:
        try:
            return model._meta.get_field(name).clean(text, None)
        except ValidationError as error:
            raise ValueError(error.messages[0]) from error

    return read


def _read_name(model: Any, name: str) -> Callable[[str], Any]:
    """A name; one that begins like a formula is most likely a slip of the spreadsheet."""
    stored = _stored_by(model, name)

    def read(text: str) -> Any:
        if text.startswith(("=", "＝")):
            raise ValueError("数式（=で始まる内容）になっています。名前そのものを入れてください。")
        return stored(text)

    return read


def _person_name(text: str) -> tuple[str, str]:
    read = _read_name(Person, "family_name")
    family, given = japan.split_name(text)
    return read(family), read(given) if given else ""


def _person_kana(text: str) -> tuple[str, str]:
    read = _stored_by(Person, "family_kana")
    family, given = japan.split_name(japan.kana(text))
    return read(family), read(given) if given else ""


def _address(text: str) -> dict[str, str]:
    parts = dict(zip(("prefecture", "city", "street", "building"), japan.split_address(text), strict=True))
    return {name: _stored_by(Company, name)(part) for name, part in parts.items() if part}


def _joined_on(text: str) -> datetime.date:
    day = japan.parse_date(text)
    if day > timezone.localdate():
        raise ValueError(f"{japan.wareki(day)}は先の日付です。今日までの日付にしてください。")
    return day


def _one_line(text: str) -> str:
    return str(_stored_by(Company, "trade")(" ".join(text.split())))


COLUMNS: tuple[Column, ...] = (
    Column(
        "company_name",
        "企業名",
        ("会社名", "貴社名", "社名", "事業所名", "法人名", "会員名"),
        _read_name(Company, "name"),
    ),
    Column(
        "company_kana",
        "フリガナ",
        ("カナ", "企業名フリガナ", "会社名フリガナ", "企業名カナ", "会社名カナ", "ふりがな"),
        _stored_by(Company, "kana"),
    ),
    Column(
        "person_name",
        "参加者氏名",
        ("氏名", "参加者", "担当者", "担当者名", "登録者", "お名前", "会員氏名"),
        _person_name,
    ),
    Column(
        "person_kana",
        "氏名フリガナ",
        ("参加者フリガナ", "担当者フリガナ", "氏名カナ", "担当者カナ", "氏名ふりがな"),
        _person_kana,
    ),
    Column("title", "役職", ("役職名", "肩書", "肩書き"), _stored_by(Person, "title")),
    Column("department", "部署", ("所属部署", "部署名"), _stored_by(Person, "department")),
    Column("postal_code", "郵便番号", ("〒", "郵便", "〒番号"), _stored_by(Company, "postal_code")),
    Column("address", "所在地", ("住所", "会社住所", "ご住所"), _address),
    Column("phone", "電話", ("TEL", "電話番号", "お電話", "ＴＥＬ"), _stored_by(Company, "phone")),
    Column("fax", "FAX", ("ファックス", "ＦＡＸ", "FAX番号", "ファクス"), _stored_by(Company, "fax")),
    Column(
        "email",
        "メール",
        ("E-mail", "Eメール", "メールアドレス", "電子メール", "Email", "Mail"),
        _stored_by(Person, "email"),
    ),
    Column(
        "url",
        "ホームページ",
        ("URL", "HP", "ウェブサイト", "Web", "ホームページURL"),
        _stored_by(Company, "url"),
    ),
    Column("trade", "業種", ("業種名", "業種分類"), _one_line),
    Column(
        "products",
        "主要製品・サービス",
        ("主要製品・技術", "主要製品", "事業内容", "製品", "主な製品", "業務内容"),
        _stored_by(Company, "products"),
    ),
    Column("capital", "資本金（万円）", ("資本金",), japan.capital),
    Column("employees", "従業員数", ("社員数", "人数", "従業員", "従業者数"), japan.whole_number),
    Column("corporate_number", "法人番号", ("法人No",), _stored_by(Company, "corporate_number")),
    Column("joined_on", "入会日", ("加入年月日", "入会年月日", "加入日", "入会"), _joined_on),
)
LABELS = {column.key: column.label for column in COLUMNS}


def read(content: bytes, filename: str) -> RosterSheet:
    """Read a roster file: the sheet whose header knows most columns. Raises sheets.SheetError when none has one."""
    found = [(find_header(sheet.rows, COLUMNS), sheet) for sheet in sheets.read(content, filename)]
    header, sheet = max(found, key=lambda pair: len(pair[0].indexes) if pair[0] else 0)
    if header is None:
        raise sheets.SheetError(
            "見出しの行が見つかりません。「企業名」「氏名」などの見出しがある表にしてください。"
        )
    result = RosterSheet(header=header)
    for label in header.unknown:
        if label.strip(".．") not in COUNTERS:
            result.warnings.append(Problem(header.row, label, f"「{label}」の列は取り込みません。"))
    for row in sheet.rows:
        if row.number > header.row and not is_noise(row.cells):
            _read_member(row, header, result)
    if not result.entries and not result.problems:
        raise sheets.SheetError("見出しの下に会員の行がありません。")
    return result


def _read_member(row: sheets.Row, header: Header, result: RosterSheet) -> None:
    columns = [_in_unit(column, header) for column in COLUMNS]
    values, problems = read_row(header, columns, row)
    individual = header.text(row.cells, "company_name").strip("（）()") in INDIVIDUAL
    if individual:
        values.pop("company_name", None)
    needed = "person_name" if individual else "company_name"
    label = header.labels.get(needed, LABELS[needed])
    if needed not in values and label not in [problem.column for problem in problems]:
        problems.insert(
            0, Problem(row.number, label, f"{label}がありません。入れてから、もう一度取り込んでください。")
        )
    result.problems += problems
    if not problems:
        result.entries.append(Entry(row.number, values))


def _in_unit(column: Column, header: Header) -> Column:
    """資本金 is read in the unit its heading names: 資本金（千円）."""
    unit = header.note("capital")
    if column.key != "capital" or unit not in UNITS:
        return column
    return replace(column, read=lambda text: japan.capital(text, unit))
