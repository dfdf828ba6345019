// The hours: reading them, the explorer from year to day, the map of the year.
gigasite.hours = (() => {
  const { element, button, number, shade } = gigasite;
  const HOURLY_FROM = 45 * 24; // longer views show days
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const read = new Map();

  // Differences in 16 bits, deflated; see the program's html_hourly.
  async function unpack(hourly, place) {
    const { data, scales } = hourly.packed[place];
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    const view = new DataView(await new Response(stream).arrayBuffer());
    const series = {};
    hourly.names.forEach((name, row) => {
      const [low, step] = scales[row];
      const values = new Float64Array(hourly.count);
      let whole = 0;
      for (let hour = 0; hour < hourly.count; hour += 1) {
        whole = (whole + view.getUint16(2 * (row * hourly.count + hour), true)) & 0xffff;
        const signed = whole > 0x7fff ? whole - 0x10000 : whole;
        values[hour] = signed === gigasite.data.missing ? NaN : low + step * (signed + gigasite.data.steps / 2);
      }
      series[name] = values;
    });
    return series;
  }

  function series(run, place) {
    const key = `${gigasite.data.runs.indexOf(run)}/${place}`;
    if (!read.has(key)) read.set(key, unpack(run.charts.hourly, place));
    return read.get(key);
  }

  const day = (hourly, hour) => new Date(hourly.start + hour * hourly.step);
  const written = (date) => `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
  const perDay = (hourly) => Math.round(86400000 / hourly.step);

  // Years of several outcomes follow one another; one of them is looked at.
  const part = (values, one) => values.subarray(one.first, one.first + one.count);
  function outcome(hourly, act) {
    if (hourly.outcomes.length < 2) return [];
    return [gigasite.select("Outcome", hourly.outcomes.map((one, place) => [place, one.title]), (value) => act(Number(value))).labelled];
  }

  // Mean, least and largest of what is in view.
  function summary(values, first, last) {
    let [sum, count, least, most] = [0, 0, Infinity, -Infinity];
    for (let hour = first; hour < last; hour += 1) {
      const value = values[hour];
      if (Number.isNaN(value)) continue;
      sum += value; count += 1;
      if (value < least) least = value;
      if (value > most) most = value;
    }
    return count ? { mean: sum / count, least, most } : { mean: NaN, least: NaN, most: NaN };
  }

  // Means of whole blocks of hours; of the positive or the negative part where sign says so.
  function blocks(values, first, last, size, sign) {
    const means = [];
    for (let from = first; from < last; from += size) {
      let [sum, count] = [0, 0];
      for (let hour = from; hour < Math.min(from + size, last); hour += 1) {
        const value = values[hour];
        if (Number.isNaN(value)) continue;
        sum += sign === 0 ? value : sign * Math.max(0, sign * value);
        count += 1;
      }
      means.push(count ? sum / count : null);
    }
    return means;
  }

  function traces(hourly, group, values, first, last) {
    const size = last - first > HOURLY_FROM ? perDay(hourly) : 1;
    const times = [];
    for (let from = first; from < last; from += size) times.push(hourly.start + from * hourly.step);
    times.push(hourly.start + last * hourly.step);
    const largest = Math.max(...group.series.map((one) => peak(values[one.name])));
    const made = [];
    group.series.forEach((one) => {
      if (group.stacked && peak(values[one.name]) <= 1e-3 * largest) return;
      let named = false;
      for (const sign of group.stacked ? [1, -1] : [0]) {
        const means = blocks(values[one.name], first, last, size, sign).map((value) => (value === null ? null : value * group.factor));
        if (sign !== 0 && !means.some((value) => value !== 0)) continue;
        made.push({
          type: "scatter", mode: "lines", name: one.label, legendgroup: one.name, showlegend: !named,
          x: times, y: [...means, means[means.length - 1]], hovertemplate: "%{y:,.4~g}",
          line: { shape: "hv", width: group.stacked ? 0 : 1.4, color: shade(one.colour) },
          ...(group.stacked ? { stackgroup: sign > 0 ? "above" : "below", fillcolor: shade(one.colour) } : {}),
        });
        named = true;
      }
    });
    return made;
  }

  const peaks = new WeakMap();
  function peak(values) {
    if (!peaks.has(values)) {
      const { least, most } = summary(values, 0, values.length);
      peaks.set(values, Math.max(Math.abs(least), Math.abs(most)) || 0);
    }
    return peaks.get(values);
  }

  function explorer(figure, run) {
    const hourly = run.charts.hourly, plot = figure.querySelector(".plot");
    const state = { group: 0, outcome: 0, first: 0, length: hourly.outcomes[0].count };
    const all = () => hourly.outcomes[state.outcome];
    const spans = [["Year", hourly.outcomes[0].count], ["Quarter", 91 * perDay(hourly)], ["Month", 30 * perDay(hourly)],
      ["Week", 7 * perDay(hourly)], ["Day", perDay(hourly)]];
    const view = gigasite.select("Show", hourly.groups.map((group, place) => [place, group.title]), (place) => {
      state.group = Number(place);
      draw();
    });
    const spanButtons = spans.map(([label, length]) => button(label, () => look(middle(length), length), { "data-span": label }));
    const slider = element("input", { type: "range", min: 0, step: perDay(hourly), oninput: () => look(Number(slider.value), state.length) });
    const weeks = element("fieldset", { "aria-label": "Weeks to look at" });
    if (hourly.left_out.length) {
      figure.querySelector(".controls").before(element("p", { class: "quiet" },
        "Some series are left out here to keep the file small; hourly.csv and hourly.nc have all of them."));
    }
    figure.querySelector(".controls").append(view.labelled, ...outcome(hourly, (place) => {
      state.outcome = place;
      look(state.first, state.length);
    }), element("fieldset", { "aria-label": "Length of the view" }, ...spanButtons), weeks,
      element("span", { class: "where" }, button("Earlier", () => look(state.first - state.length, state.length)),
        element("label", {}, "Start", slider), button("Later", () => look(state.first + state.length, state.length))));

    function middle(length) {
      const day = perDay(hourly);
      return Math.round((state.first + (state.length - length) / 2) / day) * day;
    }
    function look(first, length) {
      state.length = Math.min(Math.max(length, 6), all().count);
      state.first = Math.min(Math.max(Math.round(first), 0), all().count - state.length);
      return draw();
    }
    function controls() {
      spanButtons.forEach((one, place) => one.setAttribute("aria-pressed", String(spans[place][1] === state.length)));
      slider.max = Math.max(0, all().count - state.length);
      slider.value = state.first;
      slider.disabled = state.length === all().count;
      const from = day(hourly, state.first), to = day(hourly, state.first + state.length - 1);
      slider.setAttribute("aria-valuetext", `${written(from)} to ${written(to)}`);
      weeks.replaceChildren(...hourly.weeks[gigasite.phase()].map((week) =>
        button(week.title, () => look(week.first % all().count, 7 * perDay(hourly)))));
      return written(from) === written(to) ? written(from) : `${written(from)} to ${written(to)}`;
    }
    async function draw() {
      const span = controls(), group = hourly.groups[state.group], last = state.first + state.length;
      const every = await series(run, gigasite.phase()), values = {};
      group.series.forEach((one) => { values[one.name] = part(every[one.name], all()); });
      const daily = state.length > HOURLY_FROM;
      await gigasite.charts.plot(plot, traces(hourly, group, values, state.first, last), {
        xaxis: { type: "date", range: [hourly.start + state.first * hourly.step, hourly.start + last * hourly.step],
          tickformat: state.length <= 3 * perDay(hourly) ? "%H:%M\n%d %b" : "%d %b", hoverformat: daily ? "%d %b" : "%a %d %b %H:%M",
          title: { text: `${span}, ${daily ? "daily means" : "hour by hour"}, local time` } },
        yaxis: { title: { text: [group.stacked ? "Supply above, use below" : group.title.split(",")[0], group.unit && `(${group.unit})`].filter(Boolean).join(" ") } },
        hovermode: "x unified", dragmode: matchMedia("(pointer: coarse)").matches ? false : "zoom",
      });
      table(group, values, state.first, last, span);
      if (!plot.dataset.listening) {
        plot.dataset.listening = "true";
        plot.on("plotly_relayout", (change) => {
          if (change["xaxis.autorange"]) look(0, all().count);
          else if (change["xaxis.range[0]"] !== undefined) {
            const [from, to] = [0, 1].map((end) => (Date.parse(`${String(change[`xaxis.range[${end}]`]).replace(" ", "T").slice(0, 19).padEnd(10)}${String(change[`xaxis.range[${end}]`]).length > 10 ? "Z" : "T00:00Z"}`) - hourly.start) / hourly.step);
            look(from, Math.round(to - from));
          }
        });
      }
    }
    function table(group, values, first, last, span) {
      const unit = group.unit ? ` (${group.unit})` : "";
      const rows = group.series.map((one) => {
        const { mean, least, most } = summary(values[one.name], first, last);
        return [one.label, ...[mean, least, most].map((value) => number(value * group.factor))];
      });
      figure.querySelector(".made").replaceChildren(gigasite.tables.make(`${group.title}, ${span}`,
        ["Series", `Mean${unit}`, `Least${unit}`, `Largest${unit}`], rows));
    }
    return draw;
  }

  function year(figure, run) {
    const hourly = run.charts.hourly, plot = figure.querySelector(".plot");
    let [chosen, place] = [0, 0];
    const view = gigasite.select("Colour shows", hourly.measures.map((measure, place) => [place, measure.title]), (wanted) => {
      chosen = Number(wanted);
      draw();
    });
    figure.querySelector(".controls").append(view.labelled, ...outcome(hourly, (wanted) => { place = wanted; draw(); }));

    async function draw() {
      const measure = hourly.measures[chosen];
      const values = part((await series(run, gigasite.phase()))[measure.key], hourly.outcomes[place]);
      const hours = perDay(hourly), days = Math.floor(values.length / hours);
      const rows = Array.from({ length: hours }, (_, hour) =>
        Array.from({ length: days }, (_, place) => { const value = values[place * hours + hour]; return Number.isNaN(value) ? null : value; }));
      const unit = measure.unit ? ` ${measure.unit}` : "";
      await gigasite.charts.plot(plot, [{
        type: "heatmap", z: rows, x: Array.from({ length: days }, (_, place) => hourly.start + (place + 0.5) * 86400000),
        y: Array.from({ length: hours }, (_, hour) => (hour + 0.5) * 24 / hours), colorscale: "Cividis",
        hovertemplate: `%{x|%d %b}, %{customdata}<br>${measure.title}: %{z:,.4~g}${unit}<extra></extra>`,
        customdata: rows.map((row, hour) => row.map(() => `${String(Math.floor(hour * 24 / hours)).padStart(2, "0")}:00`)),
        colorbar: { thickness: 12, outlinewidth: 0, title: { text: measure.unit || measure.title } },
      }], {
        xaxis: { type: "date", tickformat: "%b", showgrid: false }, showlegend: false, dragmode: false,
        yaxis: { title: { text: "Hour of the day, local time" }, tickvals: [0, 6, 12, 18, 24], range: [0, 24], showgrid: false },
      });
      table(measure, values);
    }
    function table(measure, values) {
      const months = MONTHS.map((name) => ({ name, values: [] }));
      values.forEach((value, hour) => { months[day(hourly, hour).getUTCMonth()].values.push(value); });
      const unit = measure.unit ? ` (${measure.unit})` : "";
      const rows = months.filter((month) => month.values.length).map((month) => {
        const { mean, least, most } = summary(month.values, 0, month.values.length);
        return [month.name, ...[mean, least, most].map((value) => number(value, 4))];
      });
      figure.querySelector(".made").replaceChildren(gigasite.tables.make(`${measure.title} by month`,
        ["Month", `Mean${unit}`, `Least${unit}`, `Largest${unit}`], rows));
    }
    return draw;
  }

  return { explorer, year, series };
})();
