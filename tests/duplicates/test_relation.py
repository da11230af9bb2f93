"""How alike two studies are, what that makes them to each other, and the verdict."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kms.duplicates.figures import Figures
from kms.duplicates.likeness import Likeness, compare
from kms.duplicates.rarity import general_rarity
from kms.duplicates.relation import (
    Judgement,
    Thresholds,
    is_terms_of,
    other_part_of_year,
    relate,
    same_issue,
    same_series,
    verdict,
)
from kms.duplicates.study import Study, describe

PAST = describe(
    "Kajian Kerukunan Umat Beragama di Kota Tirtaraja Tahun 2019",
    [
        "Tujuan\n1. Mengukur tingkat toleransi warga di setiap kecamatan.\n"
        "2. Menemukan faktor yang mendorong dan yang menghambat kerukunan.\n\n"
        "Ruang Lingkup\nSeluruh kecamatan di Kota Tirtaraja."
    ],
    "kajian",
    agency="Kantor Kesbangpol Kota Tirtaraja",
)


def like(draft: str, text: str = "", past: Study = PAST) -> Likeness:
    return compare(describe(draft, [text] if text else []), past, general_rarity)


def likeness(**parts: object) -> Likeness:
    known = {"title": 0.5, "aims": None, "object": 0.5, "place": "same", "time": 0.9, "words": None, "years": 1}
    return Likeness(**{**known, "sameness": 0.1, **parts})  # type: ignore[arg-type]


def test_the_same_question_in_other_words_is_a_duplicate() -> None:
    draft = like(
        "Studi Harmoni Hidup Antarpemeluk Agama di Tirtaraja 2021",
        "Maksud studi\n- Memetakan sikap saling menghormati menurut kecamatan.\n"
        "- Mengenali pendorong dan penghalang hubungan antarpemeluk agama.",
    )
    assert relate(draft, found=PAST).relation == "duplicate"
    assert relate(like("Telaah Toleransi Lintas Iman Kota Tirtaraja 2020"), found=PAST).relation == "duplicate"


@pytest.mark.parametrize(
    "title",
    [
        "Kajian Kebutuhan Gedung Sekretariat FKUB di Kota Tirtaraja",
        "Kajian Umur Bangunan Sekolah di Kota Tirtaraja",
        "Kajian Pelayanan Haji di Kota Tirtaraja",
    ],
)
def test_another_question_is_no_duplicate(title: str) -> None:
    assert relate(like(title), found=PAST).relation in (None, "same-topic")


NAMELESS = replace(PAST, title="Laporan Akhir")


def test_a_study_whose_title_says_nothing_is_known_by_its_aims() -> None:
    asked_again = like("Telaah Tingkat Toleransi Warga Kota Tirtaraja 2020", past=NAMELESS)
    assert relate(asked_again, found=NAMELESS).relation == "duplicate"
    for title in ("Kajian Umur Bangunan Sekolah di Kota Tirtaraja", "Kajian Pelayanan Haji bagi Warga Tirtaraja"):
        assert relate(like(title, past=NAMELESS), found=NAMELESS).relation in (None, "same-topic")


def test_a_draft_without_a_title_is_known_by_its_aims() -> None:
    draft = compare(replace(PAST, title="", year=2021, aims=PAST.aims[:1]), PAST, general_rarity)
    assert relate(draft, found=PAST).relation == "duplicate"


def test_the_same_question_elsewhere_is_another_locus() -> None:
    for place in ("Kabupaten Wanaloka", "Kota Bandarmulya"):
        judged = relate(like(f"Kajian Kerukunan Umat Beragama di {place} Tahun 2020"), found=PAST)
        assert judged.relation == "other-locus"
    part = relate(like("Kajian Kerukunan Umat Beragama di Kecamatan Mekarjati Kota Tirtaraja"), found=PAST)
    assert part.relation == "other-locus"


def test_a_draft_that_names_no_place_may_be_of_any() -> None:
    draft = like("Kajian toleransi umat beragama")
    assert draft.place == "unknown"
    assert relate(draft, found=PAST).relation == "duplicate"


def test_titles_typed_in_small_letters_name_their_place() -> None:
    assert like("kajian toleransi umat beragama kota tirtaraja").place == "same"
    assert like("Kajian toleransi umat beragama kota bandarmulya").place == "other"


def test_an_office_is_told_by_the_title() -> None:
    one = describe("LKjIP Inspektorat Kabupaten Wanaloka 2023", [])
    two = describe("Laporan Kinerja Instansi Pemerintah (LKIP) Inspektorat Kabupaten Wanaloka Tahun 2022", [], "lkip",
                   agency="Inspektorat Kabupaten Wanaloka")  # fmt: skip
    assert same_series(one, two)


def test_learnt_abbreviations_are_read() -> None:
    past = describe("Kajian Gerakan Literasi Sungai Bersih", [])
    draft = describe("Telaah GLSB", [])
    assert compare(draft, past, general_rarity).title == 0
    learnt = {"glsb": "Gerakan Literasi Sungai Bersih"}
    assert compare(draft, past, general_rarity, learnt).title == pytest.approx(1.0)


def test_long_ago_is_no_duplicate() -> None:
    judged = relate(like("Kajian Kerukunan Umat Beragama di Kota Tirtaraja Tahun 2034"), found=PAST)
    assert judged.relation == "same-topic"


def test_plans_of_a_government_itself_are_of_one_series() -> None:
    one, two, away, above = (
        describe(f"Rencana Kerja Pemerintah Daerah {place} Tahun {year}", [], "rkpd", agency=f"Pemerintah {place}")
        for place, year in (
            ("Kota Randusari", 2021),
            ("Kota Randusari", 2022),
            ("Kota Bandarmulya", 2021),
            ("Provinsi Jawa Tengah", 2021),
        )
    )
    assert same_series(one, two)
    assert not same_series(one, away)
    assert not same_series(one, above)


def test_a_continuation_is_related() -> None:
    draft = like("Kajian Lanjutan Kerukunan Umat Beragama di Kota Tirtaraja 2021")
    assert relate(draft, found=PAST).relation == "same-topic"


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Kajian kerukunan tahun 2019 mencatat nilai terendah di wilayah utara.", "same-topic"),
        ("Setelah kajian kerukunan umat beragama (2019) selesai, forum dibentuk.", "same-topic"),
        ("Kajian kerukunan tahun 2016 mencatat nilai terendah di wilayah utara.", "duplicate"),
        ("Survei kepuasan pelanggan tahun 2019 mencatat nilai terendah di wilayah utara.", "duplicate"),
        ("Kajian Kerukunan Umat Beragama Tahun 2021 disusun oleh kantor.", "duplicate"),
        ("Rekomendasi kajian kerukunan umat beragama akan dibahas forum.", "duplicate"),
    ],
)
def test_a_study_that_speaks_of_the_earlier_one_by_name_and_year_goes_on_from_it(text: str, relation: str) -> None:
    draft = like("Kajian Kerukunan Umat Beragama di Kota Tirtaraja Tahun 2021", text)
    assert relate(draft, found=PAST).relation == relation


def test_how_a_plan_is_carried_out_is_asked_after_it_was_drawn_up() -> None:
    terms = describe("KAK Penyusunan Rencana Induk Kota Cerdas Kota Tirtaraja", [], "kak", 2019)
    asks = like("Evaluasi Pelaksanaan Masterplan Kota Cerdas Kota Tirtaraja Tahun 2021", past=terms)
    assert relate(asks, found=terms).relation == "same-topic"
    again = like("Penyusunan Masterplan Kota Cerdas Kota Tirtaraja Tahun 2021", past=terms)
    assert relate(again, found=terms).relation == "duplicate"


def test_what_an_earlier_study_advised_is_gone_on_from() -> None:
    text = "Sejak rekomendasi kajian kerukunan umat beragama dijalankan, forum bertemu tiap bulan."
    draft = like("Evaluasi Toleransi dan Harmoni Antarpemeluk Agama Kota Tirtaraja Tahun 2021", text)
    assert relate(draft, found=PAST).relation == "same-topic"


def test_a_survey_that_is_quoted_for_a_figure_is_not_gone_on_from() -> None:
    text = "Menurut hasil Survei Angkatan Kerja Nasional tahun 2019, empat dari sepuluh pemuda menganggur."
    assert (
        relate(like("Studi Toleransi Antarumat Beragama Kota Tirtaraja 2021", text), found=PAST).relation == "duplicate"
    )
    text = "Menurut hasil kajian kerukunan tahun 2012, forum jarang bertemu."
    assert (
        relate(like("Studi Toleransi Antarumat Beragama Kota Tirtaraja 2021", text), found=PAST).relation == "duplicate"
    )


def test_a_continuation_goes_on_from_a_study_and_no_plan() -> None:
    plan = describe(
        "Rencana Kerja Tahunan Kantor Kesbangpol Kota Tirtaraja Tahun 2020",
        ["Sasaran: kerukunan umat beragama."],
        "rkt",
    )
    study, title = replace(plan, type="kajian"), "Kajian Lanjutan Kerukunan Umat Beragama di Kota Tirtaraja 2021"
    draft = like(title, past=study)
    assert draft.follows and draft.object >= Thresholds().continued
    assert relate(draft, found=study).relation == "same-topic"
    draft = like(title, past=plan)
    assert draft.follows and draft.sameness == draft.object == 0
    assert relate(draft, found=plan).relation is None


def test_shared_text_decides_where_the_question_is_another() -> None:
    other = likeness(sameness=0.05)
    assert relate(other).relation is None
    assert relate(other, 0.3, 0.2).relation == "overlap"
    assert relate(other, 0.95, 0.9).relation == "copy"
    assert relate(other, 0.9, 0.2).relation == "duplicate"
    assert relate(likeness(sameness=0.9, place="other"), 0.3, 0.3).relation == "other-locus"


def test_plans_are_editions_of_one_series_and_nothing_to_other_offices() -> None:
    one = describe(
        "Rencana Kerja Tahunan Dinas Sosial Kota Randusari Tahun 2021", [], agency="Dinas Sosial Kota Randusari"
    )
    two = describe("Rencana Kerja Tahunan Dinas Sosial Kota Randusari Tahun 2022", [], agency="Dinsos Kota Randusari")
    other = describe("Rencana Kerja Tahunan Dinas Pariwisata Kota Randusari Tahun 2021", [],
                     agency="Dinas Pariwisata Kota Randusari")  # fmt: skip
    away = describe("Rencana Kerja Tahunan Dinas Sosial Kota Bandarmulya Tahun 2021", [],
                    agency="Dinas Sosial Kota Bandarmulya")  # fmt: skip
    assert same_series(one, two)
    assert not same_series(one, other)
    assert not same_series(one, away)
    assert relate(compare(two, one, general_rarity), 0.8, 0.8, same_series(two, one)).relation == "edition"
    assert relate(compare(other, one, general_rarity), 0.5, 0.5, same_series(other, one)).relation is None


def test_reasons_are_words_for_people() -> None:
    judged = relate(like("Studi Toleransi Antarumat Beragama Kota Tirtaraja 2020"), found=PAST)
    said = " ".join(reason.text("en") for reason in judged.reasons)
    assert "title" in said
    assert "Kota Tirtaraja" in said
    assert "2019" in said


def test_thresholds_can_be_moved() -> None:
    draft = likeness(sameness=0.6)
    assert relate(draft, thresholds=Thresholds(duplicate=0.5)).relation == "duplicate"
    assert relate(draft, thresholds=Thresholds(duplicate=0.8)).relation == "same-topic"


def test_the_weightiest_relation_decides() -> None:
    said = {name: Judgement(name, 0.5) for name in ("copy", "edition", "overlap", "same-topic", "other-locus")}  # type: ignore[arg-type]
    assert verdict([]) == "new"
    assert verdict([Judgement(None, 0.0)]) == "new"
    assert verdict([said["same-topic"], said["copy"]]) == "duplicate"
    assert verdict([said["edition"], said["overlap"]]) == "overlap"
    assert verdict([said["edition"], said["other-locus"]]) == "related"


def test_a_badly_read_copy_of_the_same_title_and_year_is_no_edition() -> None:
    same = likeness(sameness=0.9, same_title=True, years=0)
    assert relate(same, 0.6, 0.7, same_series=True).relation == "copy"
    assert relate(likeness(sameness=0.9, same_title=True, years=1), 0.85, 0.85, same_series=True).relation == "edition"


SHARE = st.floats(0, 1)


@settings(max_examples=200)
@given(SHARE, SHARE, SHARE, st.booleans(), st.sampled_from(["same", "inside", "other", "unknown"]))
def test_scores_lie_between_nothing_and_one(
    sameness: float, covered: float, contained: float, series: bool, place: str
) -> None:
    judged = relate(likeness(sameness=sameness, place=place), covered, contained, series)
    assert 0 <= judged.score <= 1
    assert judged.relation is None or judged.reasons or covered < 0.01


@settings(max_examples=30)
@given(st.text(max_size=120), st.text(max_size=120))
def test_any_two_titles_can_be_compared(one: str, other: str) -> None:
    found = compare(describe(one, []), describe(other, []), general_rarity)
    assert 0 <= found.title <= 1
    assert 0 <= found.object <= 1
    assert 0 <= found.sameness <= 1


def test_a_plan_answers_no_question() -> None:
    plan = describe("Rencana Kerja Tahunan Kantor Kesbangpol Kota Tirtaraja Tahun 2019", [], "rkt")
    judged = relate(like("Kajian Kesiapan Kantor Kesbangpol Kota Tirtaraja", past=plan), 0.8, 0.2, found=plan)
    told = " ".join(reason.text("en") for reason in judged.reasons)
    assert "80" in told and "title" not in told


def test_what_one_title_asks_and_the_other_does_not_tells_them_apart() -> None:
    past = describe("Kajian Penanaman Nilai Pancasila pada Siswa Sekolah Dasar Kota Tirtaraja", [], "kajian")
    same = like("Internalisasi Pancasila bagi Murid SD di Tirtaraja", past=past)
    other = like("Kajian Penanaman Pohon oleh Siswa Sekolah Dasar Kota Tirtaraja", past=past)
    assert same.whole > other.whole
    assert same.sameness > other.sameness


def test_words_of_a_term_meet_the_term() -> None:
    past = describe("Kajian Tawuran Pelajar di Kota Tirtaraja", [], "kajian")
    fight = like("Perkelahian Antarsiswa di Tirtaraja", past=past)
    race = like("Lomba Lari Antarsiswa di Tirtaraja", past=past)
    assert fight.object > race.object and fight.sameness > race.sameness


def test_an_abbreviation_is_read_as_the_documents_define_it() -> None:
    past = describe("Kajian Gerakan Belajar Membatik Sejak Usia Dini di Kota Tirtaraja", [], "kajian")
    draft = describe("Telaah GBMSD di Tirtaraja", [])
    long = {"gbmsd": "gerakan belajar membatik sejak usia dini"}
    assert compare(draft, past, general_rarity, long).title > 0.9 > compare(draft, past, general_rarity).title


def test_aims_that_are_only_retold_are_not_the_drafts_own() -> None:
    retold = (
        "Tujuan\n1. Mendata taman bacaan yang masih melayani warga di setiap kelurahan.\n"
        "2. Menyusun usulan dukungan bagi pengelola.\n\nTinjauan\nTujuan kajian\n"
        "- Mengukur tingkat toleransi warga di setiap kecamatan.\n"
        "- Menemukan faktor yang mendorong dan yang menghambat kerukunan.\n"
    )
    judged = relate(like("Kajian Taman Bacaan Masyarakat di Kota Tirtaraja", retold), 0.4, 0.4, found=PAST)
    assert judged.relation == "overlap"
    assert not any("aims" in reason.text("en") or "subject" in reason.text("en") for reason in judged.reasons)


def test_a_programme_of_work_is_no_study_and_comes_every_year() -> None:
    office = "Inspektorat Kota Randusari"
    programme = describe(f"Program Kerja Pengawasan Tahunan (PKPT) {office} Tahun 2021", [], "lainnya", agency=office)
    later = describe(f"PKPT {office} 2023", [])
    study = describe(f"Kajian Efektivitas Pengawasan {office}", [])
    assert same_series(later, programme)
    assert relate(compare(later, programme, general_rarity), 0, 0, same_series(later, programme)).relation == "edition"
    assert relate(compare(study, programme, general_rarity), 0, 0).relation in (None, "same-topic")


def test_a_tree_of_performance_is_drawn_again_for_another_year() -> None:
    office = "Dinas Sosial Kota Randusari"
    tree = describe(f"Pohon Kinerja {office} Tahun 2022", [], "pohon-kinerja", agency=office)
    later, study = describe(f"Cascading Kinerja {office} 2024", []), describe(f"Kajian Pohon Kinerja {office}", [])
    assert relate(compare(later, tree, general_rarity), 0, 0, same_series(later, tree)).relation == "edition"
    assert not same_series(study, tree)


def test_one_issue_scanned_twice_is_a_copy_and_another_month_is_not() -> None:
    june, also_june, july = (
        describe(f"Laporan Kinerja {office} Kota Randusari Bulan {month} 2022", [], "lkip", agency="Dinas Sosial")
        for office, month in (("Dinas Sosial", "Juni"), ("Kantor Dinas Sosial", "Juni"), ("Dinas Sosial", "Juli"))
    )
    assert same_issue(june, also_june) and not same_issue(june, july)
    misread = likeness(issues=True, years=0, same_title=False)
    assert relate(misread, 0.9, 0.9, same_series=True, scanned_again=True).relation == "copy"
    assert relate(misread, 0.5, 0.5, same_series=True, scanned_again=True).relation == "copy"
    assert relate(misread, 0.9, 0.9, same_series=True).relation == "edition"


def test_an_office_of_the_province_may_study_one_of_its_kabupaten() -> None:
    draft = describe("Telaah Kerukunan Umat Beragama di Tirtaraja 2020", [], agency="Bakesbangpol Provinsi Lintang")
    assert compare(draft, PAST, general_rarity).place == "same"
    elsewhere = describe("Telaah Kerukunan Umat Beragama 2020", [], agency="Bakesbangpol Provinsi Lintang")
    assert compare(elsewhere, PAST, general_rarity).place == "inside"


def test_the_same_survey_of_another_office_is_of_another_locus() -> None:
    aims = (
        "Tujuan\n1. Mengukur kepuasan pengguna atas sembilan unsur layanan.\n2. Menentukan unsur yang perlu diperbaiki."
    )
    past = describe("Survei Kepuasan Masyarakat pada Dinas Sosial Kota Bogor Tahun 2022", [aims])
    drafts = (
        f"Survei Kepuasan Masyarakat pada {office} Kota Bogor 2023" for office in ("Dinas Perhubungan", "Dinas Sosial")
    )
    other, same = (like(draft, aims, past) for draft in drafts)
    assert other.office == "Dinas Sosial" and not same.office
    judged = relate(replace(other, sameness=0.9), found=past)
    assert judged.relation == "other-locus"
    assert any("Dinas Sosial" in str(reason) for reason in judged.reasons)


@pytest.mark.parametrize(
    ("kept", "figures", "relation"), [(0.6, "kept", "copy"), (0.3, "kept", "duplicate"), (0.6, "new", "duplicate")]
)
def test_a_study_of_which_parts_were_left_out_is_a_copy(kept: float, figures: Figures, relation: str) -> None:
    assert relate(likeness(sameness=0.9), 0.9, kept, figures=figures).relation == relation


@pytest.mark.parametrize(("figures", "relation"), [("kept", "duplicate"), ("new", "edition"), ("unknown", "edition")])
def test_a_study_with_its_old_figures_is_no_other_edition(figures: Figures, relation: str) -> None:
    again = likeness(same_title=True, title=1.0, sameness=0.9, years=3)
    assert relate(again, 0.86, 0.7, same_series=True, figures=figures).relation == relation


def test_a_whole_study_with_its_old_figures_is_a_copy_under_any_year() -> None:
    again = likeness(same_title=True, title=1.0, sameness=0.9, years=3)
    assert relate(again, 0.86, 0.8, same_series=True, figures="kept").relation == "copy"


def test_a_plan_with_its_old_figures_is_an_edition() -> None:
    again = likeness(issues=True, same_title=True, sameness=0.0, years=1)
    assert relate(again, 0.86, 0.7, same_series=True, figures="kept").relation == "edition"


def test_terms_of_reference_belong_to_the_study_of_their_title_and_year() -> None:
    report = describe("Laporan Akhir Kajian Drainase di Kota Tirtaraja", [], "kajian", 2020)
    terms = describe("Kerangka Acuan Kerja (KAK) Kajian Drainase di Kota Tirtaraja", [], "kak", 2020)
    assert is_terms_of(terms, report)
    assert not is_terms_of(report, terms)
    assert not is_terms_of(terms, describe("Kajian Drainase di Kota Tirtaraja", [], "kajian", 2022))
    assert not is_terms_of(terms, describe("Kajian Parkir di Kota Tirtaraja", [], "kajian", 2020))


def test_months_and_quarters_tell_issues_apart() -> None:
    june, march, none = (
        describe(f"Notulen Rapat Kantor Kesbangpol Kota Tirtaraja {when}", []) for when in ("Bulan Juni", "Maret", "")
    )
    assert other_part_of_year(june, march)
    assert not other_part_of_year(june, june)
    assert not other_part_of_year(june, none)
