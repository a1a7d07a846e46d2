"""The words of a source looked for in its drawing."""

import pytest

from kejian.makers.mermaid.words import kind, names, shown, undrawn


@pytest.mark.parametrize(
    "source, text, line",
    [
        ("graph LR\n a[卷积] --> b", "卷积ab", 0),
        ("graph LR\n a[卷积] --> b\n c[池化]", "卷积abc", 3),
        ("graph LR\n a %% lost\n %% lost\n click a call lost()\n style a fill:lost", "a", 0),
        ("---\ntitle: 标题\nconfig: lost\n---\npie\n a", "标题a", 0),
        ("---\ntitle: 标题\n---\npie", "", 2),
        ("sequenceDiagram\n A-xB: hi", "abhi", 0),
        ("gantt\n 任务 :lost, 2026-01-01, 3d", "任务", 0),
        ("graph LR\n a --> b\n class a lost", "ab", 0),
        ("graph LR\n a:::lost@{lost: x}", "a", 0),
        ("xychart-beta\n bar [1, 2]\n x-axis [lost]", "", 3),
    ],
)
def test_words_that_are_written_are_drawn(source, text, line):
    message, number = undrawn(source, text, "")
    assert (number, bool(message)) == (line, bool(line))


def test_a_name_that_the_engine_has_read_need_not_be_drawn():
    assert undrawn("graph LR\n first[卷积]", "卷积", '{"id": "first"}') == ("", 0)


def test_names_stand_before_brackets():
    assert names("mindmap\n id2(圆)\n b6<[x]>(down)").split() == ["id2", "圆", "b6", "down"]


@pytest.mark.parametrize(
    "source, word",
    [("%% x\n\n  Graph LR", "graph"), ("---\na: b\n---\npie title x", "pie"), ("", ""), ("---\n", "---")],
)
def test_the_kind_is_the_first_word(source, word):
    assert kind(source) == word


def test_lines_keep_their_numbers():
    assert [number for number, _ in shown("\n\ngraph LR\n\n a")] == [3, 5]
