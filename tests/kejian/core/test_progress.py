"""Progress: lines anywhere, tasks where they are drawn."""

from kejian.core.progress import begin, counted, remind, silence


class Drawn:
    """Progress that draws tasks: it keeps what it is told, in its order."""

    def __init__(self):
        self.said = []

    def __call__(self, words):
        self.said.append(words)

    def begin(self, words, total, *, bar_only):
        self.said.append((words, total, bar_only))
        return self

    def advance(self):
        self.said.append("step")

    def end(self):
        self.said.append("end")


def test_a_task_without_steps_is_one_line():
    said = []
    begin(said.append, "installing").end()
    assert said == ["installing"]


def test_a_task_of_many_steps_is_a_line_for_every_500():
    said = []
    task = begin(said.append, "making formulas", 1000)
    for _ in range(1000):
        task.advance()
    task.end()
    assert said == ["making formulas: 1000", "making formulas: 500 of 1000 done"]


def test_what_is_a_bar_only_is_no_line():
    said = []
    begin(said.append, "examples", 3, bar_only=True).advance()
    assert said == []


def test_where_tasks_are_drawn_nothing_reminds_of_them():
    drawn, said = Drawn(), []
    task = begin(drawn, "examples", 1, bar_only=True)
    remind(drawn, "still running")
    remind(said.append, "still running")
    task.advance()
    task.end()
    assert drawn.said == [("examples", 1, True), "step", "end"]
    assert said == ["still running"]


def test_words():
    assert (counted(1, "error"), counted(2, "error")) == ("1 error", "2 errors")
    assert silence("x") is None
