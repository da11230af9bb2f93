"""Passages that stand in many documents are worth nothing, in a corpus of a few documents and in one of many."""

from __future__ import annotations

import random
import re

import pytest

from kms.duplicates.boilerplate import Boilerplate, formulas
from kms.duplicates.reading import Reading, read

THANKS = (
    "Buku ini terbit berkat bantuan banyak tangan yang tidak dapat disebut satu demi satu di halaman sempit ini. "
    "Semua kekeliruan menjadi beban penyusun, dan pembaca dipersilakan mengirim catatan lewat loket lantai dua."
)
WORDS = re.findall(r"\w+", """
    sawah jembatan lumbung nelayan bengkel pasar sungai kader posko lapak gudang truk kebun sekolah perahu
    dermaga panen benih karcis loket meteran pipa kabel tiang trotoar halte terminal ojek pelabuhan tambak
""")  # fmt: skip


def own(seed: int, size: int = 160) -> str:
    """Sentences that no other document has."""
    chance = random.Random(seed)
    return " ".join(
        " ".join(chance.choice(WORDS) for _ in range(9)).capitalize() + f" {seed}x{number}."
        for number in range(size // 9)
    )


def learnt(draft: Reading, texts: list[str]) -> float:
    """The share of the draft's words that is held for nobody's own."""
    known = Boilerplate().and_learnt(draft, [(str(number), read(text)) for number, text in enumerate(texts)])
    return float(known.words(draft).mean())


@pytest.mark.parametrize("many", [3, 12, 60])
@pytest.mark.parametrize("size", [27, 160, 900])
def test_a_passage_of_many_unrelated_documents_is_nobodys_own(many: int, size: int) -> None:
    draft = read(f"{THANKS}\n\n{own(999)}")
    others = [f"{own(seed, size)}\n\n{THANKS}" for seed in range(many)]
    share = len(read(THANKS).words) / len(draft.words)
    assert learnt(draft, others) == pytest.approx(share, abs=0.05)


def test_a_form_that_the_draft_has_not_makes_no_two_documents_related() -> None:
    draft = read(f"{THANKS}\n\n{own(999)}")
    form = own(7, 300)
    others = [f"{own(seed)}\n\n{form}\n\n{THANKS}" for seed in range(3)]
    strangers = [f"{own(seed)}\n\n{form}" for seed in (10, 11)]
    share = len(read(THANKS).words) / len(draft.words)
    assert learnt(draft, [*others, *strangers]) == pytest.approx(share, abs=0.05)


@pytest.mark.parametrize("many", [0, 1, 2])
def test_what_few_documents_have_may_be_somebodys_own(many: int) -> None:
    draft = read(f"{THANKS}\n\n{own(999)}")
    assert learnt(draft, [f"{own(seed)}\n\n{THANKS}" for seed in range(many)]) == 0


@pytest.mark.parametrize("many", [4, 12])
def test_a_text_copied_often_is_not_worth_less(many: int) -> None:
    text = own(1, 400)
    assert learnt(read(text), [f"{text} Salinan ke {number}." for number in range(many)]) == 0


@pytest.mark.parametrize("place", [0, 2, 5])
def test_a_copy_among_them_hides_no_boilerplate(place: int) -> None:
    text = f"{THANKS}\n\n{own(999)}"
    others = [f"{own(seed)}\n\n{THANKS}" for seed in range(5)]
    draft = read(text)
    share = len(read(THANKS).words) / len(draft.words)
    assert learnt(draft, [*others[:place], text, *others[place:]]) == pytest.approx(share, abs=0.05)


def test_editions_of_one_document_count_once() -> None:
    draft = read(f"{THANKS}\n\n{own(999)}")
    editions = [f"{THANKS}\n\n{own(5, 900)} Tahun {year}." for year in range(2015, 2023)]
    assert learnt(draft, editions) == 0


def test_laws_and_usual_formulas_are_known_beforehand() -> None:
    law = read("Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah")
    assert formulas().words(law).all()


FORM = (
    "Di antara semua wilayah, {0} mencatat angka paling tinggi yakni {1} persen, sementara {2} berada paling bawah "
    "dengan {3} persen, sehingga perbedaan di antara keduanya tergolong lebar sekali."
)


def test_a_form_with_other_names_and_figures_filled_in_is_nobodys_own() -> None:
    filled = [
        ("Sukamaju", "71,2", "Wangun", "12,9"),
        ("Cilandak", "64", "Mekarsari", "8,5"),
        ("Jatiroto", "55", "Kebon", "9"),
    ]
    filled.append(("Pagutan", "90,1", "Sayung", "33,3"))
    text = FORM.format(*filled[0])
    draft = read(f"Hasil.\n{text}\n\n{own(999)}")
    share = len(read(text).words) / len(draft.words)
    assert learnt(
        draft, [f"{FORM.format(*each)}\n\n{own(seed)}" for seed, each in enumerate(filled[1:])]
    ) == pytest.approx(share, abs=0.05)


def test_a_list_of_names_that_only_one_document_has_is_its_own() -> None:
    draft = read(f"Peserta ialah Amir, Budi, Citra, Dewi, Eka, Fajar, Gita dan Hasan.\n\n{own(999)}")
    lists = [
        "Ahmad, Bayu, Candra, Dian",
        "Agus, Bima, Cakra, Desi",
        "Anton, Bagus, Cici, Dodi",
        "Arif, Beni, Citra, Dani",
    ]
    others = [
        f"Panitia memilih {names}, Endang, Farid, Guntur, Hadi.\n\n{own(seed)}" for seed, names in enumerate(lists)
    ]
    assert learnt(draft, others) == 0


@pytest.mark.parametrize(
    "outline",
    [
        "Bab I Pendahuluan memuat latar belakang serta maksud dan tujuan.",
        "BAB IV menyajikan hasil pengamatan di pasar hewan,\nlalu pembahasannya.",
        "Bab ini menguraikan teori yang dipakai untuk menjelaskan harga ternak.",
        "Bagian B berisi keadaan peternak di tiga desa.",
        "Bab III menjelaskan cara menimbang ternak.",
        "Uraian disajikan dalam lima bab, yakni pendahuluan sampai penutup.",
        "Pembangunan diarahkan oleh visi Tirtaraja Makmur, yang dijabarkan ke dalam empat misi.",
    ],
)
def test_what_a_report_tells_of_its_chapters_and_visions_is_nobodys_own(outline: str) -> None:
    assert Boilerplate().words(read(outline)).all()


def test_a_sentence_that_only_mentions_a_chapter_is_somebodys_own() -> None:
    assert not Boilerplate().words(read("Harga pada bab terdahulu dipakai untuk menghitung keuntungan peternak.")).any()
