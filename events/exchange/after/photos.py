"""Photographs of the day: kept by the office, shown to everybody where all whom they show have agreed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from events.exchange.entering.places import lock
from events.models import ExchangePhoto, JointExchange
from groups.standing import standing
from iri_exchange.lib import history, uploads

MOST = 60
TOO_MANY = f"写真は{MOST}枚までです。先に、どれかを消してください。"
NOT_AGREED = "どなたにも見せるには、写っている方のみなの承知が要ります。"


def exchange_photos_visible_to(user: Any) -> QuerySet[ExchangePhoto]:
    """Staff see all; everybody those that are public, of an exchange that is. Without the pictures themselves."""
    photos = ExchangePhoto.objects.select_related("exchange").defer("content")
    if standing(user).is_staff:
        return photos
    return photos.filter(is_public=True).exclude(exchange__state=JointExchange.State.DRAFT)


def public_photos(exchange: JointExchange) -> QuerySet[ExchangePhoto]:
    """Those of the public page, in the order in which they came, without the pictures themselves."""
    return ExchangePhoto.objects.filter(exchange=exchange, is_public=True).defer("content")


@transaction.atomic
def add(
    *, exchange: JointExchange, upload: Any, caption: str, all_agreed: bool, is_public: bool, by: Any
) -> ExchangePhoto:
    """Draw the picture anew and keep it. Raises ValidationError for what is no picture, one too many, or one that is
    to be public without consent.
    """
    exchange = lock(exchange)
    if exchange.photos.count() >= MOST:
        raise ValidationError(TOO_MANY, code="too_many")
    _require_consent(all_agreed, is_public)
    kind, content = uploads.photograph(upload)
    with history.step("合同交流会の写真", by):
        return ExchangePhoto.objects.create(
            exchange=exchange,
            caption=caption,
            format=kind,
            content=content,
            all_agreed=all_agreed,
            is_public=is_public,
            uploaded_by=by,
        )


@transaction.atomic
def change(
    *, photo: ExchangePhoto, caption: str, all_agreed: bool, is_public: bool, by: Any
) -> ExchangePhoto:
    """Its caption and who may see it. Raises ValidationError for a public one without consent, or one that is gone."""
    _require_consent(all_agreed, is_public)
    lock(photo.exchange)
    row = _there(photo)
    row.caption, row.all_agreed, row.is_public = caption, all_agreed, is_public
    with history.step("合同交流会の写真", by):
        row.save(update_fields=["caption", "all_agreed", "is_public"])
    return row


@transaction.atomic
def remove(*, photo: ExchangePhoto, by: Any) -> None:
    """For good. Raises ValidationError for one that is gone."""
    lock(photo.exchange)
    row = _there(photo)
    with history.step("合同交流会の写真", by):
        row.delete()


def _there(photo: ExchangePhoto) -> ExchangePhoto:
    row = ExchangePhoto.objects.select_for_update(no_key=True).defer("content").filter(pk=photo.pk).first()
    if row is None:
        raise ValidationError("この写真は、もうありません。", code="gone")
    return row


def _require_consent(all_agreed: bool, is_public: bool) -> None:
    if is_public and not all_agreed:
        raise ValidationError({"all_agreed": NOT_AGREED}, code="not_agreed")
