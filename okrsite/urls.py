"""Every address of okrsite, app by app."""

from django.urls import include, path

from core import health
from okrsite.api import docs
from okrsite.ready import readyz

urlpatterns = [
    path("", include("people.urls")),  # /teams/new/ before the board of a team of that name
    path("", include("objectives.urls")),
    path("", include("checkins.urls")),
    path("", include("retros.urls")),
    path("", include("okrsite.own_data.urls")),
    path("", include("okrsite.calendars.urls")),
    path("api/v1/", include("okrsite.api")),
    path("api/docs/", docs, name="api_docs"),
    path("accounts/", include("people.account_urls")),
    path("livez", health.livez, name="livez"),
    path("readyz", readyz, name="readyz"),
    path("robots.txt", health.robots, name="robots"),
]
handler400 = "core.answers.bad_request"
handler403 = "core.answers.forbidden"
handler404 = "core.answers.not_found"
handler429 = "core.answers.too_many"  # asked for by allauth
handler500 = "core.answers.server_error"
