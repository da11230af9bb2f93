"""Accounts: who may log in, how often they may try, and what the files beside the corpus hold."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from kms.errors import BadInput, LoginRefused, NotFound, WorkspaceError
from kms.library.accounts import Accounts, Throttle

PASSWORD = "sembilan ekor kuda laut"


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    made = Accounts(tmp_path)
    made.add("Sari", PASSWORD, "admin")
    made.add("budi", PASSWORD + "!", "reader")
    return made


def test_name_and_password_let_in_whatever_the_case_of_the_name(accounts: Accounts) -> None:
    account = accounts.log_in(" SARI ", PASSWORD)
    assert (account.name, account.role, account.clearance) == ("sari", "admin", "rahasia")
    assert accounts.log_in("budi", PASSWORD + "!").clearance == "umum"


@pytest.mark.parametrize(("name", "password"), [("sari", "salah"), ("nobody", PASSWORD), ("", ""), ("sari", "")])
def test_a_refusal_never_says_which_part_is_wrong(accounts: Accounts, name: str, password: str) -> None:
    with pytest.raises(LoginRefused) as refused:
        accounts.log_in(name, password)
    assert str(refused.value) == "Name and password do not belong together. Check both and try again."


def test_no_password_can_be_read_and_the_files_are_private(accounts: Accounts, tmp_path: Path) -> None:
    accounts.secret()
    for name in ("users.json", "session.key"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    text = (tmp_path / "users.json").read_text("utf-8")
    assert PASSWORD not in text and text.count("$argon2id$") == 2
    assert PASSWORD not in repr(accounts.all()) and "argon2" not in repr(accounts.all())


def test_without_users_json_nobody_has_an_account(tmp_path: Path) -> None:
    assert Accounts(tmp_path).all() == ()
    assert not (tmp_path / "users.json").exists()


@pytest.mark.parametrize("password", ["", "kurang", "aaaaaaaaaaaaaaaa", "x" * 1001])
def test_easy_passwords_are_refused(accounts: Accounts, password: str) -> None:
    with pytest.raises(BadInput):
        accounts.add("tuti", password, "reader")


@pytest.mark.parametrize("name", ["", "../sari", "sari budi", "a" * 65, "sa\nri", "SARI", "$ari"])
def test_names_are_plain_and_used_once(accounts: Accounts, name: str) -> None:
    with pytest.raises(BadInput):
        accounts.add(name, PASSWORD, "reader")


def test_a_change_of_password_role_or_clearance_ends_sessions(accounts: Accounts) -> None:
    marks = {accounts.find("budi").mark}  # type: ignore[union-attr]
    marks.add(accounts.change("budi", password="empat belas meja makan").mark)
    marks.add(accounts.change("budi", role="editor").mark)
    marks.add(accounts.change("budi", clearance="terbatas").mark)
    assert len(marks) == 4
    assert accounts.log_in("budi", "empat belas meja makan").role == "editor"


def test_the_last_administrator_stays(accounts: Accounts) -> None:
    with pytest.raises(BadInput):
        accounts.remove("sari")
    with pytest.raises(BadInput):
        accounts.change("sari", role="reader")
    accounts.remove("budi")
    accounts.remove("sari")
    assert accounts.all() == ()
    with pytest.raises(NotFound):
        accounts.remove("sari")


def test_another_process_sees_changes_at_once(accounts: Accounts, tmp_path: Path) -> None:
    other = Accounts(tmp_path)
    assert other.find("budi")
    accounts.remove("budi")
    assert other.find("budi") is None


def test_a_spoilt_file_lets_nobody_in(accounts: Accounts, tmp_path: Path) -> None:
    (tmp_path / "users.json").write_text('{"users": [{"name": "sari"', "utf-8")
    for ask in (accounts.all, lambda: accounts.log_in("sari", PASSWORD), lambda: accounts.find("sari")):
        with pytest.raises(WorkspaceError):
            ask()


def test_accounts_that_vanish_open_no_door(accounts: Accounts, tmp_path: Path) -> None:
    assert accounts.all()
    (tmp_path / "users.json").rename(tmp_path / "away")
    with pytest.raises(WorkspaceError):
        accounts.all()
    (tmp_path / "away").rename(tmp_path / "users.json")
    assert accounts.find("sari")


def test_the_secret_stays_the_same(accounts: Accounts, tmp_path: Path) -> None:
    assert accounts.secret() == Accounts(tmp_path).secret() and len(accounts.secret()) == 32


class Clock:
    """A clock that stands until it is moved."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def fail(throttle: Throttle, name: str, address: str, times: int) -> None:
    for _ in range(times):
        throttle.attempt(name, address)


def test_after_five_failures_a_person_waits_and_others_do_not() -> None:
    clock = Clock()
    throttle = Throttle(clock)
    fail(throttle, "sari", "10.0.0.1", 5)
    with pytest.raises(LoginRefused, match="15 minutes"):
        throttle.attempt("sari", "10.0.0.1")
    throttle.attempt("sari", "10.0.0.2")
    throttle.attempt("budi", "10.0.0.1")
    clock.now = 901
    throttle.attempt("sari", "10.0.0.1")


def test_an_address_cannot_try_many_names_and_a_name_not_from_many_addresses() -> None:
    throttle = Throttle(Clock())
    for number in range(30):
        throttle.attempt(f"name{number}", "10.0.0.1")
    with pytest.raises(LoginRefused):
        throttle.attempt("another", "10.0.0.1")
    for number in range(100):
        throttle.attempt("sari", f"10.1.0.{number}")
    with pytest.raises(LoginRefused):
        throttle.attempt("sari", "10.2.0.1")


def test_a_success_is_no_failure() -> None:
    throttle = Throttle(Clock())
    for _ in range(50):
        throttle.attempt("sari", "10.0.0.1").succeeded()


def test_memory_for_failures_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Throttle, "MOST", 50)
    throttle = Throttle(Clock())
    for number in range(500):
        throttle.attempt(f"name{number}", f"10.0.{number // 250}.{number % 250}")
    assert len(throttle._failures) < 60
