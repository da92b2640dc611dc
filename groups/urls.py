"""Groups, their members, companies and people."""

from django.urls import path

from groups.views import companies, groups, importing, members, people

urlpatterns = [
    path("groups/", groups.group_list, name="group_list"),
    path("groups/new/", groups.group_new, name="group_new"),
    path("groups/<slug:slug>/", groups.group, name="group"),
    path("groups/<slug:slug>/edit/", groups.group_edit, name="group_edit"),
    path("groups/<slug:slug>/logo", groups.group_logo, name="group_logo"),
    path("groups/<slug:slug>/members/", members.group_members, name="group_members"),
    path("groups/<slug:slug>/roster.pdf", members.group_roster, name="group_roster"),
    path("groups/<slug:slug>/import/", importing.roster_import, name="roster_import"),
    path("imports/sample.xlsx", importing.import_sample, name="import_sample"),
    path("imports/<int:pk>/", importing.import_preview, name="import_preview"),
    path("imports/<int:pk>/read/", importing.import_read, name="import_read"),
    path("imports/<int:pk>/commit/", importing.import_commit, name="import_commit"),
    path("imports/<int:pk>/discard/", importing.import_discard, name="import_discard"),
    path("imports/<int:pk>/undo/", importing.import_undo, name="import_undo"),
    path("imports/<int:pk>/bad-rows.xlsx", importing.import_bad_rows, name="import_bad_rows"),
    path("companies/", companies.company_list, name="company_list"),
    path("companies/<int:pk>/", companies.company, name="company"),
    path("companies/<int:pk>/edit/", companies.company_edit, name="company_edit"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/edit/", people.person_edit, name="person_edit"),
]
