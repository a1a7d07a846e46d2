"""The language server as an editor speaks to it, over the input and output of its own process."""

import http.server
import threading

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from kejian.preview import address

pytestmark = pytest.mark.slow  # each starts a process

DECK = "slides/deck.md"
HEAD = "<!-- slide -->\n\n# 一\n\n"


def test_what_is_typed_is_completed_from_the_course(editor, demo):
    ide = editor(demo)
    text = ide.open(DECK, f'{HEAD}@import "../demo_examples/shown.py" {{symbol=""}}\n')
    found = ide.completed(DECK, text, 'symbol="')
    assert found["text"].detail == "Prints."
    edit = found["table"].text_edit
    assert (edit.range.start.line, edit.range.start.character, edit.new_text) == (4, 45, "table")
    assert {"count", "value", "fails"} <= found.keys()


def test_places_are_counted_as_the_protocol_counts_them(editor, demo):
    ide = editor(demo)
    text = ide.open(DECK, f"{HEAD}𝒳𝒴 `{{python}} shown.cou`\n")
    edit = ide.completed(DECK, text, "shown.cou")["shown.count()"].text_edit
    assert (edit.range.start.character, edit.range.end.character) == (15, 24)


def test_findings_are_those_of_the_text_in_the_editor(editor, demo):
    ide = editor(demo)
    text = ide.open(DECK)
    ide.type(DECK, text.replace('symbol="table"', 'symbol="tabel"'))
    ide.until(lambda shown: "symbol-missing" in shown.get(ide.uri(DECK), []))
    (wrong,) = (one for one in ide.shown[ide.uri(DECK)] if one.code == "symbol-missing")
    assert (wrong.severity, wrong.source, wrong.range.start.line) == (types.DiagnosticSeverity.Error, "kejian", 12)
    assert "did you mean `table` (line" in wrong.message
    ide.type(DECK, text)
    ide.until(lambda shown: "symbol-missing" not in shown.get(ide.uri(DECK), ["symbol-missing"]))
    assert 'symbol="table"' in (demo / DECK).read_text("utf-8")


def test_formulas_and_code_are_looked_at_too(editor, demo):
    ide = editor(demo)
    ide.open(DECK, f"{HEAD}$\\undefinedthing$\n\n`{{python}} shown.cuont()`\n")
    ide.until(lambda shown: {"bad-tex", "no-such-example"} <= set(shown.get(ide.uri(DECK), [])))
    ide.open("demo_examples/base.py", "def scaled(:\n")
    ide.until(lambda shown: shown.get(ide.uri("demo_examples/base.py")) == ["example-syntax"])


def test_an_edit_that_ends_a_finding_is_offered(editor, demo):
    ide = editor(demo)
    text = ide.open(DECK, f"{HEAD}`{{python}} shown.cuont()`\n\n::: {{.only edition=t}}\nx\n:::\n")
    ide.until(lambda shown: "no-such-example" in shown.get(ide.uri(DECK), []))
    document, at = ide.at(DECK, text, "shown.cu")
    asked = types.CodeActionParams(document, types.Range(at, at), types.CodeActionContext([]))
    action, *_ = ide.ask("text_document_code_action", asked)
    (change,) = action.edit.document_changes
    assert (action.title, change.edits[0].new_text) == ("Write shown.count", "shown.count")
    assert action.diagnostics[0].code == "no-such-example"
    document, at = ide.at(DECK, text, "edition")
    asked = types.CodeActionParams(document, types.Range(at, at), types.CodeActionContext([]))
    made, changed = ide.ask("text_document_code_action", asked)[0].edit.document_changes
    assert (made.kind, made.uri) == ("create", ide.uri("kejian.toml"))
    assert changed.edits[0].new_text == 'editions = ["t"]\n'


def test_a_name_is_explained_found_and_renamed(editor, demo):
    ide = editor(demo)
    (demo / DECK).write_text(f"{HEAD}$$a \\label{{eq:x}}$$\n\nSee \\eqref{{eq:x}}.\n", "utf-8")
    text = ide.open(DECK)
    at = ide.at(DECK, text, "\\eqref{eq")
    assert "slides/deck.md:5" in ide.ask("text_document_hover", types.HoverParams(*at)).contents.value
    (place,) = ide.ask("text_document_definition", types.DefinitionParams(*at))
    assert (place.uri, place.range.start.line) == (ide.uri(DECK), 4)
    wanted = types.ReferenceParams(types.ReferenceContext(include_declaration=True), *at)
    assert len(ide.ask("text_document_references", wanted)) == 2
    assert ide.ask("text_document_prepare_rename", types.PrepareRenameParams(*at)).placeholder == "eq:x"
    edit = ide.ask("text_document_rename", types.RenameParams(*at, new_name="eq:y"))
    assert [one.new_text for one in edit.document_changes[0].edits] == ["eq:y", "eq:y"]
    with pytest.raises(JsonRpcException, match="'a b' cannot be a label: write letters"):
        ide.ask("text_document_rename", types.RenameParams(*at, new_name="a b"))
    with pytest.raises(JsonRpcException, match="only labels and functions"):
        ide.ask("text_document_prepare_rename", types.PrepareRenameParams(*ide.at(DECK, text, "Se")))


def test_a_deck_has_an_outline_and_folds(editor, demo):
    ide = editor(demo)
    ide.open(DECK)
    document = types.TextDocumentIdentifier(ide.uri(DECK))
    found = ide.ask("text_document_document_symbol", types.DocumentSymbolParams(document))
    assert [one.name for one in found] == ["例子", "更多"]
    assert len(ide.ask("text_document_folding_range", types.FoldingRangeParams(document))) == 2


def test_a_file_outside_of_a_course_is_left_alone(editor, tmp_path):
    (tmp_path / "notes.md").write_text('@import "', "utf-8")
    ide = editor(tmp_path)
    text = ide.open("notes.md")
    assert ide.completed("notes.md", text, '@import "') == {}
    document = types.TextDocumentIdentifier(ide.uri("notes.md"))
    assert ide.ask("text_document_document_symbol", types.DocumentSymbolParams(document)) in ((), [])
    assert ide.ask("text_document_hover", types.HoverParams(document, types.Position(0, 3))) is None
    untitled = types.TextDocumentItem("untitled:Untitled-1", "markdown", 1, "<!-- slide -->\n")
    ide.client.text_document_did_open(types.DidOpenTextDocumentParams(untitled))
    document = types.TextDocumentIdentifier(untitled.uri)
    assert ide.ask("text_document_folding_range", types.FoldingRangeParams(document)) in ((), [])


def test_two_courses_in_one_window_do_not_mix(editor, tmp_path, demo_course):
    one, other = demo_course(tmp_path / "one"), demo_course(tmp_path / "other")
    (other / "demo_examples" / "shown.py").write_text("def only_here():\n    return 1\n", "utf-8")
    ide = editor(tmp_path)
    line = f'{HEAD}@import "../demo_examples/shown.py" {{symbol=""}}\n'
    texts = {course: ide.open(f"{course.name}/{DECK}", line) for course in (one, other)}
    found = [ide.completed(f"{course.name}/{DECK}", text, 'symbol="') for course, text in texts.items()]
    assert "text" in found[0]
    assert found[1].keys() == {"only_here"}


def test_settings_that_are_wrong_are_reported_and_what_was_known_stays(editor, demo):
    ide = editor(demo)
    ide.open(DECK)
    ide.until(lambda shown: ide.uri(DECK) in shown)
    (demo / "kejian.toml").write_text("words = many\n", "utf-8")
    ide.open("kejian.toml")
    ide.until(lambda shown: shown.get(ide.uri("kejian.toml")) == ["bad-config"])
    text = ide.open("slides/more.md", "See `{python} ")
    assert "shown.count()" in ide.completed("slides/more.md", text, "{python} ")
    (demo / "kejian.toml").write_text("words = 9\n", "utf-8")
    saved = types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(ide.uri("kejian.toml")))
    ide.client.text_document_did_save(saved)
    ide.until(lambda shown: shown.get(ide.uri("kejian.toml")) == [])


def test_a_check_shows_what_has_drifted_and_an_edit_ends_it(editor, demo):
    ide = editor(demo)
    (demo / DECK).write_text(f'{HEAD}@import "../demo_examples/shown.py" {{symbol="fails" cmd=true}}\n', "utf-8")
    text = ide.open(DECK)
    asked = types.ExecuteCommandParams(command="kejian.check", arguments=[ide.uri(DECK)])
    assert "1 drifted" in ide.ask("workspace_execute_command", asked)
    ide.until(lambda shown: "drift" in shown.get(ide.uri(DECK), []))
    ide.type(DECK, text.replace("cmd=true", 'cmd=true raises="ValueError"'))
    ide.until(lambda shown: "drift" not in shown.get(ide.uri(DECK), ["drift"]))


def test_the_slide_at_the_cursor_is_shown_by_a_preview(editor, demo):
    asked = []

    class Preview(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            asked.append((self.path, self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            return

    ide = editor(demo)
    ide.open(DECK)
    show = types.ExecuteCommandParams(command="kejian.showSlide", arguments=[ide.uri(DECK), 10])
    assert ide.ask("workspace_execute_command", show) == ""
    with http.server.HTTPServer(("127.0.0.1", 0), Preview) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address.note(demo, server.server_port)
        assert ide.ask("workspace_execute_command", show) == "slides/deck.html#/1/0"
        server.shutdown()
    assert asked == [("/_show", b'{"page": "slides/deck.html", "h": 1, "v": 0}')]
    assert ide.ask("workspace_execute_command", show) == ""


def test_text_that_is_being_written_never_ends_the_server(editor, demo):
    ide = editor(demo)
    text = (
        '---\ntitle: x\n---\n<!-- slide class="a" -->\n\nHEADER 一\n\n'
        '@import "../demo_examples/shown.py" {symbol="text" cmd=true}\n\n'
        "$$\\label{a}\n\\ref{b}$$\n\n`{python} shown.count():,` [@k; @fig-x] :fa-x: {{y}} <!-- slide\n"
    )
    ide.open(DECK, "")
    for end in range(0, len(text), 3):
        ide.type(DECK, text[:end])
        line, _, last = text[:end].rpartition("\n")
        at = types.Position(line.count("\n") + bool(line or text[:end].startswith("\n")), len(last))
        document = types.TextDocumentIdentifier(ide.uri(DECK))
        ide.ask("text_document_completion", types.CompletionParams(document, at))
        ide.ask("text_document_hover", types.HoverParams(document, at))
        ide.ask("text_document_definition", types.DefinitionParams(document, at))
        ide.ask("text_document_document_symbol", types.DocumentSymbolParams(document))
    ide.until(lambda shown: ide.uri(DECK) in shown)
