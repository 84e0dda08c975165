"""Addresses of the end of a quarter: grading, retros, closing."""

from django.urls import path

from retros.views import learnings, quarter, records, site_closing
from retros.views.choices import answers, choice_return, choices, summary
from retros.views.grading import grades, grading
from retros.views.growth import growth, growth_record
from retros.views.history import history
from retros.views.notes import note, note_place, note_removal, note_shelving, note_vote, note_withdrawal, notes, ready
from retros.views.own import my_retro, own_retro
from retros.views.pick import pick
from retros.views.presses import (
    beginning,
    clock,
    lead,
    moves,
    presence,
    publication,
    publication_return,
    writing,
)
from retros.views.recap import recap
from retros.views.retro import retro, retros
from retros.views.story import quarter_story
from retros.views.why import why

RETRO = "teams/<slug:slug>/retro/<slug:quarter>/"
RECAP = "teams/<slug:slug>/quarters/<slug:quarter>/recap/"
NOTE = f"{RETRO}notes/<int:note>/"

app_name = "retros"
urlpatterns = [
    path("grading/", grading, name="grading"),
    path("grading/<int:pk>/", grades, name="grades"),
    path("growth/", growth, name="growth"),
    path("growth/record/", growth_record, name="growth_record"),
    path("growth/sharing/", records.record_sharing, name="record_sharing"),
    path("growth/sharing/<int:pk>/return/", records.record_return, name="record_return"),
    path("growth/records/", records.shared_records, name="shared_records"),
    path("growth/records/<int:pk>/", records.shared_record, name="shared_record"),
    path("teams/<slug:slug>/quarters/<slug:quarter>/story/", quarter_story, name="quarter_story"),
    path("learnings/", learnings.learnings, name="learnings"),
    path("learnings/mine/", learnings.my_learnings, name="my_learnings"),
    path("learnings/grades/<int:pk>/", learnings.share_grade, name="share_grade"),
    path("learnings/reviews/<int:pk>/", learnings.share_review, name="share_review"),
    path("learnings/<int:pk>/return/", learnings.learning_return, name="learning_return"),
    path("teams/<slug:slug>/history/", history, name="history"),
    path(RECAP, recap, name="recap"),
    path(f"{RECAP}pick/", pick, name="pick"),
    path("settings/closing/", site_closing.site_closing, name="site_closing"),
    path("teams/<slug:slug>/quarters/<slug:quarter>/", quarter.quarter, name="quarter"),
    path("teams/<slug:slug>/quarters/<slug:quarter>/closing/", quarter.closing, name="closing"),
    path("teams/<slug:slug>/quarters/<slug:quarter>/reopening/", quarter.reopening, name="reopening"),
    path("teams/<slug:slug>/quarters/<slug:quarter>/closings/<int:pk>/", quarter.snapshot, name="snapshot"),
    path("teams/<slug:slug>/why/", why, name="why"),
    path("teams/<slug:slug>/retros/", retros, name="retros"),
    path(RETRO, retro, name="retro"),
    path(f"{RETRO}beginning/", beginning, name="beginning"),
    path(f"{RETRO}moves/", moves, name="moves"),
    path(f"{RETRO}clock/", clock, name="clock"),
    path(f"{RETRO}lead/", lead, name="lead"),
    path(f"{RETRO}presence/", presence, name="presence"),
    path(f"{RETRO}writing/", writing, name="writing"),
    path(f"{RETRO}notes/", notes, name="notes"),
    path(NOTE, note, name="note"),
    path(f"{NOTE}withdrawal/", note_withdrawal, name="note_withdrawal"),
    path(f"{NOTE}removal/", note_removal, name="note_removal"),
    path(f"{NOTE}place/", note_place, name="note_place"),
    path(f"{NOTE}vote/", note_vote, name="note_vote"),
    path(f"{NOTE}shelving/", note_shelving, name="note_shelving"),
    path(f"{RETRO}ready/", ready, name="ready"),
    path(f"{RETRO}choices/", choices, name="choices"),
    path(f"{RETRO}choices/<int:choice>/return/", choice_return, name="choice_return"),
    path(f"{RETRO}answers/", answers, name="answers"),
    path(f"{RETRO}summary/", summary, name="summary"),
    path(f"{RETRO}publication/", publication, name="publication"),
    path(f"{RETRO}publication/return/", publication_return, name="publication_return"),
    path("growth/retro/", my_retro, name="my_retro"),
    path("growth/retro/<slug:quarter>/", own_retro, name="own_retro"),
]
