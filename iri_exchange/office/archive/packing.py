"""The ZIP itself: everything that belongs in it, one file after the other, and 目次.txt that says what is and is not there."""

import datetime
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils import timezone

from groups.models import Group
from iri_exchange.lib import japan
from iri_exchange.office.archive import papers, tables
from iri_exchange.office.archive.names import Names
from members.models import User

# A file of the database, which is also in every backup for a week.
MOST_BYTES = 300 * 1024 * 1024
NOT_ENTRUSTED = "自主運営になってからの議事録と資料は、入っていません。解散のときに、事務局に預けるとは決められていないためです。"
ALL_ENTRUSTED = "議事録と資料は、解散のときに会員から事務局に預けられたので、すべて入っています。"
NOT_FINISHED = "下書きのままの議事録は、入っていません。"
TOO_MANY = "入りきらなかった資料（このZIPは300MBまでです）："


@dataclass
class Packed:
    """The archive as it grows: what is in it, and what found no room."""

    day: datetime.datetime
    names: Names = field(default_factory=Names)
    paths: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    size: int = 0
    file: io.BytesIO = field(default_factory=io.BytesIO)

    def __post_init__(self) -> None:
        self._archive = zipfile.ZipFile(self.file, "w")

    def put(self, path: str, content: bytes) -> None:
        info = zipfile.ZipInfo(path, date_time=self.day.timetuple()[:6])
        info.compress_type = zipfile.ZIP_DEFLATED
        # As its owner alone may read it, where such things are kept.
        info.external_attr = 0o600 << 16
        self._archive.writestr(info, content)
        self.paths.append(path)
        self.size += len(content)

    def finished(self) -> bytes:
        """The file, to which nothing is added any more."""
        self._archive.close()
        return self.file.getvalue()


def pack(group: Group, *, last_day: datetime.date, by: User, told: Callable[[int], None]) -> Packed:
    """The whole archive. `told` hears after each of the minutes how many are done."""
    packed = Packed(timezone.localtime())
    entrusted = papers.is_entrusted(group)
    put, names = packed.put, packed.names
    put(names.path("", "名簿", "xlsx"), tables.register(group, last_day))
    put(names.path("", "役員", "xlsx"), tables.officers(group))
    put(names.path("", "会合と出席", "xlsx"), tables.meetings(group, entrusted=entrusted))
    put(names.path("", "公開の概要", "txt"), papers.public_face(group).encode("utf-8-sig"))
    for paper in papers.bylaws(group, names):
        put(*paper)
    rows = papers.minutes_kept(group, entrusted=entrusted)
    for number, paper in enumerate(papers.minutes(rows, by, names), 1):
        put(*paper)
        told(number)
    _put_files(packed, group, entrusted=entrusted)
    put(names.path("", "目次", "txt"), _contents(packed, group, last_day, entrusted=entrusted))
    return packed


def _put_files(packed: Packed, group: Group, *, entrusted: bool) -> None:
    for file in papers.files_kept(group, entrusted=entrusted):
        if packed.size + file.size > MOST_BYTES:
            packed.missing.append(file.title)
            continue
        packed.put(*papers.file_paper(file, packed.names))


def _contents(packed: Packed, group: Group, last_day: datetime.date, *, entrusted: bool) -> bytes:
    lines = [
        f"{group.name}　解散したグループの記録",
        f"最後の日：{japan.wareki(last_day)}",
        f"作成日：{japan.wareki(packed.day.date())}",
        "取扱注意　会員の連絡先が入っています。事務局の中だけで、鍵のかかる場所に置いてください。",
        "",
        "入っているもの",
        *(f"　{path}" for path in packed.paths),
        "",
        "入っていないもの",
        f"　{ALL_ENTRUSTED if entrusted else NOT_ENTRUSTED}",
        f"　{NOT_FINISHED}",
    ]
    if packed.missing:
        lines += [f"　{TOO_MANY}", *(f"　　{title}" for title in packed.missing)]
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")
