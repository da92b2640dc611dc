"""manage.py send_reminders: asks those who have not answered a meeting's notice, once each, however often it is run."""

from typing import Any

from django.core.management.base import BaseCommand

from events.telling import reminders


class Command(BaseCommand):
    help = (
        f"お返事の期限が{reminders.DAYS}日以内の会合について、まだお返事のない方へ、1度だけお願いを送ります。"
        "何度動かしても、途中で止まっても、同じ方に2度は送りません。"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"お返事のお願いを送った方：{reminders.send_reminders()}人")
