"""What is forgotten of those who did not become members: after its term, with everything that hangs on it.

The application of a member is kept, as the directory is. The terms are constants of this module;
docs/operations.md tells them.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import F, Max, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from groups.models import (
    Application,
    ApplicationConsent,
    ApplicationDraft,
    ApplicationLink,
    ApplicationNote,
    ApplicationQuestion,
    ApplicationStep,
    Offer,
    Participant,
)
from iri_exchange.lib import history
from members.models import Letter

# Since it was refused or withdrawn, or the results of its call were announced.
ENDED_KEPT_FOR = datetime.timedelta(days=365)
# Since it was sent, and nobody confirmed the address.
UNCONFIRMED_KEPT_FOR = datetime.timedelta(days=30)

State = Application.State
ENDED = [State.DECLINED, State.WITHDRAWN]
# What hangs on an application: its history rows go with it.
PARTS: tuple[type[models.Model], ...] = (
    Participant,
    ApplicationConsent,
    ApplicationStep,
    ApplicationNote,
    ApplicationQuestion,
    Offer,
    ApplicationLink,
)
CHUNK = 500
LETTERS = "groups/application_"


@dataclass(frozen=True)
class Kind:
    """One reason to forget: what it is called, its term, and the rows whose term has passed, with `ended_at`."""

    key: str
    label: str
    term: str
    kept_for: datetime.timedelta
    rows: QuerySet[Any]

    def forgotten_at(self, row: Any) -> datetime.datetime:
        end: datetime.datetime = row.ended_at
        return end + self.kept_for


def due(at: datetime.datetime) -> list[Kind]:
    """What is to be forgotten at a moment, also at one to come, by reason; the oldest first."""
    ended = Max("steps__at", filter=Q(steps__state__in=ENDED))
    found = [
        ("ended", "不採択・取下げの応募", "終わってから1年", ENDED_KEPT_FOR, _since(ended, state__in=ENDED)),
        (
            "waited",
            "補欠のまま終わった応募",
            "結果のお知らせから1年",
            ENDED_KEPT_FOR,
            _since(Max("round__announced_at"), state=State.WAITLISTED),
        ),
        (
            "unconfirmed",
            "アドレスの確認がない応募",
            "送られてから30日",
            UNCONFIRMED_KEPT_FOR,
            _since(None, state=State.DRAFT),
        ),
        (
            "drafts",
            "期限のすぎた下書き",
            "保存から30日",
            datetime.timedelta(0),
            ApplicationDraft.objects.annotate(ended_at=F("expires_at")),
        ),
    ]
    return [
        Kind(key, label, term, kept_for, rows.filter(ended_at__lt=at - kept_for).order_by("ended_at", "pk"))
        for key, label, term, kept_for, rows in found
    ]


def purge(*, now: datetime.datetime | None = None) -> dict[str, int]:
    """Forget what is due, history rows included: {reason: how many}. Each chunk is a transaction of its own."""
    return {kind.key: _forget(kind.rows) for kind in due(now or timezone.now())}


def _since(last: Any, **which: Any) -> QuerySet[Any]:
    """Applications with `ended_at`: the time given, or else when they were sent."""
    rows = Application.objects.filter(**which)
    return rows.annotate(ended_at=Coalesce(last, "sent_at") if last is not None else F("sent_at"))


def _forget(rows: QuerySet[Any]) -> int:
    """Delete the rows, what hangs on them, and the history of all of it."""
    ids = list(rows.values_list("pk", flat=True))
    return sum(_forget_chunk(rows, ids[at : at + CHUNK]) for at in range(0, len(ids), CHUNK))


@transaction.atomic
def _forget_chunk(rows: QuerySet[Any], ids: Sequence[int]) -> int:
    """What is still due once it is locked: a draft may have been kept anew meanwhile."""
    model = rows.model
    list(model._default_manager.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
    ids = list(rows.filter(pk__in=ids).values_list("pk", flat=True))
    owner = "application" if model is Application else "draft"
    links = ApplicationLink.objects.filter(**{f"{owner}__in": ids})
    addresses = {*links.values_list("email", flat=True), *_addresses(model, pk__in=ids)}
    if model is Application:
        # An address that was put right took its links with it.
        addresses |= {*history.of(model).filter(id__in=ids).values_list("contact_email", flat=True)}
    for part in PARTS if model is Application else (ApplicationLink,):
        _erase(part, [*part._default_manager.filter(**{f"{owner}__in": ids}).values_list("pk", flat=True)])
    _erase(model, ids)
    _forget_letters(addresses - {""})
    return len(ids)


def _addresses(model: type[models.Model], **which: Any) -> QuerySet[Any, str]:
    """Where letters about these rows went."""
    column = "contact_email" if model is Application else "email"
    rows = model._default_manager.annotate(address=F(column)).filter(**which)
    return rows.order_by().values_list("address", flat=True)


def _forget_letters(addresses: set[str]) -> None:
    """What the office wrote there about an application, unless another one of that address is still kept."""
    for kept in (Application, ApplicationDraft):
        addresses -= set(_addresses(kept, address__in=addresses))
    waiting = [Letter.State.QUEUED, Letter.State.SENDING]
    Letter.objects.filter(kind__startswith=LETTERS, to__in=addresses).exclude(state__in=waiting).delete()


def _erase(model: type[models.Model], ids: Sequence[int]) -> None:
    """The rows without a word of farewell: a history row of the deletion would keep what is forgotten.

    What the admin noted about them names them, too.
    """
    if hasattr(model._meta, "simple_history_manager_attribute"):
        history.of(model).filter(**{f"{model._meta.pk.attname}__in": ids}).delete()
    in_admin = {"content_type": ContentType.objects.get_for_model(model), "object_id__in": [*map(str, ids)]}
    LogEntry.objects.filter(**in_admin).delete()
    rows = model._default_manager.filter(pk__in=ids)
    rows._raw_delete(rows.db)
