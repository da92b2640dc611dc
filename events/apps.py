from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = "行事"

    def ready(self) -> None:
        from events import permissions  # noqa: F401  (registers the rules)
