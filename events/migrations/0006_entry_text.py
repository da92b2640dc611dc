"""The wording that who takes part in a joint exchange agrees to: what is entered is used for."""

from django.db import migrations

KIND, VERSION = "joint_entry", "2026-11"
TEXT = (
    "お書きいただいたことは、合同交流会の受付、名札、分散会の席、当日とそのあとのご連絡、そして人数などの集計に使います。"
    "見るのは、異業種交流グループ事務局（都産技研）の職員だけです。ほかの目的には使いません。\n"
    "お名前などは、交流会の年度が終わってから一年で消します。消したあとに残るのは、人数だけです。"
)


def write(apps, schema_editor):
    apps.get_model("members", "ConsentText").objects.get_or_create(
        kind=KIND, version=VERSION, defaults={"text": TEXT}
    )


class Migration(migrations.Migration):
    dependencies = [("events", "0005_february"), ("members", "0009_purpose_text")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
