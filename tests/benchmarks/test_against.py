"""Two runs of a benchmark, number by number."""

from benchmarks.against import beside, numbers

PRINTED = """
noise

### Builds

| course | build | s | × imports | MiB |
| --- | --- | --- | --- | --- |
| 100 slides | cold | 2.00 | 25.00 | 1,070.50 |
| this course | no change | 0.05 | 0.70 |  |

### Others

| | ms |
| --- | --- |
| one | 3 |
"""


def test_every_number_of_every_table_has_a_place():
    assert numbers(PRINTED) == {
        ("Builds", "100 slides, cold", "s"): 2.0,
        ("Builds", "100 slides, cold", "× imports"): 25.0,
        ("Builds", "100 slides, cold", "MiB"): 1070.5,
        ("Builds", "this course, no change", "s"): 0.05,
        ("Builds", "this course, no change", "× imports"): 0.7,
        ("Others", "one", "ms"): 3.0,
    }
    assert numbers("nothing") == {}


def test_medians_stand_beside_each_other_for_what_all_runs_have():
    then = [numbers(PRINTED), numbers(PRINTED.replace("2.00", "4.00")), numbers(PRINTED.replace("one", "two"))]
    now = [numbers(PRINTED.replace("25.00", "50.00"))]
    assert beside(then, now) == [
        ["Builds", "100 slides, cold", "s", 2.0, 2.0, 1.0],
        ["Builds", "100 slides, cold", "× imports", 25.0, 50.0, 2.0],
        ["Builds", "100 slides, cold", "MiB", 1070.5, 1070.5, 1.0],
        ["Builds", "this course, no change", "s", 0.05, 0.05, 1.0],
        ["Builds", "this course, no change", "× imports", 0.7, 0.7, 1.0],
    ]
