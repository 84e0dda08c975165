"""Addresses of the door. The names are allauth's, which looks for them; what is not here does not exist."""

from django.urls import path, re_path

from people.views import account, sessions

urlpatterns = [
    path("login/", account.sign_in, name="account_login"),
    path("logout/", account.sign_out, name="account_logout"),
    path("kept/", account.kept, name="account_kept"),
    path("inactive/", account.inactive, name="account_inactive"),
    path("reauthenticate/", account.confirm, name="account_reauthenticate"),
    path("password/change/", account.change_password, name="account_change_password"),
    path("password/reset/", account.forgotten, name="account_reset_password"),
    path("password/reset/done/", account.forgotten_done, name="account_reset_password_done"),
    path("password/reset/key/done/", account.new_password_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.new_password,
        name="account_reset_password_from_key",
    ),
    path("sessions/", sessions.sessions, name="usersessions_list"),
    path("sessions/renewal/", sessions.renewal, name="usersessions_renewal"),
    path("sessions/others/ending/", sessions.other_sessions_end, name="usersessions_others_end"),
    path("sessions/<int:pk>/ending/", sessions.session_end, name="usersessions_end"),
]
