"""The wording an applicant agrees to: what is written in an application is used for."""

from django.db import migrations

KIND, VERSION = "purpose", "2026-11"
TEXT = (
    "お書きいただいたことは、異業種交流グループの参加企業の審査と、審査についてのご連絡、グループの会員としての登録に使います。"
    "見るのは、異業種交流グループ事務局（都産技研）の職員だけです。ほかの目的には使いません。\n"
    "採択になったときは、会員の記録に引き継ぎます。不採択になったとき、取り下げたときは、決められた期間が過ぎたあとに、すべて消します。"
)


def write(apps, schema_editor):
    apps.get_model("members", "ConsentText").objects.get_or_create(
        kind=KIND, version=VERSION, defaults={"text": TEXT}
    )


class Migration(migrations.Migration):
    dependencies = [("members", "0008_company_changes")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
