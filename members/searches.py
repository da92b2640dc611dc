"""Searches that people keep under a name, each for themselves."""

from django.core.exceptions import ValidationError
from django.db import transaction

from members.models import SavedSearch, User


@transaction.atomic
def keep(*, user: User, name: str, query: str) -> SavedSearch:
    """Keep what stands in the address bar; raises ValidationError where the name is taken, or nothing is asked for."""
    if not query:
        raise ValidationError(
            "保存する条件がありません。言葉かしぼり込みを入れて、さがしてから保存してください。"
        )
    kept = SavedSearch(user=user, name=name, query=query)
    kept.full_clean()
    kept.save()
    return kept


@transaction.atomic
def forget(*, search: SavedSearch) -> None:
    search.delete()
