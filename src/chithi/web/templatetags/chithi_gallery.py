"""Draws a component with a context given as data: what an include does whose words are written in the template."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.template import Engine
from django.template.context import RequestContext

register = template.Library()


@register.simple_tag(takes_context=True)
def draw_part(context: RequestContext, name: str, given: Mapping[str, Any]) -> str:
    """The template of this name with these keys over those of the page."""
    with context.push(**given):
        drawn: str = Engine.get_default().get_template(name).render(context)
    return drawn
