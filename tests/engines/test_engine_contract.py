"""What every engine promises: one suite for all, and any query on any corpus answered as the oracle does."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kms.engines import KEYWORDS, Engine, Entry, Preference, open_engine
from kms.engines.signature import likeness
from kms.query import Alike, And, Node, Not, OneOf, Or, Phrase, Prefix, Word, parse
from kms.text import tokenize


def page(document: str, number: int, body: str, title: str = "", headings: str = "", **keywords: str) -> Entry:
    return Entry(
        document,
        number,
        tuple(tokenize(body)),
        tuple(tokenize(title)),
        tuple(tokenize(headings)),
        keywords={name: tuple(value.split("|")) for name, value in keywords.items()},
    )


def fill(engine: Engine, *entries: Entry) -> None:
    with engine.batch() as batch:
        for document in dict.fromkeys(entry.document for entry in entries):
            batch.remove(document)
            batch.add([entry for entry in entries if entry.document == document])


def ids(engine: Engine, query: str | Node, limit: int = 1000) -> list[tuple[str, int]]:
    node = parse(query).node if isinstance(query, str) else query
    return [(hit.document, hit.page) for hit in engine.search(node, limit=limit).hits]


class EngineContract:
    """Subclasses give ``engine``."""

    def test_empty_index_finds_nothing(self, engine: Engine) -> None:
        assert engine.count() == 0
        assert engine.search(parse("apa").node).total == 0
        assert engine.search(And(()), facets=KEYWORDS).facets == dict.fromkeys(KEYWORDS, ())
        assert list(engine.vocabulary()) == []
        assert engine.values("year") == ()

    def test_all_words_in_any_inflection(self, engine: Engine) -> None:
        fill(engine, page("a", 1, "pembinaan kerukunan umat"), page("a", 2, "umat saja"), page("b", 1, "bina rukun"))
        assert set(ids(engine, "membina rukun")) == {("a", 1), ("b", 1)}

    def test_exact_form_ranks_above_other_inflections(self, engine: Engine) -> None:
        fill(engine, page("a", 1, "kerukunan warga kota"), page("b", 1, "rukun warga kota"))
        assert ids(engine, "rukun") == [("b", 1), ("a", 1)]
        assert ids(engine, "kerukunan") == [("a", 1), ("b", 1)]

    def test_title_and_headings_weigh_more_than_text(self, engine: Engine) -> None:
        fill(
            engine,
            page("a", 1, "kajian kerukunan di kota"),
            page("b", 1, "tentang hal lain saja", title="kerukunan"),
            page("c", 1, "kajian kerukunan di kota", headings="kajian kerukunan"),
        )
        found = ids(engine, "kerukunan")
        assert set(found) == {("a", 1), ("b", 1), ("c", 1)}
        assert found[-1] == ("a", 1)

    def test_phrase_stands_side_by_side_and_spans_no_parts(self, engine: Engine) -> None:
        fill(
            engine,
            page("a", 1, "rencana kerja tahunan"),
            page("b", 1, "kerja rencana"),
            page("c", 1, "kerja saja", title="rencana"),
            page("d", 1, "rencana rencana kerja"),
            page("e", 1, "apa", title="rencana kerja"),
        )
        assert set(ids(engine, '"rencana kerja"')) == {("a", 1), ("d", 1), ("e", 1)}
        assert set(ids(engine, '"rencana rencana"')) == {("d", 1)}

    def test_prefix_not_or(self, engine: Engine) -> None:
        fill(engine, page("a", 1, "FKUB kota"), page("a", 2, "FKDM desa"), page("b", 1, "Kominda kota"))
        assert set(ids(engine, "fk*")) == {("a", 1), ("a", 2)}
        assert set(ids(engine, "kota -fkub")) == {("b", 1)}
        assert set(ids(engine, "-kota")) == {("a", 2)}
        assert set(ids(engine, "desa OR kominda")) == {("a", 2), ("b", 1)}

    def test_numbers_and_codes(self, engine: Engine) -> None:
        fill(engine, page("a", 1, "8.01.02 sebesar 0,02 % Rp1.250.000.000"), page("b", 1, "8.01.03 sebesar 0,2"))
        for query in ("8.01.02", "8.1.2", "0,02", "1.250.000.000"):
            assert ids(engine, query) == [("a", 1)], query

    def test_keywords_filter_exactly_and_are_counted(self, engine: Engine) -> None:
        fill(
            engine,
            page("a", 1, "satu", year="2018|2019", agency="Dinas Kominfo, Wonosobo"),
            page("a", 2, "satu dua", year="2018|2019", agency="Dinas Kominfo, Wonosobo"),
            page("b", 1, "satu", year="2019", agency="Dinas"),
        )
        assert set(ids(engine, OneOf("year", ("2018", "1999")))) == {("a", 1), ("a", 2)}
        assert set(ids(engine, OneOf("agency", ("Dinas",)))) == {("b", 1)}
        assert ids(engine, OneOf("agency", ())) == []
        assert ids(engine, OneOf("nothing", ("x",))) == []
        results = engine.search(parse("satu").node, limit=1, facets=["year", "agency", "type"])
        assert results.total == 3
        assert results.facets["year"] == (("2019", 3), ("2018", 2))
        assert results.facets["agency"] == (("Dinas Kominfo, Wonosobo", 2), ("Dinas", 1))
        assert results.facets["type"] == ()
        assert engine.values("year") == (("2019", 3), ("2018", 2))

    def test_equal_scores_by_document_and_page_and_paging_is_stable(self, engine: Engine) -> None:
        entries = [page(document, number, "sama saja") for document in "cab" for number in (10, 2, 1)]
        for entry in entries:
            fill(engine, *[other for other in entries if other.document == entry.document])
        expected = sorted((entry.document, entry.page) for entry in entries)
        assert ids(engine, "sama") == expected
        paged = []
        for offset in range(0, 12, 2):
            hits = engine.search(parse("sama").node, limit=2, offset=offset).hits
            paged += [(hit.document, hit.page) for hit in hits]
        assert paged == expected

    def test_no_hits_asked_for_still_counts(self, engine: Engine) -> None:
        fill(engine, page("a", 1, "satu"))
        results = engine.search(parse("satu").node, limit=0)
        assert (results.total, results.hits) == (1, ())

    def test_removed_and_replaced_pages_are_gone(self, engine: Engine) -> None:
        fill(engine, page("a", 1, "lama", type="rkt"), page("a", 2, "lama"), page("b", 1, "lama"))
        fill(engine, page("a", 1, "baru", type="lkip"))
        assert ids(engine, "lama") == [("b", 1)]
        assert ids(engine, "baru") == [("a", 1)]
        assert engine.count() == 2
        assert engine.values("type") == (("lkip", 1),)
        assert dict(engine.vocabulary()) == {"baru": 1, "lama": 1}
        with engine.batch() as batch:
            batch.remove("b")
            batch.remove("never there")
        assert engine.count() == 1

    def test_failed_batch_changes_nothing(self, engine: Engine) -> None:
        fill(engine, page("a", 1, "lama"))
        with pytest.raises(ZeroDivisionError), engine.batch() as batch:
            batch.remove("a")
            batch.add([page("b", 1, "baru")])
            raise ZeroDivisionError
        assert ids(engine, And(())) == [("a", 1)]
        fill(engine, page("b", 1, "baru"))
        assert engine.count() == 2

    def test_vocabulary_is_exact_forms_in_order(self, engine: Engine) -> None:
        fill(engine, page("a", 1, "rukun rukun kerukunan", title="Rapat"), page("b", 1, "rukun"))
        assert list(engine.vocabulary()) == [("kerukunan", 1), ("rapat", 1), ("rukun", 2)]
        assert list(engine.vocabulary("r")) == [("rapat", 1), ("rukun", 2)]

    def test_frequencies_count_pages_by_stem(self, engine: Engine) -> None:
        fill(engine, page("a", 1, "rukun rukun kerukunan", title="Rapat"), page("a", 2, "kerukunan"))
        fill(engine, page("b", 1, "rukun"), page("c", 1, "kerukunan kota"))
        assert engine.frequencies(["rukun", "rapat", "kota", "tiada", "rukun", ""]) == [4, 1, 1, 0, 4, 0]
        fill(engine, page("b", 1, "kota"))
        assert engine.frequencies(["rukun", "kota"]) == [3, 2]
        assert engine.frequencies([]) == []

    def test_alike_finds_either_and_ranks_the_word_itself_first(self, engine: Engine) -> None:
        fill(
            engine,
            page("a", 1, "rapat forum kerukunan umat beragama di kota"),
            page("b", 1, "rapat di kota bersama fkub dan lain lain"),
            page("c", 1, "rapat forum umat"),
        )
        long, short = Phrase(tuple(tokenize("forum kerukunan umat beragama"))), Word(tokenize("fkub")[0])
        assert ids(engine, Alike(short, (long,))) == [("b", 1), ("a", 1)]
        words = And(tuple(Word(token) for token in tokenize("forum kerukunan umat beragama")))
        assert ids(engine, Alike(words, (short,))) == [("a", 1), ("b", 1)]

    def test_a_phrase_in_the_title_or_a_heading_weighs_more(self, engine: Engine) -> None:
        text = "kajian rencana kerja di kota"
        fill(
            engine,
            page("a", 1, text),
            page("b", 1, "tentang hal lain saja di sini", title="rencana kerja"),
            page("c", 1, text, headings="rencana kerja"),
        )
        assert ids(engine, '"rencana kerja"')[-1] == ("a", 1)

    def test_other_forms_are_found_and_span_no_phrase(self, engine: Engine) -> None:
        words, whole = tuple(tokenize("rencana kerja")), tuple(tokenize("rencanakerja"))
        fill(engine)
        with engine.batch() as batch:
            batch.add([Entry("a", 1, words, also=whole)])
        for query in ("rencanakerja", "rencana kerja", '"rencana kerja"', "rencanak*"):
            assert ids(engine, query) == [("a", 1)], query
        assert ids(engine, '"kerja rencanakerja"') == []

    def test_preferences_order_and_leave_the_rest(self, engine: Engine) -> None:
        fill(engine, page("a", 1, "satu", year="2020"), page("b", 1, "satu", year="2021"), page("c", 1, "dua"))
        node = parse("satu").node
        prefer = [Preference(OneOf("year", ("2021",)), 1.3)]
        results = engine.search(node, prefer=prefer, facets=["year"])
        assert [hit.document for hit in results.hits] == ["b", "a"]
        assert results.total == 2
        assert results.facets["year"] == (("2020", 1), ("2021", 1))

    def test_latest_first_then_by_score(self, engine: Engine) -> None:
        fill(
            engine,
            page("a", 1, "satu satu satu", year="2020"),
            page("b", 1, "satu dua tiga empat", year="2018|2023"),
            page("c", 1, "satu"),
            page("d", 1, "satu satu satu satu", title="satu", year="2023"),
        )
        hits = engine.search(parse("satu").node, latest="year").hits
        assert [hit.document for hit in hits] == ["d", "b", "a", "c"]
        assert [hit.document for hit in engine.search(And(()), latest="year", limit=2, offset=2).hits] == ["a", "c"]

    def test_explain_names_the_words_of_a_hit(self, engine: Engine) -> None:
        fill(engine, page("a", 1, "rencana kerja kota"), page("b", 1, "rencana saja"))
        query = parse("rencana OR kota").node
        first, second, none = engine.explain(query, [("a", 1), ("b", 1), ("b", 9)])
        assert {reason.part.token.exact for reason in first if isinstance(reason.part, Word)} == {"rencana", "kota"}
        assert [reason.part for reason in second] == [Word(tokenize("rencana")[0])]
        assert none == ()

    def test_signatures_tell_pages_that_say_nearly_the_same(self, engine: Engine) -> None:
        text = " ".join(f"kata{number}" for number in range(200))
        fill(engine, page("a", 1, text), page("b", 1, text + " tambahan"), page("c", 1, text[600:] + " lain" * 150))
        fill(engine, page("d", 1, "kata1 kata2 kata3 kata4"), page("e", 1, "kata1 kata2 kata3 kata4"))
        found = {hit.document: hit.signature for hit in engine.search(And(())).hits}
        alike = likeness(found["a"], [found[name] for name in "abcd"])
        assert alike[0] == 1
        assert alike[1] > 0.9
        assert alike[2] < 0.8
        assert likeness(found["d"], [found["e"]])[0] == 0


class TestMemory(EngineContract):
    @pytest.fixture
    def engine(self, tmp_path: Path) -> Engine:
        return open_engine("memory", tmp_path / "index")


class TestWhoosh(EngineContract):
    @pytest.fixture
    def engine(self, tmp_path: Path) -> Engine:
        return open_engine("whoosh", tmp_path / "index")


WORDS = ["rukun", "kerukunan", "bina", "pembinaan", "kota", "8.01.02", "8.1.2", "kot", "\U0001d51e\u00e9"]
words = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
VALUES = {"year": ["2019", "2020", "2021"], "agency": ["Dinas A", "Dinas B, C"], "type": ["rkt"]}
entry_texts = st.tuples(words, words, words, st.fixed_dictionaries({}, optional={
    name: st.lists(st.sampled_from(values), max_size=3).map(tuple) for name, values in VALUES.items()
}))  # fmt: skip
documents = st.lists(st.tuples(st.sampled_from("abcd"), st.lists(entry_texts, max_size=4)), max_size=6)
tokens = st.sampled_from([token for word in WORDS for token in tokenize(word)])
leaf: st.SearchStrategy[Node] = st.one_of(
    tokens.map(Word),
    st.sampled_from(["k", "kot", "ru", "8", "zz", ""]).map(Prefix),
    st.lists(tokens, min_size=1, max_size=3).map(lambda found: Phrase(tuple(found))),
    st.sampled_from([OneOf(name, (value, "?")) for name, values in VALUES.items() for value in values]),
)
queries = st.recursive(
    leaf,
    lambda inner: st.one_of(
        inner.map(Not),
        st.tuples(inner, st.lists(inner, max_size=2)).map(lambda parts: Alike(parts[0], tuple(parts[1]))),
        st.lists(inner, max_size=3).map(lambda parts: And(tuple(parts))),
        st.lists(inner, max_size=3).map(lambda parts: Or(tuple(parts))),
    ),
    max_leaves=6,
)


@settings(max_examples=60)
@given(documents, st.lists(queries, min_size=1, max_size=6))
def test_any_query_on_any_corpus_is_answered_as_the_oracle_does(
    history: list[tuple[str, list[tuple[str, str, str, dict[str, tuple[str, ...]]]]]], asked: list[Node]
) -> None:
    oracle = open_engine("memory", Path())
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine("whoosh", Path(folder) / "index")
        stems = [token.stem for word in WORDS for token in tokenize(word)]
        for document, texts in history:
            entries = [
                Entry(document, number, *(tuple(tokenize(text)) for text in (body, title, headings)), keywords=keywords)
                for number, (body, title, headings, keywords) in enumerate(texts, 1)
            ]
            for either in (oracle, engine):
                with either.batch() as batch:
                    batch.remove(document)
                    batch.add(entries)
            # What was read before a change must not show after it.
            engine.search(asked[0], facets=KEYWORDS)
            assert engine.frequencies(stems) == oracle.frequencies(stems)
        assert engine.count() == oracle.count()
        assert list(engine.vocabulary()) == list(oracle.vocabulary())
        assert engine.frequencies(stems) == oracle.frequencies(stems)
        for query in [And(()), *asked]:
            expected, found = (either.search(query, 1000, facets=KEYWORDS) for either in (oracle, engine))
            assert {(hit.document, hit.page) for hit in found.hits} == {
                (hit.document, hit.page) for hit in expected.hits
            }
            assert (found.total, found.facets) == (expected.total, expected.facets)
        engine.close()
