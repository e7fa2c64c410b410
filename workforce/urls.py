"""Its pages, beside those of people and offices."""

from django.urls import path

from workforce.views import units

app_name = "workforce"
urlpatterns = [
    path("settings/units/", units.unit_list, name="unit-list"),
    path("settings/units/add/", units.unit_add, name="unit-add"),
    path("settings/units/read/", units.unit_read, name="unit-read"),
    path("settings/units/<int:unit_id>/remove/", units.unit_remove, name="unit-remove"),
]
