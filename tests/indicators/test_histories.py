"""One indicator under several wordings is one line through the years; different ones stay apart."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kms.extract.indicators import indicator_key, read_figure
from kms.library.answers import Row
from kms.library.ledger import agree, common_keys, histories, near, rows_of, unified, wanted
from kms.model import Document, Extraction, Indicator, Summary

WORDS = ("sesuai", "sesuasi", "tanggap", "tangap", "bencana", "sosial", "persentase", "jumlah", "konflik", "konflk")
NAMES = json.loads(
    (Path(__file__).parents[2] / "benchmarks" / "truth" / "indicator-names.json").read_text(encoding="utf-8")
)
NAMES_ELSEWHERE = (Path(__file__).parents[2] / "benchmarks" / "unseen" / "names.txt").read_text("utf-8").splitlines()
UNSEEN = [line for line in NAMES_ELSEWHERE if line.startswith("x ")]


def row(document: str, name: str, page: int = 1, unit: str | None = "%", **figures: dict[str, str] | str) -> Row:
    targets, realised, baseline = figures.get("targets", {}), figures.get("realised", {}), figures.get("baseline")
    assert isinstance(targets, dict) and isinstance(realised, dict) and not isinstance(baseline, dict)
    indicator = Indicator(
        page,
        name,
        0,
        0,
        unit=unit,
        baseline=read_figure(baseline) if baseline else None,
        targets={when: read_figure(text) for when, text in targets.items()},
        realisations={when: read_figure(text) for when, text in realised.items()},
        key=indicator_key(name),
    )
    return Row(Summary(document, document, "rkt", 2021, None, None, 1, False, f"{document}.pdf"), indicator)


@pytest.mark.parametrize("pair", [*NAMES["different"], *NAMES["different, held out"]], ids=" | ".join)
def test_different_indicators_are_never_joined(pair: tuple[str, str]) -> None:
    assert not near(indicator_key(pair[0]), indicator_key(pair[1]))


@pytest.mark.parametrize("line", UNSEEN, ids=lambda line: line.replace("|", "or"))
def test_names_of_the_unseen_set_that_mean_two_are_kept_apart(line: str) -> None:
    one, other = line[2:].split(" | ")
    assert not near(indicator_key(one), indicator_key(other))


def test_nearly_all_wordings_of_one_indicator_are_joined() -> None:
    pairs = [*NAMES["same"], *NAMES["same, held out"]]
    joined = sum(near(indicator_key(one), indicator_key(other)) for one, other in pairs)
    assert joined >= 0.9 * len(pairs)


def test_the_key_is_the_same_for_capitals_spaces_and_order_of_words() -> None:
    assert indicator_key("PERSENTASE KONFLIK SOSIAL") == indicator_key("konflik  sosial (persentase)")


def test_targets_of_several_documents_stand_in_the_order_of_years() -> None:
    found = histories(
        [
            row("rkt", "Prosentase konflik sosial yang diselesaikan", targets={"2021": "92%"}),
            row("renstra", "Persentase penyelesaian konflik sosial", baseline="75%",
                targets={"kondisi akhir": "95%", "2020": "90%", "2019": "88%"}),
        ]
    )  # fmt: skip
    assert len(found) == 1
    assert [one.when for one in found[0].statements] == ["", "2019", "2020", "2021", "kondisi akhir"]
    assert {one.row.document.id for one in found[0].statements} == {"rkt", "renstra"}
    assert found[0].units == ("%",)


def test_figures_for_one_year_that_differ_are_disputed_and_other_spellings_are_not() -> None:
    name = "Indeks Kerukunan Umat Beragama"
    found = histories(
        [
            row("pk", name, targets={"2022": "73,50", "2021": "72,6"}, realised={"2022": "70"}),
            row("rkt", name, targets={"2022": "73,10", "2021": "72.60"}),
            row("lkip", name, targets={"2021": "-"}, realised={"2021": "73,10"}),
        ]
    )
    disputed = {(one.when, kind) for one in found[0].statements for kind in one.disputed}
    assert disputed == {("2022", "target")}


def test_two_offices_may_have_different_targets_for_one_indicator() -> None:
    rows = [row("a", "Nilai SAKIP", targets={"2022": "80"}), row("b", "Nilai SAKIP", targets={"2022": "70"})]
    named = [replace(one, document=replace(one.document, agency=f"Dinas {number}")) for number, one in enumerate(rows)]
    assert [len(histories(given)) for given in (rows, named)] == [1, 1]
    assert any(one.disputed for one in histories(rows)[0].statements)
    assert not any(one.disputed for one in histories(named)[0].statements)


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ("75,5 %", "75.50", True),
        ("Level 3", "Level 3 (3,35)", True),
        ("Level 3 (3,2)", "Level 3 (3,35)", False),
        ("A", "BB", False),
        ("-", "80", True),
        ("n/a", "80", True),
        ("≤ 2", "2", False),
        ("WTP", "wtp", True),
    ],
)
def test_figures_that_can_both_hold_agree(one: str, other: str, both: bool) -> None:
    assert agree(read_figure(one), read_figure(other)) is both


def test_an_indicator_is_found_by_inflections_and_by_other_words_for_the_same() -> None:
    indicators = tuple(
        row("d", name).indicator for name in ("Nilai IKM", "Persentase konflik yang ditangani", "Jumlah ormas")
    )
    document = Document("d", "0" * 64, "d.pdf", Extraction("pdf", (), indicators=indicators))

    def found(name: str) -> list[str]:
        return [one.indicator.name for one in rows_of(document, wanted(name, "", ()))]

    assert found("indeks kepuasan masyarakat") == ["Nilai IKM"]
    assert found("penanganan konflik") == ["Persentase konflik yang ditangani"]
    assert found("organisasi kemasyarakatan") == ["Jumlah ormas"]
    assert found("nilai") == ["Nilai IKM"]
    assert len(found("")) == 3


@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=5), max_size=12))
def test_keys_are_joined_as_if_each_were_compared_with_all_before_it(names: list[list[str]]) -> None:
    keys = list(dict.fromkeys("-".join(sorted(set(name))) for name in names))
    chosen = common_keys(keys)
    for place, key in enumerate(keys):
        heads = [other for other in keys[:place] if chosen[other] == other]
        assert any(near(key, other) for other in heads) == (chosen[key] != key)
        assert chosen[key] == key or near(key, chosen[key])


def test_a_slip_of_spelling_does_not_make_another_indicator() -> None:
    rows = [
        row("a", "Persentase kejadian bencana yang ditangani sesuai waktu tanggap", targets={"2021": "90"}),
        row("b", "Prosentase kejadian bencana yang ditangani sesuasi waktu tanggap", targets={"2022": "95"}),
    ]
    assert len(histories(rows)) == 1
    assert len({one.indicator.key for one in unified(rows)}) == 1
