"""Addresses of objectives, key results, people's pages, and of the place itself."""

from django.urls import path

from objectives.views import accounts, audit, key_result, lists, objective, own_quarters, ownership, place, writing

app_name = "objectives"
urlpatterns = [
    path("set-up/<str:secret>/", place.set_up, name="set_up"),
    path("settings/organisation/", place.organisation, name="organisation"),
    path("people/<slug:username>/", lists.person, name="person"),
    path("settings/decided/", audit.about_me, name="audit"),
    path("settings/decided/site/", audit.site_audit, name="site_audit"),
    path("teams/<slug:slug>/decided/", audit.team_audit, name="team_audit"),
    path("people/<slug:username>/account/", accounts.account, name="account"),
    path("people/<slug:username>/account/return/", accounts.account_return, name="account_return"),
    path("people/<slug:username>/account/sessions/ending/", accounts.account_sessions_end, name="account_sessions_end"),
    path("people/<slug:username>/account/admin/", accounts.account_admin, name="account_admin"),
    path("teams/<slug:slug>/quarters/", own_quarters.team_quarters, name="team_quarters"),
    path("teams/<slug:slug>/quarters/<int:pk>/edit/", own_quarters.team_quarter, name="team_quarter"),
    path(
        "teams/<slug:slug>/quarters/<int:pk>/deletion/",
        own_quarters.team_quarter_deletion,
        name="team_quarter_deletion",
    ),
    path("objectives/", lists.mine, name="mine"),
    path("objectives/new/", writing.new, name="new"),
    path("objectives/deleted/", lists.deleted, name="deleted"),
    path("objectives/<int:pk>/", objective.objective, name="objective"),
    path("objectives/<int:pk>/edit/", objective.edit, name="edit"),
    path("objectives/<int:pk>/co-owners/", objective.co_owners, name="co_owners"),
    path("objectives/<int:pk>/owner/", ownership.owner, name="owner"),
    path("objectives/<int:pk>/activation/", objective.activation, name="activation"),
    path("objectives/<int:pk>/proposal/", objective.proposal, name="proposal"),
    path("objectives/<int:pk>/proposal/return/", objective.proposal_return, name="proposal_return"),
    path("objectives/<int:pk>/drop/", objective.drop, name="drop"),
    path("objectives/<int:pk>/resumption/", objective.resumption, name="resumption"),
    path("objectives/<int:pk>/deletion/", objective.deletion, name="deletion"),
    path("objectives/<int:pk>/restoration/", lists.restoration, name="restoration"),
    path("objectives/<int:pk>/position/", objective.position, name="position"),
    path("objectives/<int:pk>/key-results/new/", key_result.new, name="key_result_new"),
    path("key-results/<int:pk>/edit/", key_result.edit, name="key_result_edit"),
    path("key-results/<int:pk>/drop/", key_result.drop, name="key_result_drop"),
    path("key-results/<int:pk>/resumption/", key_result.resumption, name="key_result_resumption"),
    path("key-results/<int:pk>/move/", key_result.move, name="key_result_move"),
    path("key-results/<int:pk>/deletion/", key_result.deletion, name="key_result_deletion"),
    path("key-results/<int:pk>/restoration/", lists.key_result_restoration, name="key_result_restoration"),
    path("key-results/<int:pk>/position/", key_result.position, name="key_result_position"),
]
