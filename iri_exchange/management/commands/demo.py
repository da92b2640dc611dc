"""manage.py demo: fills an empty database with an invented programme to look at and to measure."""

import datetime
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from groups.models import Group, Membership
from iri_exchange import demo
from iri_exchange.demo import logins
from members.models import Company, Person


class Command(BaseCommand):
    help = "Fills an empty database with the demo: 27 groups and about 400 invented companies around a day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--scale", type=int, default=1, metavar="N", help="N times as much, for benchmarks"
        )
        parser.add_argument(
            "--today",
            type=datetime.date.fromisoformat,
            metavar="DATE",
            help="the day it is told for (default: today)",
        )

    def handle(self, *args: Any, scale: int, today: datetime.date | None, **options: Any) -> None:
        if demo.is_demo():
            self.stdout.write("デモはすでに入っています。何も変えていません。")
            return
        day = today or timezone.localdate()
        try:
            demo.build(day, scale)
        except demo.NotEmpty as error:
            raise CommandError(
                "このデータベースには、すでにデモではないデータがあります。デモは空のデータベースにだけ作れます。"
            ) from error
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(summary(day))


def summary(day: datetime.date) -> str:
    """What is there now, and how to get in."""
    return (
        f"デモを作りました（{day}現在）：グループ{Group.objects.count()}、"
        f"会員{Membership.objects.belonging(day).count()}、企業{Company.objects.count()}、人{Person.objects.count()}。\n"
        f"ログイン：{logins.OFFICE}（職員）、{logins.SECRETARY}（TAMA24事務局）、{logins.MEMBER}（TAMA24会員）。"
        f"パスワードはどれも {logins.PASSWORD}"
    )
