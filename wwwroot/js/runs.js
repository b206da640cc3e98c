// The list of runs: a choice counts from the moment it is made, and each row follows its run.
import { follow, soon } from "./follow.js";
import { on } from "./live.js";

// Whoever goes on choosing before the answer is here adds to the choice, and an address says only what was chosen.
document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  const form = document.getElementById("filters");
  if (!form || ctx.target?.id !== "runs") return;
  const choice = ctx.request.body;
  form.elements.status.value = choice.get("status") ?? "";
  for (const [name, value] of [...choice]) if (value === "") choice.delete(name);
});

// Progress tells of a row alone.
follow(({ name }) => name.startsWith("training") && name !== "training.progress", { look: () => htmx.trigger(document.body, "runs") });

on("changed", ({ name, subject: run }) => {
  if (name === "training.progress") soon(run, () => lookAt(run));
});

function lookAt(run) {
  const row = document.getElementById(`r-${run}`);
  // A question that is open is not swapped away.
  if (row && !row.querySelector(":popover-open")) htmx.ajax("GET", `/training?handler=Row&id=${run}`, { source: row, target: row, swap: "outerMorph" });
}
