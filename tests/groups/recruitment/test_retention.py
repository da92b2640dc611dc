"""What is forgotten after its term: the record, what hangs on it, its history and the letters about it; nothing else."""

import datetime

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import models

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
from groups.recruitment import retention
from iri_exchange.lib import history
from members import letters
from members.models import Letter
from tests.conftest import NOW
from tests.factories import make_application, make_membership, make_round

State = Application.State
DAY = datetime.timedelta(days=1)
TERM = datetime.timedelta(days=365)
CANARY = "カナリア機械"
ENDED = {State.DECLINED, State.WITHDRAWN}
NOTHING = {"ended": 0, "waited": 0, "unconfirmed": 0, "drafts": 0}


@pytest.fixture
def call(office):
    return make_round(office=office)


def ended(call, ago, state=State.DECLINED, **fields):
    """An application that came to its end some time ago."""
    application = make_application(call, state=state, sent_at=NOW - ago - DAY, **fields)
    for to, at in ((State.SUBMITTED, ago + DAY), (state, ago)):
        ApplicationStep.objects.create(application=application, state=to, at=NOW - at)
    return application


def left():
    return list(Application.objects.order_by("pk").values_list("pk", flat=True))


def dump(word):
    """Every text column of ours that holds the word, history rows included."""
    names = ("groups", "members", "admin")
    ours = [model for name in names for model in apps.get_app_config(name).get_models()]
    return [
        f"{model.__name__}.{column.name}"
        for model in ours
        for column in model._meta.concrete_fields
        if isinstance(column, models.CharField | models.TextField | models.JSONField)
        and not isinstance(column, models.FileField)
        and any(word in str(value) for value in model._base_manager.values_list(column.attname, flat=True))
    ]


@pytest.mark.parametrize("state", [State.DECLINED, State.WITHDRAWN])
def test_what_ended_is_kept_for_a_year_and_not_a_second_longer(call, state):
    kept = ended(call, TERM, state)
    ended(call, TERM + datetime.timedelta(seconds=1), state)
    assert retention.purge(now=NOW) == NOTHING | {"ended": 1}
    assert left() == [kept.pk]


@pytest.mark.parametrize("state", sorted(set(State.values) - ENDED - {State.WAITLISTED, State.DRAFT}))
def test_what_is_open_or_a_member_is_kept_however_old(call, state):
    application = ended(call, 3 * TERM, state)
    assert retention.purge(now=NOW) == NOTHING
    assert left() == [application.pk]


def test_who_waits_is_forgotten_only_long_after_the_results(call):
    ended(call, 2 * TERM, State.WAITLISTED)
    call.announced_at = NOW - TERM
    call.save()
    assert retention.purge(now=NOW) == NOTHING
    call.announced_at -= DAY
    call.save()
    assert retention.purge(now=NOW) == NOTHING | {"waited": 1}


def test_what_nobody_confirmed_is_kept_for_thirty_days(call):
    now = NOW
    kept = make_application(call, state=State.DRAFT, sent_at=now - 30 * DAY)
    make_application(call, state=State.DRAFT, sent_at=now - 31 * DAY)
    assert retention.purge(now=NOW) == NOTHING | {"unconfirmed": 1}
    assert left() == [kept.pk]


def test_drafts_are_kept_to_their_end_and_go_with_their_links(db):
    now = NOW
    for key, end in (("a", now), ("b", now - DAY)):
        draft = ApplicationDraft.objects.create(
            key=key, fiscal_year=2026, typed={"name": [CANARY]}, email=f"{key}@example.jp", expires_at=end
        )
        ApplicationLink.objects.create(
            draft=draft, purpose="resume", email=draft.email, token_hash=key, made_at=now, expires_at=end
        )
    assert retention.purge(now=NOW) == NOTHING | {"drafts": 1}
    assert list(ApplicationLink.objects.values_list("draft__key", flat=True)) == ["a"]


def test_nothing_of_a_forgotten_one_is_left(call, staff):
    """The word is planted wherever an applicant, or the office about one, may write."""
    application = ended(call, TERM + DAY, name=CANARY, contact_email="canary@example.jp", motive=CANARY * 5)
    application.motive = CANARY * 6
    application.save()
    now, by = NOW, staff.user
    application.participants.update(family_name=CANARY)
    Participant.objects.get().save()
    ApplicationConsent.objects.create(application=application, kind="mail", given=True)
    ApplicationNote.objects.create(application=application, text=CANARY, by=by)
    ApplicationQuestion.objects.create(
        application=application, question=CANARY, answer=CANARY, answered_at=now, asked_by=by
    )
    Offer.objects.create(application=application, due=now.date(), offered_by=by, offered_at=now)
    ApplicationLink.objects.create(
        application=application, purpose="status", email="canary@example.jp", token_hash="x", made_at=now
    )
    LogEntry.objects.log_actions(by.pk, [application], CHANGE, single_object=True)
    letter = letter_to("canary@example.jp", "groups/application_withdrawn")
    assert len(dump(CANARY)) > 8
    assert retention.purge(now=NOW) == NOTHING | {"ended": 1}
    assert dump(CANARY) == []
    assert not Letter.objects.filter(pk=letter.pk).exists()
    assert [model.__name__ for model in retention.PARTS if model.objects.exists()] == []
    assert history.of(Application).count() == 0


def letter_to(address, kind):
    letter = letters.put(kind=kind, to=address, subject="お知らせ", text=CANARY, html=CANARY)
    Letter.objects.filter(pk=letter.pk).update(state=Letter.State.SENT, sent_at=NOW)
    return letter


def test_letters_stay_where_another_application_of_the_address_stays(call):
    make_application(call, contact_email="both@example.jp")
    ended(call, TERM + DAY, contact_email="both@example.jp")
    kept = letter_to("both@example.jp", "groups/application_withdrawn")
    others = letter_to("both@example.jp", "account/password_changed")
    retention.purge(now=NOW)
    assert set(Letter.objects.values_list("pk", flat=True)) == {kept.pk, others.pk}


def test_letters_to_an_address_that_was_put_right_go_too(call):
    application = ended(call, TERM + DAY, contact_email="worng@example.jp")
    application.contact_email = "right@example.jp"
    application.save()
    letter_to("worng@example.jp", "groups/application_withdrawn")
    letter_to("right@example.jp", "groups/application_withdrawn")
    assert retention.purge(now=NOW) == NOTHING | {"ended": 1}
    assert Letter.objects.count() == 0


def test_what_was_kept_anew_meanwhile_stays(db):
    """Between the list of what is due and its turn somebody goes on with a draft."""
    draft = ApplicationDraft.objects.create(
        key="a", fiscal_year=2026, typed={}, email="a@example.jp", expires_at=NOW - DAY
    )
    kinds = {kind.key: kind for kind in retention.due(NOW)}
    rows = kinds["drafts"].rows
    ApplicationDraft.objects.update(expires_at=NOW + DAY)
    assert retention._forget_chunk(rows, [draft.pk]) == 0
    assert ApplicationDraft.objects.count() == 1


def test_other_letters_to_the_address_stay(call):
    ended(call, TERM + DAY, contact_email="gone@example.jp")
    others = letter_to("gone@example.jp", "account/password_changed")
    retention.purge(now=NOW)
    assert list(Letter.objects.values_list("pk", flat=True)) == [others.pk]


def test_a_membership_outlives_the_application_that_was_withdrawn_again(call, group):
    membership = make_membership(group)
    ended(call, TERM + DAY, State.WITHDRAWN, membership=membership)
    retention.purge(now=NOW)
    assert (left(), type(membership).objects.count()) == ([], 1)


def test_the_parts_are_all_that_hangs_on_an_application():
    hanging = {each.related_model for each in Application._meta.related_objects}
    assert hanging == set(retention.PARTS)


def test_what_is_due_later_can_be_asked_now(call):
    application = ended(call, TERM - 10 * DAY)
    kinds = {kind.key: kind for kind in retention.due(NOW + 60 * DAY)}
    [row] = kinds["ended"].rows
    assert (row, kinds["ended"].forgotten_at(row)) == (application, NOW + 10 * DAY)
    assert [kind.rows.count() for kind in retention.due(NOW + 9 * DAY)] == [0, 0, 0, 0]


def test_stopped_in_the_middle_each_is_whole_or_gone_and_the_next_run_ends_it(call, monkeypatch):
    rows = [ended(call, TERM + DAY, contact_email=f"gone{each}@example.jp") for each in range(3)]
    erase = retention._erase

    def stops(model, ids):
        if model is Application and rows[1].pk in ids:
            raise RuntimeError("killed")
        erase(model, ids)

    monkeypatch.setattr(retention, "CHUNK", 1)
    monkeypatch.setattr(retention, "_erase", stops)
    with pytest.raises(RuntimeError):
        retention.purge(now=NOW)
    assert left() == [rows[1].pk, rows[2].pk]
    assert [rows[1].steps.count(), rows[1].participants.count()] == [2, 1]
    monkeypatch.undo()
    assert retention.purge(now=NOW) == NOTHING | {"ended": 2}
    assert left() == []
