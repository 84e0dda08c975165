"""Addresses of the end of a quarter: grading, closing."""

from django.urls import path

from retros.views import quarter, site_closing
from retros.views.grading import grades, grading
from retros.views.growth import growth, growth_record
from retros.views.story import quarter_story

app_name = "retros"
urlpatterns = [
    path("grading/", grading, name="grading"),
    path("grading/<int:pk>/", grades, name="grades"),
    path("growth/", growth, name="growth"),
    path("growth/record/", growth_record, name="growth_record"),
    path("teams/<slug:slug>/quarters/<slug:quarter>/story/", quarter_story, name="quarter_story"),
    path("settings/closing/", site_closing.site_closing, name="site_closing"),
    path("teams/<slug:slug>/quarters/<slug:quarter>/", quarter.quarter, name="quarter"),
    path("teams/<slug:slug>/quarters/<slug:quarter>/closing/", quarter.closing, name="closing"),
    path("teams/<slug:slug>/quarters/<slug:quarter>/reopening/", quarter.reopening, name="reopening"),
    path("teams/<slug:slug>/quarters/<slug:quarter>/closings/<int:pk>/", quarter.snapshot, name="snapshot"),
]
