"""manage.py read_bounce: one notice of non-delivery from standard input, as a mail server hands it to a command."""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from members import notices


class Command(BaseCommand):
    help = "届かなかったことの知らせ（RFC 3464）を1通、標準入力から読み、手紙に記録します。"

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            recorded = notices.take_in(sys.stdin.buffer.read())
        except DatabaseError as error:
            # The mail server tries again later (sysexits.h).
            self.stderr.write(
                f"データベースが答えません。あとでもう一度お試しください: {type(error).__name__}"
            )
            sys.exit(os.EX_TEMPFAIL)
        said = "、".join(
            f"手紙{bounce.letter_id}（{'止めます' if bounce.is_hard else '数えます'}）"
            if bounce.letter_id
            else "書きとめるだけにします"
            for bounce in recorded
        )
        self.stdout.write(said or "手紙についての新しい知らせではありません。")
