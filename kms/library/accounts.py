"""People who may log in: their passwords (hashed with Argon2), roles and clearances, in ``users.json``.

The file stands in the workspace beside the corpus, readable by its owner only, and so does the secret that sessions
are signed with. There is no account and no password until somebody makes one.
"""

from __future__ import annotations

import os
import re
import secrets
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import msgspec
from filelock import FileLock, Timeout

from kms.corpus import NO_JSON, now, sync_folder
from kms.errors import BadInput, Busy, LoginRefused, NotFound, TooManyLogins, WorkspaceError, why
from kms.language import say
from kms.library.access import HIGHEST, LOWEST, FileStamp, Reader, file_stamp, rank
from kms.model import ROLES, Role

FILE = "users.json"
SECRET = "session.key"
LOCK = ".users.lock"
SHORTEST, LONGEST = 10, 1000
"""Characters of a password."""
HASHES_AT_ONCE = 2
"""Each takes 64 MB for a tenth of a second."""
_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}")


@dataclass(frozen=True)
class Account:
    """Somebody who may log in. ``mark`` changes with the password, the role and the clearance: it ends sessions."""

    name: str
    password: str = field(repr=False)
    role: Role = "reader"
    clearance: Literal["umum", "terbatas", "rahasia"] = "umum"
    since: str = ""
    mark: str = field(default="", repr=False)

    def reader(self, address: str = "") -> Reader:
        """This person as somebody who asks."""
        return Reader(self.name, self.role, self.clearance, address)


@dataclass(frozen=True)
class _File:
    users: tuple[Account, ...]
    format: int = 1


class Accounts:
    """The accounts of a workspace; several threads and processes may have them open."""

    def __init__(self, root: Path, throttle: Throttle | None = None) -> None:
        self._root = root
        self._throttle = throttle or Throttle()
        self._turns = threading.BoundedSemaphore(HASHES_AT_ONCE)
        self._known: tuple[FileStamp | None, Mapping[str, Account]] | None = None

    def all(self) -> tuple[Account, ...]:
        """Every account, by name.

        Raises:
            WorkspaceError: users.json cannot be read.
        """
        return tuple(sorted(self._load().values(), key=lambda account: account.name))

    def find(self, name: str) -> Account | None:
        """The account of that name, or None.

        Raises:
            WorkspaceError: as `all`.
        """
        return self._load().get(_folded(name))

    def free_name(self, name: str) -> str:
        """The name as an account of that name would have it.

        Raises:
            BadInput: it is no name for an account, or there is one of that name.
            WorkspaceError: as `all`.
        """
        name = _folded(name)
        if not _NAME.fullmatch(name):
            raise BadInput(
                say("{name} is no name for an account.", name=repr(name)),
                say("Use letters, digits, dots and hyphens; at most 64."),
            )
        _check_free(name, self._load())
        return name

    def add(self, name: str, password: str, role: str, clearance: str = "") -> Account:
        """Make an account; without a ``clearance`` an administrator sees everything and others what everybody may.

        Raises:
            BadInput: there is one of that name, or a value makes no sense.
        """
        name = self.free_name(name)
        _check_password(password, name)
        checked = _role(role)
        hashed = self._hash(password)
        level = clearance or (HIGHEST if checked == "admin" else LOWEST)
        with self._changing() as users:
            _check_free(name, users)
            users[name] = Account(name, hashed, checked, _level(level), now(), _new_mark())
            return users[name]

    def change(self, name: str, role: str = "", clearance: str = "", password: str = "") -> Account:
        """Give an account another role, clearance or password; "" keeps it. Its sessions end.

        Raises:
            NotFound: there is no such account.
            BadInput: a value makes no sense, or no administrator would be left.
        """
        name = _folded(name)
        self._existing(name, self._load())
        if password:
            _check_password(password, name)
        hashed = self._hash(password) if password else ""
        with self._changing() as users:
            before = self._existing(name, users)
            users[name] = replace(
                before,
                role=_role(role) if role else before.role,
                clearance=_level(clearance) if clearance else before.clearance,
                password=hashed or before.password,
                mark=_new_mark(),
            )
            _check_admins(users)
            return users[name]

    def remove(self, name: str) -> None:
        """Take an account away; its sessions end.

        Raises:
            NotFound: there is no such account.
            BadInput: it is the last administrator and there are others.
        """
        with self._changing() as users:
            del users[self._existing(_folded(name), users).name]
            _check_admins(users)

    def log_in(self, name: str, password: str, address: str = "") -> Account:
        """The account that name and password belong to; takes as long where there is no such name.

        Raises:
            LoginRefused: they belong to none.
            TooManyLogins: there were too many attempts.
        """
        name = _folded(name)[:64]
        attempt = self._throttle.attempt(name, address)
        account, nobody = self._load().get(name), _nobody()
        matches = self._matches(account.password if account else nobody, password[:LONGEST])
        if account is None or not matches:
            raise LoginRefused(say("Name and password do not belong together."), say("Check both and try again."))
        attempt.succeeded()
        return account

    def secret(self) -> bytes:
        """What sessions are signed with: random, made when it is first asked for.

        Raises:
            WorkspaceError: it cannot be read or written.
        """
        path = self._root / SECRET
        with self._lock():
            try:
                found = path.read_bytes()
            except FileNotFoundError:
                found = b""
            if len(found) >= 32:
                return found
            fresh = secrets.token_bytes(32)
            _replace_private(path, fresh)
            return fresh

    def _matches(self, hashed: str, password: str) -> bool:
        from argon2 import PasswordHasher
        from argon2.exceptions import InvalidHashError, VerificationError

        with self._turns:
            try:
                return PasswordHasher().verify(hashed, password)
            except (VerificationError, InvalidHashError):
                return False

    def _hash(self, password: str) -> str:
        from argon2 import PasswordHasher

        with self._turns:
            return PasswordHasher().hash(password)

    def _existing(self, name: str, users: Mapping[str, Account]) -> Account:
        if name not in users:
            raise NotFound(
                name, say("There is no account {name}.", name=name), say("`kms user list` shows all of them.")
            )
        return users[name]

    def _load(self) -> Mapping[str, Account]:
        path = self._root / FILE
        try:
            stamp = file_stamp(path)
            if stamp is None and self._known and self._known[1]:
                # Nobody has to log in where there are no accounts; a file that is gone must not open the door.
                raise FileNotFoundError(f"it was there with {len(self._known[1])} accounts and is gone")
            if self._known is None or self._known[0] != stamp:
                data = msgspec.json.decode(path.read_bytes(), type=_File) if stamp else _File(())
                self._known = stamp, {account.name: account for account in data.users}
            return self._known[1]
        except (OSError, *NO_JSON) as error:
            raise WorkspaceError(
                say("{path} cannot be understood: {error}.", path=path, error=error),
                say("Bring it back from a copy, or remove it and make the accounts again."),
            ) from error

    @contextmanager
    def _changing(self) -> Iterator[dict[str, Account]]:
        """The accounts to change; kept when the block ends without an error."""
        with self._lock():
            self._known = None
            users = dict(self._load())
            yield users
            try:
                _replace_private(self._root / FILE, msgspec.json.encode(_File(tuple(users.values()))) + b"\n")
            except OSError as error:
                raise WorkspaceError(
                    say("{path} cannot be written to ({error}).", path=self._root, error=why(error)),
                    say("Check the folder's permissions and the free space of its disk."),
                ) from error
            self._known = None

    @contextmanager
    def _lock(self) -> Iterator[None]:
        try:
            self._root.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self._root / LOCK, timeout=30, mode=0o600)
            lock.acquire()
        except Timeout as error:
            raise Busy("kms user") from error
        except OSError as error:
            raise WorkspaceError(
                say("{path} cannot be written to ({error}).", path=self._root, error=why(error)),
                say("Check the folder's permissions and the free space of its disk."),
            ) from error
        try:
            yield
        finally:
            lock.release()


class Throttle:
    """How often somebody may try to log in: some failures within `WINDOW` seconds, then none until they are past.

    Failures are counted for a name from one address, for an address, and, far more generously so that nobody can lock
    others out, for a name from everywhere. Kept in memory; ``clock`` gives seconds.
    """

    WINDOW = 900.0
    FAILURES = (5, 30, 100)
    MOST = 20_000

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: dict[tuple[str, str], list[float]] = {}
        self._lock = threading.Lock()

    def attempt(self, name: str, address: str) -> Attempt:
        """Begin an attempt, which counts as failed until it is said to have succeeded.

        Raises:
            TooManyLogins: there were too many.
        """
        moment = self._clock()
        keys = ((name, address), ("", address), (name, ""))
        with self._lock:
            for key, most in zip(keys, self.FAILURES):
                recent = [when for when in self._failures.get(key, ()) if moment - when < self.WINDOW]
                if len(recent) >= most:
                    minutes = max(1, round((self.WINDOW - (moment - recent[0])) / 60))
                    raise TooManyLogins(
                        say("There were too many failed logins."),
                        say("Try again in {minutes} minutes.", minutes=minutes),
                    )
            self._forget(moment)
            for key in keys:
                self._failures.setdefault(key, []).append(moment)
        return Attempt(self, keys, moment)

    def take_back(self, keys: tuple[tuple[str, str], ...], moment: float) -> None:
        """Forget an attempt that succeeded, and the failures of this person at this address."""
        with self._lock:
            self._failures.pop(keys[0], None)
            for key in keys[1:]:
                if moment in self._failures.get(key, ()):
                    self._failures[key].remove(moment)

    def _forget(self, moment: float) -> None:
        if len(self._failures) < self.MOST:
            return
        self._failures = {key: when for key, when in self._failures.items() if when and moment - when[-1] < self.WINDOW}
        for key in list(self._failures)[: max(0, len(self._failures) - self.MOST)]:
            del self._failures[key]


@dataclass(frozen=True)
class Attempt:
    """One attempt to log in."""

    throttle: Throttle
    keys: tuple[tuple[str, str], ...]
    moment: float

    def succeeded(self) -> None:
        """It was no failure."""
        self.throttle.take_back(self.keys, self.moment)


def _check_password(password: str, name: str) -> None:
    if not SHORTEST <= len(password) <= LONGEST or password.lower() == name or len(set(password)) < 4:
        raise BadInput(
            say("This password is too easy to guess."),
            say("Take at least {count} characters; several words together are good.", count=SHORTEST),
        )


def _check_free(name: str, users: Mapping[str, Account]) -> None:
    if name in users:
        raise BadInput(say("There is an account {name} already.", name=name), say("`kms user list` shows all of them."))


def _check_admins(users: Mapping[str, Account]) -> None:
    if users and not any(account.role == "admin" for account in users.values()):
        raise BadInput(say("No administrator would be left."), say("Make another one first."))


def _role(value: str) -> Role:
    for role in ROLES:
        if role == value:
            return role
    raise BadInput(
        say("There is no role {value}.", value=repr(value)), say("Roles are: {names}.", names=", ".join(ROLES))
    )


def _level(value: str) -> Literal["umum", "terbatas", "rahasia"]:
    rank(value)
    return value  # type: ignore[return-value]


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip().lower()


def _new_mark() -> str:
    return secrets.token_hex(8)


_NOBODY: list[str] = []


def _nobody() -> str:
    """A hash that no password has, so that an unknown name takes as long as a known one."""
    if not _NOBODY:
        from argon2 import PasswordHasher

        _NOBODY.append(PasswordHasher().hash(secrets.token_hex(16)))
    return _NOBODY[0]


def _replace_private(path: Path, data: bytes) -> None:
    """Put ``data`` in the place of ``path`` at once; only the owner of the file may ever read it."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
