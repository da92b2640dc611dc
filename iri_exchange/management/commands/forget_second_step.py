"""manage.py forget_second_step EMAIL: for the day on which nobody is left who could do it in the admin."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from members.models import User
from members.second_step import forget_second_step


class Command(BaseCommand):
    help = (
        "機器も予備コードもなくした方の、二段階認証を外します。その方のログインは、すべての機器で切れます。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"], is_active=True).first()
        if user is None:
            raise CommandError("このアドレスの有効なログインは、ありません。")
        forget_second_step(user=user)
        self.stdout.write("外しました。次のログインのあとに、もう一度設定してください。")
