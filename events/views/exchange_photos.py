"""Photographs of the joint exchange: the office keeps them, the public page shows those that all have agreed to."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from events.exchange.after import photos
from events.exchange.after.photos import exchange_photos_visible_to
from events.forms.exchange_after import PhotoEditForm, PhotoForm
from events.models import ExchangePhoto, JointExchange
from events.visibility import exchanges_visible_to
from iri_exchange.lib import access, versions


@access.allowed("events.run_exchange", exchanges_visible_to, by="fiscal_year")
def exchange_photos(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    """All of them, and the form for one more."""
    form = PhotoForm(request.POST or None, request.FILES or None, exchange=exchange)
    if request.method == "POST" and form.is_valid() and form.act(request.user):
        messages.success(request, "写真をしまいました。")
        return redirect("exchange_photos", exchange.fiscal_year)
    context = {"exchange": exchange, "form": form, "photos": exchange.photos.defer("content")}
    return render(request, "events/exchange_photos.html", context)


@access.allowed("events.run_exchange", exchange_photos_visible_to)
@versions.in_turn
def exchange_photo_edit(request: HttpRequest, photo: ExchangePhoto) -> HttpResponse:
    form = PhotoEditForm(request.POST or None, instance=photo)
    if request.method == "POST" and form.is_valid() and form.act(request.user):
        messages.success(request, "写真の説明を保存しました。")
        return redirect("exchange_photos", photo.exchange.fiscal_year)
    context = {"exchange": photo.exchange, "photo": photo, "form": form}
    return render(request, "events/exchange_photo_edit.html", context)


@require_POST
@access.allowed("events.run_exchange", exchange_photos_visible_to)
def exchange_photo_remove(request: HttpRequest, photo: ExchangePhoto) -> HttpResponse:
    try:
        photos.remove(photo=photo, by=request.user)
        messages.success(request, f"写真「{photo.caption}」を消しました。")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("exchange_photos", photo.exchange.fiscal_year)


@require_safe
@access.visible(exchange_photos_visible_to)
def exchange_photo(request: HttpRequest, photo: ExchangePhoto) -> HttpResponse:
    """The picture itself."""
    content = bytes(photo.content) if request.method == "GET" else b""
    headers = {"Cache-Control": "private, no-cache"}
    return HttpResponse(content, content_type=f"image/{photo.format}", headers=headers)
