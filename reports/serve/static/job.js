// One job: asks every second while it is open; the page is set anew when its state or its stage changes.
import { get, post, inWords } from "./ask.js";

let main = document.getElementById("job");
const id = encodeURIComponent(main.dataset.job);
let seen = "";

async function renew() {
  const answer = await fetch(location.pathname);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("job");
  const focused = main.contains(document.activeElement) ? document.activeElement.dataset.act : null;
  main.replaceWith(fresh);
  main = fresh;
  if (focused) (main.querySelector(`[data-act="${focused}"]:not(:disabled)`) || main.querySelector(".actions a, .actions button"))?.focus();
}

async function watch() {
  let wait = 1000;
  try {
    const job = await get(`/api/jobs/${id}`);
    const now = JSON.stringify([job.state, job.stopping, job.ahead, job.stages]);
    if (now !== seen) await renew();  // at first too: it may have begun since the page was written
    seen = now;
    const words = `${job.site}, ${job.scenario}: ${job.label}`;
    if (document.getElementById("said").textContent !== words) document.getElementById("said").textContent = words;
    const elapsed = document.getElementById("elapsed"), gap = document.getElementById("gap");
    if (elapsed && job.seconds !== null) elapsed.textContent = `${Math.floor(job.seconds)} s`;
    if (gap) gap.textContent = job.gap || "–";
    document.getElementById("trouble").textContent = "";
    if (!job.open) wait = 5000;
  } catch (problem) {
    document.getElementById("trouble").textContent = inWords(problem);
    wait = 3000;
  }
  setTimeout(watch, wait);
}

document.addEventListener("click", async (event) => {
  const act = event.target.dataset?.act;
  if (!act) return;
  event.target.disabled = true;
  try {
    await post(`/api/jobs/${id}/${act}`);
    if (act === "forget") location.assign("/");
    else await renew();
  } catch (problem) {
    document.getElementById("trouble").textContent = inWords(problem);
    event.target.disabled = false;
  }
});

watch();
