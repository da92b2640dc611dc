"""All rows of the demo as text, so that two runs can be compared."""

import datetime
import sys

from django.apps import apps

from groups.models import LabelFormat
from iri_exchange import demo

DAY = datetime.date(2026, 11, 25)
# Two runs never agree on these.
UNSTEADY = {"password", "joined_at", "last_login"}


def models():
    """All of ours but histories, and the formats of labels, which come with the tables."""
    names, derived = ("events", "groups", "members"), ("Historical", "Suffix")
    ours = [model for app in names for model in apps.get_app_config(app).get_models()]
    return [
        model
        for model in ours
        if not any(word in model.__name__ for word in derived) and model is not LabelFormat
    ]


def dump() -> list[str]:
    """Every row as text; keys are replaced by the row's place in its table, which any database can agree on."""
    places = {
        model: {pk: n for n, pk in enumerate(model.objects.order_by("pk").values_list("pk", flat=True))}
        for model in models()
    }

    def told(row, field):
        value = getattr(row, field.attname)
        return places[field.related_model][value] if field.is_relation and value is not None else value

    return [
        f"{model.__name__} {places[model][row.pk]} "
        + str(
            {
                f.name: told(row, f)
                for f in model._meta.concrete_fields
                if not f.primary_key and f.name not in UNSTEADY
            }
        )
        for model in models()
        for row in model.objects.order_by("pk")
    ]


def print_dump() -> None:
    """What the second process runs, on an empty database of its own: the demo, all of it on paper."""
    demo.build(DAY)
    sys.stdout.write("\n".join(dump()))
