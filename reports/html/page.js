// What every part of the page shares: the data, the choices of the reader, small helpers.
"use strict";
const gigasite = (() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const chosen = { run: 0, phase: data.runs.map((run) => run.phases.length - 1) };
  const listeners = [];

  const run = () => data.runs[chosen.run];
  const phase = () => chosen.phase[chosen.run];
  const article = () => document.querySelector(`.run[data-run="${chosen.run}"]`);
  const changed = () => listeners.forEach((listener) => listener());

  // Text only ever becomes text, never markup.
  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else if (value !== false) made.setAttribute(key, value === true ? "" : value);
    }
    made.append(...children);
    return made;
  }

  function button(label, act, attributes = {}) {
    return element("button", { type: "button", onclick: act, ...attributes }, label);
  }

  function select(label, options, act) {
    const list = element("select", { onchange: () => act(list.value) });
    options.forEach(([value, text]) => list.append(element("option", { value }, text)));
    return { list, labelled: element("label", {}, label, list) };
  }

  const tell = (text) => { document.getElementById("said").textContent = text; };

  const printing = () => document.documentElement.dataset.printing === "true";
  function dark() {
    if (printing()) return false;
    const wanted = document.documentElement.dataset.theme;
    return wanted ? wanted === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }
  const colour = (role) => data.themes[dark() ? 1 : 0][role];
  const shade = (both) => both[dark() ? 1 : 0];

  // As the tables write numbers: whole from 1,000 on, at least three digits below.
  function number(value, digits = 3) {
    if (value === null || !Number.isFinite(value)) return "\u2013";
    if (value === 0) return "0";
    const places = Math.min(12, Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(value)))));
    return value.toLocaleString("en-US", { minimumFractionDigits: places, maximumFractionDigits: places }).replace("-", "\u2212");
  }

  function save(name, text) {
    const link = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
    const anchor = element("a", { href: link, download: name });
    document.body.append(anchor);
    anchor.click();
    anchor.remove();
    setTimeout(() => URL.revokeObjectURL(link), 1000);
    tell(`${name} was saved.`);
  }

  function fillPhases() {
    const list = document.getElementById("phase");
    list.replaceChildren(...run().phases.map((name, place) => element("option", { value: place }, `from ${name}`)));
    list.value = phase();
    list.disabled = run().phases.length < 2;
  }

  function showRun() {
    document.querySelectorAll(".run").forEach((one) => { one.hidden = Number(one.dataset.run) !== chosen.run; });
    fillPhases();
  }

  function showTheme() {
    const pressed = dark();
    const control = document.getElementById("theme");
    control.setAttribute("aria-pressed", String(pressed));
  }

  function start() {
    const runs = document.getElementById("run");
    if (runs) runs.addEventListener("change", () => { chosen.run = Number(runs.value); showRun(); changed(); });
    document.getElementById("phase").addEventListener("change", (event) => {
      chosen.phase[chosen.run] = Number(event.target.value);
      changed();
    });
    document.getElementById("theme").addEventListener("click", () => {
      document.documentElement.dataset.theme = dark() ? "light" : "dark";
      showTheme();
      changed();
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { showTheme(); changed(); });
    document.getElementById("print").addEventListener("click", () => gigasite.charts.onPaper(true).then(() => print()));
    showRun();
    showTheme();
    gigasite.tables.start();
    gigasite.charts.start();
  }

  return { data, run, phase, article, element, button, select, tell, printing, dark, colour, shade, number, save, start,
    onChange: (listener) => listeners.push(listener), chosen };
})();
