"""`chithi manage new_token USERNAME`: a bearer token for the API, printed once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from chithi.access.models import User
from chithi.access.sign_in import new_api_token
from chithi.core.errors import Refused
from chithi.core.wording import sentence

LONGEST_DAYS = 366


class Command(BaseCommand):
    """Makes a token for an account; only its digest is kept, so it cannot be shown again."""

    help = "Make a bearer token for the API and print it once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--label", default="command line", help="what the token is for")
        parser.add_argument("--days", type=int, default=90, help=f"days it holds, at most {LONGEST_DAYS}")

    def handle(self, *args: Any, **options: Any) -> None:
        if not 1 <= options["days"] <= LONGEST_DAYS:
            raise CommandError(f"--days must be 1 to {LONGEST_DAYS}")
        user = User.objects.filter(username=options["username"].strip().lower(), is_active=True).first()
        if user is None:
            problem = Refused("access.no_account", username=options["username"])
            raise CommandError(sentence(problem.code, problem.facts, "en"))
        self.stdout.write(new_api_token(user, label=options["label"], valid_for=timedelta(days=options["days"])))
