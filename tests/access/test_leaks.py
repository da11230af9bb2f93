"""What a clearance may not see leaks through nothing: it gets the answers of a library without the hidden documents."""

from __future__ import annotations

import inspect
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kms.config import Settings, Workspace
from kms.errors import KmsError, NotFound
from kms.library import Filters, Library
from kms.library.access import Reader, rank
from kms.model import ACCESS_LEVELS, Extraction, Figure, Indicator, Page, Tag

WORDS = (
    "kerukunan", "konflik", "sosial", "toleransi", "pemilih", "pemula", "ormas", "deteksi", "dini", "beragama",
    "zakaria", "quinoa", "xilofon", "wisma", "jalak",
)  # fmt: skip
PROGRAMS = ("Program Penguatan Ideologi", "Program Kewaspadaan Dini")
IGNORED = {"took_ms", "at", "mark", "state"}


def read(path: Path) -> Extraction:
    """A reader for files whose first line is "type year agency", whose second is the title, pages by form feeds."""
    head, title, body = path.read_text("utf-8").split("\n", 2)
    kind, year, agency, program = head.split("|")
    tags = [Tag("title", title, 1), Tag("type", kind, 1), Tag("year", year, 1), Tag("agency", agency, 1)]
    tags += [Tag("program", program, 1)] if program else []
    pages = tuple(Page(number, text, headings=(title,)) for number, text in enumerate(body.split("\f"), 1))
    row = Indicator(1, f"Jumlah {title}", 0, 0, program=program or None, targets={year: Figure("3", 3.0)})
    return Extraction("txt", pages, (), (row,), tuple(tags))


@dataclass(frozen=True)
class Given:
    """A document: its text and the levels it had one after the other, the last in force."""

    text: str
    levels: tuple[str, ...]


words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
heads = st.builds(
    "|".join,
    st.tuples(
        st.sampled_from(("rkt", "kajian", "renstra")),
        st.sampled_from(("2019", "2020", "2021")),
        st.sampled_from(("Kantor Kesbangpol", "Dinas Sosial Kota Bayangan")),
        st.sampled_from(("", *PROGRAMS)),
    ),
)
documents = st.builds(
    Given,
    st.builds(
        lambda head, title, pages: f"{head}\nKajian {title}\n" + "\f".join(pages),
        heads,
        words,
        st.lists(words, min_size=1, max_size=3),
    ),
    st.lists(st.sampled_from(ACCESS_LEVELS), min_size=1, max_size=3).map(tuple),
)
corpora = st.lists(documents, min_size=1, max_size=6, unique_by=lambda each: each.text)


def fill(root: Path, given: Sequence[Given], clearance: str | None = None) -> Library:
    """A workspace with the documents; with a ``clearance`` only with those that it may see, and no levels above."""
    library = Library(Workspace(root / "work", Settings(jobs=1)), read=read, freshness=60)
    (root / "given").mkdir(parents=True)
    low = library.seen_by(Reader("budi", "reader", clearance or ACCESS_LEVELS[0]))
    for number, each in enumerate(given):
        if clearance is not None and rank(each.levels[-1]) > rank(clearance):
            continue
        path = root / "given" / f"{number}.txt"
        path.write_text(each.text, "utf-8")
        [done] = library.ingest([path], {"access": [each.levels[0]]})
        for level in each.levels[1:]:
            # Somebody looks in between, so that there is something old to be found.
            attempt(lambda: low.search("konflik OR sosial"))
            library.tag(str(done.id), {"access": [level]}, "admin")
    return library


def plain(value: Any) -> Any:
    """An answer as something to compare: floats to six digits, without times."""
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value) if each.name not in IGNORED}
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, Path):
        return value.name
    return value


def attempt(ask: Callable[[], Any]) -> Any:
    """What ``ask`` answers, or what it says when it refuses."""
    try:
        return plain(ask())
    except KmsError as error:
        return [type(error).__name__, str(error)]


def questions(ids: Sequence[str], query: str) -> dict[str, list[Callable[[Library], Any]]]:
    """For each public method of a library that answers something, how it is asked here."""
    first = query.split()[0]
    return {
        "search": [
            lambda one: one.search(query, limit=50),
            lambda one: one.search(first[:4] + "*", limit=50),
            lambda one: one.search(first[:-2] + first[-1] + first[-2], limit=50),
            lambda one: one.search("", Filters(agency="bayangan"), limit=50),
            lambda one: one.search(first, Filters(program="kewaspadaan"), limit=50),
        ],
        "complete": [lambda one: one.complete(first[:3]), lambda one: one.complete("kajian " + first[:2])],
        "meant": [lambda one: one.meant(query), lambda one: one.meant(first[:-2] + first[-1] + first[-2])],
        "similar": [lambda one, name=name: one.similar(name) for name in ids],
        "documents": [lambda one: one.documents(), lambda one: one.documents(Filters(agency="bayangan"))],
        "document": [lambda one, name=name: one.document(name) for name in ids],
        "page": [lambda one, name=name: one.page(name, 1) for name in ids],
        "page_markdown": [lambda one, name=name: one.page_markdown(name, 1) for name in ids],
        "page_picture": [lambda one, name=name: one.page_picture(name, 1) for name in ids],
        "is_drawn": [lambda one, name=name: one.is_drawn(name, 1, 160) for name in ids],
        "page_places": [lambda one, name=name: one.page_places(name, 1, [(0, 3)]) for name in ids],
        "pages_with": [lambda one, name=name: one.pages_with(name, query) for name in ids],
        "tables": [lambda one, name=name: one.tables(name) for name in ids],
        "original": [lambda one, name=name: one.original(name) for name in ids],
        "tags_mark": [lambda one, name=name: bool(one.tags_mark(name)) for name in ids],
        "indicators": [lambda one: one.indicators("jumlah"), lambda one: one.indicators(program="kewaspadaan")],
        "check": [lambda one: one.check(title="Kajian " + query, text=query)],
        "audit": [lambda one: one.audit()],
        "verify": [lambda one: one.verify()],
        "tag": [lambda one, name=name: type(one.tag(name, {"locus": ["x"]}, "x")).__name__ for name in ids],
        "remove": [lambda one, name=name: one.remove(name + "0") for name in ids],
        "decisions": [lambda one: one.decisions()],
        "decided": [lambda one: one.decided()],
        "decide": [lambda one, name=name: one.decide(name, ids[0], "edition", "x") for name in ids],
    }


NOT_ASKED = {
    "seen_by", "ingest", "rebuild", "backup", "restore", "reread", "refresh", "close", "log", "record",
    "missing_for_pictures",
}  # fmt: skip
"""Methods that answer nothing about documents, or want to see everything; tested elsewhere."""


# Shrinking would make hundreds of workspaces; an example is small enough to be read as it is.
@settings(
    max_examples=12,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(corpora, words, st.sampled_from(ACCESS_LEVELS[:-1]))
def test_every_answer_is_that_of_a_library_without_the_hidden_documents(
    given: list[Given], query: str, clearance: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        with fill(root / "all", given) as every, fill(root / "some", given, clearance) as some:
            ids = every.corpus.ids()
            seen = every.seen_by(Reader("budi", "editor", clearance))
            without = some.seen_by(Reader("budi", "editor", clearance))
            for name, asked in questions(ids, query).items():
                if not hasattr(Library, name):
                    continue
                for ask in asked:
                    assert attempt(lambda: ask(seen)) == attempt(lambda: ask(without)), name  # noqa: B023


def test_every_public_method_is_asked() -> None:
    public = {name for name, _ in inspect.getmembers(Library, inspect.isfunction) if not name.startswith("_")}
    # A new method must be asked by the property above, or have a reason to be in NOT_ASKED.
    assert public <= set(questions(["x"], "kata")) | NOT_ASKED


@pytest.fixture
def library(tmp_path: Path) -> Library:
    texts = ("rkt|2021|Dinas Sosial|", "kajian|2020|Dinas Sosial|")
    given = [Given(f"{head}\nKajian xilofon {n}\nkonflik sosial", ("umum",)) for n, head in enumerate(texts)]
    return fill(tmp_path, given)


def low(library: Library, role: Any = "reader", clearance: str = "umum") -> Library:
    return library.seen_by(Reader("budi", role, clearance))


def test_a_raised_level_is_in_force_at_once_and_so_is_a_lowered_one(library: Library) -> None:
    one, other = library.corpus.ids()
    budi = low(library)
    assert budi.search("konflik").total == 2
    for level, total in (("rahasia", 1), ("terbatas", 1), ("umum", 2), ("rahasia", 1)):
        library.tag(one, {"access": [level]}, "admin")
        assert budi.search("konflik").total == total
        assert dict(budi.search("konflik").facets["type"]).keys() <= {"rkt", "kajian"}
        assert (one in budi.corpus.ids()) == (total == 2)
    assert low(library, clearance="rahasia").search("konflik").total == 2
    assert [hit.document.id for hit in budi.search("konflik").hits] == [other]


def test_a_level_changed_by_hand_hides_the_document_before_any_index_follows(library: Library) -> None:
    one, _ = library.corpus.ids()
    budi = low(library)
    budi.document(one)
    (library.corpus.folder(one) / "tags.json").write_text('{"format": 1, "tags": {"access": "rahasia"}}', "utf-8")
    with pytest.raises(NotFound):
        budi.document(one)
    with pytest.raises(NotFound):
        budi.original(one)


def test_a_mistake_in_tags_json_hides_the_document_from_all_who_do_not_see_everything(library: Library) -> None:
    one, _ = library.corpus.ids()
    (library.corpus.folder(one) / "tags.json").write_text('{"tags": {"access": "rahsia"}}', "utf-8")
    with pytest.raises(NotFound):
        low(library).document(one)


def test_a_hidden_document_is_refused_in_the_words_for_one_that_does_not_exist(library: Library) -> None:
    one, _ = library.corpus.ids()
    library.tag(one, {"access": ["rahasia"]}, "admin")
    for name in (one, one[:-2], one[-8:]):
        with pytest.raises(NotFound) as hidden:
            low(library).document(name)
        assert str(hidden.value) == str(NotFound(name))


def test_the_hidden_documents_record_is_never_opened(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    one, _ = library.corpus.ids()
    library.tag(one, {"access": ["rahasia"]}, "admin")
    budi = low(library)
    budi.search("konflik")
    opened: list[Path] = []
    read_bytes = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda self: (opened.append(self), read_bytes(self))[1])
    with pytest.raises(NotFound):
        budi.document(one)
    assert not [path for path in opened if path.name != "tags.json" and one in path.parts]


def test_a_file_that_is_there_but_hidden_cannot_be_taken_in_again(library: Library, tmp_path: Path) -> None:
    one, _ = library.corpus.ids()
    library.tag(one, {"access": ["rahasia"]}, "admin")
    [done] = low(library, "editor").ingest([library.original(one)])
    assert (done.outcome, done.id, done.code) == ("failed", None, "withheld")


def test_where_nothing_is_hidden_one_index_serves_all(library: Library) -> None:
    views = library.workspace.index / "views"
    low(library).search("konflik")
    assert not views.exists()
    library.tag(library.corpus.ids()[0], {"access": ["rahasia"]}, "admin")
    low(library).search("konflik")
    assert [path.name for path in views.iterdir()] == ["umum"]


def test_another_process_that_writes_keeps_every_index_in_step(library: Library, tmp_path: Path) -> None:
    one, other = library.corpus.ids()
    library.tag(one, {"access": ["rahasia"]}, "admin")
    budi = low(library)
    assert budi.search("konflik").total == 1
    with Library(library.workspace, read=read) as elsewhere:
        elsewhere.tag(other, {"access": ["terbatas"]}, "admin")
    assert budi.search("konflik").total == 0
    assert low(library, clearance="terbatas").search("konflik").total == 1


def test_what_another_process_takes_in_as_secret_is_never_listed(library: Library, tmp_path: Path) -> None:
    budi = low(library)
    budi.search("konflik")
    path = tmp_path / "baru.txt"
    path.write_text("kajian|2021|Dinas Sosial|\nKajian xilofon baru\nkonflik", "utf-8")
    with Library(library.workspace, read=read) as elsewhere:
        [done] = elsewhere.ingest([path], {"access": ["rahasia"]})
    for _ in range(3):
        assert done.id not in budi.corpus.ids()
        assert budi.search("konflik").total == 2
    assert done.id in low(library, clearance="rahasia").corpus.ids()


def test_editors_raise_levels_as_far_as_they_see_and_administrators_set_any(library: Library) -> None:
    one, _ = library.corpus.ids()
    editor = low(library, "editor", "terbatas")
    for change in (["rahasia"],):
        with pytest.raises(KmsError):
            editor.tag(one, {"access": change}, "sari")
    editor.tag(one, {"access": ["terbatas"]}, "sari")
    for change in (["umum"], None, []):
        with pytest.raises(KmsError):
            editor.tag(one, {"access": change}, "sari")
    assert library.document(one).access == "terbatas"
    low(library, "admin", "terbatas").tag(one, {"access": ["umum"]}, "admin")
    assert library.document(one).access == "umum"


def test_readers_change_nothing_and_nobody_copies_what_they_do_not_see(library: Library, tmp_path: Path) -> None:
    one, other = library.corpus.ids()
    reader = low(library, clearance="rahasia")
    narrow = low(library, "admin", "terbatas")
    for refused in (
        lambda: reader.tag(one, {"year": ["2020"]}, "x"),
        lambda: reader.remove(one),
        lambda: reader.decide(one, other, "edition", "x"),
        lambda: list(reader.ingest([tmp_path])),
        lambda: reader.rebuild(),
        lambda: list(reader.log()),
        lambda: reader.backup(tmp_path / "a.zip"),
        lambda: narrow.backup(tmp_path / "a.zip"),
        lambda: narrow.restore(tmp_path / "a.zip"),
        lambda: narrow.rebuild(),
        lambda: list(narrow.log()),
    ):
        with pytest.raises(KmsError) as error:
            refused()
        assert type(error.value).__name__ == "Forbidden"
    assert library.corpus.ids() == [one, other]
