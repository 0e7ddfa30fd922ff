"""A person at a browser: pages opened, complaints of the browser collected."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.test import Client

from chithi.access.models import User

REFUSAL = "the server responded with a status of 4"  # what Chromium notes of a page that was refused on purpose


class Desk:
    """One browser context with one page."""

    def __init__(self, context: Any, base: str, folder: Path) -> None:
        self.context = context
        self.base = base
        self.folder = folder
        self.complaints: list[str] = []
        self.page = context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("response", self._answer)

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning") and REFUSAL not in message.text:
            self.complaints.append(f"{message.type} at {self.page.url}: {message.text}")

    def _answer(self, answer: Any) -> None:
        if answer.status >= 500:
            self.complaints.append(f"{answer.status} at {answer.url}")

    def let_in(self, user: User) -> None:
        """Put a session of this account into the browser, without the log-in page."""
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        cookies = [{"name": name, "value": morsel.value, "url": self.base} for name, morsel in client.cookies.items()]
        self.context.add_cookies(cookies)

    def open(self, path: str) -> Any:
        """Open a page and hand it over; refused pages open too."""
        self.page.goto(path)
        return self.page

    def path(self) -> str:
        """Where the browser is, without scheme and host."""
        return str(self.page.url).removeprefix(self.base)

    def overflow(self) -> int:
        """Pixels by which the page is wider than the window."""
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return int(wide)

    def leave(self) -> None:
        self.context.close()
