"""A roster file that somebody uploaded: kept from the preview to the import, so that both read the same."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from groups.models.group import Group
from iri_exchange.lib import states


class ImportBatch(models.Model):
    """One file for one group. `content` is the file as it came; `counts` what the import did."""

    class State(models.TextChoices):
        PREVIEWED = "previewed", "確認中"
        COMMITTED = "committed", "取込済み"
        DISCARDED = "discarded", "取りやめ"

    MOVES: ClassVar[states.Moves] = {
        "": [State.PREVIEWED],
        State.PREVIEWED: [State.COMMITTED, State.DISCARDED],
        State.COMMITTED: [],
        State.DISCARDED: [],
    }

    group = models.ForeignKey(Group, models.CASCADE, related_name="import_batches", verbose_name="グループ")
    filename = models.CharField("ファイル名", max_length=200)
    content = models.BinaryField("ファイル")
    uploaded_at = models.DateTimeField("受取日時", auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="import_batches", verbose_name="受け取った人"
    )
    state = models.CharField("状態", max_length=10, choices=State.choices, default=State.PREVIEWED)
    counts = models.JSONField("結果", default=dict)
    finished_at = models.DateTimeField("終了日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "名簿の取込"
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="previewed", finished_at__isnull=True)
                | (~models.Q(state="previewed") & models.Q(finished_at__isnull=False)),
                name="import_batch_finished_has_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.filename}"
