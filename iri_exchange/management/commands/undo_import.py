"""manage.py undo_import BATCH_ID"""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from groups.importing import undo_batch, undo_now
from groups.models import ImportBatch

NOT_UNDONE, NO_SUCH_IMPORT = 1, 2


class Command(BaseCommand):
    """Exit 0 when it is undone, 1 with what stands against it, 2 without such an import."""

    help = "名簿の取込を取り消します（第12号なら 12）。取込のあとの変更があれば、取り消さずにお知らせします。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("batch_id", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        batch = ImportBatch.objects.filter(pk=options["batch_id"]).first()
        if batch is None:
            self.stderr.write(f"第{options['batch_id']}号の取込はありません。")
            sys.exit(NO_SUCH_IMPORT)
        queued = batch.state == ImportBatch.State.UNDOING
        found = [] if queued else undo_batch(batch=batch, by=None)
        # Whoever types a command waits for it: a long one is not left to the worker.
        undo_now(batch_pk=batch.pk, by_pk=None)
        batch.refresh_from_db()
        if found or batch.state != ImportBatch.State.UNDONE:
            self.stderr.write("\n".join(["取り消しませんでした。", *(found or [batch.message])]))
            sys.exit(NOT_UNDONE)
        self.stdout.write(f"{batch.group}の{batch.step}を取り消しました。")
