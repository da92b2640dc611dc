"""An application's way: every change of its state is a move along the table and a line of its time line."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from groups.models import Application, ApplicationStep
from iri_exchange.lib import states


@transaction.atomic
def begin(application: Application, by: Any = None) -> Application:
    """Save an application that is new, in the state it bears already. Raises ValidationError unless it may begin so."""
    labels = {value: str(label) for value, label in Application.State.choices}
    states.check(Application.MOVES, "", application.state, labels)
    application.save(force_insert=True)
    _line(application, by, "")
    return application


@transaction.atomic
def move(application: Application, to: str, by: Any = None, note: str = "", **also: Any) -> ApplicationStep:
    """To another state, `also` the columns that change in the same write; `note` is what the applicant is told.

    `by` is the login of one of the staff, None for the applicant. Raises ValidationError for a move the table does not know.
    """
    states.advance(application, to, moves=Application.MOVES, **also)
    return _line(application, by, note)


def _line(application: Application, by: Any, note: str) -> ApplicationStep:
    return ApplicationStep.objects.create(
        application=application, state=application.state, at=timezone.now(), by=by, note=note
    )
