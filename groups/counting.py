"""How many: figures of a day, counted in the query that lists what they belong to."""

import datetime

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from groups.models import Group, Membership


def with_member_count(groups: QuerySet[Group], day: datetime.date) -> QuerySet[Group]:
    """Annotate `member_count`: memberships 在会 or 休会 on a day."""
    belonging = Membership.objects.belonging(day).filter(group=OuterRef("pk")).order_by()
    count = Subquery(belonging.values("group").annotate(count=Count("pk")).values("count"))
    return groups.annotate(member_count=Coalesce(count, 0))
