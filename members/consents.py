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

    An earlier answer stays, so that it can be shown what was agreed when. A second answer on the same day takes the
    place of the first, which its history keeps.
    """
    for one in (person, company):
        if one:
            type(one)._base_manager.select_for_update(no_key=True).get(pk=one.pk)
    asked = {"kind": kind, "since": since, "person": person, "company": company}
    consent = Consent.objects.filter(**asked).first() or Consent(**asked)
    consent.given, consent.text, consent.note = given, text, note
    consent.full_clean()
    consent.save()
    return consent


def current_texts() -> dict[str, ConsentText]:
    """The wording shown today for each kind of question, "roster" among them: the highest version."""
    return {text.kind: text for text in ConsentText.objects.order_by("version", "pk")}
