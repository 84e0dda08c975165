"""Addresses of the end of a quarter: grading."""

from django.urls import path

from retros.views.grading import grades, grading

app_name = "retros"
urlpatterns = [
    path("grading/", grading, name="grading"),
    path("grading/<int:pk>/", grades, name="grades"),
]
