"""An election: who begins, ends and stays; nothing twice; all or nothing; the rights on the second of the change."""

import datetime
from unittest import mock

import pytest
import time_machine
from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils import timezone

from groups import memberships
from groups.models import OfficerTerm
from groups.standing import standing
from iri_exchange.office.succession import electing, telling, turning
from members.models import Invitation, Letter, User
from tests.factories import make_login, make_meeting, make_officer, make_person
from tests.iri_exchange.office.succession.conftest import EVE, TURN, YEAR_END

TOKYO = datetime.timezone(datetime.timedelta(hours=9))


def elect(group, board, seats, **options):
    given = {"since": TURN, "until": YEAR_END, "confirmed": True, "by": board.secretary.user, **options}
    return electing.elect(group=group, seats=seats, **given)


def terms(group) -> set[tuple[str, str, datetime.date, datetime.date | None]]:
    rows = group.officer_terms.select_related("person")
    return {(term.role, term.person.given_name, term.since, term.until) for term in rows}


def on(group, day) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for term in OfficerTerm.objects.on(day).filter(group=group).order_by("pk"):
        found.setdefault(term.role, []).append(term.person_id)
    return found


def letters() -> list[tuple[str, str]]:
    return sorted(Letter.objects.exclude(kind="members/invitation").values_list("kind", "to"))


def everything() -> dict[str, list[tuple]]:
    ours = ("groups", "members")
    models = [each for each in apps.get_models() if each._meta.app_label in ours and each._meta.managed]
    return {model._meta.label: list(model._base_manager.order_by("pk").values_list()) for model in models}


def test_who_begins_ends_and_stays(group, board):
    new = board.others[0]
    done = elect(group, board, board.seats(chair=new, auditor=board.others[1]))
    assert done == electing.Elected(begins=3, letters=3, invited=2, changed=True)
    assert on(group, EVE) == {
        "secretary": [board.secretary.person.pk], "chair": [board.chair.pk], "treasurer": [board.treasurer.pk],
    }  # fmt: skip
    assert on(group, TURN) == {
        "secretary": [board.secretary.person.pk], "chair": [new.pk], "treasurer": [board.treasurer.pk],
        "auditor": [board.others[1].pk],
    }  # fmt: skip
    begun = group.officer_terms.filter(since=TURN)
    assert {term.until for term in begun} == {YEAR_END}
    assert letters() == sorted(
        [
            (telling.BEGINS, new.email),
            (telling.BEGINS, board.others[1].email),
            (telling.ENDS, board.chair.email),
        ]
    )
    told = set(OfficerTerm.history.filter(since=TURN).values_list("history_change_reason", "history_user"))
    assert told == {(turning.STEP, board.secretary.user.pk)}


def test_an_open_term_goes_on_and_ends_if_somebody_else_is_elected(group, board):
    (open_term,) = group.officer_terms.filter(role="secretary")
    elect(group, board, board.seats())
    open_term.refresh_from_db()
    assert open_term.until is None
    elect(group, board, board.seats(secretary=board.others[0]))
    open_term.refresh_from_db()
    assert open_term.until == EVE


def test_the_letters_say_what_and_when(group, board):
    elect(group, board, board.seats(chair=board.others[0]))
    begins = Letter.objects.get(kind=telling.BEGINS)
    assert "代表幹事" in begins.subject
    assert "令和9年4月1日から令和10年3月31日まで" in begins.text
    assert "引き継ぎ帳" in begins.text
    assert f"/groups/{group.slug}/" in begins.text
    assert "令和9年3月31日まで" in Letter.objects.get(kind=telling.ENDS).text


def test_the_same_twice_changes_nothing(group, board):
    seats = board.seats(chair=board.others[0], treasurer=[])
    elect(group, board, seats)
    before = everything()
    assert elect(group, board, seats) == electing.Elected()
    assert elect(group, board, seats, base="an older one") == electing.Elected()
    assert everything() == before


def test_a_registered_result_is_changed_until_the_day(group, board):
    first, second = board.others[:2]
    elect(group, board, board.seats(chair=first))
    Letter.objects.all().delete()
    assert turning.registered_day(group, datetime.date(2026, 11, 25)) == TURN
    elect(group, board, board.seats(chair=second))
    assert on(group, TURN)["chair"] == [second.pk]
    assert not group.officer_terms.filter(person=first).exists()
    assert letters() == sorted([(telling.BEGINS, second.email), (telling.CALLED_OFF, first.email)])


def test_who_was_thanked_and_is_elected_after_all_is_told(group, board):
    elect(group, board, board.seats(chair=board.others[0]))
    Letter.objects.all().delete()
    elect(group, board, board.seats())
    assert letters() == sorted(
        [(telling.BEGINS, board.chair.email), (telling.CALLED_OFF, board.others[0].email)]
    )


@pytest.mark.parametrize("day", [datetime.date(2027, 5, 1), datetime.date(2027, 2, 1)])
def test_a_registered_result_is_moved_to_another_day(group, board, day):
    seats = board.seats(chair=board.others[0], secretary=board.others[1])
    elect(group, board, seats)
    elect(group, board, seats, since=day)
    before = on(group, day - datetime.timedelta(days=1))
    assert before["chair"] == [board.chair.pk]
    assert before["secretary"] == [board.secretary.person.pk]
    assert on(group, day)["chair"] == [board.others[0].pk]
    assert on(group, day)["secretary"] == [board.others[1].pk]
    assert set(group.officer_terms.filter(since__gt=datetime.date(2026, 11, 25)).values_list("since")) == {
        (day,)
    }
    assert Letter.objects.filter(kind=telling.BEGINS, to=board.others[0].email).count() == 2


def test_a_term_registered_by_itself_is_not_moved(group, board):
    soon = datetime.date(2026, 12, 15)
    make_officer(group, board.others[0], role="auditor", since=soon)
    elect(group, board, board.seats(auditor=board.others[0]))
    assert on(group, soon)["auditor"] == on(group, TURN)["auditor"] == [board.others[0].pk]


def test_a_longer_term_goes_on(group, board):
    term = make_officer(
        group, board.others[0], role="auditor", since=datetime.date(2026, 4, 1), until=YEAR_END
    )
    elect(group, board, board.seats(auditor=board.others[0]))
    assert list(group.officer_terms.filter(role="auditor")) == [term]


def test_who_was_registered_too_late_is_told_in_words(group, board):
    elect(group, board, board.seats(chair=board.others[0]))
    with (
        time_machine.travel(datetime.datetime(2027, 4, 5, 10, tzinfo=TOKYO)),
        pytest.raises(ValidationError, match="始まっています"),
    ):
        elect(group, board, board.seats(chair=board.others[1]))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"until": EVE}, "始まりの日より後"),
        ({"since": datetime.date(2030, 4, 1), "until": None}, "2年後まで"),
        ({"since": datetime.date(2012, 1, 1)}, "活動していません"),
    ],
)
def test_a_period_without_sense_is_refused(group, board, options, said):
    with pytest.raises(ValidationError, match=said):
        elect(group, board, board.seats(), **options)


def test_strangers_and_doubles_are_refused(group, board, outsider):
    for stranger in (make_person(), outsider.person):
        with pytest.raises(ValidationError, match="会員ではありません"):
            elect(group, board, board.seats(chair=stranger))
    with pytest.raises(ValidationError, match="2度選ばれ"):
        elect(group, board, board.seats(board=[board.chair, board.chair]))


def test_who_leaves_before_the_day_is_a_stranger_by_then(group, board):
    gone = board.others[0].representations.get().membership
    memberships.leave(membership=gone, since=TURN, reason="busy")
    with pytest.raises(ValidationError, match="会員ではありません"):
        elect(group, board, board.seats(chair=board.others[0]))
    elect(group, board, board.seats(chair=board.others[0]), since=datetime.date(2027, 3, 1))


def test_a_secretary_who_is_no_member_can_be_elected_again(group, board):
    counsel = make_person()
    make_officer(group, counsel, role="secretary", until=EVE)
    elect(group, board, board.seats(secretary=counsel))
    assert on(group, TURN)["secretary"] == [counsel.pk]


@pytest.mark.parametrize(
    ("seats", "said"),
    [
        ({"auditor": "treasurer"}, "会計と監査の両方"),
        ({"chair": []}, "代表幹事が、決まっていません"),
        ({"secretary": []}, "事務局が、決まっていません"),
        ({"chair": [], "secretary": [], "treasurer": []}, "一人もいなくなります"),
        ({"chair": [], "treasurer": [], "secretary": "treasurer"}, "役員が1人です"),
    ],
)
def test_what_is_worth_a_second_look(group, board, seats, said):
    given = {role: board.treasurer if who == "treasurer" else who for role, who in seats.items()}
    before = everything()
    with pytest.raises(ValidationError) as refused:
        elect(group, board, board.seats(**given), confirmed=False)
    assert {error.code for error in refused.value.error_list} == {electing.DOUBTS}
    assert said in "".join(refused.value.messages)
    assert everything() == before
    assert elect(group, board, board.seats(**given)).changed


def test_somebody_else_was_faster(group, board):
    base = electing.fingerprint(group)
    elect(group, board, board.seats(chair=board.others[0]), base=base)
    before = everything()
    with pytest.raises(ValidationError, match="ほかの方が") as refused:
        elect(group, board, board.seats(chair=board.others[1]), base=base)
    assert refused.value.code == electing.CHANGED
    assert everything() == before


@pytest.mark.parametrize(
    "killed",
    [
        "groups.models.OfficerTerm.save",
        "members.letters.write",
        "members.invitations.invite",
        "members.models.Letter.save",
    ],
)
def test_all_or_nothing(group, board, killed):
    elect(group, board, board.seats(auditor=board.others[2]))
    before = everything()
    with mock.patch(killed, side_effect=RuntimeError("killed")), pytest.raises(RuntimeError):
        elect(group, board, board.seats(chair=board.others[0], secretary=board.others[1]))
    assert everything() == before


def test_the_rights_change_with_the_day(group, board):
    new = board.others[0]
    login = make_login(new)
    meeting = make_meeting(group, datetime.date(2027, 4, 20))
    elect(group, board, board.seats(secretary=new))
    for moment, led_by in [
        (datetime.datetime(2027, 3, 31, 23, 59, 59, tzinfo=TOKYO), board.secretary.user),
        (datetime.datetime(2027, 4, 1, 0, 0, 0, tzinfo=TOKYO), login),
    ]:
        with time_machine.travel(moment, tick=False):
            for user in (User.objects.get(pk=login.pk), User.objects.get(pk=board.secretary.user.pk)):
                leads = user.pk == led_by.pk
                assert (group.pk in standing(user).runs) == leads
                assert user.has_perm("groups.appoint_officers", group) == leads
                assert user.has_perm("events.run_meeting", meeting) == leads
                assert user.has_perm("groups.see_members", group)


def test_only_who_can_be_is_invited(group, board):
    with_login, without_mail, waiting, elsewhere = board.others[:4]
    make_login(with_login)
    without_mail.email = ""
    without_mail.save()
    other = group.__class__.objects.create(
        name="ほかの会", slug="other", number_prefix="OT", founded_year=2012, office=group.office
    )
    make_officer(other, elsewhere)
    Invitation.objects.create(
        person=waiting, email=waiting.email, token_hash="x", made_by=board.secretary.user, made_at=timezone.now(),
        expires_at=datetime.datetime(2026, 12, 1, tzinfo=TOKYO),
    )  # fmt: skip
    done = elect(group, board, board.seats(board=board.others))
    assert (done.invited, done.letters) == (1, 4)
    assert Invitation.objects.latest("pk").person == board.others[4]


def test_nobody_is_invited_who_is_not_to_be(group, board):
    assert elect(group, board, board.seats(chair=board.others[0]), invite=False).invited == 0
