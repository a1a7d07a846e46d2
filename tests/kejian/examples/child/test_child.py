"""What a child does with each call that it is asked to answer."""

import time
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from kejian.examples.answers import Limits
from kejian.examples.environment import SEED
from kejian.examples.run.subprocesses import ChildCall, run

ROOT = Path(__file__).parents[4]


@pytest.fixture
def answers(tmp_path):
    """What one child answers to calls of a module `shown` of a course; a bare name stands for a call of it."""

    def asked(text, *calls, packages=(), root=tmp_path / "course"):
        root.mkdir(exist_ok=True)
        if text:
            (root / "shown.py").write_text(text, "utf-8")
        whole = [ChildCall(module="shown", name=call) if isinstance(call, str) else call for call in calls]
        return run(root, whole, packages, tmp_path / "cache", Limits())

    return asked


@pytest.fixture
def executed(answers):
    """What a child answers to chunks of code, the first of which begins in line 7 of slides/a.md."""

    def asked(*texts, text="", **rest):
        lines = enumerate(texts)
        return answers(text, ChildCall(code=tuple(("slides/a.md", 7 + 11 * n, code) for n, code in lines), **rest))[0]

    return asked


def test_a_function_is_found_by_its_dotted_name_and_given_what_the_call_names(answers):
    text = "class Net:\n    def size(n, *, of=1):\n        return {'sizes': [n, of]}\n"
    (answer,) = answers(
        text, ChildCall(module="shown", name="Net.size", positional=(2,), keywords={"of": 3}, path=("sizes", 1))
    )
    assert (answer.value, answer.error) == ("3", None)


def test_the_course_s_modules_may_have_the_names_of_others(answers, tmp_path):
    (tmp_path / "course").mkdir()
    for name in ("child", "calendar"):
        (tmp_path / "course" / f"{name}.py").write_text("def place():\n    return 'the course'\n")
    found = answers("", ChildCall(module="child", name="place"), ChildCall(module="calendar", name="place"))
    assert [answer.value for answer in found] == ["the course"] * 2


def test_packages_are_imported_before_the_first_call_and_may_be_missing(answers, tmp_path):
    (tmp_path / "course").mkdir()
    (tmp_path / "course" / "early.py").write_text("print('not what the slides show')\n")
    text = "import sys\n\ndef early():\n    return 'early' in sys.modules\n"
    (answer,) = answers(text, "early", packages=["nowhere", "early"])
    assert (answer.value, answer.printed, answer.error) == ("True", "", None)


def test_a_package_that_looks_for_others_lists_no_folder_of_the_course(answers):
    text = (
        "import importlib.metadata, os\n\ndef one():\n    return len(importlib.metadata.entry_points(group='none'))\n\n"
        "def lists():\n    return len(os.listdir('.'))\n"
    )
    assert [answer.trace.listed for answer in answers(text, "one")] == [()]
    assert [answer.trace.listed for answer in answers(text, "lists")] == [("",)]


def test_random_numbers_begin_anew_in_each_call(answers, tmp_path):
    """Those of keras are those of its backend: what stands for it here notes how it is seeded."""
    (tmp_path / "course").mkdir()
    (tmp_path / "course" / "keras.py").write_text("SEEDS = []\n\nclass utils:\n    set_random_seed = SEEDS.append\n")
    text = (
        "import random\n\n"
        "def one():\n    return random.random()\n\n"
        "def more():\n    import numpy\n    return float(numpy.random.random())\n\n"
        "def seeds():\n    import keras\n    return keras.SEEDS\n"
    )
    *numbers, first, second = answers(text, "one", "one", "more", "more", "more", "seeds", "seeds")
    assert numbers[0].value == numbers[1].value
    assert numbers[2].value == numbers[3].value == numbers[4].value
    assert (first.value, second.value) == (f"[{SEED}]", f"[{SEED}]")


def test_output_before_an_error_is_included(answers):
    text = "def fails():\n    print('so far')\n    raise KeyError('k')\n\ndef works():\n    print('again')\n"
    failed, other = answers(text, "fails", "works")
    assert (failed.printed, failed.value, failed.error["type"]) == ("so far\n", None, "KeyError")
    assert (other.printed, other.value, other.error) == ("again\n", None, None)


def test_the_time_that_a_call_takes_is_told(answers):
    start = time.perf_counter()
    (answer,) = answers("import time\n\ndef takes():\n    time.sleep(0.01)\n", "takes")
    assert 0.01 <= answer.seconds <= time.perf_counter() - start


def test_each_call_has_its_own_reads(answers, tmp_path):
    (tmp_path / "course").mkdir()
    for name in "abc":
        (tmp_path / "course" / f"{name}.txt").write_text(name)
    text = f"def reads(*names):\n    for name in names:\n        open(f'{tmp_path}/course/{{name}}.txt').close()\n"
    found = answers(
        text,
        ChildCall(module="shown", name="reads", positional=("c", "a", "b")),
        ChildCall(module="shown", name="reads", positional=("a",)),
        ChildCall(module="shown", name="no"),
    )
    names = [[Path(path).name for path in answer.reads] for answer in found]
    assert names == [["a.txt", "b.txt", "c.txt"], ["a.txt"], []]


VALUES = {
    "1 + 1": "2",
    "'a'": "'a'",
    "1 + 1;": None,
    "1 + 1 ; \n": None,
    "x = 1": None,
    "": None,
    "1\nx = 2": None,
    "x = 1\nx + 1  # two": "2",
    "None": None,
    "object()": None,
    "print": "<built-in function print>",
    "def f(x: int): ...\nf.__annotations__": "{'x': <class 'int'>}",
    "__name__": "'__main__'",
}


def test_the_value_of_code_is_that_of_its_last_expression(answers):
    found = answers("", *(ChildCall(code=(("a.md", 1, code),)) for code in VALUES))
    assert dict(zip(VALUES, [answer.value for answer in found], strict=True)) == VALUES
    assert [answer.error for answer in found] == [None] * len(VALUES)


def test_chunks_share_their_names_and_only_the_last_one_shows(executed):
    answer = executed("x = 20\nprint('first')\nx", "print('second')\nx + 1")
    assert (answer.printed, answer.value) == ("second\n", "21")


def test_a_format_decides_how_a_value_is_shown(executed, answers):
    assert executed("61706", format=",").value == "61,706"
    found = answers(
        "def one():\n    return None\n",
        ChildCall(module="shown", name="one", format=""),
        ChildCall(module="shown", name="one"),
    )
    assert [answer.value for answer in found] == [None, None]
    assert found[0].error["message"] == "returns nothing|"


def test_an_error_in_code_is_told_by_the_deck_s_lines(executed, tmp_path):
    (tmp_path / "course" / "slides").mkdir(parents=True)
    (tmp_path / "course" / "slides" / "a.md").write_text("\n" * 18 + "1 / 0\n")
    answer = executed("x = 1", "x\n1 / 0\n")
    assert answer.error["trace"] == "  slides/a.md:19 in <module>\n    1 / 0"
    assert answer.reads == ()
    assert executed("x\n1 +").error["types"][0] == "SyntaxError"


@pytest.mark.parametrize("name", ["a.md", "z.md"])
def test_traceback_shows_the_frames_of_the_course_only(answers, name):
    """Here the course is the project, of which the child is a file."""
    code = "import json\njson.loads('{')"
    (answer,) = answers("", ChildCall(code=((name, 1, code),)), root=ROOT)
    assert answer.error["trace"].splitlines() == [f"  {name}:2 in <module>", "    "]
    assert answer.error["types"] == ["JSONDecodeError", "ValueError", "Exception", "BaseException", "object"]
    assert answer.error["notes"] == []


def test_notes_of_an_error_are_told(executed):
    code = "error = OSError('no')\nerror.add_note('one')\nerror.add_note('two')\nraise error"
    assert executed(code).error["notes"] == ["one", "two"]


def test_a_value_of_a_function_is_text_as_python_writes_it(answers):
    """What is text is shown as it is, and numbers of numpy as `print` shows them."""
    text = (
        "import numpy as np\n\n"
        "def words():\n    return 'a b'\n\n"
        "def many():\n    return ['a', 1]\n\n"
        "def none():\n    return []\n\n"
        "def matrix():\n    return np.eye(2)\n\n"
        "def place():\n    return object()\n"
    )
    found = answers(text, "words", "many", "none", "matrix", "place")
    assert [a.value for a in found[:4]] == ["a b", "['a', 1]", "[]", "[[1. 0.]\n [0. 1.]]"]
    assert (found[4].value, found[4].unshown) == (None, "object")


IMAGES = """
import numpy as np
from PIL import Image

def array(*shape, kind=np.uint8):
    return np.zeros(shape, kind)

def image(n=2):
    return Image.new("RGB", (n, 1))

def both():
    return [image(3), "not a picture", array(4, 5, 3)]

def pair():
    return image(6), image(7)
"""


def sizes(answer):
    assert answer.error is None
    assert all((suffix, twin) == ("png", b"") for suffix, _, twin in answer.pictures)
    return [Image.open(BytesIO(data)).size for _, data, _ in answer.pictures]


def test_images_and_bytes_with_colours_are_pictures(answers):
    shapes = [(2, 3, 3), (2, 3, 4), (2, 3, 2), (2, 3, 5), (2, 3), (2, 3, 3, 3), (3,)]
    calls = [ChildCall(module="shown", name="array", positional=shape) for shape in shapes]
    calls += [
        ChildCall(module="shown", name="array", positional=(2, 3, 3), keywords={"kind": kind})
        for kind in ("int8", "uint16", "float64")
    ]
    *found, image, both, pair = answers(IMAGES, *calls, "image", "both", "pair")
    assert [sizes(answer) for answer in found] == [[(3, 2)]] * 2 + [[]] * 8
    assert [answer.value is None for answer in found] == [True] * 2 + [False] * 8
    assert [sizes(answer) for answer in (image, both, pair)] == [[(2, 1)], [(3, 1), (5, 4)], [(6, 1), (7, 1)]]
    assert [answer.value for answer in (image, both, pair)] == [None] * 3


def test_object_with_only_a_save_method_is_not_a_picture(answers):
    """A network can be saved too."""
    network = "class Network:\n    save = str\n\ndef network():\n    return Network()\n\n"
    radio = "class Radio:\n    getbands = list\n\ndef radio():\n    return Radio()\n"
    for answer, name in zip(answers(network + radio, "network", "radio"), ("Network", "Radio"), strict=True):
        assert (answer.pictures, answer.error, answer.value, answer.unshown) == ((), None, None, name)


FIGURES = """
def figure():
    from matplotlib.figure import Figure
    figure = Figure()
    figure.subplots().plot([1, 2])
    return figure

def drawn():
    import matplotlib.pyplot as plt
    plt.plot([1, 2])

def one_of_two():
    import matplotlib.pyplot as plt
    first, second = plt.figure(figsize=(1, 1)), plt.figure(figsize=(2, 1))
    return second

def beside():
    import numpy as np
    import matplotlib.pyplot as plt
    plt.figure(figsize=(3, 1))
    return np.zeros((1, 2, 3), np.uint8)
"""


def widths(answer):
    """Of each figure the width of its PNG twin."""
    assert answer.error is None
    assert {suffix for suffix, _, _ in answer.pictures} <= {"svg"}
    return [Image.open(BytesIO(twin)).size[0] for _, _, twin in answer.pictures]


@pytest.mark.slow
def test_figures_are_the_same_in_every_run(answers):
    first, second = (answers(FIGURES, "figure", "drawn") for _ in range(2))
    assert [answer.pictures for answer in first] == [answer.pictures for answer in second]
    for answer in first:
        assert (widths(answer), answer.value) == ([512], None)
        ((_, data, twin),) = answer.pictures
        assert data.startswith(b"<?xml")
        assert b"dc:date" not in data
        assert b"dc:creator" not in data
        assert Image.open(BytesIO(twin)).info.keys() == {"dpi"}


@pytest.mark.slow
def test_figures_that_pyplot_holds_are_shown_after_what_is_returned(answers):
    (answer,) = answers(FIGURES, "one_of_two")
    assert (widths(answer), answer.value) == ([160, 80], None)
    (answer,) = answers(FIGURES, "beside")
    assert [suffix for suffix, _, _ in answer.pictures] == ["png", "svg"]


@pytest.mark.slow
def test_code_shows_the_figures_of_its_last_chunk(answers):
    wide = "import matplotlib.pyplot as plt\nplt.figure(figsize=(3, 1))\nplt.plot([1])"
    calls = [(wide, "plt.figure(figsize=(2, 1))\nplt.plot([1])"), (wide, "7"), (wide + "\n7",)]
    found = answers("", *(ChildCall(code=tuple(("a.md", 1, text) for text in texts)) for texts in calls))
    shown = [(widths(answer), answer.value) for answer in found]
    assert shown == [([180], None), ([], "7"), ([250], "7")]  # a little wider: labels lie outside of figures so small
