// The list: looks at the queue every two seconds, and loads queue and runs anew when a job changes; ticks stay.
import { get } from "./ask.js";

let seen = "";

const ticked = () => [...document.querySelectorAll('input[name="run"]:checked')].map((each) => each.value);

function count() {
  const button = document.getElementById("compare"), number = ticked().length;
  if (!button) return;
  button.disabled = number < 2;
  button.textContent = number < 2 ? "Compare" : `Compare ${number}`;
}

async function renew() {
  const answer = await fetch("/");
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html"), kept = new Set(ticked());
  const focused = document.activeElement, mark = focused.getAttribute?.("href") || focused.value;
  for (const part of ["queue", "runs"]) document.getElementById(part).replaceChildren(...fresh.getElementById(part).childNodes);
  if (!focused.isConnected && mark) {
    [...document.querySelectorAll("#queue a, #runs a, #runs input")].find((each) => (each.getAttribute("href") || each.value) === mark)?.focus();
  }
  for (const box of document.querySelectorAll('input[name="run"]')) box.checked = kept.has(box.value);
  count();
}

function words(job) {
  return [job.stage, `${Math.floor(job.seconds)} s`, job.gap ? `gap ${job.gap}` : ""].filter(Boolean).join(" · ");
}

async function watch() {
  try {
    const jobs = await get("/api/jobs"), now = JSON.stringify(jobs.map((job) => [job.id, job.label, job.ahead]));
    if (now !== seen) {  // at first too: a job may have begun since the page was written
      await renew();
      if (seen) document.getElementById("said").textContent = jobs.map((job) => `${job.site}, ${job.scenario}: ${job.label}`).join(". ");
    }
    seen = now;
    for (const job of jobs.filter((each) => each.state === "running")) {
      const line = document.querySelector(`[data-job="${CSS.escape(job.id)}"]`);
      if (line) line.textContent = words(job);
    }
  } catch {
    // The server may come back; what is shown stays.
  }
  setTimeout(watch, 2000);
}

document.addEventListener("change", count);
count();
watch();
