"""An awakening, and the taking back of what was to come, killed in the middle: not a row is another one."""

import pytest

from iri_exchange.office.endings import dissolving, resting, undoing
from members import letters
from tests.iri_exchange.office.endings.conftest import APRIL, DAY, TODAY, everything

REASON = "総会で決めたため"


class Killed(Exception):
    pass


def revived(group, by):
    resting.rest(group=group, since=TODAY, reason=REASON, by=by)
    return lambda: resting.revive(group=group, since=TODAY + DAY, by=by)


def rest_taken_back(group, by):
    resting.rest(group=group, since=APRIL, reason=REASON, by=by)
    return lambda: resting.take_back(group=group, by=by)


def awakening_taken_back(group, by):
    revived(group, by)()
    return lambda: resting.take_back(group=group, by=by)


def end_taken_back(group, by):
    dissolving.dissolve(group=group, since=APRIL, reason=REASON, files_entrusted=True, by=by)
    return lambda: undoing.take_back(group=group, by=by)


@pytest.mark.parametrize("verb", [revived, rest_taken_back, awakening_taken_back, end_taken_back])
@pytest.mark.parametrize("letters_written", [0, 1])
def test_killed_at_a_letter_nothing_is_done(busy, staff, monkeypatch, verb, letters_written):
    act = verb(busy.group, staff.user)
    before = everything()
    write, written = letters.write, []

    def one_fails(**about):
        if len(written) == letters_written:
            raise Killed
        written.append(write(**about))

    monkeypatch.setattr("members.letters.write", one_fails)
    with pytest.raises(Killed):
        act()
    monkeypatch.undo()
    assert len(written) == letters_written
    assert everything() == before
    act()
    assert everything() != before
