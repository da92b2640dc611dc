"""The office decides, within the space of the hall."""

from unittest import mock

import pytest
from django.core.exceptions import ValidationError

from events.exchange.booths import deciding
from events.models import Booth, JointExchange
from members.models import Letter
from tests.events.exchange.booths.conftest import accepted, apply, put
from tests.exchange_factories import make_booth, make_exchange
from tests.factories import make_company


def applied(exchange, by, count):
    return [
        make_booth(exchange, company=make_company(), applied_by=by.user, email="taro@example.jp").pk
        for _ in range(count)
    ]


def states():
    return list(Booth.objects.order_by("pk").values_list("state", flat=True))


def test_as_many_as_the_plan_has_places(exchange, staff):
    booths = applied(exchange, staff, 7)
    deciding.accept(exchange=exchange, booths=booths[:4], by=staff.user)
    with pytest.raises(ValidationError) as refused:
        deciding.accept(exchange=exchange, booths=booths[4:], by=staff.user)
    assert refused.value.messages == ["会場図の場所は6、空いているのは2です。3件は受けられません。"]
    deciding.accept(exchange=exchange, booths=booths[4:6], by=staff.user)
    assert states() == ["accepted"] * 6 + ["applied"]


def test_without_a_plan_nobody_is_accepted(exchange, staff):
    JointExchange.objects.update(floor="")
    with pytest.raises(ValidationError) as refused:
        deciding.accept(exchange=exchange, booths=applied(exchange, staff, 1), by=staff.user)
    assert refused.value.messages == [deciding.NO_PLACES]


def test_all_of_them_or_none(exchange, staff):
    booths = applied(exchange, staff, 2)
    deciding.accept(exchange=exchange, booths=booths[1:], by=staff.user)
    with pytest.raises(ValidationError, match="「出展」から「出展」"):
        deciding.accept(exchange=exchange, booths=booths, by=staff.user)
    assert states() == ["applied", "accepted"]


def test_none_chosen_is_said(exchange, staff):
    with pytest.raises(ValidationError) as refused:
        deciding.decline(exchange=exchange, booths=[], by=staff.user)
    assert refused.value.messages == [deciding.NOBODY]


def test_another_exchange_s_booth_is_not_taken(exchange, staff):
    other = make_exchange(fiscal_year=2025, office=exchange.office)
    with pytest.raises(ValidationError):
        deciding.accept(exchange=exchange, booths=applied(other, staff, 1), by=staff.user)


def test_who_is_declined_is_told_with_the_words(exchange, staff):
    deciding.decline(
        exchange=exchange, booths=applied(exchange, staff, 1), by=staff.user, words="来年もお待ちします。"
    )
    letter = Letter.objects.get()
    assert (letter.kind, "来年もお待ちします。" in letter.text) == ("events/exchange_booth_declined", True)
    assert states() == ["declined"]


def test_a_letter_that_fails_declines_nobody(exchange, staff):
    booths = applied(exchange, staff, 2)
    with (
        mock.patch.object(deciding.letters, "declined", side_effect=[None, RuntimeError]),
        pytest.raises(RuntimeError),
    ):
        deciding.decline(exchange=exchange, booths=booths, by=staff.user)
    assert states() == ["applied"] * 2


def test_words_that_cannot_be_seen_are_refused(exchange, staff):
    with pytest.raises(ValidationError, match="目に見えない文字"):
        deciding.accept(
            exchange=exchange, booths=applied(exchange, staff, 1), by=staff.user, words="あ\u202e"
        )


def test_reopened_it_stands_nowhere(exchange, staff):
    booth = put(accepted(exchange, staff), 1, 1, staff)
    deciding.reopen(exchange=exchange, booths=[booth.pk], by=staff.user)
    kept = Booth.objects.get()
    assert (kept.state, kept.place_row, kept.number, kept.told_at) == ("applied", None, None, None)


def test_an_old_one_is_not_reopened_beside_a_new_one(exchange, staff):
    company = make_company()
    make_booth(exchange, company=company, applied_by=staff.user, state="withdrawn")
    apply(exchange, staff, company)
    with pytest.raises(ValidationError, match="別の申込"):
        deciding.reopen(exchange=exchange, booths=[Booth.objects.earliest("pk").pk], by=staff.user)


def test_one_declined_is_not_accepted_beside_the_second_application(exchange, staff):
    company = make_company()
    first = make_booth(exchange, company=company, applied_by=staff.user, state="declined")
    second = make_booth(exchange, company=company, applied_by=staff.user)
    with pytest.raises(ValidationError, match="同じ出展者の、別の申込があります"):
        deciding.accept(exchange=exchange, booths=[first.pk, second.pk], by=staff.user)
    assert states() == ["declined", "applied"]
    deciding.decline(exchange=exchange, booths=[second.pk], by=staff.user)
    deciding.accept(exchange=exchange, booths=[first.pk], by=staff.user)
    assert states() == ["accepted", "declined"]
