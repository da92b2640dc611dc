"""manage.py appoint_staff EMAIL 氏 名 --office 拠点: the first member of staff of a new installation."""

from getpass import getpass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from groups.models import Office
from groups.staffing import assign
from members.accounts import give_login
from members.directory import register_person


class Command(BaseCommand):
    help = "最初の職員を登録します。2人目からは管理サイトで登録できます。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("family_name")
        parser.add_argument("given_name")
        parser.add_argument("--office", default="本部", help="拠点の名称。なければ作ります")
        parser.add_argument("--password", help="省くと、打ち込みを求めます")

    def handle(self, *args: Any, **options: Any) -> None:
        password = options["password"] or getpass("パスワード（10文字以上）：")
        if len(password) < 10:
            raise CommandError("パスワードは10文字以上にしてください。")
        today = timezone.localdate()
        try:
            with transaction.atomic():
                office, _ = Office.objects.get_or_create(
                    name=options["office"],
                    defaults={
                        "short_name": options["office"][:10],
                        "slug": f"office-{Office.objects.count() + 1}",
                    },
                )
                person = register_person(
                    family_name=options["family_name"],
                    given_name=options["given_name"],
                    email=options["email"],
                    since=today,
                )
                assign(person=person, office=office, since=today)
                give_login(person=person, email=options["email"], password=password)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{person}さんを{office}の職員として登録しました。")
