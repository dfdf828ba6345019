"""What every file and column of a run directory means: the one table behind README.txt and the reference."""

from __future__ import annotations

FILES: dict[str, str] = {
    "run.json": "what was solved and how: format, status, objectives, gap, the run whose sizes were kept (sizes_from),"
    " seconds by stage, model size, versions, warnings, sha256 of every input and of every data file below",
    "kpis.csv": "headline figures by phase",
    "capacities.csv": "sizes by phase, and what is added and retired when the phase begins",
    "costs.csv": "costs by phase, component and reason; the sum of usd_per_year x present_value_years is the objective;"
    " penalties have cash = false",
    "energy.csv": "flows of a year by phase and component",
    "orders.csv": "what must be ordered by when: parts of what each phase adds, with lead time and slack",
    "levelised.csv": "cost of electricity by source: per MWh delivered, and its part in each MWh consumed",
    "delay.csv": "cost of each month by which a phase comes late, by reason",
    "embodied.csv": "CO2 embodied in what each phase adds",
    "cash_flow.csv": "the investor's money by year of the project",
    "returns.csv": "prices at which it breaks even, net present value, rates of return, payback",
    "foresight.csv": "what operating two days ahead at a time costs more than perfect foresight, where asked for",
    "outages.csv": "each window in which the grid gives nothing: load, what serves it, work that goes on",
    "survival.csv": "probability that the critical load outlasts an outage, by its length, where outages are stated",
    "curtailment.csv": "MW of connection that curtailing small shares of the imported energy frees",
    "flexibility.csv": "what a connection that may be called off gives and costs: MW gained early, hours, energy, USD",
    "outcomes.csv": "operation in each outcome: year of weather and delay, probability, cost, imports, generators, CO2",
    "assumptions.csv": "every resolved input with source and evidence",
    "hourly.nc": "every hourly series, dims phase and time, with units and long_name; weather_year, delay, probability"
    " along time where there are several outcomes",
    "hourly.csv": "the same, one row an hour, units in the headings",
    "site.yaml": "the fully resolved input, which reproduces the run",
    "README.txt": "what every file and column of the directory means",
    "solver.log": "what HiGHS said of every programme it solved; no data file, so run.json has no sha256 of it",
    "report.pdf": "for people; written last, from the files above",
    "report.html": "for people, to explore in a browser; written on request, from the files above",
    "tables.xlsx": "every table as a sheet; written on request, from the files above",
}
"""File of a run directory -> what is in it."""

MEANINGS: dict[str, tuple[str, str]] = {
    "phase": ("", "first day of the phase, ISO date"),
    "name": ("", "what the figure or input is called"),
    "value": ("see unit", "the amount"),
    "unit": ("", "unit of the amounts in the row"),
    "component": ("", "name in the site file"),
    "kind": ("", "kind of component, as in the site file"),
    "quantity": ("", "which of its sizes: power, energy, free, trim ..."),
    "added": ("see unit", "what is added when the phase begins"),
    "retired": ("see unit", "what is retired when the phase begins"),
    "reason": ("", "what is paid for"),
    "usd_per_year": ("USD/yr", "cost of a year of the phase; income is negative"),
    "usd_capex": ("USD", "overnight cost of what is added when the phase begins"),
    "present_value_years": ("yr", "years of the phase, discounted to the decision"),
    "cash": ("", "True if money is paid; False for penalties such as work not done"),
    "flow": ("", "bus or account that the amount flows into; negative out of it"),
    "place": ("", "section or component of the input"),
    "source": ("", "who says so"),
    "evidence": ("", "how well the value is known"),
    "part": ("", "what is ordered or made"),
    "units": ("1", "number of whole units, where they are known"),
    "lead_time_years": ("yr", "from order to service"),
    "longest_lead_time_years": ("yr", "upper end of the published range"),
    "order_by": ("", "last day to order, ISO date"),
    "slack_days": ("d", "days from the decision to order_by; negative is late"),
    "mwh_per_year": ("MWh/yr", "electricity that the source delivers"),
    "usd_per_mwh": ("USD/MWh", "cost per electricity that it delivers"),
    "system_usd_per_mwh": ("USD/MWh", "its cost per electricity that the site consumes"),
    "usd_per_month": ("USD/month", "cost of a month of delay"),
    "t_per_unit": ("t per unit", "CO2 of making one unit of the size"),
    "t": ("t", "CO2 of making what is added"),
    "t_per_year": ("t/yr", "CO2 of making what stands, over its life"),
    "year": ("", "year of the project, from 1"),
    "start": ("", "first day of the year, ISO date"),
    "revenue": ("USD", "from what is sold"),
    "energy": ("USD", "paid for electricity"),
    "fuel": ("USD", "paid for fuel"),
    "upkeep": ("USD", "paid for upkeep"),
    "other": ("USD", "paid for the rest"),
    "interest": ("USD", "paid on loans"),
    "depreciation": ("USD", "written off"),
    "taxable": ("USD", "revenue less costs, interest and depreciation"),
    "tax": ("USD", "paid in tax"),
    "capex": ("USD", "paid for plant"),
    "borrowed": ("USD", "new loans"),
    "redemption": ("USD", "loans paid back"),
    "resale": ("USD", "from plant sold"),
    "equity": ("USD", "to the owner; negative from the owner"),
    "equity_sum": ("USD", "equity, summed from the first year"),
    "debt": ("USD", "owed at the end of the year"),
    "perfect_usd_per_year": ("USD/yr", "operation with perfect foresight"),
    "rolling_usd_per_year": ("USD/yr", "operation two days ahead at a time"),
    "worth_usd_per_year": ("USD/yr", "the difference"),
    "worth_share": ("1", "the difference over operation with perfect foresight"),
    "hours": ("h", "length of the outage"),
    "window": ("", "when the outage begins and how long it lasts"),
    "load_mwh": ("MWh", "what IT, cooling, power chain and lighting draw in it"),
    "storage_mwh": ("MWh", "what stores give in it, less what they take"),
    "renewable_mwh": ("MWh", "what solar and wind plants give in it"),
    "work_done": ("1", "work done, here or by a partner, over work that arrives in it"),
    "survival": ("1", "probability that the critical load is served to its end"),
    "unserved_mwh": ("MWh", "expected energy not served in it"),
    "share": ("1", "share of the year's imported energy that is cut"),
    "grid_mw": ("MW", "highest import that is left"),
    "freed_mw": ("MW", "import that is freed"),
    "longest_h": ("h", "longest time without a break in which the cut lasts"),
    "mean_depth": ("1", "mean share of the import that is cut while it lasts"),
    "weather_year": ("", "year of weather"),
    "delay": ("", "how late the connections come"),
    "probability": ("1", "of the outcome"),
    "operation_usd": ("USD/yr", "cost of operation in the outcome"),
    "unserved_gpu_h": ("GPU-h/yr", "work not done"),
    "grid_mwh": ("MWh/yr", "imported"),
    "generator_mwh": ("MWh/yr", "generated"),
    "generator_hours": ("h/yr", "hours in which generators run"),
    "co2_t": ("t/yr", "CO2 of operation"),
}
"""Column -> its unit and meaning, in whichever table it stands."""

OWN: dict[tuple[str, str], tuple[str, str]] = {
    ("assumptions", "name"): ("", "what the input is called"),
    ("assumptions", "value"): ("see unit", "the amount, or a word"),
    ("outages", "generator_mwh"): ("MWh", "what generators give in it"),
    ("curtailment", "hours"): ("h/yr", "hours of the year in which import is cut"),
    ("embodied", "kind"): ("", "kind of component"),
    ("levelised", "usd_per_year"): ("USD/yr", "cost of the source in a year of the phase"),
}
"""Table and column whose meaning differs from that of the same column elsewhere."""


def meaning(table: str, column: str) -> tuple[str, str]:
    """Return unit and meaning of a column.

    Raises
    ------
    KeyError
        If the table of meanings lacks it; a test finds those.
    """
    return OWN.get((table, column)) or MEANINGS[column]
