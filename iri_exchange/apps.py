from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class IriExchangeConfig(AppConfig):
    name = "iri_exchange"
    verbose_name = "異業種交流ポータル"

    def ready(self) -> None:
        from iri_exchange import checks  # noqa: F401  (registers the system checks)


class OfficeAdminConfig(AdminConfig):
    """The admin of the office staff: who may enter is read from today's assignments."""

    default_site = "iri_exchange.office.admin.OfficeAdminSite"
