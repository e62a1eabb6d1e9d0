"""Which addresses belong to this room?"""

from django.urls import path

from cordula_web.trial_office import meeting_views, simulation_views, trial_views

app_name = "trial_office"
_TRIAL, _MEETING = "trial/<str:protocol>/<str:version>", "meetings/<str:protocol>/<str:version>"
urlpatterns = [
    path("trial", trial_views.trials, name="trials"),
    path(_TRIAL, trial_views.trial, name="trial"),
    path(f"{_TRIAL}/commit-list", trial_views.commit_list, name="commit_list"),
    path(f"{_TRIAL}/paper", trial_views.open_paper, name="open_paper"),
    path("simulations", simulation_views.simulations, name="simulations"),
    path("simulations/<str:job>", simulation_views.simulation, name="simulation"),
    path("simulations/<str:job>/progress", simulation_views.progress, name="progress"),
    path("simulations/<str:job>/paper", simulation_views.simulation_paper, name="simulation_paper"),
    path("simulations/<str:job>/stop", simulation_views.stop, name="stop"),
    path("meetings", meeting_views.meetings, name="meetings"),
    path(_MEETING, meeting_views.meeting, name="meeting"),
    path(f"{_MEETING}/paper", meeting_views.meeting_paper, name="meeting_paper"),
    path(f"{_MEETING}/open-closed-part", meeting_views.open_closed, name="open_closed"),
    path(f"{_MEETING}/closed/<int:index>", meeting_views.closed, name="closed"),
    path(f"{_MEETING}/closed/<int:index>/paper", meeting_views.closed_paper, name="closed_paper"),
]
