"""The admin site of the office staff, and the ways every admin page of ours shares."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from iri_exchange.lib.admin import HouseRules


class OfficeAdminSite(admin.AdminSite):
    """Django's admin with our log-in page, opened by today's staff assignment instead of a flag."""

    site_header = site_title = "異業種交流ポータル 管理"
    index_title = "記録"
    site_url = "/office/"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("office.install")

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Pages that ask a rule of ours; what packages bring along (their groups, their addresses) stays out."""
        if admin_class and issubclass(admin_class, HouseRules):
            super().register(model_or_iterable, admin_class, **options)

    def login(self, request: HttpRequest, extra_context: object = None) -> HttpResponse:
        """One log-in page for all; it knows rate limits. Who is in already goes on, if the admin is open to them."""
        goal = request.GET.get("next", "")
        if not request.user.is_authenticated:
            return redirect_to_login(goal or request.path)
        if not self.has_permission(request):
            raise PermissionDenied
        is_ours = url_has_allowed_host_and_scheme(
            goal, {request.get_host()}, require_https=request.is_secure()
        )
        return redirect(goal if is_ours else "admin:index")
