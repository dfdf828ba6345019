"""Work by hand: classes of 1,000 H100 on average, on accelerators that the rest of the site lends."""

import numpy as np
import pytest
from pydantic import ValidationError

from gigasite.models.component import Component
from gigasite.models.hourly import HourlyValues


def shape(*values):
    return HourlyValues(np.array(values, dtype=float), "")


@pytest.fixture
def working(tiny, rest_of):
    """Solve a class with so much compute to be had at every step [kH100]."""

    def solve(compute, steps=4, standing=50.0, **one):
        work = {"kind": "work", "name": "work", "classes": [{"name": "jobs", **one}]}
        lent = rest_of("compute", name="gpus", least=0, most=compute)
        account = rest_of("compute_capacity", name="stock", least=standing, most=standing)
        hours = one.pop("step_hours", 0.5)
        return tiny({**work, "classes": [{"name": "jobs", **one}]}, lent, account, steps=steps, step_hours=hours)

    return solve


@pytest.mark.parametrize(("compute", "status"), [(1.6, "optimal"), (1.59, "infeasible")])
def test_work_without_a_window_is_done_as_it_arrives(working, compute, status):
    """Shape 1, 2, 3, 4 scaled to a mean of one: the peak is 1.6 kH100."""
    assert working(compute, demand="1000 H100", profile=shape(1, 2, 3, 4)).status == status


@pytest.mark.parametrize(("compute", "status"), [(2.0, "optimal"), (1.99, "infeasible")])
def test_work_waits_within_its_window_and_not_beyond(working, compute, status):
    """4 kH100 arrive in the first half hour: 2 kH100 h, to be done within the first hour. Over the year 1 would do."""
    assert working(compute, demand="1000 H100", profile=shape(4, 0, 0, 0), window="1 hour").status == status


@pytest.mark.parametrize(("compute", "status"), [(2.0, "optimal"), (1.99, "infeasible")])
def test_a_long_window_is_a_store_in_which_nothing_grows_older(working, compute, status):
    """8 kH100 arrive in the first of eight half days and may wait 36 hours: done over steps 0 to 3, 2 kH100.

    Later steps receive nothing: a backlog limited by what arrives just then would ask for all 8 at once.
    """
    one = {"demand": "1000 H100", "profile": shape(8, *[0] * 7), "window": "36 hours", "step_hours": 12.0}
    assert working(compute, steps=8, **one).status == status


@pytest.mark.parametrize("window", ["1 hour", "36 hours"])
def test_all_work_is_done(working, window):
    """1 kH100 x 8,760 h, whenever it is done."""
    one = {"demand": "1000 H100", "profile": shape(2, 0, 1, 1), "window": window, "step_hours": 0.5}
    assert working(8.0, **one).year("work", "compute") == pytest.approx([-8760])


def test_waiting_work_goes_on_at_its_least_rate(working):
    solved = working(8.0, demand="1000 H100", window="1 hour", minimum=0.5)
    assert np.all(solved["work.jobs.served"][:4] >= 0.5 - 1e-9)


@pytest.mark.parametrize(("compute", "status"), [(0.7, "optimal"), (0.69, "infeasible")])
def test_a_partner_does_at_most_its_share(working, compute, status):
    one = {"demand": "1000 H100", "partner": {"price": "2 USD/H100/hour", "maximum_share": 0.3}}
    assert working(compute, **one).status == status


def test_a_partner_is_paid_by_the_hour(working):
    """A quarter of 1,000 H100 x 8,760 h x 2 USD = 4.38 M USD."""
    solved = working(0.75, demand="1000 H100", partner={"price": "2 USD/H100/hour", "maximum_share": 0.3})
    assert solved.cost("work", "partner (jobs)") == pytest.approx([4.38e6])


def test_a_partner_does_at_least_what_was_agreed(working):
    """A tenth, though there is room for all here."""
    partner = {"price": "2 USD/H100/hour", "minimum_share": 0.1, "maximum_share": 0.3}
    assert working(5.0, demand="1000 H100", partner=partner)["work.jobs.partner"][:4].mean() == pytest.approx(0.1)


@pytest.mark.parametrize(("compute", "status"), [(0.9, "optimal"), (0.89, "infeasible")])
def test_only_the_stated_share_stays_undone(working, compute, status):
    one = {"demand": "1000 H100", "unserved_share": 0.1, "value": "5 USD/H100/hour"}
    assert working(compute, **one).status == status


def test_unserved_work_costs_its_value_and_is_a_penalty(working):
    """100 H100 x 8,760 h x 5 USD = 4.38 M USD, no cash."""
    solved = working(0.9, demand="1000 H100", unserved_share=0.1, value="5 USD/H100/hour")
    assert solved.cost("work", "unserved (jobs)") == pytest.approx([4.38e6])
    assert solved.compiled.network.terms["work"].penalties == ("unserved (jobs)",)


@pytest.mark.parametrize(("window", "hours"), [("0 hours", 0.5), ("1 hour", 0.5), ("36 hours", 12.0)])
def test_a_share_follows_what_the_accelerators_can_do(working, window, hours):
    """Half of 4 kH100: 2 kH100 x 8,760 h, with any window."""
    solved = working(9.0, standing=4.0, share=0.5, window=window, step_hours=hours)
    assert solved.year("work", "compute") == pytest.approx([-2 * 8760])


def test_design_days_count_no_work(working):
    assert working(5.0, demand="1000 H100")["work.jobs.served"][4:] == pytest.approx([0, 0])


@pytest.mark.parametrize("both", [{}, {"demand": "1 H100", "share": 0.5}])
def test_a_class_has_one_measure(both):
    with pytest.raises(ValidationError, match="either a demand or a share"):
        Component.from_dict({"kind": "work", "name": "work", "classes": [{"name": "jobs", **both}]})


def test_a_partners_shares_are_in_order():
    partner = {"minimum_share": 0.5, "maximum_share": 0.3}
    with pytest.raises(ValidationError, match="above its maximum share"):
        Component.from_dict(
            {"kind": "work", "name": "work", "classes": [{"name": "a", "demand": "1 H100", "partner": partner}]}
        )


@pytest.mark.parametrize(("compute", "status"), [(0.995, "optimal"), (0.994, "infeasible")])
def test_the_agreed_share_may_be_dropped(working, compute, status):
    """0.5 % of 1 kH100; dropping is no penalty and costs nothing by itself."""
    assert working(compute, demand="1000 H100", curtailable="0.5 %").status == status


def test_dropped_work_is_cheaper_than_unserved_work(working):
    """A tenth is missing: 5 % is dropped first, 5 % x 1,000 H100 x 8,760 h x 5 USD = 2.19 M USD is unserved."""
    solved = working(0.9, demand="1000 H100", curtailable=0.05, unserved_share=0.1, value="5 USD/H100/hour")
    assert solved.usd == pytest.approx(2.19e6)
    assert solved.year("work", "done_work") == pytest.approx([0.9 * 8760])
    assert solved.year("work", "due_work") == pytest.approx([8760])


def test_every_stop_is_paid(working):
    """Work arrives in the first hour of two, so that 2 kH100 stop once in 2 h: 4,380 stops x 2,000 H100 x 0.5 USD.

    Without a window nothing can be spread. Charging hours instead of stops would give twice as much with half hours.
    """
    solved = working(
        4.0, demand="1000 H100", profile=shape(1, 1, 0, 0), curtailable=1e-9, checkpoint_cost="0.5 USD/H100"
    )
    assert solved.cost("work", "checkpoints (jobs)") == pytest.approx([4380 * 2000 * 0.5], rel=1e-6)


def test_a_checkpoint_cost_keeps_work_steady(working):
    """The same work with a window of 2 h runs at an even rate and never stops."""
    one = {"demand": "1000 H100", "profile": shape(1, 1, 0, 0), "window": "2 hours"}
    solved = working(4.0, **one, checkpoint_cost="0.5 USD/H100")
    assert solved["work.jobs.served"][:4] == pytest.approx([1, 1, 1, 1])
    assert solved.usd == pytest.approx(0.0, abs=1e-3)


@pytest.mark.parametrize(("ramp", "status"), [("2 1/hour", "optimal"), ("1.9 1/hour", "infeasible")])
def test_work_changes_no_faster_than_its_ramp(working, ramp, status):
    """Shape 1.5, 0.5 of 1 kH100: a change of 1 kH100 in half an hour, twice the average rate an hour."""
    assert working(4.0, demand="1000 H100", profile=shape(3, 1, 3, 1), ramp=ramp).status == status


@pytest.mark.parametrize(
    ("one", "said"),
    [
        ({"checkpoint_cost": "1 USD/H100"}, "acts on work that may stop only"),
        ({"curtailable": "60 %", "unserved_share": "50 %"}, "not add up to more than 100 %, got 110 %"),
        ({"curtailable": "101 %"}, "between 0 and 1"),
        ({"ramp": "0 1/hour"}, "greater than 0"),
    ],
)
def test_flexibility_that_cannot_be_meant_is_refused(one, said):
    with pytest.raises(ValidationError, match=said):
        Component.from_dict({"kind": "work", "name": "work", "classes": [{"name": "a", "demand": "1 H100", **one}]})
