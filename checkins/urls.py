"""Addresses of the week: home, check-in, board."""

from django.urls import path

from checkins.views.board import board
from checkins.views.home import home
from checkins.views.week import check_in, week

app_name = "checkins"
urlpatterns = [
    path("", home, name="home"),
    path("check-in/", check_in, name="check_in"),
    path("check-in/<str:week>/", week, name="week"),
    path("teams/<slug:slug>/", board, name="board"),
]
