"""Documents appear whole, go whole, and what killed writers leave is cleared away."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest

from kms.corpus import Corpus, Correction, StagingArea, digest_file, sweep
from kms.corpus.record import encode_record, make_record
from kms.corpus.texts import Texts
from kms.errors import Damaged, NotFound
from kms.model import Extraction, Page

CONTENT = Extraction("txt", (Page(1, "kerukunan"),))


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return Corpus(tmp_path / "corpus")


def put(corpus: Corpus, path: Path, text: str = "kerukunan", corrections: dict[str, Correction] | None = None) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    with StagingArea(corpus.path) as area:
        prepared = corpus.prepare(area, path, digest_file(path), CONTENT, corrections or {})
        assert prepared
        return corpus.appear(area, prepared) or ""


def test_nothing_is_seen_before_it_is_whole_and_nothing_stays_behind(corpus: Corpus, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("a", "utf-8")
    with StagingArea(corpus.path) as area:
        prepared = corpus.prepare(area, path, digest_file(path), CONTENT, {})
        assert prepared and corpus.ids() == []
        appeared = corpus.appear(area, prepared)
        assert corpus.ids() == [appeared]
    assert list((corpus.path / ".staging").iterdir()) == []


def test_an_area_that_is_still_being_filled_is_gone_when_it_is_closed(corpus: Corpus) -> None:
    def fill(area: StagingArea) -> None:
        with suppress(OSError):
            while True:
                (area.new_folder() / "page.txt").write_text("kerukunan", "utf-8")

    for _ in range(5):
        with StagingArea(corpus.path) as area:
            writers = [Thread(target=fill, args=(area,)) for _ in range(4)]
            for writer in writers:
                writer.start()
            time.sleep(0.02)
        for writer in writers:
            writer.join()
        assert list((corpus.path / ".staging").iterdir()) == []


def test_a_file_that_changes_while_it_is_read_is_not_taken(corpus: Corpus, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("a", "utf-8")
    with StagingArea(corpus.path) as area:
        assert corpus.prepare(area, path, "0" * 64, CONTENT, {}) is None


def test_what_a_killed_writer_left_is_swept_and_what_a_living_one_prepares_is_not(corpus: Corpus) -> None:
    script = (
        "import sys, os, signal; from pathlib import Path; from kms.corpus import StagingArea;"
        "area = StagingArea(Path(sys.argv[1])); folder = area.new_folder(); (folder / 'document.json').write_text('{');"
        "print(area.path.name, flush=True); sys.stdin.read(1); os.kill(os.getpid(), signal.SIGKILL)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(corpus.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout
        name = writer.stdout.readline().strip()
        assert sweep(corpus.path) == 0
        assert (corpus.path / ".staging" / name).is_dir()
        writer.communicate("x")
    assert sweep(corpus.path) == 1
    assert not (corpus.path / ".staging" / name).exists()


def test_a_half_copied_folder_makes_place_for_the_whole_and_keeps_what_people_said(
    corpus: Corpus, tmp_path: Path
) -> None:
    path = tmp_path / "a.txt"
    document_id = put(corpus, path, corrections={"year": Correction(("2019",), "rini")})
    (corpus.folder(document_id) / "document.json").unlink()
    with pytest.raises(Damaged):
        corpus.document(document_id)
    assert put(corpus, path) == document_id
    assert corpus.document(document_id).year == 2019


def test_the_same_file_appears_once(corpus: Corpus, tmp_path: Path) -> None:
    assert put(corpus, tmp_path / "a.txt")
    assert put(corpus, tmp_path / "b.txt") == ""
    assert len(corpus.ids()) == 1


@pytest.mark.parametrize(
    "name", ["x" * 240 + ".txt", "dua\nbaris.txt", "\u202ekiri.txt", "..txt", "-rf.txt", "%s{0}.txt"]
)
def test_odd_names_stay_inside_the_corpus(corpus: Corpus, tmp_path: Path, name: str) -> None:
    document_id = put(corpus, tmp_path / "files" / name)
    assert [path.name for path in corpus.path.iterdir() if path.name != ".staging"] == [document_id]
    assert corpus.document(document_id).source == name
    assert corpus.original(document_id).read_text("utf-8") == "kerukunan"


def test_other_folders_are_left_alone(corpus: Corpus) -> None:
    for name in ("sample", "README-1234", ".hidden-12345678x", "gambar"):
        (corpus.path / name).mkdir(parents=True)
    (corpus.path / "berkas-12345678").write_text("no folder", "utf-8")
    assert corpus.ids() == []


def test_correcting_writes_who_and_when_and_renders_anew(corpus: Corpus, tmp_path: Path) -> None:
    document_id = put(corpus, tmp_path / "a.txt")
    stamp, digest = corpus.stamp(document_id), corpus.digest(document_id)
    corpus.apply(document_id, {"title": ("Kajian Kerukunan",)}, "rini")
    said = corpus.corrections(document_id)["title"]
    assert said.by == "rini" and said.at
    assert "Kajian Kerukunan" in (corpus.folder(document_id) / "document.md").read_text("utf-8")
    assert corpus.stamp(document_id) != stamp and corpus.digest(document_id) != digest


def test_removed_is_gone_at_once(corpus: Corpus, tmp_path: Path) -> None:
    document_id = put(corpus, tmp_path / "a.txt")
    with StagingArea(corpus.path) as area:
        corpus.remove(area, document_id)
        assert corpus.ids() == []
        with pytest.raises(NotFound):
            corpus.document(document_id)
        with pytest.raises(NotFound):
            corpus.remove(area, document_id)


def test_the_text_of_one_page_is_read_alone_and_follows_the_document(tmp_path: Path) -> None:
    corpus, texts = Corpus(tmp_path / "corpus"), Texts(Corpus(tmp_path / "corpus"))
    document_id = put(corpus, tmp_path / "a.txt")
    record = corpus.folder(document_id) / "document.json"
    for pages in ((Page(1, ""), Page(2, ' "}] \\ é\n'), Page(4, "")), (Page(1, ""), Page(2, "lain"))):
        content = Extraction("txt", pages)
        record.write_bytes(encode_record(make_record(document_id, "0" * 64, "a.txt", 1, "", content)))
        for _ in range(2):
            assert [texts.page(document_id, page.number) for page in pages] == [page.text for page in pages]
        assert texts.page(document_id, 3) == ""
    record.write_text("{")
    with pytest.raises(Damaged):
        texts.page(document_id, 1)
    with pytest.raises(NotFound):
        texts.page("lain-12345678", 1)
