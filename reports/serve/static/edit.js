// The site file: checked while it is typed, kept over a reload, sent to be solved.
import { get, post, inWords } from "./ask.js";

const find = (id) => document.getElementById(id);
const text = find("text"), gutter = find("gutter"), name = find("name"), start = find("start");
const DRAFT = `gigasite:${location.pathname}${location.search}`;
const given = { text: text.value, name: name.value };
let asked = 0, right = false, wrongLines = new Set(), known = {};

function element(tag, words = "", marks = "") {
  const made = document.createElement(tag);
  made.textContent = words;
  if (marks) made.className = marks;
  return made;
}

function number() {
  const count = text.value.split("\n").length;
  while (gutter.childElementCount < count) gutter.append(element("span", String(gutter.childElementCount + 1)));
  while (gutter.childElementCount > count) gutter.lastElementChild.remove();
  [...gutter.children].forEach((line, place) => line.classList.toggle("wrong", wrongLines.has(place + 1)));
  gutter.scrollTop = text.scrollTop;
}

function go(line) {
  const lines = text.value.split("\n"), from = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  text.focus();
  text.setSelectionRange(from, from + (lines[line - 1] || "").length);
  const height = parseFloat(getComputedStyle(text).lineHeight);
  text.scrollTop = Math.max(0, (line - 1) * height - text.clientHeight / 3);
  text.scrollLeft = 0;
}

function entry(problem) {
  const item = element("li"), where = element("p", "", "where");
  if (problem.line !== null) {
    const jump = element("button", `Line ${problem.line}`, "plain");
    jump.type = "button";
    jump.addEventListener("click", () => go(problem.line));
    where.append(jump);
  }
  if (problem.place) where.append(element("strong", problem.place));
  item.append(where, element("p", problem.rule));
  const rest = element("dl");
  for (const [title, words] of [["Found", problem.value], ["Remedy", problem.remedy]]) {
    if (!words) continue;
    const value = element("dd");
    value.append(title === "Found" ? element("code", words) : words);
    rest.append(element("dt", title), value);
  }
  if (rest.childElementCount) item.append(rest);
  return item;
}

const chosen = () => [...document.querySelectorAll('input[name="scenario"]:checked')].map((each) => each.value);

function offer(scenarios) {
  if (JSON.stringify(scenarios) === JSON.stringify(known)) return;
  known = scenarios;
  const ticked = new Set(chosen());
  const choices = [["base", "the file as it stands", ""], ...Object.entries(scenarios).map(([key, note]) => [key, key, note])];
  find("choices").replaceChildren(...choices.map(([key, title, note]) => {
    const label = element("label", "", "choice"), box = element("input"), words = element("span", title);
    Object.assign(box, { type: "checkbox", name: "scenario", value: key, checked: ticked.has(key) });
    if (note) words.append(element("span", note, "quiet"));
    label.append(box, words);
    return label;
  }));
}

function show(verdict) {
  wrongLines = new Set(verdict.problems.map((each) => each.line).filter((line) => line !== null));
  find("problems").replaceChildren(...verdict.problems.map(entry));
  find("warnings").replaceChildren(...verdict.warnings.map((each) => element("li", each)));
  const count = verdict.problems.length, words = find("verdict");
  words.className = `verdict ${verdict.right ? "right" : "wrong"}`;
  words.textContent = verdict.right ? `${verdict.name}: the site file is right.` : count === 1 ? "One problem" : `${count} problems`;
  if (verdict.right || Object.keys(verdict.scenarios).length) offer(verdict.scenarios);
  right = verdict.right;
  number();
  ready();
}

function ready() {
  const count = chosen().length, named = name.checkValidity();
  start.disabled = !right || !named || count === 0;
  start.textContent = count > 1 ? `Start ${count} solves` : "Start";
  find("why").textContent = !named ? "The run needs a plain name." : !right ? "Mend the file first." : count === 0 ? "Tick what to solve." : "";
}

function trouble(problem) {
  find("verdict").className = "verdict wrong";
  find("verdict").textContent = inWords(problem);
}

async function check() {
  const mine = ++asked;
  try {
    const scenarios = chosen();
    const { data } = await post("/api/check", { text: text.value, scenarios: scenarios.length ? scenarios : ["base"] });
    if (mine === asked) show(data);
  } catch (problem) {
    if (mine === asked) trouble(problem);
  }
}

let timer = 0;
function changed() {
  number();
  right = false;
  start.disabled = true;
  keep();
  clearTimeout(timer);
  timer = setTimeout(check, 350);
}

function keep() {
  const same = text.value === given.text && name.value === given.name;
  if (same) localStorage.removeItem(DRAFT);
  else localStorage.setItem(DRAFT, JSON.stringify({ text: text.value, name: name.value, at: Date.now() }));
}

function restore() {
  const kept = JSON.parse(localStorage.getItem(DRAFT) || "null");
  if (!kept || (kept.text === text.value && kept.name === name.value)) return;
  text.value = kept.text;
  name.value = kept.name;
  find("kept-when").textContent = new Date(kept.at).toLocaleString();
  find("kept").hidden = false;
}

function list(files) {
  find("data-count").textContent = files.length ? `(${files.length})` : "";
  find("files").replaceChildren(...files.map((file) => {
    const item = element("li"), remove = element("button", "Remove", "plain");
    remove.type = "button";
    remove.setAttribute("aria-label", `Remove ${file.name}`);
    remove.addEventListener("click", () => send(() => post(`/api/files/${encodeURIComponent(file.name)}/remove`)));
    item.append(element("code", file.name), ` ${Math.max(1, Math.round(file.bytes / 1000))} kB `, remove);
    return item;
  }));
}

async function send(request) {
  find("data-trouble").textContent = "";
  try {
    const { data } = await request();
    if (data.refused) find("data-trouble").textContent = data.refused;
    else list(data);
    await check();
  } catch (problem) {
    find("data-trouble").textContent = inWords(problem);
  }
}

text.addEventListener("input", changed);
text.addEventListener("scroll", () => { gutter.scrollTop = text.scrollTop; });
name.addEventListener("input", () => { keep(); ready(); });
find("choices").addEventListener("change", () => { ready(); check(); });
find("discard").addEventListener("click", () => {
  text.value = given.text;
  name.value = given.name;
  find("kept").hidden = true;
  changed();
  text.focus();
});
find("source").addEventListener("change", (event) => {
  const site = event.target.value;
  if (site) location.assign(site === "starter" ? "/edit" : `/edit?site=${encodeURIComponent(site)}`);
});
find("open").addEventListener("change", async (event) => {
  const file = event.target.files[0];
  if (!file) return;
  text.value = await file.text();
  name.value = file.name.replace(/\.ya?ml$/i, "").replace(/[^A-Za-z0-9_-]+/g, "_").replace(/^[_-]+/, "").slice(0, 60) || "run";
  changed();
});
find("add").addEventListener("change", async (event) => {
  for (const file of event.target.files) await send(() => post(`/api/files/${encodeURIComponent(file.name)}`, file));
  event.target.value = "";
});
find("plan").addEventListener("submit", async (event) => {
  event.preventDefault();
  start.disabled = true;
  try {
    const { status, data } = await post("/api/solve", { text: text.value, name: name.value, scenarios: chosen() });
    if (status === 201) {
      localStorage.removeItem(DRAFT);
      location.assign(data.jobs.length === 1 ? `/jobs/${encodeURIComponent(data.jobs[0])}` : "/");
    } else if (data.refused) find("why").textContent = data.refused;
    else show(data);
  } catch (problem) {
    find("why").textContent = inWords(problem);
    start.disabled = false;
  }
});

restore();
number();
check();
get("/api/files").then(list, () => {});
