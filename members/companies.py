"""What happens to a company from a day on: it is renamed, it moves; what was kept of it is put right."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from iri_exchange.lib import history, japan
from members import directory
from members.models import Company, FormerAddress, FormerName

ONE_DAY = datetime.timedelta(days=1)
MOVED = ("postal_code", "prefecture", "city", "street", "building", "phone", "fax")
SAME_NAME = "いまの企業名と同じです。新しい名前を入れてください。"
SAME_PLACE = "いまの所在地・電話・FAXと同じです。新しいほうを入れてください。"
GONE = "この記録は、もう取り消されています。"


@transaction.atomic
def rename(*, company: Company, name: str, kana: str, since: datetime.date) -> Company:
    """The company bears a new legal name from a day on; the old one is kept with its last day, and found.

    Raises ValidationError for the same name, a day to come or before an earlier change, and a second one on a day.
    """
    now = _locked(company)
    if now.name == name:
        raise ValidationError({"name": ValidationError(SAME_NAME, code="same")})
    _refuse_future(since)
    last_day = since - ONE_DAY
    _refuse_before(FormerName, now, since)
    _check(FormerName(company=now, name=now.name, kana=now.kana, until=last_day))
    with history.in_step(f"社名の変更（{japan.wareki(since)}から）"):
        return directory.rename_company(company=now, name=name, kana=kana, on=last_day)


@transaction.atomic
def move(*, company: Company, since: datetime.date, place: Mapping[str, Any]) -> Company:
    """The company is elsewhere, or has other numbers, from a day on; `place` holds all of MOVED.

    What it had is kept with its last day. Its people need nothing: who has no address of their own is reached here.
    Raises ValidationError for the same place, a day to come or before an earlier move, and a second one on a day.
    """
    now = _locked(company)
    if all(getattr(now, name) == place[name] for name in MOVED):
        raise ValidationError(SAME_PLACE, code="same")
    _refuse_future(since)
    was = FormerAddress(
        company=now,
        postal_code=now.postal_code,
        address=now.address,
        phone=now.phone,
        fax=now.fax,
        until=since - ONE_DAY,
    )
    with history.in_step(f"移転（{japan.wareki(since)}から）"):
        if was.postal_code or was.address or was.phone or was.fax:
            _refuse_before(FormerAddress, now, since)
            _check(was)
            was.save()
        for name in MOVED:
            setattr(now, name, place[name])
        now.full_clean()
        now.save()
    return now


@transaction.atomic
def correct_former_name(*, former: FormerName, name: str, kana: str, until: datetime.date) -> FormerName:
    """A former name put right; raises ValidationError as `rename` does, and for one taken back meanwhile."""
    company = _locked(former.company)
    _read_again(former)
    former.name, former.kana, former.until = name, kana, until
    if until >= timezone.localdate():
        raise ValidationError({"until": ValidationError("今日より前の日にしてください。", code="future")})
    _check(former)
    with history.in_step("旧社名を直す"):
        former.save()
        company.save()  # it is found by its former names too
    return former


@transaction.atomic
def remove_former_name(*, former: FormerName) -> None:
    """The company never had the name; its history stays."""
    company = _locked(former.company)
    _read_again(former)
    with history.in_step("旧社名の取り消し"):
        former.delete()
        company.save()


@transaction.atomic
def remove_former_address(*, former: FormerAddress) -> None:
    """The company never was there; its history stays."""
    _locked(former.company)
    _read_again(former)
    with history.in_step("前の所在地の取り消し"):
        former.delete()


@transaction.atomic
def find_by_former_names(*, company: Company) -> None:
    """What a company is found by is written anew, after its former names were changed in some other way."""
    _locked(company).save(update_fields=["search_key"])


def _locked(company: Company) -> Company:
    return Company.objects.select_for_update(no_key=True).get(pk=company.pk)


def _refuse_future(since: datetime.date) -> None:
    """What is written down counts at once: letters would go astray until the day has come."""
    if since > timezone.localdate():
        sentence = "まだ来ていない日です。その日になってから登録してください。"
        raise ValidationError({"since": ValidationError(sentence, code="future")})


def _refuse_before(kind: type[FormerName | FormerAddress], company: Company, since: datetime.date) -> None:
    """What the company has now it had not while what is kept of before lasted."""
    if earlier := kind._default_manager.filter(company=company, until__gte=since).order_by("-until").first():
        sentence = f"{japan.wareki(earlier.until)}までの記録が、もうあります。それより後の日にしてください。"
        raise ValidationError({"since": ValidationError(sentence, code="before_the_last")})


def _check(former: FormerName | FormerAddress) -> None:
    """A clash is told beside the day."""
    former.clean_fields(exclude=["company"])
    others = type(former)._default_manager.filter(company=former.company, until=former.until)
    if others.exclude(pk=former.pk).exists():
        sentence = "同じ日までの記録が、もうあります。日を確かめてください。"
        day = "until" if former.pk else "since"
        raise ValidationError({day: ValidationError(sentence, code="same_day")})


def _read_again(former: FormerName | FormerAddress) -> None:
    try:
        former.refresh_from_db()
    except (FormerName.DoesNotExist, FormerAddress.DoesNotExist) as error:
        raise ValidationError(GONE, code="gone") from error
