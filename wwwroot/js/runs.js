// The list of runs: a choice counts from the moment it is made, and each row follows its run.
import { on, silence, start } from "./live.js";

const LOOK_MS = 400;
const page = document.querySelector("[data-live]");
const last = new Map();
const waiting = new Map();

// Whoever goes on choosing before the answer is here adds to the choice, and an address says only what was chosen.
document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  const form = document.getElementById("filters");
  if (!form || ctx.target?.id !== "runs") return;
  const choice = ctx.request.body;
  form.elements.status.value = choice.get("status") ?? "";
  for (const [name, value] of [...choice]) if (value === "") choice.delete(name);
});

/** Not more often than it can be read, and the last time for sure. */
function soon(key, look) {
  if (waiting.has(key)) return;
  waiting.set(key, setTimeout(() => {
    waiting.delete(key);
    last.set(key, Date.now());
    look();
  }, Math.max(0, (last.get(key) ?? 0) + LOOK_MS - Date.now())));
}

const lookAtAll = () => soon("all", () => htmx.trigger(document.body, "runs"));

function lookAt(run) {
  soon(run, () => {
    const row = document.getElementById(`r-${run}`);
    // A question that is open is not swapped away.
    if (row && !row.querySelector(":popover-open")) htmx.ajax("GET", `/training?handler=Row&id=${run}`, { source: row, target: row, swap: "outerMorph" });
  });
}

on("changed", ({ name, subject }) => {
  if (name === "training.progress") lookAt(subject);
  else if (name.startsWith("training")) lookAtAll();
});
on("missed", lookAtAll);

// Whatever happened to the stream: runs that are under way are looked at from time to time.
setInterval(() => {
  if (silence() > 4000 && !document.hidden && document.querySelector("[data-working=true]")) lookAtAll();
}, 2000);

start(page.dataset.person, page.dataset.live);
