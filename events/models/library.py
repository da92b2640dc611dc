"""The group's papers and pictures: what belongs to a meeting, and what belongs to the group."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from events.models.meeting import AgendaItem, Meeting
from groups.models import Group
from iri_exchange.lib.fields import NameField
from iri_exchange.lib.history import History


class LibraryFile(models.Model):
    """A PDF as it came, or a picture drawn anew. `content` lies in the database, as by-laws do: no server of files can
    hand it out, only the view that asks who is asking.

    Of a meeting, or (without one) of the group. `is_open`: with the notice, so that invited groups see it, too.
    """

    class Kind(models.TextChoices):
        LEAFLET = "leaflet", "パンフレット・案内"
        RULES = "rules", "会則・申し合わせ"
        MATERIAL = "material", "会合の資料"
        PHOTO = "photo", "写真"
        OTHER = "other", "そのほか"

    class Format(models.TextChoices):
        PDF = "pdf", "PDF"
        PNG = "png", "PNG"
        JPEG = "jpeg", "JPEG"

    group = models.ForeignKey(Group, models.CASCADE, related_name="files", verbose_name="グループ")
    meeting = models.ForeignKey(
        Meeting, models.CASCADE, null=True, blank=True, related_name="files", verbose_name="会合"
    )
    agenda_item = models.ForeignKey(
        AgendaItem, models.SET_NULL, null=True, blank=True, related_name="files", verbose_name="次第"
    )
    kind = models.CharField("種類", max_length=8, choices=Kind.choices)
    title = NameField("題名", max_length=100)
    filename = NameField("ファイル名", max_length=200)
    format = models.CharField("形式", max_length=4, choices=Format.choices)
    content = models.BinaryField("ファイル")
    size = models.PositiveIntegerField("大きさ")
    is_open = models.BooleanField("案内といっしょに見せる", default=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登録した人"
    )
    uploaded_at = models.DateTimeField("登録の日時", auto_now_add=True)
    history = History(excluded_fields=["content"])

    class Meta:
        verbose_name = verbose_name_plural = "資料"
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(size__gte=1), name="library_file_is_not_empty"),
            models.CheckConstraint(
                condition=Q(format__in=["pdf", "png", "jpeg"]), name="library_file_format_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.title}"
