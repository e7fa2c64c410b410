"""The one address of the bare project."""

from django.urls import path

from bench.floors import bare

urlpatterns = [path("", bare)]
