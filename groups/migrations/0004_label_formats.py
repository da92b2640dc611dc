"""The usual sheets of labels. An office may correct them, delete them and add its own in the admin."""

from django.db import migrations

# name, columns, rows, width, height, left, top, column gap, row gap, in millimetres.
FORMATS = [
    ("10面（2列×5段）86.4×50.8", 2, 5, "86.4", "50.8", "18.6", "21.5", "0", "0"),
    ("12面（2列×6段）86.4×42.3", 2, 6, "86.4", "42.3", "18.6", "21.6", "0", "0"),
    ("18面（3列×6段）63.5×46.6", 3, 6, "63.5", "46.6", "7.2", "8.7", "2.5", "0"),
    ("21面（3列×7段）63.5×38.1", 3, 7, "63.5", "38.1", "7.2", "15.1", "2.5", "0"),
    ("24面（3列×8段）63.5×33.9", 3, 8, "63.5", "33.9", "7.2", "12.9", "2.5", "0"),
]
FIELDS = ("name", "columns", "rows", "width", "height", "left", "top", "column_gap", "row_gap")


def add_formats(apps, schema_editor):
    formats = apps.get_model("groups", "LabelFormat").objects
    for values in FORMATS:
        named = dict(zip(FIELDS, values, strict=True))
        formats.get_or_create(name=named.pop("name"), defaults=named)


class Migration(migrations.Migration):
    dependencies = [("groups", "0003_printing")]
    operations = [migrations.RunPython(add_formats, migrations.RunPython.noop)]
