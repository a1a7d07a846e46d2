"""`explain`: what an example's key is made of, as a person asks for it."""

from kejian.cli.main import main


def test_an_example_is_explained_by_its_name_or_its_call(demo, capsys):
    for word in ("shown.value", "shown.value()"):
        assert main(["explain", word, str(demo)]) == 0
        said = capsys.readouterr().out
        assert said.startswith("shown.value()  (demo_examples/shown.py:")
        assert "  shown at slides/deck.md:" in said
        assert "    never ran" in said


def test_an_example_that_no_deck_quotes_is_an_error_with_the_nearest_name(demo, capsys):
    assert main(["explain", "shown.valu", str(demo)]) == 1
    said = capsys.readouterr().out
    assert "No deck quotes `shown.valu`. Did you mean" in said
    assert "shown.value" in said


def test_without_a_name_that_is_near_the_quoted_ones_are_listed(tmp_path, capsys):
    (tmp_path / "slides").mkdir()
    (tmp_path / "slides" / "a.md").write_text("<!-- slide -->\nx\n")
    assert main(["explain", "x", str(tmp_path)]) == 1
    assert capsys.readouterr().out == "No deck quotes `x`.\nQuoted examples: none\n"


def test_a_course_whose_settings_are_wrong_says_so(demo, capsys):
    (demo / "kejian.toml").write_text("titel = 1\n")
    assert main(["explain", "shown.value", str(demo)]) == 1
    assert "kejian.toml:1:1: error[bad-config]" in capsys.readouterr().err
