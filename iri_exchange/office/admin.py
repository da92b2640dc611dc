"""The admin site of the office staff, and the ways every admin page of ours shares."""

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse


class OfficeAdminSite(admin.AdminSite):
    """Django's admin with our log-in page, opened by today's staff assignment instead of a flag."""

    site_header = site_title = "異業種交流ポータル 管理"
    index_title = "記録"
    site_url = "/office/"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("office.install")

    def login(self, request: HttpRequest, extra_context: object = None) -> HttpResponse:
        """One log-in page for all; it knows rate limits and, later, second factors."""
        return redirect_to_login(request.GET.get("next", request.path))
