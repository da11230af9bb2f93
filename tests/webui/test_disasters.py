"""Disasters beside a server that runs: it answers with a sentence or as ever, and nothing it acknowledged is lost."""

from __future__ import annotations

import http.client
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from webui.troubles import SENTENCES

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="POSIX file systems and kill -9")]

SURPRISED = SENTENCES[500][1].text("id")
"""What is said of an error that nobody thought of."""
KMS = [sys.executable, "-m", "kms"]
RECOVERS_SECONDS = 90.0


class Server:
    """A `kms serve` in a process of its own, seen from outside."""

    def __init__(self, workspace: Path, log: Path, before: tuple[str, ...] = ()) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.workspace, self.log, self.before = workspace, log, before
        self.start()

    def start(self) -> None:
        command = [*self.before, *KMS, "--workspace", str(self.workspace), "serve", "--port", str(self.port)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, stderr=log, start_new_session=True)
        wait(lambda: self.asks("GET", "/health")[0] == 200)

    def asks(self, method: str, address: str, body: bytes = b"", kind: str = "application/json") -> tuple[int, Any]:
        """Status and answer; status 0 where nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, address, body, {"Content-Type": kind})
            answer = connection.getresponse()
            status, said = answer.status, json.loads(answer.read())
        except (OSError, http.client.HTTPException):
            return 0, {}
        finally:
            connection.close()
        assert "error" not in said or said["error"]["message"] != SURPRISED, self.log.read_text("utf-8")[-3000:]
        return status, said

    def finds(self, word: str = "kajian") -> int:
        """Documents that a search finds; it must answer, or say in a sentence why not (-1)."""
        status, said = self.asks("GET", f"/api/v1/search?q={word}&limit=100")
        assert status == 200 or said["error"]["message"], (status, said)
        return len({hit["document"]["id"] for hit in said["hits"]}) if status == 200 else -1

    def tags(self, document: str, keyword: str) -> bool:
        """Whether a correction was acknowledged; where it was not a sentence says why, or nobody answers."""
        status, said = self.asks(
            "PATCH", f"/api/v1/documents/{document}/tags", json.dumps({"keyword": keyword}).encode()
        )
        assert status in (0, 200) or said["error"]["message"], (status, said)
        return status == 200

    def takes(self, name: str, text: str) -> str:
        """The id of a document that was acknowledged as taken in, else ""."""
        status, said = self.asks("POST", f"/api/v1/documents?name={name}", text.encode(), "application/octet-stream")
        assert status in (0, 200, 201) or said.get("reason") or said["error"]["message"], (status, said)
        return str(said.get("id") or "") if status in (200, 201) else ""

    def keywords(self, document: str) -> list[str]:
        said = self.asks("GET", f"/api/v1/documents/{document}")[1]
        return [tag["value"] for tag in said["all_tags"] if tag["name"] == "keyword"]

    def ids(self) -> list[str]:
        return [one["id"] for one in self.asks("GET", "/api/v1/documents")[1]["documents"]]

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def wait(until: Callable[[], bool]) -> None:
    end = time.monotonic() + RECOVERS_SECONDS
    while not until():
        assert time.monotonic() < end, "it does not recover"
        time.sleep(0.2)


def kms(workspace: Path, *arguments: str, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    command = [*before, *KMS, "--workspace", str(workspace), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


def write_files(folder: Path, first: int, count: int, size: int = 3) -> Path:
    folder.mkdir()
    for number in range(first, first + count):
        (folder / f"kajian-{number}.txt").write_text(f"Kajian kerukunan nomor{number}\n" * size, "utf-8")
    return folder


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of thirty megabytes with four documents."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = ["mount", "-t", "tmpfs", "-o", "size=30m", "kms", str(place)]
    if subprocess.run(mounted, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a small disk")
    assert kms(place, "ingest", str(write_files(tmp_path / "files", 0, 4))).returncode == 0
    yield place
    subprocess.run(["umount", "-l", place], check=False)


@pytest.fixture
def server(disk: Path, tmp_path: Path) -> Iterator[Server]:
    server = Server(disk, tmp_path / "log")
    yield server
    server.kill()


def is_whole(server: Server, count: int) -> None:
    """All documents are found after a while, and nothing is damaged."""
    wait(lambda: server.finds() == count)
    done = kms(server.workspace, "verify")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_index_is_deleted_and_garbled(server: Server) -> None:
    chance = random.Random(3)
    index = server.workspace / "index"
    for number in range(12):
        files = sorted(path for path in index.rglob("*") if path.is_file() and path.stat().st_size)
        if number % 4 == 0:
            shutil.rmtree(index, ignore_errors=True)
        elif files:
            path = files[number % len(files)]
            data = bytearray(path.read_bytes())
            data[chance.randrange(len(data))] ^= 255
            path.write_bytes(data[: chance.randrange(1, len(data) + 1)])
        server.finds()
        assert server.tags(server.ids()[0], f"kata{number}")
        assert server.keywords(server.ids()[0]) == [f"kata{number}"]
        if number % 4 == 3:
            assert kms(server.workspace, "rebuild").returncode == 0
            wait(lambda: server.finds() == 4)
    is_whole(server, 4)


def test_the_disk_is_full_and_has_room_again(server: Server) -> None:
    one = server.ids()[0]
    assert server.tags(one, "sebelum")
    filler = server.workspace / "filler"
    with filler.open("ab", buffering=0) as file, pytest.raises(OSError):
        while file.write(b"x" * 4096):
            pass
    kept = "sesudah" if server.tags(one, "sesudah") else "sebelum"
    assert not server.takes("baru.txt", "Kajian yang tidak muat " * 3000)
    assert server.keywords(one) == [kept] and server.finds() >= 0
    filler.unlink()
    assert server.tags(one, "lagi") and server.keywords(one) == ["lagi"]
    assert server.takes("baru.txt", "Kajian yang muat")
    is_whole(server, 5)


def test_the_disk_cannot_be_written(server: Server) -> None:
    one = server.ids()[0]
    subprocess.run(["mount", "-o", "remount,ro", server.workspace], check=True)
    assert server.finds() == 4 and not server.tags(one, "tidak") and not server.takes("baru.txt", "Kajian baru")
    subprocess.run(["mount", "-o", "remount,rw", server.workspace], check=True)
    assert server.tags(one, "ya") and server.keywords(one) == ["ya"]
    is_whole(server, 4)


def test_the_share_vanishes_and_comes_back(server: Server, tmp_path: Path) -> None:
    one = server.ids()[0]
    assert server.tags(one, "sebelum")
    share, away = server.workspace, tmp_path / "away"
    away.mkdir()
    subprocess.run(["mount", "--bind", share, away], check=True)
    try:
        subprocess.run(["umount", "-l", share], check=True)
        for _ in range(3):
            server.finds()
            assert not server.tags(one, "hilang") and not server.takes("baru.txt", "Kajian baru")
            assert server.asks("GET", "/health")[0] == 503
            time.sleep(0.5)
        assert not list(share.rglob("original.*")), "something was written into the empty place"
        subprocess.run(["mount", "--bind", away, share], check=True)
        wait(lambda: server.asks("GET", "/health")[0] == 200)
        assert server.keywords(one) == ["sebelum"] and server.tags(one, "kembali")
        is_whole(server, 4)
    finally:
        subprocess.run(["umount", "-l", away], check=False)


def test_a_corpus_folder_is_half_copied(server: Server) -> None:
    corpus = server.workspace / "corpus"
    whole, other = (corpus / name for name in server.ids()[:2])
    half = corpus / f"{whole.name[:-8]}0123abcd"
    half.mkdir()
    (half / "document.json").write_bytes((whole / "document.json").read_bytes()[:200])
    (other / "original.txt").unlink()
    wait(lambda: server.finds() >= 3)
    assert server.tags(whole.name, "tetap")
    done = kms(server.workspace, "verify")
    assert done.returncode != 0 and half.name in done.stdout + done.stderr and other.name in done.stdout + done.stderr
    shutil.rmtree(half)
    assert kms(server.workspace, "ingest", str(server.workspace.parent / "files")).returncode == 0
    is_whole(server, 4)


def test_the_clock_is_set_back(disk: Path, tmp_path: Path) -> None:
    clock = shutil.which("faketime")
    if not clock:
        pytest.skip("needs faketime")
    server = Server(disk, tmp_path / "log", (clock, "-f", "-3000d"))
    try:
        one = server.ids()[0]
        assert server.tags(one, "kemarin") and server.takes("lama.txt", "Kajian dari masa lalu")
        assert kms(disk, "tag", one, "title=Judul masa kini").returncode == 0
        wait(lambda: server.finds("kini") == 1)
        assert kms(disk, "tag", one, "title=Judul lampau", before=(clock, "-f", "-9000d")).returncode == 0
        wait(lambda: server.finds("lampau") == 1)
        is_whole(server, 5)
    finally:
        server.kill()
    assert kms(disk, "log", "--check").returncode == 0


def test_an_ingest_beside_it_is_killed(server: Server, tmp_path: Path) -> None:
    chance, kept = random.Random(9), set(server.ids())
    for number in range(8):
        files = write_files(tmp_path / f"more-{number}", 100 + 10 * number, 6)
        command = [*KMS, "--workspace", str(server.workspace), "ingest", str(files), "--json", "--jobs", "2"]
        writer = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True)
        try:
            writer.wait(chance.uniform(0.5, 12.0))
        except subprocess.TimeoutExpired:
            os.killpg(writer.pid, signal.SIGKILL)
        lines = writer.communicate()[0].decode().split("\n")[:-1]
        kept.update(said["id"] for said in map(json.loads, lines) if said["outcome"] == "new")
        wait(lambda: kept <= set(server.ids()))
    is_whole(server, len(server.ids()))


def test_the_server_itself_is_killed_amid_corrections_and_uploads(server: Server) -> None:
    chance = random.Random(11)
    documents = server.ids()[:3]
    kept = {one: {"awal"} for one in documents}
    assert all(server.tags(one, "awal") for one in documents)
    taken: set[str] = set(documents)

    def correct(one: str, over: threading.Event, round_number: int) -> None:
        number = 0
        while not over.is_set():
            number += 1
            value = f"k{round_number}x{number}"
            # What was sent last and not answered may be there or not; either is right.
            kept[one].add(value)
            if server.tags(one, value):
                kept[one] = {value}

    def upload(over: threading.Event, round_number: int) -> None:
        number = 0
        while not over.is_set():
            number += 1
            if new := server.takes(f"unggah-{round_number}-{number}.txt", f"Kajian unggah {round_number} {number}"):
                taken.add(new)

    for round_number in range(6):
        over = threading.Event()
        people = [threading.Thread(target=correct, args=(one, over, round_number)) for one in documents]
        people.append(threading.Thread(target=upload, args=(over, round_number)))
        for person in people:
            person.start()
        time.sleep(chance.uniform(1.0, 6.0))
        server.kill()
        over.set()
        for person in people:
            person.join()
        server.start()
        assert taken <= set(server.ids())
        for one in documents:
            [keyword] = server.keywords(one)
            assert keyword in kept[one]
    assert len(taken) > 3
    is_whole(server, len(server.ids()))
