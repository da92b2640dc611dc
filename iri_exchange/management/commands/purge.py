"""manage.py purge: forgets what is not to be kept any longer; with --dry-run it only counts."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from events.exchange.after import retention as exchanges
from groups.recruitment import retention


class Command(BaseCommand):
    help = "保存の期限をすぎた応募・下書きと、合同交流会の参加者を、変更の履歴ごと消します。--dry-run なら、数えるだけです。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="何も消さずに、消すものを数えます")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        now = timezone.now()
        kinds = retention.due(now)
        counts = {kind.key: kind.rows.count() for kind in kinds} if dry_run else retention.purge()
        done = "消すもの" if dry_run else "消したもの"
        for kind in kinds:
            self.stdout.write(f"{done}　{kind.label}（{kind.term}）：{counts[kind.key]}件")
        people = exchanges.count_due(now) if dry_run else exchanges.purge(now=now)
        self.stdout.write(f"{done}　{exchanges.LABEL}（{exchanges.TERM}）：{people}件")
        if dry_run:
            self.stdout.write("数えただけです。何も消していません。")
