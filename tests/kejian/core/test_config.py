"""`kejian.toml`."""

import pytest

from kejian.core.config import Course, load, read, untrusted
from kejian.core.disk.files import Folder


def test_every_key_is_optional():
    assert read("") == (Course(), ())


def test_settings_are_read():
    course, found = read('title = "图神经网络导论"\ndecks = ["20*/*.md"]\nsize = [1280, 720]\n')
    assert found == ()
    assert (course.title, course.decks, course.size) == ("图神经网络导论", ("20*/*.md",), (1280, 720))


@pytest.mark.parametrize(
    "text, line, words",
    [
        ("\ntitle = 3", 2, "Expected `str`, got `int`"),
        ('a = 1\ntitel = "x"', 1, "unknown field `a`"),
        ('theme = "blue"', 1, "Invalid enum value 'blue'"),
        ("title = \n", 1, "not TOML"),
        ("x", 1, "not TOML"),
        ("\nsize = [1, 2, 3]", 2, "Expected `array` of length 2, got 3"),
        ("a" + ".b" * 99 + " = 1", 1, "a key has more parts than any has here"),
        ("title = 'x'\n" * 99_999, 1, "it is longer than"),
        ("words = " + "9" * 5000, 1, "this cannot be read"),
        ("output_limit = 0", 1, "Expected `int` >= 1000"),
        ("output_limit = 99999999999", 1, "Expected `int` <= 16000000"),
        ("seconds = 0", 1, "Expected `float` > 0"),
        ("memory = 1", 1, "Expected `int` >= 64"),
        ("threads = 0", 1, "Expected `int` >= 1"),
        ("gpu = 1", 1, "Expected `bool`"),
        ("\nenvironment = {'A=B' = 'x'}", 2, "matching regex"),
        ('\n\n[environment]\nA = "x\\u0000"', 3, "matching regex"),
        ("\nenvironment = {A = 1}", 2, "Expected `str`, got `int`"),
    ],
)
def test_invalid_setting_is_an_error_at_its_line(text, line, words):
    _, (found,) = read(text)
    assert (found.code, found.severity, found.span.line) == ("bad-config", "error", line)
    assert words in found.message
    assert found.hint


def test_a_course_without_settings_has_the_defaults(tmp_path):
    assert load(Folder(tmp_path)) == (Course(), ())


def test_settings_that_are_no_text_are_an_error(tmp_path):
    (tmp_path / "kejian.toml").write_bytes(b"title = '\xff'")
    course, (found,) = load(Folder(tmp_path))
    assert (course, found.code, found.span.path) == (Course(), "bad-config", "kejian.toml")
    assert "UTF-8" in found.message


@pytest.mark.parametrize("name", ["slides", "cnn_examples"])
def test_a_folder_in_which_a_build_writes_by_itself_does_not_lead_out(tmp_path, name):
    (tmp_path / "course").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "course" / name).symlink_to(tmp_path / "elsewhere")
    (tmp_path / "course" / "kejian.toml").write_text('examples = "cnn_examples"\n')
    _, (found, *inside) = load(Folder(tmp_path / "course"))
    assert all(one.span.path.startswith(f"{name}/") for one in inside)
    assert (found.code, found.span.path) == ("outside-course", name)
    assert "leads out of the course" in found.message


def test_how_markdown_is_read():
    course, found = read(
        '[mpe]\nextended_tables = true\nuseGitHubStylePipedLink = false\ndisplay_math = [["$$", "$$"]]\n'
    )
    assert found == ()
    assert (course.mpe.extended_tables, course.mpe.wiki_links) == (True, "page|text")
    assert course.mpe.display_math == (("$$", "$$"),)


@pytest.mark.parametrize(
    "text, line, words",
    [
        ("[mpe]\ntables = true", 2, "unknown field `tables`"),
        ('\n[mpe]\ntypographer = "on"', 3, "Expected `bool`, got `str`"),
        ('[mpe]\ninline_math = [["§", "§"]]', 1, "none of the pairs that are read"),
        ("mpe = 1", 1, "Expected `object`, got `int`"),
    ],
)
def test_invalid_mpe_setting_is_an_error_at_its_line(text, line, words):
    _, (found,) = read(text)
    assert (found.code, found.span.line) == ("bad-config", line)
    assert words in found.message


def test_frames_of_other_hosts_are_not_for_a_stranger_s_course(tmp_path):
    (tmp_path / "kejian.toml").write_text('title = "A"\nframes = ["https://a.org"]\n')
    course, wrong = load(Folder(tmp_path))
    assert (course.frames, wrong) == (("https://a.org",), ())
    stranger, found = untrusted(Folder(tmp_path), course)
    assert stranger.frames == ()
    assert [(one.code, one.span.line) for one in found] == [("setting-not-trusted", 2)]


@pytest.mark.parametrize(
    "host", ["a.org", "http://a.org", "https://a.org/x", "https://*.org", "https://a.org; script-src *"]
)
def test_a_frame_s_host_is_an_origin(host):
    assert [found.code for found in read(f'frames = ["{host}"]\n')[1]] == ["bad-config"]
