"""What every admin page of ours does the same: asks a rule, keeps history, deletes nothing."""

from typing import Any

from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin


class HouseAdmin(SimpleHistoryAdmin):
    """`rule` opens the page; state rows and logs set `read_only`."""

    rule = "office.administer"
    read_only = False
    list_per_page = 50

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.rule)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(self.rule)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return not self.read_only and request.user.has_perm(self.rule)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not self.read_only and request.user.has_perm(self.rule)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
