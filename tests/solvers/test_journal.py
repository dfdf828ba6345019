"""The log of the solver."""

from gigasite.solvers.highs import SIMPLEX, solve
from gigasite.solvers.journal import keeping
from gigasite.solvers.parallel import in_parallel


def test_every_programme_is_logged_in_one_file(programme, tmp_path):
    """Three programmes, solved two at a time: three headings, each above what HiGHS said of it."""
    small = programme([[1.0, 2.0]], [1.0, 1.0], [1.0], [1.0])
    with keeping(tmp_path / "solver.log"):
        in_parallel(lambda _: solve(small, SIMPLEX), [1, 2, 3])
    text = (tmp_path / "solver.log").read_text()
    assert text.count("=== at ") == 3
    assert text.count("2 columns, 1 rows") == 3
    assert text.count("Model status") >= 3
    assert [path.name for path in tmp_path.iterdir()] == ["solver.log"]


def test_nothing_is_logged_unless_asked(programme, tmp_path, capfd):
    small = programme([[1.0, 2.0]], [1.0, 1.0], [1.0], [1.0])
    with keeping(tmp_path / "solver.log"):
        pass
    assert solve(small, SIMPLEX).status == "optimal"
    assert (tmp_path / "solver.log").read_text() == ""
    assert capfd.readouterr() == ("", "")
