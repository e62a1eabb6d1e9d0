"""Which addresses belong to the frame itself?"""

from django.urls import path

from cordula_web.frame.theme import choose_theme

app_name = "frame"
urlpatterns = [path("theme", choose_theme, name="theme")]
