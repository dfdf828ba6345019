"""``gigasite climate``: show, import, fetch."""

import pytest
from typer.testing import CliRunner

from gigasite import climate
from gigasite.models.errors import WeatherError
from gigasite.reports.cli import app

PLACE = ("--latitude-deg", "24.4", "--longitude-deg", "54.7", "--elevation-m", "27", "--utc-offset-h", "4")


@pytest.fixture
def gigasite(tmp_path, monkeypatch):
    """Run the program in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(app, list(words))


@pytest.fixture(scope="module")
def weather(tmp_path_factory):
    """A weather file of Abu Dhabi."""
    path = tmp_path_factory.mktemp("weather") / "year.csv"
    place = climate.normals("abu_dhabi").place
    climate.write_csv(climate.load(climate.ClimateSection(normals="abu_dhabi"), place, path.parent), path)
    return path


def test_places_are_listed(gigasite):
    assert all(place in gigasite("climate", "show").output for place in climate.places())


def test_synthetic_year_is_shown_as_synthetic_with_design_temperatures(gigasite):
    shown = gigasite("climate", "show", "singapore").output
    assert "synthetic" in shown
    assert "dry bulb n20" in shown


def test_months_of_a_file_are_those_of_its_hours(gigasite, weather):
    """The mean of the year stands in the last row."""
    mean = float(climate.read(weather).data["dry_bulb"].mean())
    row = next(line for line in gigasite("climate", "show", str(weather)).output.splitlines() if " year " in line)
    assert f"{mean:.1f}".rstrip("0").rstrip(".") in row


def test_weather_of_a_site_file_is_shown(gigasite, small_site):
    assert "synthetic" in gigasite("climate", "show", "test.yaml").output


@pytest.mark.parametrize("about", ["nowhere", "missing.csv"])
def test_unknown_weather_is_wrong_input(gigasite, about):
    answer = gigasite("climate", "show", about)
    assert answer.exit_code == 2
    assert about in answer.stderr


@pytest.mark.parametrize("suffix", [".csv", ".nc"])
def test_imported_weather_is_that_of_the_file(gigasite, weather, tmp_path, suffix):
    answer = gigasite("climate", "import", str(weather), f"copy{suffix}")
    assert answer.exit_code == 0, answer.output
    copy = climate.read(tmp_path / f"copy{suffix}")
    assert copy.data["dry_bulb"].values == pytest.approx(climate.read(weather).data["dry_bulb"].values)


def test_bad_weather_is_refused_and_nothing_is_written(gigasite, weather, tmp_path):
    """One hour less than a year."""
    short = tmp_path / "short.csv"
    short.write_text("\n".join(weather.read_text().splitlines()[:-1]) + "\n")
    answer = gigasite("climate", "import", str(short), "copy.csv")
    assert answer.exit_code == 2
    assert "8759" in answer.stderr.replace(",", "")
    assert [path.name for path in tmp_path.iterdir()] == ["short.csv"]


def test_import_knows_two_forms(gigasite, weather):
    answer = gigasite("climate", "import", str(weather), "copy.xlsx")
    assert answer.exit_code == 2
    assert ".csv or .nc" in answer.stderr


def test_half_a_place_is_refused(gigasite, weather):
    answer = gigasite("climate", "import", str(weather), "copy.csv", *PLACE[:4])
    assert answer.exit_code == 2
    assert "2 of 4" in answer.stderr


def test_fetch_asks_for_the_place_and_years_given(gigasite, monkeypatch, tmp_path):
    asked = []

    def fetch(place, source, years):
        asked.append((place.latitude_deg, source, years))
        return tmp_path / "fetched.nc"

    monkeypatch.setattr(climate, "fetch", fetch)
    answer = gigasite("climate", "fetch", *PLACE, "--source", "nasa_power", "--years", "2019-2021")
    assert answer.exit_code == 0, answer.output
    assert asked == [(24.4, "nasa_power", (2019, 2021))]
    assert "fetched.nc" in answer.output


def test_fetch_takes_the_place_of_a_site(gigasite, small_site, monkeypatch, tmp_path):
    asked = []
    monkeypatch.setattr(climate, "fetch", lambda place, *_: asked.append(place) or tmp_path / "fetched.nc")
    assert gigasite("climate", "fetch", "--site", "test.yaml").exit_code == 0
    assert asked[0].longitude_deg == pytest.approx(54.75)


def test_fetch_without_a_place_or_with_wrong_years_is_refused(gigasite):
    assert gigasite("climate", "fetch").exit_code == 2
    assert "2019-2023" in gigasite("climate", "fetch", *PLACE, "--years", "then").stderr


def test_fetch_offline_says_so_in_one_line(gigasite, monkeypatch):
    def fetch(*_):
        raise WeatherError("climate fetch: re.jrc.ec.europa.eu cannot be reached.")

    monkeypatch.setattr(climate, "fetch", fetch)
    answer = gigasite("climate", "fetch", *PLACE)
    assert answer.exit_code == 2
    assert answer.stderr == "climate fetch: re.jrc.ec.europa.eu cannot be reached.\n"
