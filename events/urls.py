"""What happens in groups."""

from django.urls import path

from events import views

urlpatterns = [
    path("groups/<slug:slug>/meetings/", views.group_meetings, name="group_meetings"),
    path("meetings/<int:pk>/", views.meeting, name="meeting"),
]
