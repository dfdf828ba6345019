// Requests to the server: reading, and changes that carry the token of the page.
const token = document.querySelector('meta[name="token"]').content;

export class Refused extends Error {}

export async function get(path) {
  const answer = await fetch(path, { headers: { accept: "application/json" } });
  if (!answer.ok) throw new Refused(`The server answered ${answer.status}.`);
  return answer.json();
}

export async function post(path, body = new Uint8Array(0)) {
  const plain = typeof body === "string" || body instanceof Blob || body instanceof Uint8Array;
  const answer = await fetch(path, {
    method: "POST",
    headers: { "x-gigasite-token": token, "content-type": plain ? "application/octet-stream" : "application/json" },
    body: plain ? body : JSON.stringify(body),
  });
  const words = answer.headers.get("content-type") || "";
  if (words.includes("json")) return { status: answer.status, data: await answer.json() };
  if (words.includes("plain")) throw new Refused(await answer.text());
  throw new Refused(`The server answered ${answer.status}.`);
}

export function inWords(problem) {
  return problem instanceof Refused
    ? problem.message
    : "The server does not answer. Start it again with gigasite serve; running solves go on.";
}
