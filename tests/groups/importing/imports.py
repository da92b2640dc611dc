"""Small imports, and the directory as a whole, to see what one has left behind."""

from typing import Any

from django.apps import apps

from groups.importing import import_roster
from groups.models import Group, ImportBatch
from members.models import User

HEADER = "企業名,フリガナ,参加者氏名,役職,所在地,TEL,業種,法人番号,入会日"
AOBA = "株式会社青葉精機,アオバセイキ,青木 恵,部長,東京都昭島市東町1-1,042-000-0001,板金,,2013-07-01"
# Files and tables of the portal itself: no part of the directory.
NOT_DIRECTORY = ["importbatch", "columnreading", "session", "dbtaskresult", "export"]
# What the database itself keeps of the names, for the search.
SUFFIXES = "suffix"


def imported(group: Group, *lines: str, by: User | None = None) -> ImportBatch:
    """The batch of an import of these lines, which has written something."""
    content = "\n".join([HEADER, *lines]).encode()
    report = import_roster(group=group, content=content, filename="roster.csv", commit=True, by=by)
    assert (report.problems, report.committed) == ([], True)
    return ImportBatch.objects.get(pk=ImportBatch.objects.latest("pk").pk)


def directory_as_it_stands() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table but the history, which only grows."""
    return {
        model.__name__: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models()
        if not hasattr(model, "instance_type")
        and model._meta.model_name not in NOT_DIRECTORY
        and not model._meta.model_name.endswith(SUFFIXES)
    }


def state_of(batch: ImportBatch) -> str:
    batch.refresh_from_db()
    return batch.state
