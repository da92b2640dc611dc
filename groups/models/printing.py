"""What an office sets up for its prints, and the long prints that the worker makes."""

import datetime
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from groups.models.group import Group
from iri_exchange.lib import states
from iri_exchange.lib.fields import NameField
from iri_exchange.lib.history import History

# A print lies ready for its maker this long; then it is made anew.
KEPT_FOR = datetime.timedelta(days=7)


class RosterColumns(models.Model):
    """The columns a group has chosen for one variant of its roster, in their order; without a row: the usual ones.

    `columns` are keys of `groups.rosters.columns`; one that is no longer known is passed over.
    """

    group = models.ForeignKey(Group, models.CASCADE, related_name="roster_columns", verbose_name="グループ")
    variant = models.CharField("種類", max_length=20)
    columns = models.JSONField("列")
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "名簿の列"
        constraints = [
            models.UniqueConstraint(fields=["group", "variant"], name="roster_columns_one_per_variant")
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.variant}"


class LabelFormat(models.Model):
    """A sheet of labels on A4 portrait, in millimetres: where the first label lies, how large and how far apart."""

    name = NameField("名前", max_length=60, unique=True, help_text="例：12面（2列×6段）")
    columns = models.PositiveSmallIntegerField(
        "列の数", validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    rows = models.PositiveSmallIntegerField(
        "段の数", validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    width = models.DecimalField("ラベルの幅（mm）", max_digits=5, decimal_places=2)
    height = models.DecimalField("ラベルの高さ（mm）", max_digits=5, decimal_places=2)
    left = models.DecimalField("左の余白（mm）", max_digits=5, decimal_places=2)
    top = models.DecimalField("上の余白（mm）", max_digits=5, decimal_places=2)
    column_gap = models.DecimalField("横の間（mm）", max_digits=5, decimal_places=2, default=0)
    row_gap = models.DecimalField("縦の間（mm）", max_digits=5, decimal_places=2, default=0)
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "ラベル用紙"
        ordering = ["columns", "rows", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(columns__gte=1, rows__gte=1, width__gt=0, height__gt=0)
                & Q(left__gte=0, top__gte=0, column_gap__gte=0, row_gap__gte=0),
                name="label_format_sizes",
            ),
            models.CheckConstraint(
                condition=Q(left__lte=210 - F("columns") * F("width") - (F("columns") - 1) * F("column_gap"))
                & Q(top__lte=297 - F("rows") * F("height") - (F("rows") - 1) * F("row_gap")),
                name="label_format_fits_a4",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Printout(models.Model):
    """A long print, made by the worker for whom asked for it, and kept for a few days.

    `options` are what was asked for; `content` is the file, empty until it is done. It belongs to `made_by` alone, and
    what is about one `group` only as long as the reader may ask for it.
    """

    class Kind(models.TextChoices):
        BOOK = "book", "全グループの名簿"
        HANDOVER = "handover", "引き継ぎ帳"
        ARCHIVE = "archive", "解散したグループの記録"

    class State(models.TextChoices):
        QUEUED = "queued", "順番待ち"
        WORKING = "working", "作成中"
        DONE = "done", "できあがり"
        FAILED = "failed", "中断"
        STOPPED = "stopped", "取りやめ"

    MOVES: ClassVar[states.Moves] = {
        "": [State.QUEUED],
        State.QUEUED: [State.WORKING, State.FAILED, State.STOPPED],
        State.WORKING: [State.DONE, State.FAILED, State.STOPPED],
        State.DONE: [],
        State.FAILED: [],
        State.STOPPED: [],
    }
    OPEN = (State.QUEUED, State.WORKING)

    kind = models.CharField("種類", max_length=20, choices=Kind.choices)
    group = models.ForeignKey(
        Group, models.CASCADE, null=True, blank=True, related_name="printouts", verbose_name="グループ"
    )
    options = models.JSONField("指定", default=dict, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="printouts", verbose_name="作る人"
    )
    asked_at = models.DateTimeField("受付日時", auto_now_add=True)
    state = models.CharField("状態", max_length=10, choices=State.choices, default=State.QUEUED)
    steps_total = models.PositiveIntegerField("段階の数", default=0)
    steps_done = models.PositiveIntegerField("終わった段階", default=0)
    moved_at = models.DateTimeField("進んだ日時", null=True, blank=True)
    finished_at = models.DateTimeField("終了日時", null=True, blank=True)
    message = models.CharField("お知らせ", max_length=300, blank=True)
    filename = models.CharField("ファイル名", max_length=200, blank=True)
    pages = models.PositiveIntegerField("ページ数", default=0)
    content = models.BinaryField("ファイル", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "印刷物"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["queued", "working"], finished_at__isnull=True)
                | (~Q(state__in=["queued", "working"]) & Q(finished_at__isnull=False)),
                name="printout_finished_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(kind="book", group__isnull=True) | (~Q(kind="book") & Q(group__isnull=False)),
                name="printout_of_one_group_names_it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.asked_at:%Y-%m-%d}"
