"""Every file of ours spoilt at random: each costs itself at most, is named in a sentence, and the rest is served."""

from __future__ import annotations

import json
import random
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kms.config import Workspace, open_workspace
from kms.errors import KmsError
from kms.library import Library
from kms.library.access import Reader
from kms.library.accounts import Accounts
from kms.library.answers import document_json
from kms.library.journal import Journal, documents_of
from kms.model import Extraction, Figure, Indicator, Page, Table, Tag
from webui.spreadsheets import table_csv, table_xlsx

BOX = (0.0, 0.0, 9.0, 9.0)
MAD: tuple[Any, ...] = (
    None, True, -1, 0, 10**30, 1e308, "", "\ud800", "\0\x1b[2J\u202e", "../../x", "a" * 3000, [], {}, [[]], [None],
    {"a": 1}, "2021", "2018-2023", "²", "9" * 5000, "rahasia", 1.5,
)  # fmt: skip
MAD_BYTES = (b"[" * 100_000, b'{"format":1,"x":' + b"[" * 100_000, b'{"format":' + b"9" * 5000 + b"}", b"", b"\xff\xfe")


def read_stub(path: Path) -> Extraction:
    text = path.read_text("utf-8")
    figure = Figure("75,5", 75.5)
    table = Table(1, (1,), "Tabel", ("a", "b"), ((text, "="), ("c", "d")), BOX, (BOX,), ("g", "g"), (1, 1))
    row = Indicator(1, "Indeks kerukunan", 0, 0, "s", "p", None, "%", figure, {"2021": figure}, {}, "indeks kerukunan")
    tags = (Tag("title", path.stem, 1, "q"), Tag("type", "kajian", 1), Tag("year", "2021", 1))
    return Extraction("txt", (Page(1, text, headings=("BAB I",)),), (table,), (row,), tags, {"stub": "1"})


def spoil_value(value: Any, chance: random.Random) -> Any:
    """A copy of a JSON value in which one to four parts are other ones."""
    root = [json.loads(json.dumps(value))]
    places: list[tuple[Any, Any]] = []

    def walk(inside: Any) -> None:
        for key in list(inside) if isinstance(inside, dict) else range(len(inside)):
            places.append((inside, key))
            if isinstance(inside[key], dict | list):
                walk(inside[key])

    walk(root)
    for inside, key in chance.choices(places, k=chance.choice((1, 1, 2, 4))):
        if chance.random() < 0.25 and isinstance(inside, dict):
            inside.pop(key, None)
        elif isinstance(inside, dict) or key < len(inside):
            part = inside[key] if key in inside or isinstance(inside, list) else None
            inside[key] = part * 2 if isinstance(part, list) and chance.random() < 0.5 else chance.choice(MAD)
    return root[0]


def spoil(data: bytes, chance: random.Random) -> bytes:
    if chance.random() < 0.7:
        try:
            changed = spoil_value(json.loads(data), chance)
            return json.dumps(changed, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")
        except (ValueError, RecursionError):
            pass
    if chance.random() < 0.4:
        return chance.choice(MAD_BYTES)
    changed = bytearray(data)
    for _ in range(chance.choice((1, 5, 50))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed[: chance.randrange(len(changed))] if chance.random() < 0.3 else changed)


def spoil_file(path: Path, chance: random.Random) -> None:
    data = path.read_bytes() or b"{}"
    if path.suffix == ".jsonl":
        lines = data.splitlines()
        number = chance.randrange(len(lines))
        lines[number] = spoil(lines[number], chance)
        path.write_bytes(b"\n".join(lines) + b"\n")
    else:
        path.write_bytes(spoil(data, chance))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one file of every kind."""
    root = tmp_path_factory.mktemp("whole")
    (root / "files").mkdir()
    for number in range(3):
        (root / f"files/kajian-{number}.txt").write_text(f"kajian kerukunan nomor{number}", "utf-8")
    accounts = Accounts(root / "ws")
    accounts.add("sari", "sembilan ekor kuda laut", "admin")
    accounts.secret()
    with Library(Workspace(root / "ws"), read=read_stub, freshness=0) as library:
        assert [one.outcome for one in library.ingest([root / "files"])] == ["new"] * 3
        one, two, three = library.corpus.ids()
        library.tag(one, {"title": ["Judul"], "program": ["x", "y"], "access": ["terbatas"]}, "sari")
        library.decide(one, two, "not-duplicate", "sari", "sebab")
        library.decide(two, three, "edition", "sari")
        for reader in (Reader(), Reader("budi", "reader", "umum")):
            library.seen_by(reader).search("kerukunan")
        library.check(title="Kajian kerukunan", text="kajian kerukunan nomor1")
        library.backup(root / "b.zip")
    (root / "ws/kms.toml").write_text('language = "id"\njobs = 2\n[reading]\nseconds = 20.0\n', "utf-8")
    (root / "ws/synonyms.tsv").write_text("ormas\torganisasi kemasyarakatan\nrukun\tdamai\n", "utf-8")
    return root


def files_of(workspace: Path) -> list[Path]:
    """Every file of a format of ours; not those of the engine, which `test_damage` garbles."""
    patterns = ("corpus/*/document.json", "corpus/*/tags.json", "corpus/decisions.jsonl", "corpus/.levels", "kms.toml",
                "synonyms.tsv", "users.json", "session.key", "log/*.jsonl", "index/**/catalogue.json",
                "index/studies/*")  # fmt: skip
    return sorted(path for pattern in patterns for path in workspace.glob(pattern))


def asked(workspace: Path, files: Path) -> dict[str, Callable[[], Any]]:
    """What people and programs do with a workspace, by name."""
    library = Library(open_workspace(workspace), read=read_stub, freshness=0)
    low = library.seen_by(Reader("budi", "reader", "umum"))
    ids = library.corpus.ids()

    def show() -> None:
        for one in ids:
            document = library.document(one)
            json.dumps(document_json(document))
            for table in document.content.tables:
                table_csv(table), table_xlsx(table)

    def log() -> None:
        for entry in library.log(document="x"):
            documents_of(entry)
        [each.text("id") for each in Journal(workspace).damage()]

    return {
        "search": lambda: library.search("kerukunan"),
        "search below": lambda: low.search("kerukunan"),
        "list": lambda: (library.documents(), low.documents()),
        "show": show,
        "verify": lambda: [(each.message.text("id"), each.repair.text("id")) for each in library.verify()],
        "check": lambda: library.check(title="Kajian kerukunan", text="kajian kerukunan nomor0"),
        "audit": library.audit,
        "indicators": lambda: (library.indicators(), low.indicators()),
        "complete": lambda: library.complete("keru"),
        "decisions": library.decisions,
        "log": log,
        "accounts": lambda: Accounts(workspace).all(),
        "login": lambda: Accounts(workspace).log_in("sari", "salah"),
        "tag": lambda: library.tag(ids[1], {"keyword": ["damai"]}, "sari"),
        "ingest": lambda: [one.reason and one.reason.text("id") for one in library.ingest([files])],
        "rebuild": library.rebuild,
        "close": library.close,
    }


def try_once(whole: Path, root: Path, chance: random.Random) -> str:
    """Spoil one file of a fresh copy and do everything; its name."""
    workspace = root / "ws"
    shutil.rmtree(workspace, ignore_errors=True)
    shutil.copytree(whole / "ws", workspace)
    path = chance.choice(files_of(workspace))
    spoil_file(path, chance)
    kept = path.read_bytes()
    try:
        deeds = asked(workspace, whole / "files")
    except KmsError as error:
        assert path.name in error.text("id")
        return path.name
    for name, deed in deeds.items():
        try:
            deed()
        except KmsError as error:
            assert error.text("id") and len(error.text("id")) < 2000
        except Exception as error:
            raise AssertionError(f"{name} after {path.relative_to(workspace)}: {kept[:300]!r}") from error
        if name == "search" and path.name != "synonyms.tsv":
            assert deed().total >= 2, path
    return path.name


@pytest.mark.parametrize("seed", range(2))
def test_a_spoilt_file_costs_itself_at_most(whole: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(5):
        try_once(whole, tmp_path, chance)


@pytest.mark.slow
def test_many_spoilt_files(whole: Path, tmp_path: Path) -> None:
    chance = random.Random(7)
    names = [try_once(whole, tmp_path, chance) for _ in range(1500)]
    print(f"\n{len(names)} spoilt files: {', '.join(f'{names.count(name)} {name}' for name in sorted(set(names)))}")


def restored(source: Path, target: Path) -> tuple[bool, list[str]]:
    """Whether a backup came back, and which files of the workspace there are then."""
    shutil.rmtree(target, ignore_errors=True)
    with Library(Workspace(target), read=read_stub) as library:
        try:
            library.restore(source)
            came = True
        except KmsError as error:
            assert error.text("id")
            came = False
    return came, [path.name for path in target.rglob("*") if path.is_file() and not path.name.startswith(".")]


def packed(source: Path, method: int, change: Callable[[str, bytes], bytes], target: Path) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", method) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return target


def try_backups(whole: Path, root: Path, seed: int, rounds: int) -> int:
    """Restore spoilt backups; how many were refused. Nothing of a refused one may be left."""
    chance = random.Random(seed)
    refused = 0
    for number in range(rounds):
        method = chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
        spoilt = packed(whole / "b.zip", method, lambda name, data: data, root / "m.zip")
        if number % 2:
            data = bytearray(spoilt.read_bytes())
            for _ in range(chance.choice((1, 2, 8))):
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
            spoilt.write_bytes(bytes(data[: chance.randrange(len(data))] if number % 8 == 1 else data))
        else:
            packed(whole / "b.zip", method, lambda name, data: spoil(data, chance) if name == "backup.json" else data,
                   spoilt)  # fmt: skip
        came, left = restored(spoilt, root / "back")
        refused += not came
        assert came or left == [], left
    return refused


def test_a_spoilt_backup_brings_all_or_nothing(whole: Path, tmp_path: Path) -> None:
    assert try_backups(whole, tmp_path, 1, 40) > 20
    assert restored(whole / "b.zip", tmp_path / "back")[0]


@pytest.mark.slow
def test_many_spoilt_backups(whole: Path, tmp_path: Path) -> None:
    print(f"\n{try_backups(whole, tmp_path, 2, 1500)} of 1500 spoilt backups refused")


@pytest.mark.parametrize(
    "text",
    ["[reading]\nseconds = nan", "[reading]\nseconds = inf", "[reading]\nmemory_mb = -5", "[reading]\npages = 0",
     "[reading]\nmemory_mb = 100000000000000", "jobs = 0", "x = " + "[" * 5000, "jobs = 'dua'", "\0"],
)  # fmt: skip
def test_a_setting_that_would_be_no_limit_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "kms.toml").write_text(text, "utf-8")
    with pytest.raises(KmsError, match="kms"):
        open_workspace(tmp_path)
