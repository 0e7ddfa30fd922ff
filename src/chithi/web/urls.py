"""Every address of the interface. Words in addresses are Vietnamese, as people read them out."""

from __future__ import annotations

from django.urls import path

from chithi.web.views import session

urlpatterns = [
    path("vao/", session.sign_in, name="sign_in"),
    path("ra/", session.sign_out, name="sign_out"),
    path("ngon-ngu/", session.set_language, name="set_language"),
    path("healthz", session.healthz, name="healthz"),
]
