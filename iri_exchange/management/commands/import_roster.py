"""manage.py import_roster GROUP_SLUG FILE [--commit] [--leave-bad] [--sheet NAME] [--json]"""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser

from groups.importing import Report, import_roster
from groups.importing.report import Asks, Row
from groups.models import Group
from iri_exchange.lib.importing import Problem
from iri_exchange.lib.sheets import SheetError

PROBLEMS, NOTHING_TO_IMPORT, STOPPED = 1, 2, 130
# A file of fewer rows is read before anybody looks.
WORTH_TELLING = 1_000


class Command(BaseCommand):
    """Exit 0 without problems, 1 with problems or doubts that kept it from importing, 2 with nothing to import.

    A long file tells how far it is, on the error stream; Ctrl-C stops it, and nothing is written.
    """

    help = "名簿のファイルを確かめます。--commit を付けると取り込みます。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("group_slug")
        parser.add_argument("file", type=Path)
        parser.add_argument("--commit", action="store_true", help="確かめたあと、取り込みます")
        parser.add_argument(
            "--leave-bad", action="store_true", help="直すところのある行を残して、ほかの行を取り込みます"
        )
        parser.add_argument("--sheet", default="", help="ブックのどのシートを読むか")
        parser.add_argument("--json", action="store_true", help="結果を1行のJSONで最後に出します")

    def handle(self, *args: Any, **options: Any) -> None:
        group = Group.objects.filter(slug=options["group_slug"]).first()
        if group is None:
            slugs = "、".join(Group.objects.values_list("slug", flat=True)) or "まだありません"
            self._nothing(
                f"「{options['group_slug']}」というグループはありません。登録済み：{slugs}", options["json"]
            )
        try:
            report = import_roster(
                group=group,
                content=options["file"].read_bytes(),
                filename=options["file"].name,
                commit=options["commit"],
                leave_bad=options["leave_bad"],
                sheet=options["sheet"],
                progress=self._progress,
            )
        except OSError as error:
            self._nothing(f"ファイルを開けません：{error.strerror}", options["json"])
        except SheetError as error:
            self._nothing(str(error), options["json"])
        except KeyboardInterrupt:
            self.stderr.write("\n止めました。名簿は変わっていません。")
            sys.exit(STOPPED)
        else:
            self._tell(report, options)
            if (report.problems and not report.committed) or (options["commit"] and not report.committed):
                sys.exit(PROBLEMS)

    def _progress(self, done: int, total: int) -> None:
        if total >= WORTH_TELLING:
            self.stderr.write(f"\r{done:,} / {total:,}行", ending="\n" if done == total else "")
            self.stderr.flush()

    def _tell(self, report: Report, options: dict[str, Any]) -> None:
        counts = report.counts
        self.stdout.write("新規 {new}　変更 {changed}　同じ {same}　確認が必要 {doubtful}".format(**counts))
        for title, problems in (("直すところ", report.problems), ("お知らせ", report.warnings)):
            for problem in problems:
                self.stdout.write(f"{title}　{problem.row}行目 {problem.column}：{problem.message}")
        for row in report.of("doubtful"):
            self.stdout.write(f"確認が必要　{row.number}行目 {row.name}：{asked(row)}")
        if report.committed:
            left = f"直すところのある{len(report.bad_rows)}行は残しました。" if report.bad_rows else ""
            self.stdout.write(f"取り込みました。{left}")
        elif options["commit"]:
            self.stdout.write(f"取り込んでいません。{_why_not(report, options['leave_bad'])}")
        else:
            self.stdout.write("確かめただけです。取り込むには --commit を付けてください。")
        if options["json"]:
            self.stdout.write(as_json(report))

    def _nothing(self, reason: str, wants_json: bool) -> NoReturn:
        self.stderr.write(reason)
        if wants_json:
            self.stdout.write(as_json(Report(problems=[Problem(0, "ファイル", reason)])))
        sys.exit(NOTHING_TO_IMPORT)


def _why_not(report: Report, leave_bad: bool) -> str:
    """What kept the file from being imported, and what to do now."""
    if report.can_commit_the_good if leave_bad else report.can_commit:
        return "確かめているあいだに名簿が変わりました。もう一度、同じコマンドを実行してください。"
    if report.can_commit_the_good:
        return "直すところがあります。表を直すか、--leave-bad を付けて、ほかの行だけを取り込んでください。"
    return "直すところ・確認が必要なところがあります。"


def as_json(report: Report) -> str:
    """One line: counts of memberships, problems, warnings and doubts by row and column, committed or not."""
    doubtful = [
        {"row": row.number, "column": "企業名", "message": asked(row)} for row in report.of("doubtful")
    ]
    counts = report.counts
    return json.dumps(
        {
            "new": counts["new"],
            "changed": counts["changed"],
            "same": counts["same"],
            "problems": [asdict(problem) for problem in report.problems],
            "warnings": [asdict(problem) for problem in report.warnings],
            "doubtful": doubtful,
            "committed": report.committed,
        },
        ensure_ascii=False,
    )


def asked(row: Row) -> str:
    """The question about a doubtful row."""
    known = "」か「".join(doubt.about for doubt in row.doubts)
    question = {
        Asks.SAME: f"名簿の「{known}」と同じ会員ですか。",
        Asks.RENAMED: f"法人番号が「{known}」と同じです。名前の変わった同じ企業ですか。",
        Asks.RETURNS: f"退会した「{known}」です。会に戻りますか。",
    }
    return f"{question[Asks(row.asks)]}画面で取り込むと、お答えいただけます。"
