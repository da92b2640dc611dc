"""Everything staff look at before they decide about one application: what it says, what is known beside it, what happened."""

from collections.abc import Sequence
from dataclasses import dataclass

from groups.models import (
    Application,
    ApplicationConsent,
    ApplicationNote,
    ApplicationQuestion,
    ApplicationStep,
    Participant,
)
from groups.recruitment import beside, deciding, inbox, withdrawing, workbench
from groups.recruitment.applying import CONSENTS
from groups.recruitment.beside import Likely, Twin
from groups.recruitment.rivals import Rival
from groups.recruitment.telling import state_for_applicant

State = Application.State


@dataclass(frozen=True)
class Dossier:
    """`likely`: companies of the directory; `same_year` and `before`: other applications that seem to be of the company.

    `told`: what the applicant is told today, in a word and a sentence. `waits_for`: the question that is open.
    """

    application: Application
    flags: Sequence[str]
    likely: Sequence[Likely]
    same_year: Sequence[Twin]
    before: Sequence[Twin]
    rivals: Sequence[Rival]
    participants: Sequence[Participant]
    consents: Sequence[tuple[str, ApplicationConsent]]
    notes: Sequence[ApplicationNote]
    questions: Sequence[ApplicationQuestion]
    steps: Sequence[ApplicationStep]
    told: tuple[str, str]
    may_be_withdrawn: bool

    @property
    def waits_for(self) -> ApplicationQuestion | None:
        return next((each for each in self.questions if each.answered_at is None), None)

    @property
    def is_open(self) -> bool:
        """Whether it is still to be decided: it takes part, and nothing was announced."""
        return self.application.state in Application.OPEN and not self.application.round.announced_at

    @property
    def may_be_decided(self) -> bool:
        return self.is_open and self.application.state != State.INFO_REQUESTED

    @property
    def seen(self) -> str:
        """Names the decision that is looked at."""
        return deciding.mark_of(self.application)

    @property
    def is_matched(self) -> bool:
        return bool(self.application.known_company_id or self.application.is_new_company)


def dossier(application: Application) -> Dossier:
    """A fixed number of queries."""
    twins = beside.applications_like(application)
    year = application.fiscal_year
    same_year = [each for each in twins if each.application.fiscal_year == year]
    application.is_twin = bool(_living(same_year))  # type: ignore[attr-defined]
    return Dossier(
        application=application,
        flags=inbox.flags_of(application),
        likely=beside.companies_like([application])[application.pk],
        same_year=same_year,
        before=[each for each in twins if each.application.fiscal_year < year],
        rivals=workbench.rivals_in_round(application),
        participants=list(application.participants.all()),
        consents=[(CONSENTS.get(each.kind, each.kind), each) for each in application.consents.all()],
        notes=list(application.notes.select_related("by__person").order_by("-at", "-pk")),
        questions=list(application.questions.select_related("asked_by__person")),
        steps=list(application.steps.select_related("by__person")),
        told=state_for_applicant(application),
        may_be_withdrawn=withdrawing.may_be_withdrawn(application),
    )


def _living(twins: Sequence[Twin]) -> list[Twin]:
    return [each for each in twins if each.application.state != State.WITHDRAWN]
