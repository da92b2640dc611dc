"""What the office's desk says of groups that have rested for long."""

import datetime
from collections.abc import Iterable

from django.urls import reverse

from groups.models import Group
from iri_exchange.lib import japan
from iri_exchange.office.dues import Due

LONG = datetime.timedelta(days=365)


def of_resting(today: datetime.date) -> Iterable[Due]:
    """Groups that have rested for more than a year: somebody asks how they are."""
    for group in Group.objects.as_of(today).filter(stage=Group.Stage.DORMANT):
        last = group.stages.filter(since__lte=today).latest("since")
        if last.since + LONG < today:
            yield Due(
                day=today,
                what=f"{group}のようすを尋ねる",
                why=f"{japan.wareki(last.since)}から休止しています。役員の方に、このあとのご希望をお尋ねください。",
                action="役員を見る",
                url=reverse("group_officers", args=[group.slug]),
                is_late=False,
            )
