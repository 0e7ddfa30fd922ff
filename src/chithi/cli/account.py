"""`chithi account`: open, let in, close and list accounts, as the operator of the installation."""

from __future__ import annotations

import click

from chithi.cli.frame import Argument, Command, Group, Word, option
from chithi.cli.ground import ready_django, today
from chithi.cli.speech import LANGUAGES, Speech

ROLES = ("secretary", "clerk", "agency", "leader", "administrator")  # those of chithi.access.roles; a test compares


def command(say: Speech) -> click.Command:
    return Group(
        "account", say, [_open(say), _code(say), _close(say), _list(say)], key="account", no_args_is_help=False
    )


def _open(say: Speech) -> click.Command:
    def opened(username: str, name: str, role: str, unit: str, language: str) -> None:
        ready_django(say)
        from chithi.access.actions import give_code, grant, open_account
        from chithi.access.roles import Role
        from chithi.access.viewers import system_viewer
        from chithi.core.errors import Refused
        from chithi.db.locks import only_one
        from chithi.org.queries import one_unit, unit_by_code

        operator = system_viewer(today(), because="the operator gives a role from the command line")
        with only_one("accounts"):
            place = one_unit(operator, unit_by_code(operator, unit), today())
            if place.closed_on is not None:
                raise Refused("org.already_closed", unit=place.id, day=place.closed_on)
            user = open_account(username=username, name=name, language=language)
            grant(by=operator, user=user, role=Role(role), unit_id=place.id, since=today())
            code = give_code(by=operator, username=user.username, today=today())
        click.echo(say("account.opened", username=user.username, role=say(f"role.{role}"), unit=place.name))
        click.echo(say("account.code", code=code))

    return Command(
        "open",
        say,
        key="account.open",
        callback=opened,
        params=[
            _username(say),
            option("--name", say=say, key="account.open.name", required=True, metavar="NAME"),
            option(
                "--role",
                say=say,
                key="account.open.role",
                facts={"choices": ", ".join(ROLES)},
                type=Word(say, ROLES),
                required=True,
                metavar="ROLE",
            ),
            option("--unit", say=say, key="account.open.unit", required=True, metavar="CODE"),
            option(
                "--language",
                say=say,
                key="account.open.language",
                type=Word(say, LANGUAGES),
                default="vi",
                metavar="vi|en",
            ),
        ],
    )


def _code(say: Speech) -> click.Command:
    def code(username: str) -> None:
        ready_django(say)
        from chithi.access.actions import give_code

        click.echo(say("account.code", code=give_code(by=None, username=username, today=today())))

    return Command("code", say, key="account.code", callback=code, params=[_username(say)])


def _close(say: Speech) -> click.Command:
    def close(username: str) -> None:
        ready_django(say)
        from chithi.access.actions import close_account

        closed = close_account(by=None, username=username, today=today())
        click.echo(say("account.closed", username=closed.username))

    return Command("close", say, key="account.close", callback=close, params=[_username(say)])


def _list(say: Speech) -> click.Command:
    def listed() -> None:
        ready_django(say)
        from chithi.access.queries import accounts
        from chithi.access.viewers import system_viewer

        operator = system_viewer(today(), because="the operator looks through the accounts")
        found = accounts(operator)
        if not found:
            click.echo(say("account.none"))
        width = max((len(one.username) for one in found), default=0)
        for one in found:
            roles = "; ".join(f"{_role(say, role)} · {unit}" for role, unit in one.roles)
            state = roles if one.is_open else say("account.is_closed")
            click.echo(f"{one.username:<{width}}  {one.name}  {state or say('account.no_role')}")

    return Command("list", say, key="account.list", callback=listed)


def _role(say: Speech, role: str) -> str:
    """A shipped role in words, one of the installation's own by its code."""
    return say(f"role.{role}") if role in ROLES else role


def _username(say: Speech) -> Argument:
    return Argument("username", help=say("help.account.username"), metavar="USERNAME")
