"""No finding is a dead end: what a hint says is done, as it says it, and ends the finding.

Each row of the table is a code, what brings the finding about, the command that reports it, and who does what its hint
says. Where the hint holds a command, that very command is typed, in the course's folder.
"""

import json
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pptx
import pytest

from kejian.cli.main import main
from kejian.examples.record.record import RecordFolder
from tests.conftest import copied

pytestmark = pytest.mark.slow  # each starts processes

ROOT = Path(__file__).parents[2]
BUILD, CHECK = ("build", "--format", "json"), ("check", "--format", "json")
READ = ("build", "--format", "json", "--no-exec")
LOOK = ("check", "--format", "json", "--no-exec")
HEAD = "<!-- slide -->\n\n# One\n\n"


@pytest.fixture(scope="session")
def once(tmp_path_factory, demo_course):
    root = demo_course(tmp_path_factory.mktemp("hints") / "demo")
    assert main(["build", str(root), "--quiet"]) == 0
    return root


@pytest.fixture
def course(once, demo, monkeypatch):
    """The course, built once, as the folder in which commands are typed."""
    copied(once, demo, dirs_exist_ok=True)
    monkeypatch.chdir(demo)
    return demo


class Author:
    """Who edits the course, and does what a hint says."""

    def __init__(self, root, capsys):
        self.root, self.capsys = root, capsys

    def reported(self, words):
        """The findings of a command."""
        self.capsys.readouterr()
        main(list(words))
        return json.loads(self.capsys.readouterr().out)

    def write(self, path, text):
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, "utf-8")

    def replace(self, path, old, new):
        text = (self.root / path).read_text("utf-8")
        assert old in text
        self.write(path, text.replace(old, new, 1))

    def line(self, found, change):
        """Change the line at which a finding stands."""
        lines = (self.root / found["path"]).read_text("utf-8").split("\n")
        lines[found["line"] - 1] = change(lines[found["line"] - 1])
        self.write(found["path"], "\n".join(lines))

    def attribute(self, found, written):
        """Write an attribute on the import, in place of the one that has its name."""
        name = written.partition("=")[0]
        self.line(found, lambda line: re.sub(rf' {name}=("[^"]*"|[^\s}}]*)', "", line).replace("}", f" {written}}}"))


def deck(text, settings=""):
    """A course with one slide."""

    def change(author):
        author.write("slides/deck.md", f"{HEAD}{text}\n")
        author.write("kejian.toml", settings)

    return change


def cites(text, front="bibliography: refs.bib"):
    """A course with one work, and a slide with this text."""

    def change(author):
        author.write("slides/refs.bib", "@book{knuth, author = {Donald Knuth}, title = {TeX}, year = 1984}\n")
        author.write("slides/deck.md", f"---\n{front}\n---\n{HEAD}{text}\n")

    return change


def shown(attributes):
    """A course whose slide imports a function of `shown.py`."""
    return deck(f'@import "../demo_examples/shown.py" {{{attributes}}}')


def edited(path, old, new):
    return lambda author: author.replace(path, old, new)


def defines(body, attributes='symbol="one" cmd=true', *commands):
    """A course whose slide imports a new function, built when it is asked for."""

    def change(author):
        author.replace("demo_examples/shown.py", "def text():", f"def one():\n{body}\n\n\ndef text():")
        shown(attributes)(author)
        for words in commands:
            assert {found["code"] for found in author.reported(words)} <= {"address-shown", "not-reproducible"}

    return change


def recorded(text, name="one"):
    """Make the record say what another machine may have shown, of the function that `defines` writes."""

    def change(author):
        record = RecordFolder(author.root / "slides" / "outputs")
        known = record.read(f"shown.{name}")
        record.write(replace(known, outputs=(replace(known.outputs[0], data=text.encode()),)))

    return change


def all_of(*changes):
    return lambda author: [change(author) for change in changes]


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="3"/></svg>'


def built(author):
    """Build, without a word."""
    assert author.reported(BUILD) == []


def gone(path):
    return lambda author: (author.root / path).unlink()


def then(*words):
    """Type these words."""

    def follow(_author, _found):
        assert main(list(words)) == 0

    return follow


def all_in_turn(*follows):
    return lambda author, found: [follow(author, found) for follow in follows]


def accepts(words):
    """A course whose slide accepts findings."""
    return lambda author: author.write("slides/deck.md", f'<!-- slide data-accept="{words}" -->\n\n# One\n\nText.\n')


def waits(*declared):
    """A course whose example needs a file that is not there."""

    def change(author):
        file = author.root / (declared[0] if declared else ".kejian/w.h5")
        there = f"    if not Path({str(file)!r}).exists():\n        raise UnavailableError('no weights')\n    return 1"
        author.replace("demo_examples/shown.py", "DATA = (", f"DATA = ({''.join(f'{one!r}, ' for one in declared)}")
        defines(there)(author)

    return change


def comes(author, _found):
    """What the example waits for comes."""
    for path in (".kejian/w.h5", "weights/w.h5"):
        author.write(path, "w")


def undeclared_in_another_module(author):
    author.write("demo_examples/other.py", "def one():\n    return open(__file__[:-22] + 'secret.txt').read()\n")
    author.write("slides/deck.md", f'{HEAD}@import "../demo_examples/other.py" {{symbol="one" cmd=true}}\n')


def without_package(author):
    shutil.rmtree(author.root / "demo_examples")
    deck("`{python} shown.one()`")(author)


def new_package(author):
    author.write("examples/__init__.py", "")
    author.write("examples/shown.py", "def one():\n    return 1\n")


def command(_author, found):
    """Type the command that the hint holds."""
    (typed, *_) = re.findall(r"`(kejian [^`]+)`", found["hint"])
    assert main(shlex.split(typed)[1:]) == 0


def removal(author, found):
    """Type the `rm` that the hint holds."""
    (typed,) = re.findall(r"`(rm [^`]+)`", found["hint"])
    subprocess.run(shlex.split(typed), cwd=author.root, check=True)


def attribute(author, found):
    """Write the attribute that the hint holds on the import."""
    author.attribute(found, re.search(r'\b\w+=("[^"]*"|[^\s,;]+)', found["hint"])[0])


def named(author, found):
    """Write the name that was perhaps meant in place of the one that is wrong."""
    wrong = re.findall(r"`([^`]+)`", found["message"])[-1]
    right = re.search(r"did you mean `([^`]+)`", found["hint"])[1]
    author.line(found, lambda line: line.replace(wrong, right))


def setting(author, found):
    """Write the setting that the hint holds into kejian.toml."""
    assert "kejian.toml" in found["hint"]
    written = re.search(r"\b\w+ = (\[[^\]]*\]|\d+|true)", found["hint"])[0]
    author.write("kejian.toml", f"{written}\n")


def declared(author, found):
    """Write the file that the hint names into DATA."""
    there = re.fullmatch(r'add ("[^"]+") to DATA in ([^:]+):(\d+)', found["hint"])
    if there:
        place = {"path": there[2], "line": int(there[3])}
        author.line(place, lambda line: line.replace("(", f"({there[1]}, ", 1))
        return
    written, path = re.fullmatch(r"write (DATA = .+) in (.+)", found["hint"]).groups()
    author.write(path, f"{(author.root / path).read_text()}\n\n{written}\n")


def leaves_out(name):
    """Leave out an attribute, as the hint says."""

    def follow(author, found):
        assert re.search(rf"(remove {name}=|{name}= smaller, or leave it out)", found["hint"])
        author.line(found, lambda line: re.sub(rf' {name}=("[^"]*"|[^\s}}]*)', "", line))

    return follow


def by_hand(words, *changes):
    """Do what no program could read from the hint, which has these words."""

    def follow(author, found):
        assert words in found["hint"]
        all_of(*changes)(author)

    return follow


def in_place(author, found):
    """Fix what the hint names by file and line: the line is replaced by what runs."""
    path, line = re.search(r"fix ([^:\s]+):(\d+)", found["hint"]).groups()
    author.line({"path": path, "line": int(line)}, lambda text: f"{text}\n    return 1" if "def " in text else "")


def replaced(words, old, new):
    """Replace text of the deck, as the hint with these words says."""
    return by_hand(words, edited("slides/deck.md", old, new))


def typed(old, pattern):
    """Type what the hint holds in place of `old`."""

    def follow(author, found):
        author.replace("slides/deck.md", old, re.search(pattern, found["hint"])[1])

    return follow


def in_settings(old, pattern):
    """Write into the settings what a hint names."""
    return lambda author, found: author.replace("kejian.toml", old, re.search(pattern, found["hint"])[1])


def settings(author, found):
    """Write all settings that the hint holds into kejian.toml."""
    author.write("kejian.toml", "\n".join(re.findall(r"\b\w+ = \[[^\]]*\]", found["hint"])) + "\n")


def in_mpe(author, found):
    """Write the setting that the hint holds into its part of kejian.toml."""
    author.write("kejian.toml", f"[mpe]\n{re.search(r'under .mpe.: (.+)', found['hint'])[1]}\n")


def encoded(text, encoding):
    """A course with one deck in another encoding."""
    return lambda author: (author.root / "slides/deck.md").write_bytes(f"{HEAD}{text}\n".encode(encoding))


def saved(author, found):
    """Save the deck as UTF-8, as the hint says."""
    assert "the encoding UTF-8" in found["hint"]
    author.write("slides/deck.md", f"{HEAD}卷积\n")


def a_block_instead(author, found):
    """Import what stands in prose, as the hint has it."""
    author.line(found, lambda _: re.search(r"@import .*\}", found["hint"])[0])


def value_elsewhere(author):
    """Make the record say another value than the one in prose."""
    (file,) = author.root.glob("slides/outputs/shown.value~*.json")
    recorded("[9]", file.stem.removeprefix("shown."))(author)


def without_record(author):
    for path in author.root.glob("slides/outputs/*"):
        path.unlink()


def deck_written(author, found):
    """Write a deck, as the hint says."""
    assert "a line <!-- slide --> into slides/" in found["hint"]
    deck("Text.")(author)


def file_for_cache(author):
    assert main(["clean"]) == 0
    author.write(".kejian", "in the way")


SHOWN, DECK, BASE = "demo_examples/shown.py", "slides/deck.md", "demo_examples/base.py"
TEXT = 'symbol="text" cmd=true'
ONE = 'symbol="one" cmd=true'
ADDRESS = "    class Model:\n        pass\n\n    print(Model())"
CHART = """
    class Chart:
        def _repr_mimebundle_(self):
            return {{"application/vnd.vegalite.v5+json": {{'data': {}}}}}

    return Chart()"""
SAVED = """
    import tempfile

    import matplotlib.pyplot as plt

    plt.savefig(tempfile.gettempdir() + "/saved.png")
    plt.close()"""
PARTS = """
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots()
    axes.title
    return figure"""
FRAMES = """
    import matplotlib.pyplot as plt
    from matplotlib.animation import FuncAnimation

    return FuncAnimation(plt.figure(), lambda n: (), init_func=tuple, frames=2000)"""
CHUNK = '```python {cmd=true id="a"}\n1\n```\n\n'
CHUNKS = "slide_code = true\n"
DIGITS = all_of(defines("    return 0.123456", ONE, BUILD), recorded("0.123457"))
FAILS = """
    class Said(Exception):
        def _repr_html_(self):
            raise RuntimeError(1)

    return Said()"""
MEANT = all_of(without_record, shown('symbol="fails" cmd=true raises="KeyError"'))
UNMEANT = all_of(without_record, shown(f'{TEXT} raises="KeyError"'))
THREES = edited(BASE, "SCALE = 2", "SCALE = 3")
RAISES = defines("    raise KeyError(1)")

TALK = "slides/talk.pptx"
IMPORT = ("import", TALK, "--format", "json")


def presented(words=b""):
    """A presentation beside the decks, or these bytes in its place."""

    def change(author):
        made = pptx.Presentation()
        made.slides.add_slide(made.slide_layouts[5]).shapes.title.text = "One"
        made.save(author.root / TALK)
        if words:
            (author.root / TALK).write_bytes(words)

    return change


def saved_again(author, found):
    assert re.search("save it once more|has saved as", found["hint"])
    presented()(author)


def moved_away(author, found):
    assert "move it away" in found["hint"]
    (author.root / found["path"]).unlink()


ROWS = {
    "a deck of a presentation": (
        "in-the-way",
        all_of(presented(), lambda author: author.write("slides/talk.md", "mine")),
        IMPORT,
        moved_away,
    ),
    "no presentation": ("unreadable", presented(b"PK"), IMPORT, saved_again),
    "an encrypted presentation": (
        "unreadable",
        presented(bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le")),
        IMPORT,
        saved_again,
    ),
    "changed code": ("drift", THREES, CHECK, command),
    "changed data": ("drift", lambda author: author.write("data/numbers.txt", "1 2 4"), CHECK, command),
    "an edited record": ("drift", edited("slides/outputs/shown.text.txt", "0.5000", "0.6000"), CHECK, command),
    "nothing changed": ("drift", all_of(defines("    return 'a'", ONE, BUILD), recorded("b")), CHECK, command),
    "a value": ("drift", all_of(deck("`{python} shown.value()`"), built, value_elsewhere), CHECK, command),
    "an address": ("drift", defines(ADDRESS, ONE, BUILD), CHECK, attribute),
    "an address, too": ("drift", defines(ADDRESS, f'{ONE} normalise="durations"', BUILD), CHECK, attribute),
    "a duration": ("drift", all_of(defines("    return '5 s'", ONE, BUILD), recorded("3 s")), CHECK, attribute),
    "last digits": ("drift", DIGITS, CHECK, attribute),
    "last digits, accepted": ("drift", DIGITS, CHECK, command),
    "no record": ("drift", without_record, CHECK, command),
    "no decks": ("no-decks", gone("slides/deck.md"), BUILD, deck_written),
    "a lost output": ("drift", gone("slides/outputs/shown.text.txt"), CHECK, command),
    "lost metadata": ("drift", gone("slides/outputs/shown.text.json"), CHECK, command),
    "stale": ("drift", edited("slides/outputs/shown.text.json", '"key": "', '"key": "0'), CHECK, command),
    "a failure": ("drift", RAISES, CHECK, all_in_turn(in_place, then("build", "--quiet"))),
    "an unused output": ("unused-output", deck("Nothing."), CHECK, command),
    "not run": ("not-verified", THREES, READ, command),
    "never run": ("not-verified", without_record, READ, command),
    "raises": ("example-failed", RAISES, BUILD, attribute),
    "raises, fixed": ("example-failed", RAISES, BUILD, in_place),
    "raises another": (
        "example-failed",
        all_of(without_record, shown('symbol="fails" cmd=true raises="KeyError"')),
        BUILD,
        attribute,
    ),
    "a part that raises": ("example-failed", edited(BASE, "return SCALE * x", "return x / 0"), BUILD, in_place),
    "raises nothing": (
        "example-no-error",
        all_of(without_record, shown(f'{TEXT} raises="KeyError"')),
        BUILD,
        leaves_out("raises"),
    ),
    "unavailable": ("example-unavailable", waits(), BUILD, all_in_turn(comes, command)),
    "unavailable, declared": ("example-unavailable", waits("weights/w.h5"), BUILD, comes),
    "undeclared": ("undeclared-read", shown('symbol="undeclared" cmd=true'), CHECK, declared),
    "undeclared, no DATA": ("undeclared-read", undeclared_in_another_module, CHECK, declared),
    "a bad tolerance": ("bad-tolerance", shown(f"{TEXT} tol=lots"), BUILD, attribute),
    "a bad rule": ("bad-tolerance", shown(f"{TEXT} normalise=all"), BUILD, replaced("durations", "=all", "=durations")),
    "loose": ("loose-tolerance", all_of(shown(f"{TEXT} tol=100%"), built), CHECK, leaves_out("tol")),
    "no such example": ("no-such-example", deck("`{python} shown.cuont()`"), BUILD, named),
    "no such symbol": ("symbol-missing", shown('symbol="txt" cmd=true'), BUILD, named),
    "needs an argument": (
        "not-an-example",
        shown('symbol="needs" cmd=true'),
        BUILD,
        by_hand("give each parameter a default", edited(SHOWN, "needs(argument)", "needs(argument=1)")),
    ),
    "no package": ("no-examples", without_package, BUILD, by_hand("make a folder `examples`", new_package)),
    "no Python": (
        "example-syntax",
        edited(BASE, "return SCALE * x", "return SCALE *"),
        BUILD,
        by_hand("", edited(BASE, "return SCALE *", "return SCALE * x")),
    ),
    "a quotation, no Python": (
        "quote-syntax",
        edited(SHOWN, "def table():", "def table(:"),
        BUILD,
        by_hand("correct the line", edited(SHOWN, "def table(:", "def table():")),
    ),
    "an empty quotation": (
        "quote-empty",
        all_of(defines('    """Nothing."""'), shown('symbol="one"')),
        BUILD,
        attribute,
    ),
    "an open region": (
        "region-open",
        all_of(edited(SHOWN, "def value():", "# region a\ndef value():"), shown('region="a"')),
        BUILD,
        by_hand("write # endregion below", edited(SHOWN, "def count", "# endregion\n\n\ndef count")),
    ),
    "lines": (
        "prefer-symbol",
        deck('@import "../demo_examples/base.py" {line_begin=3 line_end=6}'),
        BUILD,
        all_in_turn(attribute, replaced("", "line_begin=3 line_end=6 ", "")),
    ),
    "a chunk's name": ("chunk-taken", deck(CHUNK * 2, CHUNKS), BUILD, replaced("an id of its own", '"a"', '"b"')),
    "a chunk": ("code-not-run", deck(CHUNK), BUILD, setting),
    "a chunk that continues none": (
        "no-such-chunk",
        deck("```python {cmd=true continue}\n1\n```", CHUNKS),
        BUILD,
        replaced("", " continue", ""),
    ),
    "a chunk, no Python": (
        "example-syntax",
        deck("```python {cmd=true}\n%matplotlib\n```", CHUNKS),
        BUILD,
        replaced("correct the line", "%matplotlib", "1"),
    ),
    "too large": ("output-too-large", defines("    return 'x' * 1_100_000"), BUILD, setting),
    "a kind of output": ("bad-output", shown(f"{TEXT} output=sound"), BUILD, replaced("one of: text", "sound", "text")),
    "no such lines": ("bad-highlight", deck('```python {highlight="99"}\na\n```'), BUILD, attribute),
    "another language": ("code-not-run", deck("```js {cmd=true}\n1\n```"), BUILD, attribute),
    "forms at once": ("bad-output", shown(f'{TEXT} output="html latex"'), BUILD, attribute),
    "heat of no grid": ("bad-output", shown('symbol="value" cmd=true output="heat"'), BUILD, attribute),
    "no text": (
        "address-shown",
        defines("    return (n for n in range(3))"),
        BUILD,
        by_hand("of a generator `list(…)`", edited(SHOWN, "return (n for n in range(3))", "return list(range(3))")),
    ),
    "no such form": ("no-such-form", shown('symbol="value" cmd=true output="latex"'), BUILD, attribute),
    "no table": (
        "no-such-form",
        defines("    return 3", f"{ONE} output=table"),
        BUILD,
        by_hand("a list of lists", edited(SHOWN, "return 3", "return [[3]]")),
    ),
    "no grid": (
        "no-such-form",
        defines("    return [[[3]]]", f"{ONE} output=matrix"),
        BUILD,
        by_hand("at most two dimensions", edited(SHOWN, "return [[[3]]]", "return [[3]]")),
    ),
    "a form that fails": (
        "form-failed",
        defines(FAILS),
        BUILD,
        attribute,
    ),
    "bars in no column": (
        "no-such-form",
        defines("    from kejian import table\n    return table([[1]], ['a'], bars=['b'])"),
        BUILD,
        by_hand("name columns of the table", edited(SHOWN, "['b']", "['a']")),
    ),
    "a format that is none": (
        "no-such-form",
        defines("    from kejian import table\n    return table([[1]], ['size'], formats='wide')"),
        BUILD,
        by_hand('formats={"size": ","}', edited(SHOWN, "'wide'", '{"size": ","}')),
    ),
    "no steps": (
        "no-such-form",
        defines("    return 3", f"{ONE} steps"),
        BUILD,
        by_hand("return a list of them", edited(SHOWN, "return 3", "return [3, 4]")),
    ),
    "a figure of Plotly": (
        "no-such-form",
        defines("    class Figure:\n        __module__ = 'plotly'\n        to_plotly_json = 1\n    return Figure()"),
        BUILD,
        attribute,
    ),
    "a figure that is closed": (
        "figure-closed",
        defines(SAVED),
        BUILD,
        by_hand("plt.show() before plt.close()", edited(SHOWN, "plt.close()", "plt.show()")),
    ),
    "a chart that is none": (
        "no-such-form",
        defines(CHART.format("{}, 'mark': 7")),
        BUILD,
        by_hand("give the chart what it lacks", edited(SHOWN, "'mark': 7", "'mark': 'bar'")),
    ),
    "a chart of other data": (
        "no-such-form",
        defines(CHART.format("{'url': 'a.json'}, 'mark': 'bar'")),
        BUILD,
        by_hand("give the chart its rows", edited(SHOWN, "'url': 'a.json'", "'values': [{'a': 1}]")),
    ),
    "a figure without steps": (
        "no-such-form",
        defines(PARTS, f"{ONE} steps"),
        BUILD,
        by_hand('artist.set_gid("step-2")', edited(SHOWN, "axes.title", 'axes.title.set_gid("step-2")')),
    ),
    "too many frames": (
        "no-such-form",
        defines(FRAMES, f"{ONE} steps"),
        BUILD,
        by_hand("frames=12", edited(SHOWN, "frames=2000", "frames=12")),
    ),
    "no picture": (
        "no-such-form",
        defines("    return [3]", f"{ONE} output=image"),
        BUILD,
        by_hand("two dimensions", edited(SHOWN, "return [3]", "return [[3]]")),
    ),
    "no table by our own": (
        "no-such-form",
        defines("    from kejian import table\n    return table(3)"),
        BUILD,
        by_hand("what they can show", edited(SHOWN, "table(3)", "table([[3]])")),
    ),
    "nothing in prose": (
        "not-in-prose",
        all_of(defines("    return None"), deck("`{python} shown.one()`")),
        BUILD,
        by_hand("return the number or the words", edited(SHOWN, "return None", "return 3")),
    ),
    "a table in prose": (
        "not-in-prose",
        all_of(defines("    from kejian import table\n    return table([[3]])"), deck("`{python} shown.one()`")),
        BUILD,
        a_block_instead,
    ),
    "HTML that acts": (
        "output-html",
        defines("    print('<script>1</script>')", f"{ONE} output=html"),
        BUILD,
        attribute,
    ),
    "no call": ("not-a-call", deck("`{python} 1 + 1`"), BUILD, replaced("module.function()", "1 + 1", "shown.count()")),
    "a foreign file": ("foreign-file", lambda author: author.write("site/CNAME", "a.org"), BUILD, removal),
    "a file to keep": ("foreign-file", lambda author: author.write("site/CNAME", "a.org"), BUILD, setting),
    "in the way": ("in-the-way", file_for_cache, BUILD, removal),
    "accepts nothing": ("accepts-nothing", accepts("no-title: a"), LOOK, replaced("remove it", "no-title: a", "")),
    "accepts no code": ("accepts-unknown", accepts("no-alm: a"), LOOK, replaced("no-alt", "no-alm: a", "")),
    "accepts without a word": (
        "accepts-without-reason",
        all_of(accepts("no-alt"), edited(DECK, "Text.", "![](../a.svg)"), lambda author: author.write("a.svg", SVG)),
        LOOK,
        replaced("why this is meant", "no-alt", "no-alt: why this is meant"),
    ),
    "no anchor": ("missing-anchor", deck("[gone](#/9)"), LOOK, replaced("counted from 0", "#/9", "#/0")),
    "no title": ("no-title", edited(DECK, "# 例子", "例子"), LOOK, replaced("or a heading", "例子", "# 例子")),
    "no words": (
        "no-alt",
        all_of(deck("![](../a.svg)"), lambda author: author.write("a.svg", SVG)),
        LOOK,
        replaced("![words](…)", "![]", "![words]"),
    ),
    "a mark, nearly": ("almost-a-mark", deck("<!--slide-->"), LOOK, typed("<!--slide-->", "write (<!-- slide -->)")),
    "a mark, indented": (
        "almost-a-mark",
        deck("- <!-- slide -->"),
        LOOK,
        typed("- <!-- slide -->", "(<!-- slide -->)"),
    ),
    "a code of a path": (
        "import-qr",
        deck('@import "a.md" {as=qr}'),
        READ,
        typed('@import "a.md"', '(@import "[^"]+")'),
    ),
    "a code that is too long": (
        "import-qr",
        deck(f'@import "https://example.org/{"a" * 3000}" {{as=qr}}'),
        READ,
        replaced("import a shorter address", "a" * 3000, "a"),
    ),
    "an import, nearly": (
        "almost-an-import",
        all_of(deck("@import 'a.csv'"), lambda author: author.write("slides/a.csv", "a\n")),
        LOOK,
        typed("@import 'a.csv'", '(@import "[^"]+")'),
    ),
    "a macro, nearly": ("almost-a-macro", deck("HEADER：动机"), LOOK, typed("HEADER：动机", "write (.+)")),
    "blanks in bold": ("markup-as-text", deck("** 加粗 **后"), LOOK, typed("** 加粗 **", "write (.+)")),
    "a mark beside a letter": ("markup-as-text", deck("**注意:**next"), LOOK, typed("**注意:**", "or (.+)")),
    "braces": ("markup-as-text", deck("甲 {.fragment} 乙"), LOOK, typed("{.fragment}", "write (<!-- .+ -->)")),
    "braces as text": ("markup-as-text", deck("甲 {.fragment} 乙"), LOOK, replaced("\\{ for a brace", "{.f", "\\{.f")),
    "a link, nearly": ("markup-as-text", deck("[a]（deck.md）"), LOOK, typed("[a]（deck.md）", "write (.+)")),
    "a table, nearly": (
        "markup-as-text",
        deck("| a | b |\n| 1 | 2 |"),
        LOOK,
        lambda author, found: author.replace(DECK, "\n| 1", f"\n{found['hint'].split()[1]}\n| 1"),
    ),
    "a long row": (
        "table-row",
        deck("| a |\n|---|\n| 1 | 2 |"),
        LOOK,
        replaced("write \\| for a bar", "1 | 2", "1 \\| 2"),
    ),
    "an open formula": ("unclosed-formula", deck("$$\nx"), LOOK, replaced("close it with $$", "\nx", "\nx\n$$")),
    "prices": (
        "words-in-formula",
        deck("$5 买，卖 $6"),
        LOOK,
        replaced("write \\$ for a dollar", "$5 买，卖 $6", "\\$5 买，卖 \\$6"),
    ),
    "a reference": (
        "unresolved-reference",
        deck("$$a \\label{loss}$$\n\n$\\eqref{lss}$"),
        LOOK,
        typed("lss", r"did you mean (\S+)\?"),
    ),
    "a reference to nothing": (
        "unresolved-reference",
        deck("\\eqref{none}"),
        LOOK,
        replaced("write \\label{…} into a formula", "\\eqref{none}", "\\eqref{none}\n\n$$a \\label{none}$$"),
    ),
    "a reference to two decks": (
        "unresolved-reference",
        all_of(
            deck("\\eqref{loss}"),
            lambda author: [author.write(f"slides/{name}.md", f"{HEAD}$$a \\label{{loss}}$$\n") for name in "ab"],
        ),
        LOOK,
        lambda author, found: author.replace(DECK, "\\eqref{loss}", found["hint"].partition("such as ")[2]),
    ),
    "an edition": (
        "unknown-edition",
        deck('::: {.only edition="teacher"}\nx\n:::'),
        LOOK,
        settings,
    ),
    "a citation": (
        "unknown-citation",
        cites("[@knth]"),
        LOOK,
        typed("@knth", r"did you mean (\S+)\?"),
    ),
    "a place for citations": (
        "citations",
        cites("[@knuth]", "bibliography: refs.bib\ncitations: footnotes"),
        LOOK,
        replaced("write citations: notes", "citations: footnotes", "citations: notes"),
    ),
    "a bibliography": (
        "bibliography",
        cites("x", front="bibliography: ref.bib"),
        LOOK,
        typed("ref.bib", r"did you mean (\S+)\?"),
    ),
    "a style of citations": (
        "citation",
        cites("[@knuth]", front="bibliography: refs.bib\ncsl: ieeee"),
        READ,
        replaced('did you mean csl = "ieee"?', "ieeee", "ieee"),
    ),
    "a variable": (
        "unknown-variable",
        deck("{{tern}}", '[variables]\nterm = "2026"\n'),
        LOOK,
        typed("{{tern}}", r"did you mean (\S+)\?"),
    ),
    "an edition that is not named": (
        "unknown-edition",
        deck("::: {.only}\nx\n:::", 'editions = ["teacher"]\n'),
        LOOK,
        replaced('write edition="teacher"', "{.only}", '{.only edition="teacher"}'),
    ),
    "an edition that is asked for": (
        "no-edition",
        deck("x"),
        ("build", "--edition", "teacher", "--format", "json"),
        settings,
    ),
    "a frame": (
        "raw-html",
        deck('<iframe src="https://a.org/x"></iframe>'),
        BUILD,
        settings,
    ),
    "a deck of the start page": (
        "no-such-deck",
        deck("x", '[[sections]]\ntitle = "A"\ndecks = ["slides/dek.md"]\n'),
        READ,
        in_settings("slides/dek.md", r"did you mean (\S+)\?"),
    ),
    "a picture for link previews": (
        "picture-without-url",
        all_of(deck("x", 'picture = "a.svg"\n'), lambda author: author.write("a.svg", SVG)),
        READ,
        lambda author, found: author.write("kejian.toml", f'picture = "a.svg"\n{found["hint"].partition(", ")[2]}\n'),
    ),
    "a label": (
        "label-taken",
        deck("$$a \\label{b}$$\n\n$$c \\label{b}$$"),
        LOOK,
        replaced("give one of them another name", "c \\label{b}", "c \\label{d}"),
    ),
    "a colon": (
        "attributes",
        deck("<!-- slide vertical:true -->\n\n# Two"),
        LOOK,
        lambda author, found: author.replace(DECK, *re.findall("`([^`]+)`", found["message"])),
    ),
    "an attribute": (
        "attribute-unread",
        deck("```python {highligt=1}\n1\n```"),
        LOOK,
        typed("highligt=", r"did you mean (\w+=)"),
    ),
    "vertical text": (
        "attribute-unread",
        deck('<!-- slide vertical="false" -->'),
        LOOK,
        typed('vertical="false"', "write (\\S+)"),
    ),
    "a sharp": (
        "missing-picture",
        all_of(deck("![words](a#1.svg)"), lambda author: author.write("slides/a#1.svg", SVG)),
        LOOK,
        typed("a#1.svg", "write (.+)"),
    ),
    "a deck elsewhere": ("not-built", lambda author: author.write("more/x.md", HEAD), LOOK, setting),
    "a page": ("no-slides", lambda author: author.write("slides/x.md", "# One\n"), LOOK, settings),
    "a deck for another program": (
        "other-dialect",
        lambda author: author.write("slides/x.md", "---\nmarp: true\n---\n\n# One\n\n---\n\n# Two\n"),
        LOOK,
        command,
    ),
    "an open bracket": (
        "bad-mermaid",
        deck("```mermaid\ngraph TD\n  a[f(x)] --> b\n```"),
        READ,
        replaced('stands in quotes, as in a["f(x)"]', "a[f(x)]", 'a["f(x)"]'),
    ),
    "a semicolon in a message": (
        "bad-mermaid",
        deck("```mermaid\nsequenceDiagram\n  a->>b: x; y\n```"),
        READ,
        replaced("write #59; for a semicolon", "x; y", "x#59; y"),
    ),
    "a kind alone": (
        "bad-mermaid",
        deck("```mermaid\nflowchart LR\n```"),
        READ,
        replaced("begin with the kind, then a part", "flowchart LR", "flowchart LR\n  a"),
    ),
    "a node that calls": (
        "diagram-part",
        deck("```mermaid\nflowchart LR\n  a --> b\n  click a go\n```"),
        READ,
        typed("click a go", r'(click a "b\.html")'),
    ),
    "a link of a node": (
        "bad-link",
        deck('```mermaid\nflowchart LR\n  a --> b\n  click a "javascript:x"\n```'),
        READ,
        replaced("use http:, https:", "javascript:x", "https://example.org"),
    ),
    "an icon of a node": (
        "diagram-part",
        deck("```mermaid\nflowchart LR\n  a[fa:fa-car 车]\n```"),
        READ,
        typed("fa:fa-car", r"as in (.)"),
    ),
    "a picture in a graph": (
        "diagram-part",
        deck('```dot\ndigraph { a [image="x.png"] }\n```'),
        READ,
        replaced("take image= out; show the picture on the slide, ![](x.png)", ' [image="x.png"]', ""),
    ),
    "a picture in a label": (
        "diagram-part",
        deck('```dot\ndigraph { a [label=<<table><tr><td><img src="x.png"/></td></tr></table>>] }\n```'),
        READ,
        replaced("take <img> out", '<img src="x.png"/>', "x"),
    ),
    "a timing diagram without a comma": (
        "bad-wavedrom",
        deck("```wavedrom\n{signal: [{name: 'clk' wave: 'p..'}]}\n```"),
        READ,
        replaced("{signal: [{name: 'clk', wave: 'p..'}]}", "'clk' wave", "'clk', wave"),
    ),
    "a register in a language without an engine": (
        "diagram-not-drawn",
        deck('```bitfield\n[{"name": "a", "bits": 8}]\n```'),
        READ,
        replaced(
            "write it as wavedrom, {reg: […]}",
            'bitfield\n[{"name": "a", "bits": 8}]',
            'wavedrom\n{reg: [{"name": "a", "bits": 8}]}',
        ),
    ),
    "a language without an engine": (
        "diagram-not-drawn",
        deck("```puml\na -> b\n```"),
        READ,
        replaced("add {code_block=true}", "```puml", "```puml {code_block=true}"),
    ),
    "another encoding": ("not-utf-8", encoded("卷积", "gbk"), LOOK, saved),
    "no encoding": ("unreadable", encoded("Привет", "cp1251"), LOOK, saved),
    "a setting of the editor": (
        "editor-setting",
        lambda author: author.write(".crossnote/config.js", "({enableTypographer: isChinese()})"),
        LOOK,
        in_mpe,
    ),
    "no theme": (
        "reveal-theme",
        lambda author: author.write("slides/themed.md", f"---\npresentation:\n  theme: mine.css\n---\n{HEAD}"),
        BUILD,
        by_hand("write one of white,", edited("slides/themed.md", "mine.css", "white")),
    ),
    "an unused file": (
        "unused-file",
        lambda author: author.write("slides/a.svg", SVG),
        LOOK,
        by_hand("remove it", gone("slides/a.svg")),
    ),
}

if find_spec("vl_convert"):
    ROWS["a chart of a file"] = (
        "bad-vega-lite",
        deck('```vega-lite\n{"data": {"url": "x.csv"}, "mark": "bar"}\n```'),
        READ,
        replaced('"data": {"values": […]}', '{"url": "x.csv"}', '{"values": [{"a": 1}]}'),
    )


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_what_a_hint_says_ends_the_finding(row, course, capsys):
    code, change, words, follow = row
    author = Author(course, capsys)
    change(author)
    found = [one for one in author.reported(words) if one["code"] == code]
    assert found
    for _ in range(9):  # there may be several, each with its own hint
        if found:
            follow(author, found[0])
            found = [one for one in author.reported(words) if one["code"] == code]
    assert found == []


@pytest.mark.parametrize("command", [("build", "--rerun"), ("check", "--accept")])
def test_a_name_that_no_deck_quotes_is_typed_again_as_the_hint_has_it(command, course, capsys):
    author = Author(course, capsys)
    (found,) = author.reported([*command, "shown.txet", "--format", "json"])
    assert found["code"] == "not-quoted"
    name = re.findall(r"`([^`]+)`", found["hint"])[0]
    assert author.reported([*command, name, "--format", "json"]) == []


@pytest.mark.slow
def test_a_hint_names_what_was_typed_and_typing_it_again_ends_the_finding(course, capsys, tmp_path, monkeypatch):
    author = Author(course, capsys)
    all_of(defines("    return 'a'", ONE, BUILD), recorded("b"))(author)
    monkeypatch.chdir(tmp_path)
    words = [sys.executable, str(ROOT / "build.py"), "check", "demo"]
    run = subprocess.run(words, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    (typed,) = re.findall(r"run `([^`]+)`", run.stderr)
    assert typed == f"{sys.executable} {ROOT / 'build.py'} check demo --accept shown.one"
    assert subprocess.run(shlex.split(typed), check=False).returncode == 0
    assert subprocess.run(words, check=False).returncode == 0
