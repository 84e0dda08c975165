"""Addresses that calendars read."""

from django.urls import path

from okrsite.calendars import views

app_name = "calendars"
urlpatterns = [
    path("calendars/<str:secret>/okrsite.ics", views.feed, name="feed"),
    path("teams/<slug:slug>/celebration.ics", views.team, name="team"),
]
