"""Addresses of one's own data, and of being erased."""

from django.urls import path

from okrsite.own_data import views

app_name = "own_data"
urlpatterns = [
    path("settings/data/", views.own_data, name="own_data"),
    path("settings/data/file/", views.own_data_file, name="own_data_file"),
    path("settings/data/erasure/", views.leaving, name="leaving"),
    path("people/<slug:username>/erasure/", views.erasure, name="erasure"),
    path("people/<slug:username>/erasure/calling-off/", views.erasure_calling_off, name="erasure_calling_off"),
]
