"""The contract of the command line: JSON shapes, exit codes, one sentence for every error."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kms.cli import run

Kms = Callable[..., tuple[int, str, str]]
HIT_DOCUMENT = {"id", "title", "type", "year", "period", "agency"}

RKT = """# Rencana Kerja Tahunan (RKT) Dinas Sosial Kota Tirtaraja Tahun 2021

Indeks konflik sosial menurun melalui pembinaan kerukunan umat beragama.

| Sasaran | Indikator Kinerja | Target 2021 |
| --- | --- | --- |
| Meningkatnya kohesi sosial | Indeks konflik sosial | 0,02 % |
"""
KAJIAN = "Kajian Partisipasi Pemilih Pemula Kota Tirtaraja Tahun 2019\n\nPendidikan politik bagi pemilih pemula.\n"


@pytest.fixture
def kms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Kms:
    monkeypatch.setenv("KMS_WORKSPACE", str(tmp_path / "workspace"))
    monkeypatch.delenv("KMS_LANGUAGE", raising=False)

    def call(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run(list(arguments))
        output = capsys.readouterr()
        return code, output.out, output.err

    return call


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with two documents, for copies that a test may do with as it likes."""
    folder = tmp_path_factory.mktemp("ingested")
    for name, text, *tags in (
        ("rkt.md", RKT, "--type", "rkt", "--year", "2021", "--agency", "Dinas Sosial"),
        ("kajian.txt", KAJIAN, "--type", "kajian", "--year", "2019"),
    ):
        (folder / name).write_text(text, "utf-8")
        assert run(["--workspace", str(folder / "workspace"), "ingest", str(folder / name), *tags]) == 0
    return folder / "workspace"


@pytest.fixture
def filled(kms: Kms, ingested: Path, tmp_path: Path) -> Kms:
    shutil.copytree(ingested, tmp_path / "workspace")
    return kms


def as_json(call: tuple[int, str, str], code: int = 0) -> Any:
    assert call[0] == code, call
    return json.loads(call[1])


def test_ingest_prints_one_json_line_a_file_and_ends_with_2_when_one_failed(kms: Kms, tmp_path: Path) -> None:
    (tmp_path / "baik.txt").write_text("kerukunan", "utf-8")
    (tmp_path / "kosong.pdf").write_bytes(b"")
    (tmp_path / "palsu.pdf").write_text("bukan pdf", "utf-8")
    code, output, _ = kms("ingest", str(tmp_path), str(tmp_path / "hilang.pdf"), "--json")
    lines = {Path(line["path"]).name: line for line in map(json.loads, output.splitlines())}
    assert code == 2
    assert {name: line["outcome"] for name, line in lines.items()} == {
        "baik.txt": "new",
        "hilang.pdf": "failed",
        "kosong.pdf": "failed",
        "palsu.pdf": "failed",
    }
    for line in lines.values():
        assert {"path", "outcome", "id", "pages", "tables", "scanned", "reason"} <= line.keys()
        assert (line["reason"] is None) == (line["outcome"] == "new")
    assert as_json(kms("list", "--json"))["total"] == 1


def test_what_became_of_a_file_stands_in_a_column(kms: Kms, tmp_path: Path) -> None:
    (tmp_path / "baik.txt").write_text("kerukunan", "utf-8")
    (tmp_path / "kosong.pdf").write_bytes(b"")
    lines = [*kms("ingest", str(tmp_path))[1].splitlines(), *kms("ingest", str(tmp_path))[1].splitlines()]
    assert len({line.index(str(tmp_path)) for line in lines}) == 1


def test_search_answers_in_the_agreed_shape(filled: Kms) -> None:
    answer = as_json(filled("search", "konflik", "sosial", "--json"))
    assert {"query", "total", "took_ms", "suggestion", "facets", "hits"} <= answer.keys()
    assert answer["query"] == "konflik sosial" and answer["total"] == 1
    assert set(answer["facets"]) >= {"type", "year", "agency", "program"}
    assert answer["facets"]["type"] == [["rkt", 1]]
    [hit] = answer["hits"]
    assert set(hit["document"]) == HIT_DOCUMENT
    assert hit["page"] == 1
    assert {hit["snippet"][start:end].lower() for start, end in hit["marks"]} <= {"konflik", "sosial"}


def test_search_ends_with_1_when_nothing_is_found(filled: Kms) -> None:
    assert as_json(filled("search", "zzzz", "--json"), code=1)["hits"] == []
    assert filled("search", "konflik", "--year", "1999")[0] == 1
    assert as_json(filled("search", "--year", "1999", "--json"), code=1)["total"] == 0


@pytest.mark.parametrize(
    ("filters", "total"),
    [
        (["--year", "2021"], 1),
        (["--year", "2019-2022"], 1),
        (["--type", "kajian"], 0),
        (["--agency", "sosial"], 1),
        (["--type", "RKT"], 1),
    ],
)
def test_filters_narrow(filled: Kms, filters: list[str], total: int) -> None:
    code, output, _ = filled("search", "kerukunan", *filters, "--json")
    assert json.loads(output)["total"] == total and code == (0 if total else 1)


@pytest.mark.parametrize("query", ['"belum ditutup', "((konflik", "OR", "-", 'tahun:"', "a AND OR b)", "*", "judul:"])
def test_bad_syntax_is_read_as_words(filled: Kms, query: str) -> None:
    assert filled("search", "--json", "--", query)[0] in (0, 1)


def test_list_and_show_agree(filled: Kms) -> None:
    listing = as_json(filled("list", "--json"))
    assert listing["total"] == 2
    for document in listing["documents"]:
        assert set(document) >= HIT_DOCUMENT | {"pages", "scanned", "source"}
        shown = as_json(filled("show", document["id"], "--json"))
        assert {name: shown[name] for name in HIT_DOCUMENT} == {name: document[name] for name in HIT_DOCUMENT}
        assert {"sha256", "source", "programs", "codes", "pages", "scanned", "tags"} <= shown.keys()
        assert shown["tags"]["type"]["source"] == "person"
        assert {"value", "page", "source", "confidence"} <= shown["tags"]["type"].keys()


def test_tables_in_every_format(filled: Kms) -> None:
    code, output, _ = filled("tables", _id(filled, "rkt"), "--format", "json")
    assert code == 0
    for table in json.loads(output):
        assert {"page", "pages", "caption", "header", "rows", "bbox", "source"} <= table.keys()
    assert isinstance(list(csv.reader(io.StringIO(filled("tables", _id(filled, "rkt"), "--format", "csv")[1]))), list)


def test_tag_corrects_and_takes_back(filled: Kms) -> None:
    document_id = _id(filled, "kajian")
    shown = as_json(filled("tag", document_id, "year=2018-2020", "title=Kajian Pemilih", "--json"))
    assert (shown["period"], shown["year"], shown["title"]) == ([2018, 2020], None, "Kajian Pemilih")
    assert as_json(filled("search", "pemilih", "--year", "2018", "--json"))["total"] == 1
    assert filled("tag", document_id, "title=-")[0] == 0
    assert as_json(filled("show", document_id, "--json"))["title"] != "Kajian Pemilih"


def test_removed_is_gone(filled: Kms) -> None:
    document_id = _id(filled, "kajian")
    assert as_json(filled("remove", document_id, "--json"))["id"] == document_id
    assert filled("show", document_id)[0] == 2
    assert as_json(filled("list", "--json"))["total"] == 1


def test_rebuild_and_verify(filled: Kms) -> None:
    assert as_json(filled("rebuild", "--json"))["documents"] == 2
    assert as_json(filled("verify", "--json"))["damage"] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["ingest", "/tidak/ada"],
        ["search", "konflik", "--year", "dua ribu"],
        ["search", "konflik", "--type", "rkts"],
        ["search"],
        ["search", "konflik", "--page", "0"],
        ["show", "tidak-ada"],
        ["tag", "tidak-ada", "year=2020"],
        ["tag", "rkt", "tahun"],
        ["tables", "tidak-ada"],
        ["remove", "tidak-ada"],
        ["serve", "--host", "0.0.0.0"],
        ["tidak-ada-perintah"],
        ["list", "--tidak-ada"],
    ],
)
def test_errors_are_one_sentence_and_exit_2(filled: Kms, arguments: list[str]) -> None:
    code, output, errors = filled(*arguments)
    assert code == 2
    assert output == ""
    assert errors.strip() and "Traceback" not in errors


def test_messages_come_in_indonesian_first_and_in_english_when_asked(filled: Kms) -> None:
    assert "Tidak ada dokumen" in filled("show", "tidak-ada")[2]
    assert "There is no document" in filled("--language", "en", "show", "tidak-ada")[2]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("id", ("Cara pakai:", "Masukkan berkas", "Tampilkan pesan ini", "Tidak ada opsi '--nope'", "bukan bilangan")),
        ("en", ("Usage:", "Take in files", "Show this message", "No such option '--nope'", "is not a valid integer")),
    ],
)
def test_help_and_wrong_use_are_told_in_the_persons_language(kms: Kms, language: str, told: tuple[str, ...]) -> None:
    calls = (["-h"], ["list", "--nope"], ["search", "x", "--limit", "banyak"])
    answers = [kms("--language", language, *call) for call in calls]
    assert [code for code, _, _ in answers] == [0, 2, 2]
    everything = "".join(output + errors for _, output, errors in answers)
    assert [part for part in told if part not in everything] == []


@pytest.mark.parametrize(
    "command", [["search", "x"], ["list"], ["indicators"], ["audit"], ["check", "--title", "Kajian X"]]
)
def test_an_empty_workspace_says_so(kms: Kms, command: list[str]) -> None:
    _, output, errors = kms(*command)
    assert "Belum ada dokumen di " in output + errors and "kms ingest" in output + errors


def test_help_is_everywhere(kms: Kms) -> None:
    code, output, _ = kms("-h")
    assert code == 0
    for name in (
        "ingest",
        "search",
        "list",
        "show",
        "tables",
        "indicators",
        "tag",
        "remove",
        "rebuild",
        "verify",
        "serve",
    ):
        assert name in output
        assert kms(name, "-h")[0] == 0


def test_the_installed_command_searches_without_loading_the_readers(filled: Kms) -> None:
    script = (
        "import sys; from kms.cli import run; code = run(['search', 'konflik', '--json']);"
        "heavy = {'pdfplumber', 'pypdfium2', 'flask', 'docx'} & set(sys.modules); sys.exit(code or len(heavy))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, env=os.environ)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["total"] == 1


def test_the_reference_is_up_to_date() -> None:
    script = Path(__file__).parents[2] / "scripts" / "cli_reference.py"
    done = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def _id(kms: Kms, type_: str) -> str:
    return str(as_json(kms("list", "--type", type_, "--json"))["documents"][0]["id"])


def test_a_word_after_a_minus_is_left_out_and_no_option(filled: Kms) -> None:
    assert as_json(filled("search", "kota", "--json"))["total"] == 2
    assert as_json(filled("search", "kota", "-pemilih", "--json"))["query"] == "kota -pemilih"
    assert as_json(filled("search", "kota", "-pemilih", "--json"))["total"] == 1
    assert as_json(filled("search", "kota", "-pemilih pemula", "--json"))["query"] == 'kota -"pemilih pemula"'


def test_show_gives_the_text_of_a_page(filled: Kms) -> None:
    shown = as_json(filled("show", _id(filled, "kajian"), "--page", "1", "--json"))
    assert shown == {"page": 1, "state": "text", "text": KAJIAN}
    assert filled("show", _id(filled, "kajian"), "--page", "2")[0] == 2


def test_tables_of_a_page_that_is_not_there_are_refused(filled: Kms) -> None:
    assert as_json(filled("tables", _id(filled, "kajian"), "--page", "1", "--json")) == []
    code, _, error = filled("tables", _id(filled, "kajian"), "--page", "2", "--json")
    assert code == 2 and "2" in error


def test_names_of_files_cannot_write_on_the_terminal(kms: Kms, tmp_path: Path) -> None:
    name = "dua\nbaris \u202egpj.\x1b[31m.txt"
    (tmp_path / name).write_text("kerukunan", "utf-8")
    code, output, _ = kms("ingest", str(tmp_path / name))
    assert code == 0 and output.count("\n") == 1
    assert not any(sign in output for sign in "\u202e\x1b")
    assert as_json(kms("list", "--json"))["documents"][0]["source"] == name


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
def test_ctrl_c_stops_at_once_and_keeps_what_was_reported(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for number in range(30):
        (folder / f"{number:02}.txt").write_text(f"kajian nomor {number}", "utf-8")
    command = [sys.executable, "-m", "kms", "--workspace", str(tmp_path / "ws")]
    process = subprocess.Popen(
        [*command, "ingest", str(folder), "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell lets what it starts in the background ignore Ctrl-C, and so would everything below it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stdout
    first = json.loads(process.stdout.readline())
    process.send_signal(signal.SIGINT)
    rest, errors = process.communicate(timeout=20)
    assert process.returncode == 130 and "Traceback" not in errors
    reported = {first["id"], *(json.loads(line)["id"] for line in rest.splitlines())}
    assert len(reported) < 30
    done = subprocess.run([*command, "list", "--json"], capture_output=True, text=True, check=True)
    assert reported <= {document["id"] for document in json.loads(done.stdout)["documents"]}
    assert not list((tmp_path / "ws" / "corpus" / ".staging").glob("*/"))


def test_check_has_its_keys_and_tells_by_its_exit_code(filled: Kms, tmp_path: Path) -> None:
    draft = tmp_path / "naskah.md"
    draft.write_text(RKT, "utf-8")
    answer = as_json(filled("check", str(draft), "--json"), code=1)
    assert {"verdict", "coverage", "took_ms", "matches", "not_checked"} <= set(answer)
    assert answer["verdict"] == "duplicate"
    match = answer["matches"][0]
    assert {"document", "relation", "score", "reasons", "evidence"} <= set(match)
    assert set(match["document"]) == HIT_DOCUMENT
    assert match["relation"] == "copy"
    new = as_json(filled("check", "--title", "Analisis Debit Air Baku Industri", "--json"))
    assert (new["verdict"], new["matches"]) == ("new", [])


def test_check_without_anything_says_what_is_wanted(filled: Kms, tmp_path: Path) -> None:
    for arguments in ((), (str(tmp_path / "tidak-ada.pdf"),), ("--title", "x", "--report", str(tmp_path / "a.doc"))):
        code, out, err = filled("check", *arguments)
        assert (code, out) == (2, "") and len(err.strip().splitlines()) == 1


@pytest.mark.parametrize("form", ["html", "md", "json"])
def test_a_report_is_written(filled: Kms, tmp_path: Path, form: str) -> None:
    report = tmp_path / f"laporan.{form}"
    assert filled("check", "--title", "Kajian Pemilih Pemula", "--report", str(report))[0] in (0, 1)
    assert "Kajian Pemilih Pemula" in report.read_text("utf-8")


def test_json_is_whole_on_an_output_that_has_no_letter_for_a_word(filled: Kms, monkeypatch: pytest.MonkeyPatch) -> None:
    title = "Kajian \u00e9\U0001f600"
    [_, rkt] = [one["id"] for one in as_json(filled("list", "--json"))["documents"]]
    filled("tag", rkt, f"title={title}")
    output = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr("sys.stdout", output)
    assert run(["show", rkt, "--json"]) == 0
    output.flush()
    assert json.loads(output.buffer.getvalue())["title"] == title


def test_audit_and_decide_answer(filled: Kms) -> None:
    answer = as_json(filled("audit", "--json"))
    assert {"groups", "pairs"} <= set(answer)
    first, second = (one["id"] for one in as_json(filled("list", "--json"))["documents"])
    short = second.rsplit("-", 1)[-1]
    kept = as_json(filled("decide", first, short, "not-duplicate", "--why", "pertanyaan lain", "--json"))
    assert (kept["documents"], kept["choice"], kept["why"]) == ([first, second], "not-duplicate", "pertanyaan lain")
    assert filled("decide", first, second, "mungkin")[0] == 2
