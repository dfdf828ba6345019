import dataclasses

import pytest

from gigasite.models.progress import Stage, silent


def test_a_stage_says_only_what_is_known():
    stage = Stage("solve")
    assert (stage.fraction, stage.elapsed_seconds, stage.gap, stage.note) == (None, None, None, "")


def test_a_stage_cannot_be_edited():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Stage("solve").name = "write"


def test_silence_prints_nothing(capsys):
    silent(Stage("solve", 0.5, note="half"))
    assert capsys.readouterr() == ("", "")
