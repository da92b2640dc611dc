"""What the turn of a group's year costs its secretary: chair, secretary, treasurer and auditor in eight interactions."""

import datetime

import time_machine
from django.urls import reverse

from groups.models import OfficerTerm
from members.models import Invitation, Letter
from tests.iri_exchange.office.succession.conftest import TURN, YEAR_END, Board
from tests.iri_exchange.office.succession.conftest import board as board
from tests.journeys.conftest import JAPAN
from tests.journeys.test_effort import tell
from tests.journeys.walking import Walker

MOST = 8


def test_the_officers_of_a_year_in_eight_interactions(group, board: Board, capsys):
    chair, secretary, treasurer, auditor = board.others[:4]
    with time_machine.travel(datetime.datetime(2027, 3, 12, 10, tzinfo=JAPAN)):
        board.secretary.client.force_login(board.secretary.user)
        walker = Walker("secretary", board.secretary.client).open(reverse("group", args=[group.slug]))
        walker.follow("役員を改選する")
        walker.send(
            "確かめる",
            chair_1=chair.name,
            secretary_1=secretary.name,
            treasurer_1=treasurer.name,
            auditor_1=auditor.name,
        )
        walker.reads("令和9年4月1日から", "令和10年3月31日まで", "まだ登録していません")
        walker.send("この役員で登録する").reads("令和9年4月1日からの役員を登録しました")
    steps = len(walker.did) + walker.touched
    tell(capsys, f"election: {steps} interactions: {'  '.join(walker.did)}, {walker.touched} fields")
    assert steps <= MOST
    begun = OfficerTerm.objects.filter(group=group, since=TURN, until=YEAR_END)
    assert set(begun.values_list("role", "person")) == {
        ("chair", chair.pk), ("secretary", secretary.pk), ("treasurer", treasurer.pk), ("auditor", auditor.pk),
    }  # fmt: skip
    assert Invitation.objects.count() == 4
    assert Letter.objects.filter(kind="groups/officer_begins").count() == 4
    assert Letter.objects.filter(kind="groups/officer_ends").count() == 3
