"""The index of searches, kept searches, and keys in which the name, its spellings and the rest stand apart."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import iri_exchange.lib.fields
from iri_exchange.lib import search


def fold_anew(apps, schema_editor):
    """As `search_text` of the models said at the time."""
    company, person, former = (
        apps.get_model("members", name) for name in ("Company", "Person", "FormerName")
    )
    old = {}
    for row in former.objects.order_by("-until", "pk"):
        old.setdefault(row.company_id, []).append(row.name)
    for one in company.objects.all().iterator():
        key = search.key(
            one.name, [one.kana, one.other_names, *old.get(one.pk, [])], [one.trade, one.products]
        )
        company.objects.filter(pk=one.pk).update(search_key=key)
    for one in person.objects.all().iterator():
        name = f"{one.family_name} {one.given_name}".rstrip()
        kana = f"{one.family_kana} {one.given_kana}".strip()
        key = search.key(name, [kana, one.other_names], [one.trade, one.products])
        person.objects.filter(pk=one.pk).update(search_key=key)


def take_triggers_away(apps, schema_editor):
    """They would write into an index that is gone."""
    from iri_exchange.lib import search_triggers
    from members.models import CompanySuffix, PersonSuffix

    for index in (CompanySuffix, PersonSuffix):
        search_triggers.forget(index, schema_editor.connection.alias)


def suffixes(name, label):
    return migrations.CreateModel(
        name=name,
        fields=[
            (
                "pk",
                models.CompositePrimaryKey(
                    "text", "record", blank=True, editable=False, primary_key=True, serialize=False
                ),
            ),
            ("text", models.BinaryField()),
            ("record", models.BigIntegerField()),
        ],
        options={"verbose_name": label, "verbose_name_plural": label},
    )


class Migration(migrations.Migration):
    dependencies = [("members", "0006_consent_texts")]

    operations = [
        suffixes("CompanySuffix", "企業の索引"),
        suffixes("PersonSuffix", "人の索引"),
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", iri_exchange.lib.fields.NameField(max_length=40, verbose_name="名前")),
                ("query", models.CharField(max_length=1000, verbose_name="条件")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="保存した日時")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_searches",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="だれの",
                    ),
                ),
            ],
            options={
                "verbose_name": "保存した検索",
                "verbose_name_plural": "保存した検索",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["user", "name"],
                        name="saved_search_name_once",
                        violation_error_message="この名前の条件は、すでに保存してあります。別の名前にしてください。",
                    ),
                    models.CheckConstraint(condition=~models.Q(name=""), name="saved_search_has_a_name"),
                ],
            },
        ),
        migrations.RunPython(fold_anew, take_triggers_away),
    ]
