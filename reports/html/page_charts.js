// The other charts, and when charts are drawn: once they come near the screen, and again when a choice changes.
gigasite.charts = (() => {
  const { element, number, shade, colour } = gigasite;
  const drawn = new Map();
  const PAPER = 660; // pixels between the margins of A4

  function layout(extra) {
    const axis = { gridcolor: colour("line"), zerolinecolor: colour("edge"), linecolor: colour("edge"), automargin: true,
      separatethousands: true, exponentformat: "none" };
    const merged = (own) => ({ ...axis, ...own, title: { standoff: 8, font: { size: 13 }, ...(own || {}).title } });
    const { xaxis, yaxis, ...rest } = extra;
    const axes = Object.fromEntries(Object.entries(rest).filter(([key]) => /^[xy]axis\d$/.test(key)).map(([key, own]) => [key, merged(own)]));
    return {
      paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", separators: ".,",
      font: { family: getComputedStyle(document.body).fontFamily, size: 13, color: colour("ink") },
      margin: { l: 55, r: 18, t: 12, b: 40 }, legend: { orientation: "h", x: 0, y: -0.18, yanchor: "top", traceorder: "normal" },
      hoverlabel: { bgcolor: colour("raised"), bordercolor: colour("edge"), font: { color: colour("ink") } },
      modebar: { color: colour("quiet"), activecolor: colour("accent"), bgcolor: "rgba(0,0,0,0)" },
      ...rest, ...axes, xaxis: merged(xaxis), yaxis: merged(yaxis),
    };
  }

  const settings = {
    displaylogo: false, responsive: true, showTips: false, locale: "en", doubleClick: "autosize",
    modeBarButtonsToRemove: ["lasso2d", "select2d", "autoScale2d", "zoomIn2d", "zoomOut2d"],
  };

  // Plotly waits as text until it is needed or nothing else is to do, so that the page can be read at once.
  function ready() {
    if (!window.Plotly) document.head.append(element("script", {}, document.getElementById("plotly").textContent));
  }

  function plot(place, traces, extra) {
    ready();
    const shape = layout(extra);
    if (gigasite.printing()) shape.width = PAPER;
    if (place.clientWidth < 520) {
      shape.font.size = 11;
      Object.keys(shape).filter((key) => /^[xy]axis/.test(key)).forEach((key) => { shape[key].title.font = { size: 11 }; });
    }
    const still = matchMedia("(pointer: coarse)").matches ? { displayModeBar: false } : {};
    return Plotly.react(place, traces, shape, { ...settings, ...still }).then(() => { place.dataset.drawn = "true"; });
  }

  function bars(parts, phases, unit, sideways) {
    return parts.map((part) => ({
      type: "bar", name: part.label, marker: { color: shade(part.colour), line: { color: colour("page"), width: 0.6 } },
      [sideways ? "y" : "x"]: phases, [sideways ? "x" : "y"]: part.values, orientation: sideways ? "h" : "v",
      hovertemplate: `%{${sideways ? "x" : "y"}:,.4~g} ${unit}`,
    }));
  }

  function sizes(figure, run) {
    const data = run.charts.sizes;
    return () => plot(figure.querySelector(".plot"), bars(data.parts, data.phases, data.unit, false), {
      barmode: "relative", bargap: 0.5, hovermode: "x unified",
      xaxis: { type: "category", showgrid: false }, yaxis: { title: { text: `Installed or connected (${data.unit})` } },
    });
  }

  function costs(figure, run) {
    const data = run.charts.costs;
    let without = false;
    function draw() {
      const parts = data.parts.filter((_, place) => !(without && data.compute[place]));
      return plot(figure.querySelector(".plot"), bars(parts, data.phases, data.unit, true), {
        barmode: "relative", bargap: 0.4, hovermode: "closest",
        yaxis: { type: "category", autorange: "reversed", showgrid: false }, xaxis: { title: { text: data.unit } },
      });
    }
    if (data.compute) {
      const view = gigasite.select("Show", [["all", "Everything"], ["without", "Without the accelerators"]], (value) => {
        without = value === "without";
        draw();
      });
      figure.querySelector(".controls").append(view.labelled);
    }
    return draw;
  }

  function cash(figure, run) {
    const data = run.charts.cash;
    const line = (name, values, axis, dash, paint) => ({
      type: "scatter", mode: "lines+markers", name, x: data.years, y: values, xaxis: `x${axis}`, yaxis: `y${axis}`,
      line: { color: paint, width: 1.8, dash }, marker: { size: 5 }, hovertemplate: `%{y:,.4~g} ${data.unit}`,
    });
    const years = { dtick: data.years.length > 12 ? 5 : 1, separatethousands: false, showgrid: false,
      range: [data.years[0] - 0.6, data.years[data.years.length - 1] + 0.6] };
    return () => plot(figure.querySelector(".plot"), [
      ...bars(data.parts, data.years, data.unit, false),
      line("To the owner in the year", data.owner, "", "solid", colour("ink")),
      line("To the owner since the start", data.sum, "2", "solid", colour("accent")),
      line("Debt", data.debt, "2", "dash", colour("quiet")),
    ], {
      barmode: "relative", hovermode: "x", height: 560, legend: { orientation: "h", x: 0, y: -0.1, yanchor: "top" },
      xaxis: { ...years, anchor: "y" }, xaxis2: { ...years, anchor: "y2" },
      yaxis: { domain: [0.5, 1], title: { text: `In the year (${data.unit})` } },
      yaxis2: { domain: [0, 0.4], title: { text: `Since the start (${data.unit.replace("/yr", "")})` } },
    });
  }

  // Later phases stand out; the one in view is widest.
  function sorted(key) {
    return (figure, run) => () => {
      const data = run.charts[key], now = run.phase_names[gigasite.phase()];
      return plot(figure.querySelector(".plot"), data.lines.map((line) => ({
        type: "scatter", mode: "lines", name: line.label, x: line.x, y: line.y, hovertemplate: `%{y:,.4~g} ${data.unit}`,
        opacity: line.phase === now ? 1 : 0.55,
        line: { color: shade(line.colour), dash: line.dash, width: line.phase === now ? 2.6 : 1.4 },
      })), {
        hovermode: "x unified", xaxis: { range: [0, 100.01], dtick: 20, title: { text: "Share of the hours (%)" }, hoverformat: ".1f" },
        yaxis: { title: { text: data.axis }, rangemode: data.zero ? "tozero" : "normal" },
      });
    };
  }

  function energy(figure, run) {
    const data = run.charts.energy;
    const pale = (paint) => `${paint}${gigasite.dark() ? "88" : "66"}`;
    return () => {
      const links = data.phases[gigasite.phase()];
      const label = (place) => data.nodes[place].label;
      figure.querySelector(".made").replaceChildren(gigasite.tables.make(`Energy of a year, from ${run.phases[gigasite.phase()]}`,
        ["From", "To", data.unit], links.value.map((value, row) => [label(links.source[row]), label(links.target[row]), number(value)]), 2));
      return plot(figure.querySelector(".plot"), [{
        type: "sankey", arrangement: "snap", valueformat: ",.4~g", valuesuffix: ` ${data.unit}`,
        textfont: { color: colour("ink"), size: 12 },
        node: { label: data.nodes.map((node) => node.label), color: data.nodes.map((node) => shade(node.colour)), pad: 18, thickness: 16, line: { color: colour("edge"), width: 0.5 } },
        link: { source: links.source, target: links.target, value: links.value, color: links.source.map((place) => pale(shade(data.nodes[place].colour))) },
      }], { margin: { l: 8, r: 8, t: 12, b: 12 } });
    };
  }

  function degrees(from, to, step, below, above) {
    const tickvals = Array.from({ length: (to - from) / step + 1 }, (_, place) => from + place * step);
    return { tickvals, ticktext: tickvals.map((value) => `${Math.abs(value)}\u00b0${value < 0 ? ` ${below}` : value > 0 ? ` ${above}` : ""}`) };
  }

  function place(figure) {
    return () => {
      const sites = [...new Map(gigasite.data.runs.filter((run) => run.charts.place)
        .map((run) => [`${run.charts.place.latitude}/${run.charts.place.longitude}`, run.charts.place])).values()];
      const parallel = (latitude, name) => ({
        line: { type: "line", x0: -180, x1: 180, y0: latitude, y1: latitude, line: { color: colour("edge"), width: 1, dash: "dot" } },
        note: { x: -178, y: latitude, text: name, showarrow: false, xanchor: "left", yanchor: "bottom", font: { size: 11, color: colour("quiet") } },
      });
      const circles = [[23.44, "Tropic of Cancer"], [0, "Equator"], [-23.44, "Tropic of Capricorn"]].map((one) => parallel(...one));
      return plot(figure.querySelector(".plot"), [{
        type: "scatter", mode: "markers+text", x: sites.map((site) => site.longitude), y: sites.map((site) => site.latitude),
        text: sites.map((site) => site.label), textposition: sites.map((site) => (site.longitude > 60 ? "middle left" : "middle right")),
        marker: { size: 14, color: colour("accent"), line: { color: colour("page"), width: 1.5 } },
        hovertemplate: "%{text}<br>%{y:.2f}\u00b0, %{x:.2f}\u00b0<extra></extra>",
      }], {
        dragmode: false, showlegend: false, shapes: circles.map((one) => one.line), annotations: circles.map((one) => one.note),
        xaxis: { range: [-180, 180], ...degrees(-120, 120, 60, "W", "E"), zeroline: false, constrain: "domain" },
        yaxis: { range: [-60, 75], ...degrees(-60, 60, 30, "S", "N"), zeroline: false, scaleanchor: "x", constrain: "domain" },
      });
    };
  }

  const makers = {
    dispatch: (figure, run) => gigasite.hours.explorer(figure, run), map: (figure, run) => gigasite.hours.year(figure, run),
    sizes, costs, cash, load: sorted("load"), pue: sorted("pue"), energy, place,
  };

  function near(entries, observer) {
    entries.filter((entry) => entry.isIntersecting).forEach(({ target }) => {
      observer.unobserve(target);
      draw(target);
    });
  }

  function draw(figure) {
    if (!drawn.has(figure)) {
      const run = gigasite.data.runs[Number(figure.closest(".run").dataset.run)];
      drawn.set(figure, makers[figure.dataset.chart](figure, run));
    }
    return drawn.get(figure)();
  }

  const visible = (figure) => !figure.closest(".run").hidden;

  // On paper everything is drawn, by day and as wide as the paper.
  function onPaper(paper) {
    document.documentElement.dataset.printing = String(paper);
    const figures = [...document.querySelectorAll(".chart")].filter(visible);
    return Promise.all(figures.filter((figure) => paper || drawn.has(figure)).map((figure) => {
      // Drawn afresh: changes of energy flows move slowly, and paper does not wait.
      if (figure.dataset.chart === "energy" && drawn.has(figure)) Plotly.purge(figure.querySelector(".plot"));
      return draw(figure);
    }));
  }

  function start() {
    const observer = new IntersectionObserver(near, { rootMargin: "400px" });
    document.querySelectorAll(".chart").forEach((figure) => observer.observe(figure));
    gigasite.onChange(() => [...drawn.keys()].filter(visible).forEach(draw));
    const idle = window.requestIdleCallback || setTimeout;
    addEventListener("load", () => idle(() => {
      ready();
      gigasite.hours.series(gigasite.run(), gigasite.phase());
    }));
    addEventListener("beforeprint", () => onPaper(true));
    addEventListener("afterprint", () => onPaper(false));
  }

  return { start, plot, onPaper, element };
})();
