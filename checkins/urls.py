"""Addresses of the week: home, one's check-in, those of others, board."""

from django.urls import path

from checkins.views.away import week_away, week_back
from checkins.views.board import board
from checkins.views.celebration import celebration
from checkins.views.celebration_past import celebrations
from checkins.views.celebration_presses import (
    beginning,
    clock,
    confidence,
    lead,
    moves,
    presence,
    together,
    together_confidence,
    turns,
)
from checkins.views.comments import comment_deletion, comment_edit, comment_restoration, comments
from checkins.views.draft import draft
from checkins.views.health import health
from checkins.views.home import home
from checkins.views.notices import notice_opening, notices, notices_reading
from checkins.views.nudges import nudge
from checkins.views.person_week import cheer_return, cheers, person_week, seen
from checkins.views.promises import (
    promise_edit,
    promise_keeping,
    promise_new,
    promise_release,
    promise_resumption,
)
from checkins.views.reminder import reminder_preview
from checkins.views.remote import celebration_cheers, my_remote, remote
from checkins.views.room import room, room_opening
from checkins.views.wall import wall
from checkins.views.week import check_in, week
from checkins.views.week_link import week_link

app_name = "checkins"
urlpatterns = [
    path("", home, name="home"),
    path("check-in/", check_in, name="check_in"),
    path("check-in/<str:week>/", week, name="week"),
    path("check-in/<str:week>/away/", week_away, name="week_away"),
    path("check-in/<str:week>/back/", week_back, name="week_back"),
    path("people/<slug:username>/check-in/<str:week>/", person_week, name="person_week"),
    path("people/<slug:username>/check-in/<str:week>/cheers/", cheers, name="cheers"),
    path("people/<slug:username>/check-in/<str:week>/cheers/<int:pk>/return/", cheer_return, name="cheer_return"),
    path("people/<slug:username>/check-in/<str:week>/comments/", comments, name="comments"),
    path("people/<slug:username>/check-in/<str:week>/comments/<int:comment>/edit/", comment_edit, name="comment_edit"),
    path(
        "people/<slug:username>/check-in/<str:week>/comments/<int:comment>/deletion/",
        comment_deletion,
        name="comment_deletion",
    ),
    path(
        "people/<slug:username>/check-in/<str:week>/comments/<int:comment>/restoration/",
        comment_restoration,
        name="comment_restoration",
    ),
    path("check-in/<str:week>/draft/", draft, name="draft"),
    path("people/<slug:username>/check-in/<str:week>/seen/", seen, name="seen"),
    path("notices/", notices, name="notices"),
    path("notices/reading/", notices_reading, name="notices_reading"),
    path("notices/<int:pk>/opening/", notice_opening, name="notice_opening"),
    path("promises/new/", promise_new, name="promise_new"),
    path("promises/<int:pk>/edit/", promise_edit, name="promise_edit"),
    path("promises/<int:pk>/keeping/", promise_keeping, name="promise_keeping"),
    path("promises/<int:pk>/release/", promise_release, name="promise_release"),
    path("promises/<int:pk>/resumption/", promise_resumption, name="promise_resumption"),
    path("teams/<slug:slug>/", board, name="board"),
    path("teams/<slug:slug>/wall/", wall, name="wall"),
    path("teams/<slug:slug>/celebrations/", celebrations, name="celebrations"),
    path("teams/<slug:slug>/celebration/", celebration, name="celebration"),
    path("teams/<slug:slug>/celebration/beginning/", beginning, name="celebration_beginning"),
    path("teams/<slug:slug>/celebration/moves/", moves, name="celebration_moves"),
    path("teams/<slug:slug>/celebration/turns/", turns, name="celebration_turns"),
    path("teams/<slug:slug>/celebration/clock/", clock, name="celebration_clock"),
    path("teams/<slug:slug>/celebration/confidence/", confidence, name="celebration_confidence"),
    path("teams/<slug:slug>/celebration/together/", together, name="celebration_together"),
    path(
        "teams/<slug:slug>/celebration/together/confidence/",
        together_confidence,
        name="celebration_together_confidence",
    ),
    path("teams/<slug:slug>/celebration/lead/", lead, name="celebration_lead"),
    path("teams/<slug:slug>/celebration/presence/", presence, name="celebration_presence"),
    path("remote/", my_remote, name="my_remote"),
    path("teams/<slug:slug>/celebration/remote/", remote, name="celebration_remote"),
    path("teams/<slug:slug>/celebration/cheers/", celebration_cheers, name="celebration_cheers"),
    path("teams/<slug:slug>/people/<slug:username>/nudge/", nudge, name="nudge"),
    path("teams/<slug:slug>/health/", health, name="health"),
    path("teams/<slug:slug>/room/", room, name="room"),
    path("rooms/<str:secret>/", room_opening, name="room_opening"),
    path("week-links/<str:secret>/", week_link, name="week_link"),
    path("settings/reminder/preview/", reminder_preview, name="reminder_preview"),
]
