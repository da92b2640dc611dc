"""名簿との照らし合わせ, many at once: applicants of whom the directory knows nothing are new companies."""

from django.db import transaction

from groups.models import Application, RecruitmentRound
from groups.recruitment import beside
from iri_exchange.lib import history

AT_ONCE = 100  # SQLite compares no more than a thousand things in one question


def unknown_in(round: RecruitmentRound) -> list[Application]:
    """Still to be matched, and neither number, name nor telephone is any company's of the directory.

    Not those of whom another application of the year seems to be: the first one admitted makes the company.
    """
    open_ = Application.objects.filter(round=round, state__in=Application.OPEN)
    unmatched = open_.filter(known_company=None, is_new_company=False, membership=None)
    rows = list(beside.with_twins(unmatched, round.fiscal_year).filter(is_twin=False).order_by("pk"))
    found: list[Application] = []
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        likely = beside.companies_like(some)
        found += [each for each in some if not likely[each.pk]]
    return found


@transaction.atomic
def match_unknown(*, round: RecruitmentRound) -> int:
    """All of `unknown_in` are new companies; how many there were."""
    RecruitmentRound.objects.select_for_update(no_key=True).get(pk=round.pk)
    found = [each.pk for each in unknown_in(round)]
    rows = list(Application.objects.select_for_update(no_key=True).filter(pk__in=found).order_by("pk"))
    for row in rows:
        row.is_new_company = True
    with history.in_step("名簿にない企業と確かめる"):
        history.update(rows, ["is_new_company"])
    return len(rows)
