"""The wordings of the questions of consent, so that a new installation can ask them."""

from django.db import migrations

import iri_exchange.lib.fields

VERSION = "2026-11"
TEXTS = {
    "roster": "グループの会員どうしの連絡のために、会員の一覧と会員名簿に、企業名、お名前、役職、所在地、電話、FAX、メールをのせてよいか、"
    "お選びください。見るのは、同じグループの会員、助言者、事務局の職員です。\n"
    "「企業だけ」を選ぶと、お名前とご本人の連絡先はのりません。「のせない」を選ぶと、会員の一覧にも名簿にものりません。"
    "会の役員をなさっている方のお名前と役職は、どれを選んでも、同じグループの会員に見えます。\n"
    "いつでも変えられます。変えた日から、名簿と画面がそのとおりになります。お渡しずみの紙やファイルは、取り戻せません。",
    "secretariat": "異業種交流グループの事務局（都産技研の職員）が、グループの活動についての連絡に、"
    "お届けの連絡先を使うことに同意します。ほかのことには使いません。いつでも取りやめられます。",
    "handover": "グループが自主運営に移るとき、事務局が会員名簿（企業名、お名前、連絡先、入会日）を、"
    "グループの役員に引き継ぐことに同意します。いつでも取りやめられます。引き継いだあとは、グループの役員が名簿をお預かりします。",
    "joint_roster": "合同交流会で配る名簿に企業名とお名前をのせ、ほかのグループの参加者と、"
    "共催する東京都中小企業振興公社に渡すことに同意します。いつでも取りやめられます。お渡しずみの名簿は、取り戻せません。",
    "public_profile": "企業名、業種、主要製品、市区町村、ホームページと、入っているグループの名前を、"
    "このポータルでどなたにも公開することに、企業として同意します。お名前と、番地、電話、メールは公開しません。"
    "いつでも取りやめられます。取りやめると、その日から公開のページと公開用の名簿にのりません。",
    "photograph": "定例会や合同交流会で撮った写真を、グループの紹介（ポータルのページ、ちらし、報告書）に使うことに同意します。"
    "いつでも取りやめられます。配りおえた印刷物は、取り戻せません。",
    "mail": "異業種交流の行事、会員の募集、都産技研の事業の案内を、これからも受け取ることに同意します。"
    "いつでも取りやめられます。グループの活動の連絡は、この答えによらずにお送りします。",
}


def write(apps, schema_editor):
    texts = apps.get_model("members", "ConsentText").objects
    for kind, text in TEXTS.items():
        texts.get_or_create(kind=kind, version=VERSION, defaults={"text": text})


class Migration(migrations.Migration):
    dependencies = [("members", "0005_looks")]

    operations = [
        migrations.AlterField(
            model_name="consenttext",
            name="kind",
            field=iri_exchange.lib.fields.NameField(
                help_text="これまでの文面と同じ語。名簿への掲載は roster。", max_length=20, verbose_name="種類"
            ),
        ),
        migrations.AlterField(
            model_name="consenttext",
            name="version",
            field=iri_exchange.lib.fields.NameField(
                help_text="年と月。例：2026-11。いちばん新しい版を、みなさんに見せます。", max_length=20, verbose_name="版"
            ),
        ),
        migrations.AlterField(
            model_name="consenttext", name="text", field=iri_exchange.lib.fields.LongTextField(verbose_name="文面")
        ),
        migrations.RunPython(write, migrations.RunPython.noop),
    ]
