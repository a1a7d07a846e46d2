"""The settings of a course's editor, read as data."""

import pytest

from kejian.core import config
from kejian.core.disk.files import Folder
from kejian.core.editor_settings import read

VSCODE = """{
  // what the teacher likes
  "editor.fontSize": 14,
  "markdown-preview-enhanced.enableExtendedTableSyntax": true,
  /* "markdown-preview-enhanced.enableTypographer": true, */
  "markdown-preview-enhanced.mathInlineDelimiters": [["$", "$"], ["\\\\(", "\\\\)"],],
}
"""
CONFIG = """({
  katexConfig: { macros: {"\\\\R": "\\\\mathbb{R}"} },
  enableTypographer: true, // enableEmojiSyntax: false
  'useGitHubStylePipedLink': false,
  breakOnSingleNewLine: process.env.BREAKS === "1",
})
"""


@pytest.fixture
def course(tmp_path):
    def write(path, text):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
        return Folder(tmp_path)

    return write


def test_settings_of_vs_code_are_read(course):
    found, wrong = read(course(".vscode/settings.json", VSCODE))
    assert found == {"extended_tables": True, "inline_math": [["$", "$"], ["\\(", "\\)"]]}
    assert wrong == ()


def test_settings_of_crossnote_are_read_without_running_them(course):
    folder = course(".crossnote/config.js", CONFIG)
    found, ((name, wrong),) = read(folder)
    assert name == "single_newlines"
    assert config.editor_findings(folder) == (wrong,)
    assert found == {"typographer": True, "wiki_links": "page|text"}
    assert (wrong.code, wrong.severity, str(wrong.span)) == ("editor-setting", "warning", ".crossnote/config.js:5:3")
    assert "written out" in wrong.message
    assert wrong.hint == "write it in kejian.toml, under [mpe]: single_newlines = true"
    assert config.editor_findings(course("kejian.toml", "[mpe]\nbreakOnSingleNewLine = true\n")) == ()


def test_the_course_decides_then_crossnote_then_vs_code(course):
    course(".vscode/settings.json", VSCODE)
    course(".crossnote/config.json", '{"enableExtendedTableSyntax": false, "enableTypographer": true}')
    course(".crossnote/config.js", "module.exports = {enableEmojiSyntax: false}")
    folder = course("kejian.toml", "[mpe]\nenableTypographer = false\nsingle_newlines = false\n")
    settings, wrong = config.load(folder)
    assert wrong == ()
    told = settings.mpe
    assert (told.extended_tables, told.typographer, told.single_newlines, told.emoji) == (False, False, False, False)
    assert folder.reads[".crossnote/config.js"]


@pytest.mark.parametrize(
    "text", ["", "{", '{"enableTypographer"', "enableTypographer:", "{enableTypographer: [", "'\\"]
)
def test_half_a_file(course, text):
    assert read(course(".crossnote/config.js", text))[0] == {}


def test_a_value_of_another_kind_and_a_file_that_is_no_text(course):
    folder = course(".crossnote/config.json", '{"enableTypographer": "yes"}')
    (folder.root / ".vscode").mkdir()
    (folder.root / ".vscode/settings.json").write_bytes(b"\xff\xff")
    found, wrong = read(folder)
    assert found == {}
    assert [(one.span.path, one.code) for _, one in wrong] == [
        (".vscode/settings.json", "editor-setting"),
        (".crossnote/config.json", "editor-setting"),
    ]
