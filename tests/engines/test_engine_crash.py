"""An index outlives being killed in the middle of a batch."""

from __future__ import annotations

import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kms.engines import Entry, open_engine
from kms.errors import IndexDamaged
from kms.query import And, parse
from kms.text import tokenize

WRITER = """
import sys
from pathlib import Path
from kms.engines import Entry, open_engine
from kms.text import tokenize
engine = open_engine("whoosh", Path(sys.argv[1]))
for number in range(100000):
    with engine.batch() as batch:
        batch.add([Entry(f"d{number}", page, tuple(tokenize(f"halaman {page} nomor{number}"))) for page in (1, 2, 3)])
    print(number, flush=True)
"""


@pytest.mark.parametrize("after", [0.02, 0.06, 0.11])
def test_a_killed_writer_leaves_whole_batches_and_no_lock(tmp_path: Path, after: float) -> None:
    folder = tmp_path / "index"
    with subprocess.Popen([sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout
        done = [writer.stdout.readline()]
        time.sleep(after)
        writer.send_signal(signal.SIGKILL)
        done += writer.stdout.readlines()
    acknowledged = int([line for line in done if line.endswith("\n")][-1])
    engine = open_engine("whoosh", folder)
    found = {(hit.document, hit.page) for hit in engine.search(And(()), limit=10**6).hits}
    assert found >= {(f"d{number}", page) for number in range(acknowledged + 1) for page in (1, 2, 3)}
    assert len(found) % 3 == 0
    with engine.batch() as batch:
        batch.add([Entry("new", 1, tuple(tokenize("baru")))])
    assert engine.search(parse("baru").node).total == 1


def test_a_reader_sees_what_another_engine_wrote(tmp_path: Path) -> None:
    reader, writer = (open_engine("whoosh", tmp_path / "index") for _ in range(2))
    assert reader.count() == 0
    for number in range(20):
        with writer.batch() as batch:
            batch.add([Entry(f"d{number}", 1, tuple(tokenize("sama")))])
        assert reader.search(parse("sama").node).total == number + 1


def test_a_strange_or_cut_off_index_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    engine = open_engine("whoosh", folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    with engine.batch() as batch:
        batch.add([Entry("a", 1, tuple(tokenize("satu")))])
    segment = next(folder.glob("*.arrays"))
    segment.write_bytes(segment.read_bytes()[:-20])
    with pytest.raises(IndexDamaged):
        open_engine("whoosh", folder)
    (folder / "engine.json").write_text('{"format": 0}')
    with pytest.raises(IndexDamaged):
        open_engine("whoosh", folder)
