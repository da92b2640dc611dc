"""Rosters that came in, read only."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from groups.importing.reading.columns import LABELS
from groups.models import ColumnReading, ImportBatch
from iri_exchange.lib.admin import HouseAdmin


@admin.register(ImportBatch)
class ImportBatchAdmin(HouseAdmin):
    """What came in; the file itself and what was read in it stay out of the admin."""

    read_only = True
    exclude = ("content", "report")
    list_display = ("uploaded_at", "group", "filename", "state", "uploaded_by", "finished_at")
    list_filter = ("state", "uploaded_at")
    list_select_related = ("group", "uploaded_by__person")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("content", "report")


@admin.register(ColumnReading)
class ColumnReadingAdmin(HouseAdmin):
    """Corrected on the page of an import, the next time such a table comes."""

    read_only = True
    fields = ("taken", "changed_at", "changed_by")
    readonly_fields = ("taken", "changed_at")
    list_display = ("changed_at", "taken", "changed_by")
    list_filter = ("changed_at",)
    list_select_related = ("changed_by__person",)

    @admin.display(description="取り込む列")
    def taken(self, reading: ColumnReading) -> str:
        return "、".join(LABELS.get(key, key) for key in reading.mapping.values() if key) or "―"
