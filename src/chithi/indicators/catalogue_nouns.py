"""What one of the things that the shipped measures count is called in English. Pure data."""

from __future__ import annotations

ONE: dict[str, str] = {
    "attendances": "attendance",
    "cells": "cell",
    "classes": "class",
    "collectives": "collective",
    "collectives and persons": "collective or person",
    "comments": "comment",
    "committees": "committee",
    "dong": "dong",
    "dong a year": "dong a year",
    "duties": "duty",
    "good deeds": "good deed",
    "grassroots organisations": "grassroots organisation",
    "grassroots units": "grassroots unit",
    "households": "household",
    "issues": "issue",
    "items": "item",
    "leaders": "leader",
    "m": "m",
    "members": "member",
    "members of mass organisations": "member of a mass organisation",
    "m²": "m²",
    "officials": "official",
    "organisations": "organisation",
    "people": "person",
    "persons": "person",
    "pilot units": "pilot unit",
    "shortcomings": "shortcoming",
    "tasks": "task",
    "times": "time",
    "union members": "union member",
    "units": "unit",
    "villages": "village",
    "workdays": "workday",
}


def one_of(noun: str) -> str:
    """The singular of a noun of the catalogue; empty where it is not known."""
    return ONE.get(noun, "")
