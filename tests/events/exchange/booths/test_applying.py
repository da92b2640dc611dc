"""Applying for a booth, correcting it, withdrawing it."""

import datetime
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError

from events.exchange.booths import applying, deciding, letters
from events.exchange.booths.exhibitors import Exhibitor, exhibitors_of, prefilled
from events.models import Booth, JointExchange
from groups.models import Office
from members.models import Letter, Person
from tests.events.exchange.booths.conftest import ABOUT, accepted, apply, put
from tests.exchange_factories import make_partner, make_partner_group

JST = ZoneInfo("Asia/Tokyo")


def test_an_application_waits_for_the_office_and_is_confirmed_by_letter(exchange, member):
    booth = apply(exchange, member)
    assert (booth.state, booth.number, booth.told_at) == ("applied", None, None)
    letter = Letter.objects.get()
    assert (letter.kind, letter.to) == ("events/exchange_booth_received", "taro@example.jp")
    assert "令和8年（2026年）12月10日（木） 23:59" in letter.text


def test_the_letters_link_asks_for_the_login_while_nobody_else_may_read_the_booth(exchange, member, client):
    booth = apply(exchange, member)
    address = f"/joint/booths/{booth.pk}/edit/"
    assert address in Letter.objects.get().text
    assert client.get(address).headers["Location"] == f"/accounts/login/?next={address}"


def test_without_an_address_there_is_no_letter(exchange, member):
    apply(exchange, member, email="")
    assert Letter.objects.count() == 0


@pytest.mark.parametrize(
    ("second", "is_open"), [("2026-12-10 23:59:00", True), ("2026-12-10 23:59:01", False)]
)
def test_the_call_ends_to_the_second(exchange, member, second, is_open):
    Office.objects.update(phone="042-000-0000")
    with time_machine.travel(datetime.datetime.fromisoformat(second).replace(tzinfo=JST), tick=False):
        if is_open:
            assert apply(exchange, member).state == "applied"
        else:
            with pytest.raises(ValidationError) as refused:
                apply(exchange, member)
            assert refused.value.messages == [
                "出展の募集は、終わりました。締切は、令和8年（2026年）12月10日（木） 23:59でした。"
                f"出展をご希望のときは、事務局に、お電話でご相談ください：{exchange.office}（事務局） 042-000-0000"
            ]
    assert Booth.objects.count() == int(is_open)


def test_a_second_one_of_the_same_company_is_refused(exchange, member):
    company = member.membership.company
    apply(exchange, member, company)
    with pytest.raises(ValidationError) as refused:
        apply(exchange, member, company)
    assert refused.value.messages == [applying.TWICE.format("株式会社架空精機")]


def test_after_withdrawing_one_may_apply_again(exchange, member):
    company = member.membership.company
    first = apply(exchange, member, company)
    applying.withdraw(booth=first, by=member.user)
    apply(exchange, member, company)
    assert list(Booth.objects.order_by("pk").values_list("state", flat=True)) == ["withdrawn", "applied"]


def test_a_partners_group_may_bring_several_exhibitors(exchange, member):
    whose = Exhibitor(partner_group=make_partner_group())
    for name in ("架空工業", "架空電機"):
        applying.apply(exchange=exchange, whose=whose, by=member.user, **ABOUT | {"exhibitor": name})
    with pytest.raises(ValidationError):
        applying.apply(exchange=exchange, whose=whose, by=member.user, **ABOUT | {"exhibitor": "架空工業"})
    assert [each.exhibitor for each in Booth.objects.order_by("pk")] == ["架空工業", "架空電機"]


def test_all_or_nothing_when_the_letter_cannot_be_written(exchange, member):
    with mock.patch.object(letters.letters, "write", side_effect=RuntimeError), pytest.raises(RuntimeError):
        apply(exchange, member)
    assert Booth.objects.count() == 0


@pytest.mark.parametrize(("name", "value"), [("desks", 3), ("watts", 1501), ("title", "長" * 41)])
def test_what_the_record_refuses_is_refused(exchange, member, name, value):
    with pytest.raises(ValidationError) as refused:
        apply(exchange, member, **{name: value})
    assert list(refused.value.message_dict) == [name]


def test_before_the_deadline_everything_can_be_corrected(exchange, member):
    booth = applying.change(booth=apply(exchange, member), by=member.user, desks=2, title="新しい見出し")
    assert (booth.desks, booth.title) == (2, "新しい見出し")


def test_once_accepted_the_needs_stay(exchange, member, staff):
    booth = accepted(exchange, staff)
    assert applying.columns_open(booth) == applying.AFTERWARDS
    assert applying.change(booth=booth, by=member.user, words="直しました。").words == "直しました。"
    with pytest.raises(ValidationError) as refused:
        applying.change(booth=booth, by=member.user, desks=2)
    assert refused.value.messages == ["机の数は、もう変えられません。事務局にご連絡ください。"]
    assert applying.change(booth=booth, by=staff.user, by_office=True, desks=2).desks == 2


def test_after_the_day_has_begun_nothing_is_corrected(exchange, member, staff):
    booth = accepted(exchange, staff)
    with time_machine.travel(exchange.starts_at, tick=False):
        assert applying.columns_open(booth) == ()
        with pytest.raises(ValidationError):
            applying.change(booth=booth, by=member.user, words="遅すぎます。")
        with pytest.raises(ValidationError):
            applying.withdraw(booth=booth, by=member.user)


def test_what_the_letter_tells_makes_it_untold(exchange, member, staff):
    booth = accepted(exchange, staff)
    Booth.objects.update(told_at=exchange.booths_from)
    assert applying.change(booth=booth, by=member.user, words="別の文").told_at == exchange.booths_from
    assert applying.change(booth=booth, by=member.user, title="別の見出し").told_at is None


def test_a_picture_is_kept_and_taken_away(exchange, member):
    booth = apply(exchange, member, photo=("png", b"drawn"))
    assert (booth.picture_format, bytes(Booth.objects.get().picture)) == ("png", b"drawn")
    applying.change(booth=booth, by=member.user, title="そのまま")
    assert bytes(Booth.objects.get().picture) == b"drawn"
    applying.change(booth=booth, by=member.user, without_photo=True)
    assert (Booth.objects.get().picture_format, Booth.objects.get().picture) == ("", None)


def test_withdrawing_frees_place_and_number(exchange, staff):
    booth = put(accepted(exchange, staff), 1, 1, staff)
    applying.withdraw(booth=booth, by=staff.user)
    kept = Booth.objects.get()
    assert (kept.state, kept.number, kept.place_row, kept.place_column) == ("withdrawn", None, None, None)


@pytest.mark.parametrize("state", ["held", "cancelled"])
def test_what_is_over_is_not_touched(exchange, member, state):
    booth = apply(exchange, member)
    JointExchange.objects.update(state=state)
    for verb in (
        lambda: applying.change(booth=booth, by=member.user, by_office=True, title="別"),
        lambda: applying.withdraw(booth=booth, by=member.user),
        lambda: deciding.accept(exchange=exchange, booths=[booth.pk], by=member.user),
    ):
        with pytest.raises(ValidationError):
            verb()


def test_as_whom_somebody_may_exhibit(member, secretary, visitor, adviser):
    assert [each.kind for each in exhibitors_of(member.user)] == ["企業"]
    assert [each.kind for each in exhibitors_of(secretary.user)] == ["企業", "グループ"]
    make_partner_group()
    make_partner(adviser.person)
    assert [(each.kind, str(each.record)) for each in exhibitors_of(adviser.user)] == [
        ("公社のグループ", "公社の架空会")
    ]


def test_the_form_begins_with_what_everybody_may_read(member):
    company = member.membership.company
    company.pr, company.pr_for, company.strengths, company.strengths_for = "宣伝", "public", "めっき", "group"
    (exhibitor,) = exhibitors_of(member.user)
    known = prefilled(Exhibitor(company=company), member.user)
    assert (exhibitor.company, known["exhibitor"], known["words"], known["technologies"]) == (
        company, company.name, "宣伝", "",
    )  # fmt: skip
    assert (known["first_person"], known["email"]) == (str(member.person), member.person.email)


def test_the_office_is_told_what_became_free(exchange, member, staff):
    booth = put(accepted(exchange, staff, watts=300), 1, 1, staff)
    Booth.objects.update(number=7, company=member.membership.company)
    Letter.objects.all().delete()
    applying.withdraw(booth=booth, by=member.user)
    letter = Letter.objects.get()
    assert (letter.kind, letter.to, letter.person) == (
        "events/exchange_booth_gone", staff.person.email, staff.person,
    )  # fmt: skip
    for each in (f"{booth.exhibitor}「小さな部品の検査」", "番号：7番", "場所：会場図の", "電源：300Wまで"):
        assert each in letter.text
    assert f"/office/joint/booths/{booth.pk}/" in letter.text


def test_the_office_is_told_by_mail_whatever_the_directory_says(exchange, member, staff):
    Person.objects.filter(pk=staff.person.pk).update(contact_method="phone")
    applying.withdraw(booth=accepted(exchange, staff), by=member.user)
    assert [each.to for each in Letter.objects.all()] == [staff.person.email]


def test_of_what_was_not_decided_or_by_the_office_itself_there_is_no_letter(exchange, member, staff):
    applying.withdraw(booth=apply(exchange, member, email=""), by=member.user)
    applying.withdraw(booth=accepted(exchange, staff), by=staff.user)
    assert Letter.objects.count() == 0


def test_nobody_withdraws_where_the_letter_to_the_office_cannot_be_written(exchange, member, staff):
    booth = accepted(exchange, staff)
    with mock.patch.object(letters.letters, "write", side_effect=RuntimeError), pytest.raises(RuntimeError):
        applying.withdraw(booth=booth, by=member.user)
    assert Booth.objects.get().state == "accepted"


def test_where_nobody_works_at_the_office_the_others_are_told(exchange, member, staff):
    JointExchange.objects.update(office=Office.objects.create(name="別の拠点", slug="betsu"))
    applying.withdraw(booth=accepted(JointExchange.objects.get(), staff), by=member.user)
    assert [each.to for each in Letter.objects.all()] == [staff.person.email]
