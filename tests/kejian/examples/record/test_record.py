"""The record: what is written comes back, files are the truth, nothing churns."""

import json
import multiprocessing
import os
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kejian.examples.keys.key import KeyPart
from kejian.examples.record import file_format, tolerance
from kejian.examples.record.file_format import RecordedExample
from kejian.examples.record.outputs import Output
from kejian.examples.record.record import RecordFolder, name, reconcile

TEXT = Output(kind="text", name="", suffix="txt", data=b"accuracy: 0.9874\n")
VALUE = Output(kind="value", name="", suffix="txt", data=b"61,706")
FIGURE = Output(kind="picture", name="loss", suffix="svg", data=b"<svg/>\n", twin=b"\x89PNG twin")
PARTS = (
    KeyPart("code", "function lenet.summary", "3fa9", "cnn_examples/lenet.py:12"),
    KeyPart("package", "keras", "3.15.0", "cnn_examples/lenet.py:3"),
)
WHOLE = RecordedExample(
    name="lenet.summary",
    call="lenet.summary()",
    outputs=(TEXT, VALUE, FIGURE),
    key="ab12",
    parts=PARTS,
    settings=(("limit", "300"), ("threads", "1")),
    seed=7,
    python="3.11",
    verified="2026-11-24",
    seconds=1.25,
    tolerance="0.01",
    normalise="durations",
)


@pytest.fixture
def record(tmp_path):
    return RecordFolder(tmp_path / "slides" / "outputs", tmp_path / "aside")


def held(record):
    return {path.name: path.read_bytes() for path in record.folder.iterdir()}


def test_what_is_written_comes_back(record):
    assert record.read("lenet.summary") is None
    record.write(WHOLE)
    assert record.read("lenet.summary") == WHOLE
    assert record.names() == ["lenet.summary"]


def test_outputs_are_readable_files(record):
    record.write(WHOLE)
    files = held(record)
    assert sorted(files) == [
        "lenet.summary.2.txt",
        "lenet.summary.3.png",
        "lenet.summary.3.svg",
        "lenet.summary.json",
        "lenet.summary.txt",
    ]
    assert files["lenet.summary.txt"] == b"accuracy: 0.9874\n"
    assert files["lenet.summary.2.txt"] == b"61,706\n", "a text file ends with a newline"


def test_metadata_is_sorted_json_with_one_line_for_each_part(record):
    record.write(WHOLE)
    text = held(record)["lenet.summary.json"].decode()
    assert list(json.loads(text)) == sorted(json.loads(text))
    assert text.endswith("\n}\n")
    assert '  {"kind": "package", "name": "keras", "place": "cnn_examples/lenet.py:3", "value": "3.15.0"}\n' in text
    assert str(record.folder) not in text


def test_a_second_writing_touches_nothing(record):
    assert len(record.write(WHOLE)) == 5
    for path in record.folder.iterdir():
        os.utime(path, (0, 0))
    assert record.write(WHOLE) == []
    assert {path.stat().st_mtime for path in record.folder.iterdir()} == {0}


def test_only_the_files_that_change_are_written(record):
    record.write(WHOLE)
    changed = record.write(replace(WHOLE, outputs=(TEXT, replace(VALUE, data=b"61,707"), FIGURE)))
    assert changed == ["lenet.summary.2.txt", "lenet.summary.json"]


def test_an_output_that_is_gone_takes_its_files_with_it(record):
    record.write(WHOLE)
    record.write(replace(WHOLE, name="lenet.summary_long"))
    assert sorted(record.write(replace(WHOLE, outputs=(TEXT,)))) == [
        "lenet.summary.2.txt",
        "lenet.summary.3.png",
        "lenet.summary.3.svg",
        "lenet.summary.json",
    ]
    assert len(held(record)) == 7


def test_removing_takes_all_files_of_one_example(record):
    record.write(WHOLE)
    record.write(replace(WHOLE, name="lenet.summary~4-1a2b3c"))
    (record.folder / "README.md").write_text("ours")
    assert len(record.remove("lenet.summary")) == 5
    assert record.names() == ["lenet.summary~4-1a2b3c"]
    assert (record.folder / "README.md").exists()


def test_outputs_without_metadata_have_a_name_to_remove_them_by(record):
    record.write(WHOLE)
    (record.folder / "lenet.summary.json").unlink()
    assert record.read("lenet.summary") is None
    assert record.names() == ["lenet.summary"]
    record.remove("lenet.summary")
    assert record.names() == []


def test_a_file_that_a_person_edited_is_read_as_it_stands(record):
    record.write(WHOLE)
    (record.folder / "lenet.summary.2.txt").write_bytes(b"61,707\n")
    read = record.read("lenet.summary")
    assert read.outputs[1].data == b"61,707"
    assert read.edited == ("lenet.summary.2.txt",)


@pytest.mark.parametrize("file, number", [("lenet.summary.txt", 0), ("lenet.summary.3.svg", 2)])
def test_a_file_that_is_gone_is_an_output_that_is_gone(record, file, number):
    record.write(WHOLE)
    (record.folder / file).unlink()
    read = record.read("lenet.summary")
    assert read.edited == (file,)
    assert read.outputs == WHOLE.outputs[:number] + WHOLE.outputs[number + 1 :]


def test_a_twin_that_is_gone_leaves_its_picture(record):
    record.write(WHOLE)
    (record.folder / "lenet.summary.3.png").unlink()
    read = record.read("lenet.summary")
    assert read.outputs[2] == replace(FIGURE, twin=b"")
    assert read.edited == ("lenet.summary.3.png",)


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b"\xff", b"<<<<<<< HEAD\n{}\n=======\n", b'{"call": "", "key": "", "outputs": [{}]}']
)
def test_metadata_damaged_by_a_merge_leaves_the_outputs_as_they_are(record, damage):
    record.write(WHOLE)
    (record.folder / "lenet.summary.json").write_bytes(damage)
    read = record.read("lenet.summary")
    assert read.key == ""
    assert read.edited == ("lenet.summary.json",)
    assert [(o.suffix, o.twin) for o in read.outputs] == [("txt", b""), ("txt", b""), ("svg", FIGURE.twin)]
    (record.folder / "lenet.summary.3.svg").unlink()
    assert record.read("lenet.summary").outputs[2] == Output(kind="picture", name="", suffix="png", data=FIGURE.twin)


def test_line_ends_that_git_changed_are_no_edit(record):
    record.write(WHOLE)
    for path in record.folder.glob("*.txt"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert record.read("lenet.summary") == WHOLE


def test_metadata_does_not_say_where_to_look(record):
    record.write(WHOLE)
    (record.folder.parent / "secret.txt").write_text("secret")
    meta = record.folder / "lenet.summary.json"
    meta.write_text(meta.read_text().replace('"lenet.summary.txt"', '"../secret.txt"'))
    assert record.read("lenet.summary").outputs[0] == TEXT


def test_a_link_is_not_followed(record, tmp_path):
    record.write(WHOLE)
    (tmp_path / "secret.txt").write_text("secret")
    (record.folder / "lenet.summary.txt").unlink()
    (record.folder / "lenet.summary.txt").symlink_to(tmp_path / "secret.txt")
    assert record.read("lenet.summary").outputs[0] == VALUE


@pytest.mark.parametrize("bad", ["../x", "", "a/b", "a b", "a.json\n", "a~b.c", ".a"])
def test_what_cannot_name_an_example_is_refused(record, bad):
    with pytest.raises(ValueError, match="cannot name"):
        record.write(replace(WHOLE, name=bad))
    assert record.read(bad) is None


OUTPUTS = st.one_of(
    st.builds(
        Output,
        kind=st.sampled_from(["text", "value", "error"]),
        name=st.text(max_size=5),
        suffix=st.just("txt"),
        data=st.binary(),
    ),
    st.builds(
        Output,
        kind=st.just("picture"),
        name=st.text(max_size=5),
        suffix=st.just("svg"),
        data=st.binary(),
        twin=st.binary(),
    ),
    st.builds(Output, kind=st.just("picture"), name=st.text(max_size=5), suffix=st.just("png"), data=st.binary()),
)


@given(st.lists(OUTPUTS, max_size=4).map(tuple), st.text(), st.floats(0, 1e6).map(lambda x: round(x, 2)))
def test_files_round_trip(outputs, text, seconds):
    """Law: reading what was written gives the same value, whatever the bytes."""
    recorded = replace(WHOLE, outputs=outputs, seconds=seconds, python=text.encode("utf-8", "replace").decode())
    files = file_format.files(recorded)
    assert list(files)[-1] == "lenet.summary.json"
    assert set(file_format.names(recorded)) == set(files)
    assert file_format.read("lenet.summary", files["lenet.summary.json"], files.get) == recorded


def test_names_of_calls():
    assert name("lenet.summary()") == "lenet.summary"
    assert name("lenet.summary") == "lenet.summary"
    sized = name("counting.size(224, stride=4)['width']")
    assert sized.startswith("counting.size~224-stride=4-width-")
    assert sized != name("counting.size(22, 4, stride=4)['width']")
    assert name("lenet.n()", {"format": ","}) != name("lenet.n()", {"format": ""})


@given(st.text(max_size=80), st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=2))
def test_every_call_has_a_name_that_the_record_takes(arguments, settings):
    assert file_format.NAME.fullmatch(name(f"lenet.size({arguments})", settings))


def fresh(text, **changes):
    return replace(WHOLE, outputs=(replace(TEXT, data=text), *WHOLE.outputs[1:]), **changes)


def test_a_run_that_agrees_leaves_every_byte(record):
    record.write(WHOLE)
    again = fresh(b"accuracy: 0.9833\n", verified="2027-01-01", seconds=9)
    assert record.write(reconcile(record.read("lenet.summary"), again, tolerance.read("0.01"))) == []


def test_a_run_that_agrees_under_another_key_changes_the_metadata_alone(record):
    record.write(WHOLE)
    result = reconcile(record.read("lenet.summary"), fresh(b"accuracy: 0.9833\n", key="cd34"), tolerance.read("0.01"))
    assert record.write(result) == ["lenet.summary.json"]
    assert record.read("lenet.summary").needed == "0.0041"


def test_a_run_that_does_not_agree_is_written(record):
    record.write(WHOLE)
    result = reconcile(record.read("lenet.summary"), fresh(b"accuracy: 0.9\n", key="cd34"), tolerance.read("0.01"))
    assert record.write(result) == ["lenet.summary.txt", "lenet.summary.json"]
    assert result.outputs[1:] == WHOLE.outputs[1:]


def test_an_edit_within_the_tolerance_stays_and_is_then_what_was_agreed(record):
    record.write(WHOLE)
    (record.folder / "lenet.summary.txt").write_bytes(b"accuracy: 0.9870\n")
    result = reconcile(record.read("lenet.summary"), WHOLE, tolerance.read("0.01"))
    assert record.write(result) == ["lenet.summary.json"]
    assert record.read("lenet.summary").edited == ()
    assert held(record)["lenet.summary.txt"] == b"accuracy: 0.9870\n"


def test_the_first_run_is_the_record():
    assert reconcile(None, WHOLE, tolerance.DEFAULT) is WHOLE


def _writes(record, number):
    for k in range(20):
        record.write(fresh(b"accuracy: 0.9874\n" * (1 + (number + k) % 3)))
    record.write(WHOLE)


@pytest.mark.slow
def test_eight_builders_at_once_end_with_the_bytes_of_one(record):
    context = multiprocessing.get_context("spawn")
    builders = [context.Process(target=_writes, args=(record, number)) for number in range(8)]
    for builder in builders:
        builder.start()
    for builder in builders:
        builder.join()
    assert [builder.exitcode for builder in builders] == [0] * 8
    assert held(record) == file_format.files(WHOLE)
    assert list(record.aside.iterdir()) == []


def test_a_course_without_a_record(record):
    assert record.names() == []
    assert record.remove("lenet.summary") == []
    assert not record.folder.exists()


def test_what_a_killed_write_left_beside_the_outputs_is_swept_by_the_next(record):
    """It writes there where the folder `aside` is on another disk, or cannot be written to."""
    record.folder.mkdir(parents=True)
    (record.folder / ".new-1-left").write_bytes(b"half")
    record.write(WHOLE)
    assert not [name for name in held(record) if name.startswith(".new-")]
