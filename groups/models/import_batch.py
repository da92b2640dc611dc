"""A roster file that somebody uploaded, from the first reading to the import and, for a month, back again."""

import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models

from groups.models.group import Group
from iri_exchange.lib import states

# As long as an import can be taken back.
UNDOABLE_FOR = datetime.timedelta(days=30)


class ImportBatch(models.Model):
    """One file for one group.

    `content` is the file as it came, emptied when the batch is finished. What the user chose: `sheet` ("" for the
    best one), `header_row` (None: found by itself, 0: none), `mapping` (column index → key, "" for not imported),
    `answers` (row → record's id). `remembered` are the corrected mappings that were found for its tables (shape →
    mapping; None: not looked up yet), kept so that what others correct later does not change what was shown.
    `reading` counts the readings: one that was overtaken ends nothing. `report` is what the last one found, as
    `groups.importing.report` writes it; `counts` what the import did.
    """

    class State(models.TextChoices):
        READING = "reading", "読み取り中"
        PREVIEWED = "previewed", "確認中"
        WRITING = "writing", "取込中"
        COMMITTED = "committed", "取込済み"
        UNDOING = "undoing", "取り消し中"
        UNDONE = "undone", "取り消し済み"
        DISCARDED = "discarded", "取りやめ"

    MOVES: ClassVar[states.Moves] = {
        "": [State.READING],
        State.READING: [State.PREVIEWED, State.DISCARDED],
        State.PREVIEWED: [State.READING, State.WRITING, State.DISCARDED],
        State.WRITING: [State.COMMITTED, State.PREVIEWED],
        State.COMMITTED: [State.UNDOING],
        State.UNDOING: [State.UNDONE, State.COMMITTED],
        State.UNDONE: [],
        State.DISCARDED: [],
    }
    OPEN = [State.READING, State.PREVIEWED, State.WRITING]

    group = models.ForeignKey(Group, models.CASCADE, related_name="import_batches", verbose_name="グループ")
    filename = models.CharField("ファイル名", max_length=200)
    content = models.BinaryField("ファイル")
    uploaded_at = models.DateTimeField("受取日時", auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="import_batches",
        verbose_name="受け取った人",
        help_text="空いているのは、コマンドで取り込んだとき。",
    )
    sheet = models.CharField("シート", max_length=200, blank=True)
    header_row = models.PositiveIntegerField("見出しの行", null=True, blank=True)
    mapping = models.JSONField("列の読み方", null=True, blank=True)
    remembered = models.JSONField("覚えていた列の読み方", null=True, blank=True)
    answers = models.JSONField("お答え", default=dict, blank=True)
    reading = models.PositiveIntegerField("何回目の読み取りか", default=1)
    state = models.CharField("状態", max_length=10, choices=State.choices, default=State.READING)
    rows_total = models.PositiveIntegerField("行の数", default=0)
    rows_done = models.PositiveIntegerField("読んだ行の数", default=0)
    moved_at = models.DateTimeField("進んだ日時", null=True, blank=True)
    report = models.JSONField("読み取りの結果", null=True, blank=True)
    message = models.CharField("お知らせ", max_length=300, blank=True)
    counts = models.JSONField("結果", default=dict, blank=True)
    left_bad = models.BooleanField("直すところのある行を残した", default=False)
    finished_at = models.DateTimeField("終了日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "名簿の取込"
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["reading", "previewed", "writing"], finished_at__isnull=True)
                | (
                    ~models.Q(state__in=["reading", "previewed", "writing"])
                    & models.Q(finished_at__isnull=False)
                ),
                name="import_batch_finished_has_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.filename}"

    @property
    def step(self) -> str:
        """The reason that every history row of this import carries: it is one step."""
        return f"名簿の取込 第{self.pk}号（{self.filename}）"[:100]

    @property
    def undo_step(self) -> str:
        return f"名簿の取込 第{self.pk}号の取り消し"

    @property
    def undoable_until(self) -> datetime.datetime | None:
        """Until when the import can be taken back; None if there is nothing to take back."""
        if self.state != self.State.COMMITTED or self.finished_at is None:
            return None
        return self.finished_at + UNDOABLE_FOR


class ColumnReading(models.Model):
    """How the columns of one shape of table are read, once somebody has corrected it.

    `shape` is the hash of the header's labels; `mapping` column index → key, "" for not imported.
    """

    shape = models.CharField("形", max_length=64, unique=True)
    mapping = models.JSONField("列の読み方")
    changed_at = models.DateTimeField("直した日時", auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="直した人",
    )

    class Meta:
        verbose_name = verbose_name_plural = "列の読み方"

    def __str__(self) -> str:
        return f"列の読み方（{self.changed_at:%Y-%m-%d}）"
