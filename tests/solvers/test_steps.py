import numpy as np

from gigasite.solvers.steps import steps_of


def test_columns_of_steps_know_their_step_and_others_have_none(week):
    """Two phases of 168 hours and two design days: what is stored has a step for each, what is added has none."""
    plant = week()
    step, model = steps_of(plant), plant.network.model
    stored = plant.columns.slice(model.find_component("bess.stored"))
    added = plant.columns.slice(model.find_component("bess.power_added"))
    assert step[stored].tolist() == np.arange(plant.network.time.timeline.size).tolist()
    assert step[added].tolist() == [-1, -1]
