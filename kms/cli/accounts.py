"""Commands about people: accounts for the pages, and the log of who did what."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from kms.cli.session import Session, json_option, pass_session, person, print_columns, print_json, printable
from kms.clock import local_day, local_moment
from kms.language import Message, say
from kms.model import ACCESS_LEVELS, ROLES

if TYPE_CHECKING:
    from kms.library.accounts import Account, Accounts
    from kms.library.journal import Journal


@click.group()
def user() -> None:
    """Accounts for whoever uses the pages that `kms serve` gives out."""


@user.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default="reader", show_default=True, help="What they may do.")
@click.option(
    "--clearance",
    type=click.Choice(ACCESS_LEVELS),
    help="Up to which access level they see [umum; rahasia for an admin].",
)
@pass_session
def add_user(session: Session, name: str, role: str, clearance: str | None) -> int:
    """Make an account; the password is asked for, or read from the first line of stdin.

    A reader asks, an editor also takes in, tags and decides, an admin does everything.
    """
    accounts = _accounts(session)
    account = accounts.add(accounts.free_name(name), _password(session), role, clearance or "")
    _record(session, "add", account)
    click.echo(session.say(_described(account)))
    return 0


@user.command("list")
@json_option
@pass_session
def list_users(session: Session, as_json: bool) -> int:
    """All accounts."""
    accounts = _accounts(session).all()
    if as_json:
        print_json([_json(account) for account in accounts])
    else:
        print_columns([(each.name, each.role, each.clearance, local_day(each.since)) for each in accounts])
    return 0


@user.command("change")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), help="What they may do.")
@click.option("--clearance", type=click.Choice(ACCESS_LEVELS), help="Up to which access level they see.")
@pass_session
def change_user(session: Session, name: str, role: str | None, clearance: str | None) -> int:
    """Give an account another role or clearance. Whoever is logged in with it has to log in again."""
    account = _accounts(session).change(name, role or "", clearance or "")
    _record(session, "change", account)
    click.echo(session.say(_described(account)))
    return 0


@user.command("password")
@click.argument("name")
@pass_session
def change_password(session: Session, name: str) -> int:
    """Give an account a new password. Whoever is logged in with it has to log in again."""
    account = _accounts(session).change(name, password=_password(session))
    _record(session, "password", account)
    click.echo(session.say(say("{name} has a new password.", name=account.name)))
    return 0


@user.command("remove")
@click.argument("name")
@pass_session
def remove_user(session: Session, name: str) -> int:
    """Take an account away. Whoever is logged in with it is logged out."""
    _accounts(session).remove(name)
    _append(session, "remove", name)
    click.echo(session.say(say("{name} has no account any more.", name=name)))
    return 0


@click.command("log")
@click.option("--user", "who", default="", metavar="NAME", help="Only what this person did.")
@click.option("--what", default="", help="Only ingest, correction, decision, removal, view, shown, login, user ...")
@click.option("--since", default="", metavar="DAY", help="Only on or after this day, such as 2026-11-24.")
@click.option("--document", default="", metavar="ID", help="Only what was done to this document.")
@click.option("--check", "checking", is_flag=True, help="Look for entries that were changed or taken out.")
@json_option
@pass_session
def log(session: Session, who: str, what: str, since: str, document: str, checking: bool, as_json: bool) -> int:
    """Who did what and when, oldest first.

    With --json one object a line, to be kept elsewhere. With --check exit code 2 where entries are missing.
    """
    from kms.library.journal import entry_json

    journal = _journal(session)
    if checking:
        damage = list(journal.damage())
        for message in damage if not as_json else ():
            click.echo(session.say(message))
        if as_json:
            print_json({"damage": [session.say(message) for message in damage]})
        elif not damage:
            click.echo(session.say(say("The log is whole.")))
        return 2 if damage else 0
    for entry in journal.entries(who, what, since, document):
        if as_json:
            print_json(entry_json(entry))
            continue
        detail = " ".join(f"{name}={value}" for name, value in entry.detail.items())
        parts = (local_moment(entry.at), entry.who or "-", entry.what, entry.result, entry.document or "", detail)
        click.echo(printable("  ".join(part for part in parts if part)))
    return 0


def _accounts(session: Session) -> Accounts:
    from kms.library.accounts import Accounts  # not needed for --help

    return Accounts(session.workspace.root)


def _journal(session: Session) -> Journal:
    from kms.library.journal import Journal

    return Journal(session.workspace.root)


def _password(session: Session) -> str:
    """A password as it was typed twice; the first line of stdin where that is no terminal."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    typed: str = click.prompt(
        session.say(say("Password")), hide_input=True, confirmation_prompt=session.say(say("The same again"))
    )
    return typed


def _record(session: Session, change: str, account: Account) -> None:
    _append(session, change, account.name, role=account.role, clearance=account.clearance)


def _append(session: Session, change: str, name: str, **detail: str) -> None:
    from kms.library.access import Reader

    _journal(session).append(Reader(person()), "user", None, "ok", change=change, account=name, **detail)


def _json(account: Account) -> dict[str, str]:
    return {
        "name": account.name,
        "role": account.role,
        "clearance": account.clearance,
        "since": account.since,
    }


def _described(account: Account) -> Message:
    return say(
        "{name}: {role}, sees up to {clearance}.", name=account.name, role=account.role, clearance=account.clearance
    )
