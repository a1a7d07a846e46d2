"""Citations and lists of works, formatted in CSL styles."""

from dataclasses import replace

import pytest

from kejian.core.citations import Bibliography, Citation, Cited, WorkList
from kejian.core.diagnostics import Diagnostic, Span
from kejian.makers.citations import Citations

pytest.importorskip("citeproc", reason='pip install "kejian[citations]" to format citations')
HERE = Span("a.md", 3)
LECUN = """@article{LeCun98,
  author = {LeCun, Yann and Bottou, L{\\'e}on and Bengio, Yoshua}, title = {Gradient-based learning},
  journal = {Proceedings of the {IEEE}}, volume = 86, number = 11, pages = {2278--2324}, year = 1998}"""
ZHOU = "@book{zhou, author = {周志华}, title = {机器学习}, publisher = {清华大学出版社}, year = {2016}}"
ALEX = "@inproceedings{alex, author = {A. K and Ilya S}, title = {<b>Deep</b> & wide}, booktitle = {N}, year = 2012}"
ENTRIES = (("LeCun98", LECUN), ("zhou", ZHOU), ("alex", ALEX))
CLUSTERS = (
    (Cited("LeCun98", after="p. 3"),),
    (Cited("zhou"), Cited("alex", before="see")),
    (Cited("LeCun98"),),
    (Cited("alex", alone=True),),
    (Cited("alex"),),
)
NUMBERS = "china-national-standard-gb-t-7714-2015-numeric"


def texts(style, language="en", *, listed=True, entries=ENTRIES, kind="bib"):
    within = Bibliography(
        digest=f"{style} {language} {listed} {kind}",
        style=style,
        language=language,
        kind=kind,
        entries=entries,
        clusters=CLUSTERS,
        listed=listed,
    )
    narrative = (False, False, True, False, True)
    holes = [
        Citation(works=works, narrative=told, written="", span=HERE, within=within, number=number)
        for number, (works, told) in enumerate(zip(CLUSTERS, narrative, strict=True))
    ]
    holes.append(WorkList(within, 0, 3, HERE))
    with Citations().make(holes) as made:
        return [one if isinstance(one, Diagnostic) else one.html for _, one in made]


def test_by_author_and_year():
    one, two, sentence, alone, both, works = texts("apa")
    assert one == '<a class="citation reference" href="#ref-LeCun98">(LeCun et al., 1998, p. 3)</a>'
    assert ">(see K &amp; S, 2012; 周志华, 2016)<" in two
    assert ">LeCun et al. (1998)<" in sentence
    assert ">(2012)<" in alone
    assert ">K and S (2012)<" in both
    assert '<p id="ref-LeCun98">LeCun, Y., Bottou, L., &amp; Bengio, Y. (1998). Gradient-based learning.' in works
    assert "<i>Proceedings of the IEEE</i>, <i>86</i>(11), 2278–2324." in works
    assert works.count("<p ") == 3


SMITHS = tuple(
    (key, f"@article{{{key}, author = {{Smith, Ann}}, title = {{{title}}}, journal = {{J}}, year = {year}}}")
    for key, title, year in (("LeCun98", "Beta", 2020), ("zhou", "Alpha", 2020), ("alex", "Gamma", 2021))
)


def test_works_of_one_year_get_letters_in_texts_sentences_and_the_list():
    """The list is in the style's order, and so are the letters."""
    one, two, sentence, alone, _, works = texts("apa", entries=SMITHS)
    assert ">(Smith, 2020b, p. 3)<" in one
    assert ">(Smith, 2020a; see Smith, 2021)<" in two
    assert ">Smith (2020b)<" in sentence
    assert ">(2021)<" in alone
    found = [works.index(title) for title in ("(2020a). Alpha", "(2020b). Beta", "(2021). Gamma")]
    assert found == sorted(found)


def test_where_works_have_numbers_their_years_have_no_letters():
    assert "2020." in texts("ieee", entries=SMITHS)[-1]


def test_years_that_are_texts_get_letters_too():
    items = tuple(
        (key, f'{{"id":"{key}","title":"{key}","author":[{{"family":"Ng"}}],"issued":{{"date-parts":[["2000"]]}}}}')
        for key, _ in ENTRIES
    )
    assert ">(Ng, 2000b, p. 3)<" in texts("apa", entries=items, kind="json")[0]


def test_by_numbers_in_chinese():
    _, _, sentence, _, both, works = texts(NUMBERS, "zh-CN")
    assert ">LeCun等 <sup>[1]</sup><" in sentence
    assert ">K和S <sup>[3]</sup><" in both
    assert '<span class="entry-number">[2]</span> 周志华. 机器学习' in works
    assert 'aria-label="参考文献"' in works


def test_what_looks_like_markup_in_a_work_is_text():
    works = texts("apa")[-1]
    assert "<b>" not in works
    assert "&lt;b&gt;Deep&lt;/b&gt; &amp; wide" in works


def test_without_a_list_a_citation_leads_nowhere():
    assert texts("apa", listed=False)[0] == '<span class="citation">(LeCun et al., 1998, p. 3)</span>'


def test_csl_json_is_taken_as_it_is():
    items = tuple((key, f'{{"id":"{key}","title":"T {key}","issued":{{"date-parts":[[2000]]}}}}') for key, _ in ENTRIES)
    assert "T zhou" in "".join(texts("apa", entries=items, kind="json"))


def test_an_unknown_style_names_a_near_one():
    (found, *_) = texts("ieeee")
    assert (found.code, found.span) == ("citation", HERE)
    assert found.hint == 'did you mean csl = "ieee"?'


def test_a_work_that_cannot_be_read_is_named():
    (found, *_) = texts("apa", entries=(("LeCun98", "@article{LeCun98, title = {A"), *ENTRIES[1:]))
    assert "the work LeCun98 cannot be read" in found.message


def test_a_citation_without_a_work_stays_as_it_is_written():
    hole = Citation(works=(Cited("x"),), narrative=True, written="@x <b>", span=HERE)
    with Citations().make([hole]) as made:
        assert [one.html for _, one in made] == ["@x &lt;b&gt;"]


@pytest.mark.parametrize("style", ["ieee", "apa", "chicago-author-date", "nature", "elsevier-vancouver", NUMBERS])
@pytest.mark.parametrize("language", ["en", "fr", "zh-CN", "ja", "xx", "../../x"])
def test_usual_styles_in_several_languages(style, language):
    assert all(isinstance(one, str) and one for one in texts(style, language))


def notes(style, *works, narrative=False, listed=False):
    """What stands below a slide for a citation, and in its text if it has authors."""
    within = Bibliography(
        digest=f"notes {style} {listed}",
        style=style,
        language="en",
        kind="bib",
        entries=ENTRIES,
        clusters=(works,),
        listed=listed,
        notes=True,
    )
    hole = Citation(works=works, narrative=narrative, written="", span=HERE, within=within)
    holes = [replace(hole, note=True), hole] if narrative else [replace(hole, note=True)]
    with Citations().make(holes) as made:
        return [one if isinstance(one, Diagnostic) else one.html for _, one in made]


def test_a_note_says_what_the_list_says_and_the_text_around_it():
    (note,) = notes("apa", Cited("zhou", "see", "p. 3"), Cited("alex"))
    assert note == (
        "see 周志华. (2016). <i>机器学习</i>. 清华大学出版社, p. 3; "
        "K, A., &amp; S, I. (2012). &lt;b&gt;Deep&lt;/b&gt; &amp; wide. <i>N</i>."
    )


def test_a_note_has_no_number_of_its_own_where_works_are_numbered():
    (note,) = notes("ieee", Cited("zhou"))
    assert note == "周志华, <i>机器学习</i>. 清华大学出版社, 2016."


def test_a_style_of_notes_says_what_it_has_for_them():
    (note,) = notes("chicago-notes-bibliography", Cited("zhou"))
    assert note.startswith("周志华, <i>机器学习</i> (")


def test_in_a_sentence_the_authors_stay():
    note, text = notes("apa", Cited("LeCun98"), narrative=True, listed=True)
    assert text == "LeCun et al."
    assert note.startswith("LeCun, Y., Bottou, L.")
