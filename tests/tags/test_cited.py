"""A document that is cited in a sentence is not what this one is; a heading and a sentence on itself say that."""

from __future__ import annotations

import pytest

from kms.extract.tags import find_tags
from kms.model import Page

HEADLESS = "DOKUMEN FINAL\n\n1.1 Latar Belakang\nPedagang memenuhi trotoar pasar, dan pejalan kaki turun ke jalan. "


def type_of(*texts: str) -> str | None:
    pages = tuple(Page(number, text) for number, text in enumerate(texts, 1))
    return next((tag.value for tag in find_tags(pages, (), "pindai.pdf") if tag.name == "type"), None)


@pytest.mark.parametrize(
    "cited",
    [
        "Hal ini mendukung misi sebagaimana tercantum dalam Rencana Pembangunan Jangka Menengah Daerah.",
        "Penataan itu sesuai dengan RPJMD Tahun 2021-2026 dan selaras dengan arah RPJPD Kota Tegal.",
        "Pembiayaannya mengacu pada Renstra Dinas Perdagangan Tahun 2021.",
        "Dasar hukum kegiatan ini ialah Peraturan Daerah Nomor 4 Tahun 2018 tentang Rencana Pembangunan Jangka Panjang"
        " Daerah dan Undang-Undang Nomor 23 Tahun 2014.",
        "Tugas perangkat daerah ditetapkan dengan peraturan kepala daerah.",
    ],
)
def test_what_a_study_cites_is_not_its_type(cited: str) -> None:
    assert type_of(HEADLESS + cited) is None
    assert type_of("", HEADLESS + cited + " Kajian ini menghitung pedagang di empat ruas jalan.") == "kajian"


def test_a_plan_whose_cover_is_a_picture_says_itself_what_it_is() -> None:
    preface = "Kata Pengantar\nPuji syukur kami panjatkan. {} Kami berterima kasih kepada semua pihak."
    assert type_of("", preface.format("Renstra ini disusun sesuai dengan RPJMD Kota Tegal.")) == "renstra"
    assert type_of("", preface.format("Di dalam RPJMD ini dimuat visi wali kota terpilih.")) == "rpjmd"
    assert type_of("", "RENCANA STRATEGIS\nDINAS PERDAGANGAN KOTA TEGAL\nTAHUN 2021-2026\n" + preface) == "renstra"
