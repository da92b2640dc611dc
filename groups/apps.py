from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "groups"
    verbose_name = "グループ"

    def ready(self) -> None:
        from groups import permissions  # noqa: F401  (registers the rules)
