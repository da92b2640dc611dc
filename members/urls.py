"""One's own login, and the invitation it begins with."""

from django.urls import path

from members import views

urlpatterns = [
    path("accounts/", views.security, name="security"),
    path("accounts/sessions/", views.session_list, name="sessions"),
    path("accounts/second-step/", views.second_step_needed, name="second_step"),
    path("invitations/<str:token>/", views.invitation, name="invitation"),
    path("invitations/<str:token>/renew/", views.invitation_renew, name="invitation_renew"),
    path("invitations/<str:token>/elsewhere/", views.invitation_elsewhere, name="invitation_elsewhere"),
]
