"""A synthetic weather year from twelve monthly normals and a few design values."""

from __future__ import annotations

import numpy as np
import pandas as pd

from gigasite.models.conditions import Place
from gigasite.models.physics import psychrometrics

from .checks import year_labels
from .design import DesignValues
from .hours import TYPICAL_YEAR
from .humidity import generate_dew_point_c, pinned_dew_point_c, typical_dew_spread_k
from .radiation import generate_radiation
from .shipped import Normals
from .sun import solar_hour
from .temperature import daily_deviation, erbs_shape, generate_dry_bulb_c, pinned_dry_bulb_c, typical_spread_k
from .weather import Provenance, Weather, dataset, distance_remark
from .wind import generate_wind_m_s

LICENCE = "generated from monthly normals; see the source"
_REACHED_K = 0.05


def generate(place: Place, normals: Normals, design: DesignValues | None, *, seed: int = 0) -> Weather:
    """Generate a year of 8,760 hours that keeps the monthly means and ends its tails on the design values.

    Parameters
    ----------
    place : Place
        The site; sun and pressure are computed here.
    normals : Normals
        Monthly means of the site or of a station nearby.
    design : DesignValues or None
        Its 0.4 % and 99.6 % dry bulb and 0.4 % wet bulb become those of the year; None leaves the tails as drawn.
    seed : int
        Same seed, same year.

    Returns
    -------
    Weather
        Of kind ``synthetic``, labelled 2001.

    Notes
    -----
    Measured against seven real years (Greensboro, Abilene, Memphis, Riyadh, Dammam, Seoul, Singapore) from their own
    normals, three seeds each. With their own spread and tails: annual PUE of a dry-cooled plant within 0.0014, fixed
    photovoltaics -2.0 to +0.7 %, direct normal irradiance 4 to 36 % low (do not size concentrating plants on it).
    From normals alone, as root mean square and worst: 0.4 % dry bulb 1.0 and 2.5 K, 0.4 % wet bulb 1.0 and 2.5 K,
    99.6 % dry bulb 2.7 and 5.3 K. Heat waves that last and calm weeks are not modelled. Use it for energy; size
    equipment on design days.

    References
    ----------
    K. Knight, S. Klein and J. Duffie, Solar Energy 46, 109-120 (1991)
    """
    streams = [np.random.default_rng(stream) for stream in np.random.SeedSequence(seed).spawn(5)]
    times = year_labels([TYPICAL_YEAR]).tz_localize(place.timezone)
    hour = solar_hour(place, times)
    radiation = generate_radiation(place, times, normals.ghi_kwh_m2_day, streams[0])
    deviation = daily_deviation(normals.tmean_c, radiation.brightness, place.latitude_deg >= 0, streams[1])
    spread = typical_spread_k(normals.tmean_c) if normals.sd_daily_tmean_k is None else normals.sd_daily_tmean_k
    monthly = (normals.tmax_c, normals.tmin_c, normals.tmean_c)
    dry = generate_dry_bulb_c(
        monthly, spread, deviation, radiation.brightness, radiation.index, erbs_shape(hour), streams[2]
    )
    if design is not None:
        dry = pinned_dry_bulb_c(dry, normals.tmean_c, design.dry_bulb_0_4_c, design.dry_bulb_99_6_c)
    damp = typical_dew_spread_k(normals.tmean_c) if normals.sd_daily_dew_k is None else normals.sd_daily_dew_k
    dew = generate_dew_point_c(normals.dew_point_c, dry, deviation, damp, normals.corr_t_dew, streams[3])
    pressure = np.full(len(times), float(psychrometrics.standard_pressure_pa(place.elevation_m)))
    if design is not None:
        dew = pinned_dew_point_c(dew, dry, pressure, design.wet_bulb_0_4_c)
    frame = pd.DataFrame(
        {
            "dry_bulb_c": dry,
            "dew_point_c": dew,
            "pressure_pa": pressure,
            "wind_10m_m_s": generate_wind_m_s(normals.wind_m_s, hour, streams[4]),
            "ghi_w_m2": radiation.ghi_w_m2,
            "dni_w_m2": radiation.dni_w_m2,
            "dhi_w_m2": radiation.dhi_w_m2,
        },
        index=times,
    )
    return Weather(
        dataset(frame),
        place,
        Provenance(f"synthetic, seed {seed}, from {normals.source}", LICENCE, "synthetic", normals.note),
        notes=_notes(normals, design),
        design=design,
        remarks=distance_remark("normals", normals.place, place) + _missed(frame, design),
    )


def _notes(normals: Normals, design: DesignValues | None) -> tuple[str, ...]:
    notes = [f"normals: {normals.source} ({normals.evidence})", "pressure: standard atmosphere at the site's elevation"]
    if normals.filled:
        notes.append(f"filled by a rule: {', '.join(normals.filled)} ({normals.filled_evidence}); {normals.note}")
    if normals.sd_daily_tmean_k is None:
        notes.append("day-to-day spread: estimated from the annual course")
    if design is not None:
        notes.append(f"0.4 % and 99.6 % dry bulb and 0.4 % wet bulb set to the design values: {design.source}")
        if design.filled:
            known = design.filled_evidence or "given by the user"
            notes.append(f"design values filled: {', '.join(design.filled)} ({known}); {design.note}")
    return tuple(notes)


def _missed(frame: pd.DataFrame, design: DesignValues | None) -> tuple[str, ...]:
    """Say which design value the tails could not be stretched to."""
    if design is None:
        return ()
    dry = frame["dry_bulb_c"].to_numpy()
    wet = psychrometrics.wet_bulb_c(dry, frame["dew_point_c"].to_numpy(), frame["pressure_pa"].to_numpy())
    reached = {
        "0.4 % dry bulb": (float(np.quantile(dry, 0.996)), design.dry_bulb_0_4_c),
        "99.6 % dry bulb": (float(np.quantile(dry, 0.004)), design.dry_bulb_99_6_c),
        "0.4 % wet bulb": (float(np.quantile(wet, 0.996)), design.wet_bulb_0_4_c),
    }
    return tuple(
        f"the generated {name} is {got:.1f} degC, not the design value of {wanted:.1f} degC: normals and design values"
        " do not fit together. Check that they are of one place."
        for name, (got, wanted) in reached.items()
        if abs(got - wanted) > _REACHED_K
    )
