"""manage.py purge: says what it forgets; asked for a dry run it only counts."""

import datetime
from io import StringIO

from django.core.management import call_command
from django.utils import timezone

from groups.models import Application
from tests.factories import make_application, make_round


def said(*options):
    out = StringIO()
    call_command("purge", *options, stdout=out)
    return out.getvalue().splitlines()


def test_a_dry_run_counts_and_the_real_one_forgets(office):
    sent = timezone.now() - datetime.timedelta(days=31)
    make_application(make_round(office=office), state=Application.State.DRAFT, sent_at=sent)
    assert said("--dry-run") == [
        "消すもの　不採択・取下げの応募（終わってから1年）：0件",
        "消すもの　補欠のまま終わった応募（結果のお知らせから1年）：0件",
        "消すもの　アドレスの確認がない応募（送られてから30日）：1件",
        "消すもの　期限のすぎた下書き（保存から30日）：0件",
        "消すもの　合同交流会の参加者と出展の連絡先（年度の終わりから1年）：0件",
        "数えただけです。何も消していません。",
    ]
    assert Application.objects.count() == 1
    assert said()[2] == "消したもの　アドレスの確認がない応募（送られてから30日）：1件"
    assert Application.objects.count() == 0
