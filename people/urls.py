"""Addresses of people, teams, invitations and one's own settings."""

from django.urls import path

from people.views import (
    closing,
    feed,
    invitations,
    outbox,
    people,
    room_link,
    settings,
    skipping,
    team_settings,
    teams,
    tokens,
)

app_name = "people"
urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/<slug:username>/manager/", people.manager, name="manager"),
    path("teams/", teams.teams, name="teams"),
    path("teams/new/", teams.new, name="team_new"),
    path("teams/<slug:slug>/about/", teams.team, name="team"),
    path("teams/<slug:slug>/settings/", team_settings.team_settings, name="team_settings"),
    path("teams/<slug:slug>/skipped-weeks/", skipping.skipped_weeks, name="skipped_weeks"),
    path("teams/<slug:slug>/closure/", closing.closure, name="closure"),
    path("teams/<slug:slug>/reopening/", closing.reopening, name="reopening"),
    path("teams/<slug:slug>/departure/", team_settings.departure, name="departure"),
    path("teams/<slug:slug>/members/", team_settings.members, name="members"),
    path("teams/<slug:slug>/members/<int:pk>/role/", team_settings.role, name="member_role"),
    path("teams/<slug:slug>/members/<int:pk>/departure/", team_settings.member_departure, name="member_departure"),
    path("teams/<slug:slug>/invitations/", invitations.invitations, name="invitations"),
    path("teams/<slug:slug>/invitations/<int:pk>/withdrawal/", invitations.withdrawal, name="invitation_withdrawal"),
    path("teams/<slug:slug>/invitations/<int:pk>/renewal/", invitations.renewal, name="invitation_renewal"),
    path("teams/<slug:slug>/room-link/", room_link.room_link, name="room_link"),
    path("teams/<slug:slug>/room-link/revocation/", room_link.room_link_revocation, name="room_link_revocation"),
    path("teams/<slug:slug>/acceptance/", invitations.own_acceptance, name="own_acceptance"),
    path("teams/<slug:slug>/refusal/", invitations.own_refusal, name="own_refusal"),
    path("invitations/<str:secret>/", invitations.acceptance, name="invitation"),
    path("settings/", settings.settings, name="settings"),
    path("settings/absences/", settings.absences, name="absences"),
    path("settings/absences/<int:pk>/deletion/", settings.absence_deletion, name="absence_deletion"),
    path("settings/tokens/", tokens.tokens, name="tokens"),
    path("settings/tokens/<int:pk>/revocation/", tokens.token_revocation, name="token_revocation"),
    path("settings/calendar/", feed.feed, name="feed"),
    path("settings/calendar/revocation/", feed.feed_revocation, name="feed_revocation"),
    path("settings/mail/", outbox.outbox, name="outbox"),
    path("settings/mail/<int:pk>/", outbox.letter, name="letter"),
]
