"""All addresses: the interface and, below /api/, the API."""

from __future__ import annotations

from django.urls import include, path

from chithi.api import door as api

urlpatterns = [path("api/", api.urls), path("", include("chithi.web.urls"))]
