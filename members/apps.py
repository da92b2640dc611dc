from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = "会員"

    def ready(self) -> None:
        from iri_exchange.lib import search_triggers

        post_migrate.connect(search_triggers.keep_right, sender=self)
