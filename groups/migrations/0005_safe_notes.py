from django.db import migrations

import iri_exchange.lib.fields


class Migration(migrations.Migration):
    dependencies = [("groups", "0004_label_formats")]
    operations = [
        migrations.AlterField(
            model_name=model,
            name="note",
            field=iri_exchange.lib.fields.NameField(blank=True, max_length=200, verbose_name="メモ"),
        )
        for model in ("adviser", "historicaladviser")
    ]
