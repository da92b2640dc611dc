"""Consents: what a person or a company agrees to, each answer dated and kept."""

import datetime

from django.db import transaction

from members.models import Company, Consent, ConsentText, Person


@transaction.atomic
def answer_consent(
    *,
    kind: str,
    given: bool,
    since: datetime.date,
    person: Person | None = None,
    company: Company | None = None,
    text: ConsentText | None = None,
    note: str = "",
) -> Consent:
    """A person, or a company for its public profile, answers one question from a day on.

    An earlier answer stays, so that it can be shown what was agreed when. Raises ValidationError for a
    second answer on the same day.
    """
    consent = Consent(
        kind=kind, given=given, since=since, person=person, company=company, text=text, note=note
    )
    consent.full_clean()
    consent.save()
    return consent
