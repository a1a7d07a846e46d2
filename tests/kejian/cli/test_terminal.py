"""Words that several commands take."""

import pytest

from kejian.cli.main import main


@pytest.mark.parametrize(
    "word, hint", [("dask:", "dask://HOST:PORT"), ("cloud", "dask://HOST:PORT"), ("dask://nowhere", "dask://HOST:PORT")]
)
def test_a_place_for_examples_that_is_none_is_wrong_use(word, hint, tmp_path, capsys):
    with pytest.raises(SystemExit) as e:
        main([str(tmp_path), "--executor", word])
    assert e.value.code == 2
    assert hint in capsys.readouterr().err
