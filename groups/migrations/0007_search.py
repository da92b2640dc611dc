"""Search keys in which the name, its reading and the rest stand apart."""

from django.db import migrations

from iri_exchange.lib import search


def fold_anew(apps, schema_editor):
    """As `search_text` of the model said at the time."""
    groups = apps.get_model("groups", "Group")._base_manager
    for one in groups.all().iterator():
        key = search.key(one.name, [one.kana], [one.introduction, one.theme])
        groups.filter(pk=one.pk).update(search_key=key)


class Migration(migrations.Migration):
    dependencies = [("groups", "0006_directory_records")]

    operations = [migrations.RunPython(fold_anew, migrations.RunPython.noop)]
