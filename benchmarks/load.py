"""50 people searching, 5 checking and 2 correcting the same tags, alone and while 200 documents are taken in.

``python benchmarks/load.py [--seconds 40] [--users 50] [--documents 200] [--pages 2000]``: a workspace of generated
documents (a tenth of them rahasia, so that every clearance has an index of its own), served by ``kms serve`` with a
login for everybody, in a process of its own. Every user waits one to three seconds between two pages, as people do.
``kms ingest`` is another process. Prints errors, lost corrections, answer times with and without the ingest, and the
memory of the server. Exit code 1 where there was an error or something was lost.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import psutil
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

PASSWORD = "sembilan ekor kuda laut"
PORT = 8799
KMS = [sys.executable, "-m", "kms"]
COMMON = re.findall(
    r"\w+",
    """rencana kerja tahunan kantor kesatuan bangsa politik kota kerukunan umat beragama konflik sosial deteksi dini
    pendidikan pemilih pemula organisasi kemasyarakatan wawasan kebangsaan ketahanan ekonomi sasaran strategis indikator
    kinerja target realisasi program kegiatan anggaran evaluasi capaian laporan kecamatan kelurahan forum""",
)


def words(chance: random.Random, count: int) -> str:
    """Text in which some words are frequent and most are rare."""
    rare = [
        f"{a}{b}{c}" for a in ("ka", "mer", "sun", "ta", "pa") for b in ("li", "do", "ra") for c in ("ng", "s", "t")
    ]
    return " ".join(chance.choice(COMMON if chance.random() < 0.7 else rare) for _ in range(count))


def make_documents(folder: Path, count: int, pages: int, seed: int) -> Path:
    """PDFs of some pages each."""
    folder.mkdir()
    chance = random.Random(seed)
    for number in range(count):
        year = 2015 + number % 8
        canvas = Canvas(str(folder / f"{seed}-{number}.pdf"), pagesize=A4, invariant=True)
        for page in range(pages):
            text = canvas.beginText(60, 780)
            if not page:
                text.textLine(f"Kajian {words(chance, 4)} Tahun {year}")
            for _ in range(40):
                text.textLine(words(chance, 10))
            canvas.drawText(text)
            canvas.showPage()
        canvas.save()
    return folder


class Watch:
    """What happened: answer times by kind and phase, errors, and corrections that were accepted."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.phase = ""
        self.times: dict[tuple[str, str], list[float]] = defaultdict(list)
        self.errors: Counter[str] = Counter()
        self.accepted: dict[str, list[str]] = defaultdict(list)
        self.conflicts = 0
        self.over = threading.Event()

    def took(self, kind: str, seconds: float) -> None:
        with self.lock:
            self.times[self.phase, kind].append(seconds)

    def failed(self, what: str) -> None:
        with self.lock:
            self.errors[what] += 1


class Browser:
    """A browser of one person, who logs in."""

    def __init__(self, watch: Watch, name: str) -> None:
        self.watch = watch
        self.cookie = ""
        self.connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
        token = self.token("/login")
        self.ask("login", "POST", "/login", {"token": token, "name": name, "password": PASSWORD}, (302,))

    def ask(
        self,
        kind: str,
        method: str,
        address: str,
        form: dict[str, str] | None = None,
        wanted: tuple[int, ...] = (200,),
        headers: dict[str, str] | None = None,
        body: bytes | None = None,
    ) -> tuple[http.client.HTTPResponse, str]:
        """One request; what is not as wanted counts as an error."""
        sent = {"Cookie": self.cookie, "Accept": "text/html", **(headers or {})}
        if form is not None:
            body = urlencode(form).encode()
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        for attempt in (0, 1):
            try:
                self.connection.request(method, address, body, sent)
                answer = self.connection.getresponse()
                text = answer.read().decode("utf-8", "replace")
                break
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                # An idle connection that the server has closed; a browser opens another one.
                self.connection.close()
                if attempt:
                    raise
        self.watch.took(kind, time.perf_counter() - began)
        if answer.status not in wanted:
            self.watch.failed(f"{kind} {method} {address.split('?')[0][:40]}: {answer.status}")
        for header in answer.headers.get_all("Set-Cookie") or ():
            self.cookie = header.split(";")[0]
        return answer, text

    def token(self, address: str) -> str:
        found = re.search(r'name="token" value="([^"]+)"', self.ask("form", "GET", address)[1])
        return found[1] if found else ""


def searching(browser: Browser, chance: random.Random) -> None:
    """A search, and often a page of what was found."""
    asked = " ".join(chance.sample(COMMON, chance.choice((1, 2, 2, 3))))
    year = {"year": str(2015 + chance.randrange(8))} if chance.random() < 0.3 else {}
    _, text = browser.ask("search", "GET", "/search?" + urlencode({"q": asked, **year}))
    found = re.findall(r'href="(/documents/[^"?]+/pages/\d+)[^"]*"', text)
    if found and chance.random() < 0.5:
        browser.watch.over.wait(chance.uniform(0.5, 1.5))
        browser.ask("page", "GET", chance.choice(found))


def checking(browser: Browser, chance: random.Random) -> None:
    """A draft of two pages of text, checked and waited for."""
    began = time.perf_counter()
    form = {"token": browser.token("/check"), "title": f"Kajian {words(chance, 5)}", "text": words(chance, 800)}
    answer, _ = browser.ask("check sent", "POST", "/check", form, (302, 303))
    where = answer.headers.get("Location") or ""
    while where and not browser.watch.over.is_set():
        if json.loads(browser.ask("state", "GET", where + "/state")[1]).get("over"):
            browser.ask("check shown", "GET", where)
            browser.watch.took("check, whole", time.perf_counter() - began)
            return
        time.sleep(0.5)


def correcting(browser: Browser, chance: random.Random, name: str, document: str) -> None:
    """Add a keyword to those that are there; whoever is told of a conflict looks again and tries anew."""
    address = f"/api/v1/documents/{document}"
    mine = f"{name}-{chance.randrange(10**9)}"
    while not browser.watch.over.is_set():
        answer, text = browser.ask("tags read", "GET", address)
        mark = answer.headers.get("ETag", "")
        has = [tag["value"] for tag in json.loads(text)["all_tags"] if tag["name"] == "keyword"]
        time.sleep(chance.uniform(0, 0.3))
        answer, _ = browser.ask(
            "tags kept", "PATCH", address + "/tags", None, (200, 409),
            {"Content-Type": "application/json", "If-Match": mark}, json.dumps({"keyword": [*has, mine]}).encode(),
        )  # fmt: skip
        if answer.status == 200:
            with browser.watch.lock:
                browser.watch.accepted[document].append(mine)
            return
        with browser.watch.lock:
            browser.watch.conflicts += 1


def user(watch: Watch, name: str, number: int, deed: Callable[[Browser, random.Random], None]) -> None:
    """One person at work until it is over."""
    chance = random.Random(number)
    try:
        browser = Browser(watch, name)
        while not watch.over.is_set():
            watch.over.wait(chance.uniform(1, 3))
            deed(browser, chance)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is counted and fails the run
        if not watch.over.is_set():
            watch.failed(f"{type(error).__name__}: {error}"[:120])


def memory(process: psutil.Process) -> float:
    """MB of the server and the processes that it has begun."""
    total = 0
    for one in [process, *process.children(recursive=True)]:
        try:
            total += one.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total / 2**20


def quantile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] if values else float("nan")


def prepare(root: Path, pages: int, users: int) -> Path:
    workspace = root / "work"
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from kms.library.accounts import Accounts

    base = make_documents(root / "base", max(10, pages // 4), 4, 1)
    secret = make_documents(root / "secret", max(2, pages // 40), 4, 2)
    for folder, level in ((base, "umum"), (secret, "rahasia")):
        command = [*KMS, "--workspace", str(workspace), "ingest", str(folder), "--access", level, "--json"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    accounts = Accounts(workspace)
    accounts.add("admin", PASSWORD, "admin")
    for number in range(users):
        accounts.add(f"user{number}", PASSWORD, "reader", ("umum", "terbatas", "rahasia")[number % 3])
    for number in range(5):
        accounts.add(f"checker{number}", PASSWORD, "reader", "umum")
    for number in range(2):
        accounts.add(f"editor{number}", PASSWORD, "editor", "terbatas")
    return workspace


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, value in (("seconds", 40), ("users", 50), ("documents", 200), ("pages", 2000)):
        parser.add_argument(f"--{name}", type=int, default=value)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kms-load-") as folder:
        return run(Path(folder), given)


def run(root: Path, given: argparse.Namespace) -> int:
    workspace = prepare(root, given.pages, given.users)
    fresh = make_documents(root / "fresh", given.documents, 2, 3)
    listed = subprocess.run([*KMS, "--workspace", str(workspace), "list", "--json"], capture_output=True, check=True)
    ids = [one["id"] for one in json.loads(listed.stdout)["documents"] if one["access"] == "umum"][:3]
    watch, peak = Watch(), 0.0
    log = (root / "server.log").open("wb")
    server = subprocess.Popen([*KMS, "--workspace", str(workspace), "serve", "--port", str(PORT)], stderr=log)
    try:
        wait_for_server()
        process = psutil.Process(server.pid)
        began_with = memory(process)
        people = [(f"user{n}", searching) for n in range(given.users)] + [(f"checker{n}", checking) for n in range(5)]
        people += [(f"editor{n}", lambda b, c, n=n: correcting(b, c, f"editor{n}", c.choice(ids))) for n in range(2)]
        threads = [
            threading.Thread(target=user, args=(watch, name, number, deed), daemon=True)
            for number, (name, deed) in enumerate(people)
        ]
        watch.phase = "logging in"
        for thread in threads:
            thread.start()
        time.sleep(10 + given.users * 0.25)
        watch.phase = "alone"
        until = time.monotonic() + given.seconds
        while time.monotonic() < until:
            peak = max(peak, memory(process))
            time.sleep(0.5)
        watch.phase = "ingest"
        began = time.monotonic()
        ingest = subprocess.Popen(
            [*KMS, "--workspace", str(workspace), "ingest", str(fresh), "--jobs", "1", "--json"], stdout=subprocess.PIPE
        )
        told = threading.Thread(target=lambda: outcomes.extend(ingest.stdout or ()), daemon=True)
        outcomes: list[bytes] = []
        told.start()
        while ingest.poll() is None:
            peak = max(peak, memory(process))
            time.sleep(0.5)
        told.join()
        took = time.monotonic() - began
        time.sleep(4)
        watch.phase = "after"
        watch.over.set()
        for thread in threads:
            thread.join(60)
        return report(given, watch, workspace, outcomes, took, began_with, peak)
    finally:
        watch.over.set()
        server.terminate()
        server.wait(30)
        text = (root / "server.log").read_text("utf-8", "replace")
        if "Traceback" in text:
            print(text[-3000:], file=sys.stderr)


def wait_for_server() -> None:
    for _ in range(240):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
            connection.request("GET", "/health")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("the server did not begin")


def report(
    given: argparse.Namespace,
    watch: Watch,
    workspace: Path,
    outcomes: list[bytes],
    took: float,
    began_with: float,
    peak: float,
) -> int:
    from kms.config import open_workspace
    from kms.library import Library

    new = sum(json.loads(line)["outcome"] == "new" for line in outcomes)
    with Library(open_workspace(workspace)) as library:
        library.refresh(now=True)
        total = len(library.documents().documents)
        lost = [
            mine
            for document, accepted in watch.accepted.items()
            for mine in accepted
            if mine not in library.document(document).values("keyword")
        ]
        damage = list(library.verify())
    print(f"{given.users} searching, 5 checking, 2 correcting the same tags; {total} documents in the end")
    print(f"taken in meanwhile: {new} of {given.documents} in {took:.0f} s ({new / took:.1f} a second)")
    print(f"{'':14}{'alone':>34}{'during the ingest':>34}")
    for kind in ("search", "page", "check, whole", "tags kept"):
        cells = []
        for phase in ("alone", "ingest"):
            times = watch.times[phase, kind]
            p50, p95, worst = quantile(times, 0.5), quantile(times, 0.95), max(times, default=float("nan"))
            cells.append(f"{len(times):5} p50 {p50:5.2f} p95 {p95:5.2f} max {worst:5.2f}")
        print(f"{kind:14}{cells[0]:>34}{cells[1]:>34}   (seconds)")
    kept = sum(len(each) for each in watch.accepted.values())
    print(f"corrections: {kept} kept, {watch.conflicts} told that somebody else was first, {len(lost)} lost")
    print(f"memory of the server: {began_with:.0f} MB at first, {peak:.0f} MB at most")
    print(f"errors: {sum(watch.errors.values())} {dict(watch.errors) or ''}; damage found by verify: {len(damage)}")
    return int(bool(watch.errors or lost or damage or new != given.documents))


if __name__ == "__main__":
    sys.exit(main())
