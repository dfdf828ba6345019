# ruff: noqa: E501  sentences stand as people see them
from collections.abc import Callable

import pytest

from gigasite.sites import Site

Trouble = Callable[..., list[str]]
WORK = "work: {training: {demand: 20000 H100, window: 24 h}, inference: {demand: 5000 H100}}"


@pytest.fixture
def compute(texts: dict[str, str]) -> str:
    return texts["head"] + texts["compute"] + texts["grid"]


@pytest.fixture
def plain(texts: dict[str, str]) -> str:
    return texts["head"] + texts["load"] + texts["grid"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "  dry: {kind: cold_plate_dry_cooler, supply: 40 degC}\n",
            "",
            "test.yaml:5 accelerators 'gpu': makes heat in the liquid loop, which nothing takes away. Add a cooling system"
            " of kind cold_plate_dry_cooler or cold_plate_tower.",
        ),
        (
            "  hall: {kind: air_cooled_chiller}\n",
            "",
            "test.yaml:5 accelerators 'gpu' and power_chain 'power_chain': make heat in the air loop, which nothing takes",
        ),
        (
            "cooling:",
            "  power_chain: null\ncooling:",
            "test.yaml:5 accelerators 'gpu': draws protected power, which nothing supplies. Remove compute.power_chain: null",
        ),
        (
            "supply: 40 degC",
            "supply: 45 degC",
            "test.yaml:9 cold_plate_dry_cooler 'dry': supply must not be warmer than 40 degC, which accelerators 'gpu'"
            " accepts, got 45 degC.",
        ),
        (
            "{technology: gb300_nvl72}",
            "{technology: gb300_nvl72, size: {fixed: {2027-01-01: 9000 GPU, 2038-01-01: 1 GPU}}}",
            "test.yaml:5 accelerators 'gpu': size.fixed changes on 2038-01-01, after the end of the plan on 2037-01-01.",
        ),
        (
            "{technology: gb300_nvl72}",
            "{technology: gb300_nvl72, size: {fixed: 9000 GPU}, lead_time: 3 year}",
            "test.yaml:5 accelerators 'gpu': size is required from 2027-01-01 but cannot be in service before 2028-01-01"
            " (decision 2025-01-01 plus a lead time of 3 years). Decide earlier, require it later, or state available:",
        ),
        (
            WORK,
            "work: {training: {share: 50 %}}",
            "test.yaml:6 work: a share of what can run needs a size, but goal least_cost would build nothing.",
        ),
        (
            WORK,
            "work: {training: {share: 70 %}, inference: {share: 40 %}}",
            "test.yaml:6 work: shares must not add up to more than 100 %, got 110 %. Lower one of them.",
        ),
        (
            WORK,
            f"{WORK}\n  goal: most_compute",
            "test.yaml:6 work: goal most_compute needs work that grows with the accelerators, got demands only.",
        ),
        (
            "platforms: {gpu: {technology: gb300_nvl72}}",
            "platforms: {}",
            "test.yaml:6 work: needs accelerators, and there",
        ),
        (
            "cooling:",
            "  building: {available: 2029-01-01}\ncooling:",
            "test.yaml:7 building 'building': nothing gives floor space at the first start 2027-01-01; the first to come is",
        ),
        (
            "2027-01-01: 100 MW",
            "2029-01-01: 100 MW",
            "test.yaml:11 grid 'utility': nothing gives electricity at the first start"
            " 2027-01-01; the first to come is grid 'utility' with a grid offer on 2029-01-01. Start later,",
        ),
    ],
)
def test_a_contradiction_is_answered(trouble: Trouble, compute: str, old: str, new: str, says: str) -> None:
    assert old in compute
    found = trouble(compute.replace(old, new, 1))
    assert any(sentence.startswith(says) for sentence in found), found


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (
            "  engines: {kind: generator, technology: gas_engine, fuel: gas}\n",
            "test.yaml:6 generator 'engines': burns gas, which nothing supplies. Add a fuel of kind natural_gas",
        ),
        (
            "  engines: {kind: generator, technology: gas_engine, fuel: gass}\n",
            "test.yaml:6 generator 'engines': draws from bus 'gass', which nothing feeds. Did you mean 'gas'?",
        ),
        (
            "  sun: {kind: pv_tracking, bus: acc}\n",
            "test.yaml:6 pv_tracking 'sun': feeds bus 'acc', from which nothing draws. Did you mean 'ac'?",
        ),
        (
            "  other: {kind: load, demand: 1 MW, bus: dc}\n",
            "test.yaml:6 load 'other': draws from bus 'dc', which nothing",
        ),
    ],
)
def test_a_bus_needs_both_ends(trouble: Trouble, texts: dict[str, str], line: str, says: str) -> None:
    found = trouble(texts["head"] + texts["load"] + line + texts["grid"])
    assert any(sentence.startswith(says) for sentence in found), found


def test_a_load_without_supply_is_refused(trouble: Trouble, texts: dict[str, str]) -> None:
    assert trouble(texts["head"] + texts["load"]) == [
        "test.yaml:5 load 'offices': draws electricity, which nothing supplies. Add a grid connection, a generator or a"
        " renewable plant."
    ]


def test_export_above_import_is_refused(trouble: Trouble, plain: str) -> None:
    found = trouble(plain.replace("emission:", "export_price: 80 USD/MWh, emission:"))
    assert found == [
        "test.yaml:7 grid 'utility': the export price lies above the import price. State an export_limit to cap it."
    ]


def test_work_above_every_platform_is_infeasible(trouble: Trouble, compute: str) -> None:
    """5,000 GPU x 2.528 x 0.96 = 12,134 H100 against 25,000: 12,866 short."""
    found = trouble(compute.replace("gb300_nvl72}", "gb300_nvl72, size: {maximum: 5000 GPU}}"), code=3)
    assert found == [
        "test.yaml: work asks for 25,000 H100 from 2027-01-01, but the accelerators that may stand then do 12,134 H100 at"
        " most: 12,866 H100 short. Raise size.maximum of a platform, lower the demand, or let a partner serve more of it"
    ]


def test_a_partner_relieves_the_accelerators(trouble: Trouble, site: Callable[..., Site], compute: str) -> None:
    """Half of 20,000 goes to the partner; 15,000 H100 need 6,181 GPU."""
    text = compute.replace("gb300_nvl72}", "gb300_nvl72, size: {maximum: 6500 GPU}}")
    assert "H100 short" in trouble(text, code=3)[0]
    relieved = site(text.replace("window: 24 h", "window: 24 h, partner: {maximum_share: 50 %}"))
    assert relieved.component("work").classes[0].partner.maximum_share == 0.5  # type: ignore[attr-defined]


def test_a_load_above_every_supply_is_infeasible(trouble: Trouble, plain: str) -> None:
    found = trouble(plain.replace("60 MW", "160 MW"), code=3)
    assert found == [
        "test.yaml: electricity: the site needs at least 160.0 MW on a design day from 2027-01-01, but grid, generators and"
        " storage may give 100.0 MW at most: 60.0 MW short. Raise an offer or size.maximum, bring a supply forward, or"
        " lower the demand"
    ]


def test_shortfalls_of_a_later_phase_name_its_date(trouble: Trouble, plain: str) -> None:
    later = plain.replace("[2027-01-01]", "[2027-01-01, 2030-01-01]").replace(
        "2027-01-01: 100 MW", "2027-01-01: 100 MW, 2030-01-01: 50 MW"
    )
    assert "from 2030-01-01, but" in trouble(later, code=3)[0]


def test_a_scenario_that_cannot_be_met_leaves_the_base_alone(
    site: Callable[..., Site], trouble: Trouble, plain: str
) -> None:
    text = plain + "scenarios: {huge: {power: {offices: {demand: 500 MW}}}}\n"
    site(text)
    assert "400.0 MW short" in trouble(text, "huge", code=3)[0]


def test_existing_plant_counts_before_new_plant_is_ready(
    trouble: Trouble, site: Callable[..., Site], texts: dict[str, str]
) -> None:
    """New engines come in nine years; those of 2020 serve the start of 2027, and without them nothing does."""
    old = "{existing: [{size: 100 MW, commissioned: 2020-01-01, life: 30 year}]}"
    engines = f"  engines: {{kind: generator, technology: gas_engine, fuel: gas, lead_time: 9 year, size: {old}}}\n"
    text = texts["head"] + texts["load"] + engines + "  pipeline: {kind: natural_gas}\n"
    assert site(text).component("engines").size.existing[0].size == 100.0  # type: ignore[attr-defined]
    assert "nothing gives electricity at the first start" in trouble(text.replace(f", size: {old}", ""))[0]


def test_what_may_be_called_off_counts_for_nothing(trouble: Trouble, site: Callable[..., Site], plain: str) -> None:
    """30 % of 100 MW may be called off on the hottest day: 70 MW for 80, unless no event reaches it."""
    text = plain.replace("60 MW", "80 MW")
    site(text)
    called = text.replace("emission:", "call_off: {share: 30 %, hours: 50 h}, emission:")
    assert "grid, generators and storage may give 70.0 MW at most: 10.0 MW short" in trouble(called, code=3)[0]
    site(called.replace("hours: 50 h", "hours: 50 h, longest: 0 h"))


def test_a_later_system_may_wait_for_what_drives_it(site, texts):
    """An absorption chiller with engines of 2030 beside a chiller that is ready: the first start needs no engines."""
    late = "  later: {kind: absorption_chiller, available: 2030-01-01}\n"
    engines = (
        "power:\n  engines: {kind: generator, technology: gas_engine, fuel: gas, available: 2030-01-01,"
        " heat_recovery: 0.4}\n  pipe: {kind: natural_gas, price: 20 USD/MWh}\n"
    )
    compute = texts["compute"] + late + engines + "water: {price: 1 USD/m3}\n"
    assert site(texts["head"] + compute + texts["grid"]).component("later").kind == "absorption_chiller"


def test_stored_cold_counts_as_no_electricity(trouble, texts):
    """A tank without limit of size must not hide that 500 MW of load meet 100 MW of grid."""
    load = "power:\n  offices: {kind: load, demand: 500 MW}\n"
    tank = texts["compute"] + "  tank: {kind: cold_store, loop: heat_air}\n"
    found = trouble(texts["head"] + tank + load + texts["grid"], code=3)
    assert any("short" in sentence for sentence in found)
