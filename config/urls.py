"""The site map: one line per app, and the pages for when it does not go on."""

from django.urls import URLPattern, URLResolver, include, path

from kernel.health import health
from people.urls import entrance

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", health, name="health"),
    *entrance,
    path("", include("people.urls")),
    path("", include("workforce.urls")),
    path("", include("initiatives.urls")),
    path("", include("governance.urls")),
]

handler400 = "kernel.errors.bad_request"
handler403 = "kernel.errors.permission_denied"
handler404 = "kernel.errors.page_not_found"
handler500 = "kernel.errors.server_error"
