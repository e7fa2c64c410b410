"""The product's addresses, and beside them the bench's own."""

from django.urls import path

from bench import doors, floors
from config import urls

handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500
urlpatterns = [
    *urls.urlpatterns,
    path("bench/framed/", floors.framed),
    path("bench/proved/<int:pk>/", doors.proved),
    path("bench/signed/<slug:nonce>/", doors.signed),
]
