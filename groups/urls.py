"""Groups, their members, companies and people."""

from django.urls import path

from groups.views import companies, exports, groups, importing, members, papers, people, rosters

urlpatterns = [
    path("groups/", groups.group_list, name="group_list"),
    path("groups/new/", groups.group_new, name="group_new"),
    path("groups/<slug:slug>/", groups.group, name="group"),
    path("groups/<slug:slug>/edit/", groups.group_edit, name="group_edit"),
    path("groups/<slug:slug>/logo", groups.group_logo, name="group_logo"),
    path("groups/<slug:slug>/members/", members.group_members, name="group_members"),
    path("groups/<slug:slug>/roster/", rosters.group_roster, name="group_roster"),
    path("groups/<slug:slug>/roster/columns/", rosters.group_roster_columns, name="group_roster_columns"),
    path("groups/<slug:slug>/roster.pdf", rosters.group_roster_pdf, name="group_roster_pdf"),
    path("groups/<slug:slug>/roster.xlsx", rosters.group_roster_xlsx, name="group_roster_xlsx"),
    path("groups/<slug:slug>/roster.csv", rosters.group_roster_csv, name="group_roster_csv"),
    path("groups/<slug:slug>/papers/", papers.group_papers, name="group_papers"),
    path("groups/<slug:slug>/papers/labels.pdf", papers.group_labels, name="group_labels"),
    path("groups/<slug:slug>/papers/envelopes.pdf", papers.group_envelopes, name="group_envelopes"),
    path("groups/<slug:slug>/papers/badges.pdf", papers.group_badges, name="group_badges"),
    path(
        "groups/<slug:slug>/papers/company-sheets.pdf",
        papers.group_company_sheets,
        name="group_company_sheets",
    ),
    path(
        "groups/<slug:slug>/papers/attendance-sheet.pdf",
        papers.group_attendance_sheet,
        name="group_attendance_sheet",
    ),
    path("groups/<slug:slug>/exports/", exports.group_exports, name="group_exports"),
    path("groups/<slug:slug>/import/", importing.roster_import, name="roster_import"),
    path("imports/sample.xlsx", importing.import_sample, name="import_sample"),
    path("imports/<int:pk>/", importing.import_preview, name="import_preview"),
    path("imports/<int:pk>/read/", importing.import_read, name="import_read"),
    path("imports/<int:pk>/commit/", importing.import_commit, name="import_commit"),
    path("imports/<int:pk>/discard/", importing.import_discard, name="import_discard"),
    path("imports/<int:pk>/undo/", importing.import_undo, name="import_undo"),
    path("imports/<int:pk>/bad-rows.xlsx", importing.import_bad_rows, name="import_bad_rows"),
    path("exports/<int:pk>/", exports.export, name="export"),
    path("companies/", companies.company_list, name="company_list"),
    path("companies/<int:pk>/", companies.company, name="company"),
    path("companies/<int:pk>/exports/", exports.company_exports, name="company_exports"),
    path("companies/<int:pk>/edit/", companies.company_edit, name="company_edit"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/exports/", exports.person_exports, name="person_exports"),
    path("people/<int:pk>/edit/", people.person_edit, name="person_edit"),
]
