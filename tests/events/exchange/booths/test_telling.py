"""Exhibitors are told once, and again after a change."""

from unittest import mock

import pytest
from django.core.exceptions import ValidationError

from events.exchange.booths import letters, placing, telling
from events.models import Booth
from members.models import Letter
from tests.events.exchange.booths.conftest import accepted, put


def ready(exchange, staff, column=1, **fields):
    fields = {"email": "taro@example.jp", "watts": 300} | fields
    booth = put(accepted(exchange, staff, **fields), 1, column, staff)
    return placing.number(booth=booth, to=column, by=staff.user)


def test_the_letter_says_where_and_with_what(exchange, staff):
    booth = ready(exchange, staff)
    telling.tell(exchange=exchange, booths=[booth.pk], by=staff.user)
    letter = Letter.objects.get()
    assert (letter.kind, letter.to) == ("events/exchange_booth", "taro@example.jp")
    for told in ("番号：1番", "場所：会場図の2段目の2番目", "机：1台", "電源：300Wまで", "13:00～17:00"):
        assert told in letter.text
    assert letters.preview(Booth.objects.select_related("exchange__office").get()).text == letter.text


def test_who_was_told_is_not_told_twice(exchange, staff):
    booth = ready(exchange, staff)
    telling.tell(exchange=exchange, booths=[booth.pk], by=staff.user)
    with pytest.raises(ValidationError) as refused:
        telling.tell(exchange=exchange, booths=[booth.pk], by=staff.user)
    assert refused.value.messages == [telling.NOBODY]
    put(Booth.objects.get(), 1, 2, staff)
    assert len(telling.tell(exchange=exchange, booths=[booth.pk], by=staff.user)) == 1
    assert Letter.objects.count() == 2


def test_only_those_that_were_shown_and_are_ready(exchange, staff):
    first, second = ready(exchange, staff), ready(exchange, staff, column=2)
    by_phone = ready(exchange, staff, column=3, email="")
    unplaced = accepted(exchange, staff, email="taro@example.jp")
    found = telling.untold(exchange)
    assert (found.ready, found.by_phone, found.unplaced) == ([first, second], [by_phone], [unplaced])
    told = telling.tell(exchange=exchange, booths=[second.pk, by_phone.pk, unplaced.pk], by=staff.user)
    assert told == [second]
    assert telling.told_by_phone(exchange=exchange, booths=[by_phone.pk], by=staff.user) == [by_phone]
    assert Letter.objects.count() == 1
    with pytest.raises(ValidationError):
        telling.told_by_phone(exchange=exchange, booths=[first.pk], by=staff.user)


def test_all_are_told_or_none(exchange, staff):
    booths = [ready(exchange, staff, column=column).pk for column in (1, 2)]
    with (
        mock.patch.object(telling.letters, "placed", side_effect=[None, RuntimeError]),
        pytest.raises(RuntimeError),
    ):
        telling.tell(exchange=exchange, booths=booths, by=staff.user)
    assert list(Booth.objects.values_list("told_at", flat=True)) == [None, None]
