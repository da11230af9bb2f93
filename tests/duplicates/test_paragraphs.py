"""A long passage beside the one it comes from, paragraph by paragraph."""

from __future__ import annotations

from kms.duplicates.paragraphs import LONG, pair_paragraphs

GATE = (
    "Gerbang perumahan yang ditutup sejak petang dan jadwal ronda yang terpisah membuat kedua kelompok tidak saling "
    "mengenal. Pengurus lingkungan baru menyadarinya ketika undangan hajatan dikembalikan tanpa dibuka."
)
MARKET = (
    "Pasar pagi dipakai bersama sehingga pedagang dari kampung lama hafal nama pembeli dari perumahan. Utang dicatat "
    "di papan dekat timbangan dan dilunasi setiap hari gajian, tanpa juru tagih dan tanpa bunga."
)
RIVER = (
    "Sungai kecil di belakang masjid dibersihkan bergiliran oleh remaja dari tujuh gang. Sampah plastik dikumpulkan "
    "dalam karung beras, ditimbang, lalu hasil penjualannya dibelikan bola dan jaring voli."
)
OWN = (
    "Tim menambahkan catatan tentang parkir truk semen di bahu jalan, sebab klaksonnya membangunkan bayi dan "
    "mengganggu murid yang berlatih angklung di balai warga setiap Kamis malam sepanjang bulan penghujan."
)


def test_each_paragraph_stands_beside_its_own_however_they_were_shuffled() -> None:
    draft = "\n".join([RIVER, OWN, GATE, MARKET])
    found = "\n\n".join([GATE, MARKET, RIVER])
    assert len(draft) > LONG
    pairs = [(draft[slice(*own)], found[slice(*its)]) for own, its, _ in pair_paragraphs(draft, found)]
    assert pairs == [(each, each) for each in (RIVER, GATE, MARKET)]


def test_a_reworded_paragraph_stands_beside_what_it_was_made_of() -> None:
    reworded = (
        "Karena gerbang perumahan ditutup dari petang, sedangkan jadwal ronda dipisah, dua kelompok itu tak mengenal "
        "satu sama lain. Undangan hajatan yang dikembalikan tanpa dibuka menyadarkan pengurus lingkungan."
    )
    found = "\n\n".join([MARKET, RIVER, GATE])
    [(own, its, share)] = [each for each in pair_paragraphs(f"{OWN}\n{reworded}\n{OWN}", found) if each[2] > 0.5]
    assert f"{OWN}\n{reworded}\n{OWN}"[slice(*own)] == reworded
    assert found[slice(*its)] == GATE
    assert share < 1


def test_what_is_read_at_one_glance_is_left_whole() -> None:
    assert list(pair_paragraphs(GATE, GATE)) == []


def test_a_table_of_like_rows_does_not_drag_the_whole_passage_along() -> None:
    rows = [f"Kelurahan {name}\tResponden {40 + k}\tIndeks {58 + k},30" for k, name in enumerate("ABCDEFGHIJ")]
    text = "\n\n".join([GATE, "\n".join(rows), MARKET])
    for own, its, _ in pair_paragraphs(text, text):
        assert its[1] - its[0] <= LONG + 100
        assert own == its or "Kelurahan" in text[slice(*own)]


def test_texts_without_words_have_no_paragraphs() -> None:
    assert list(pair_paragraphs("- . " * 400, GATE)) == list(pair_paragraphs(GATE, "… " * 400)) == []
