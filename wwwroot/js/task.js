// One task: the page follows what happens to it, and the card of its minion's work follows that each second.
import { isEdited } from "./fields.js";
import { follow, soon } from "./follow.js";
import { on } from "./live.js";

const task = () => document.getElementById("task");
const work = () => document.getElementById("work");

/** Something that a person has begun would be lost. What only shows more is opened again. */
const isHeld = () => task() && (task().querySelector("details[open]:not([data-keep], .call)") || isEdited(task()));

/** The arguments of a tool call are being changed. */
const isDeciding = () => work()?.querySelector(".call-ask details[open]");

function look() {
  if (task()) htmx.ajax("GET", task().dataset.watch, { source: "#task", target: "#task", swap: "outerMorph" });
}

function lookAtWork() {
  if (work() && !work().hidden && !isDeciding()) htmx.ajax("GET", work().dataset.work, { source: "#work", target: "#work", swap: "outerMorph" });
}

const { lookSoon } = follow(({ name }) => name === "task.changed" || name === "task.done", { look, part: task, isHeld });
on("changed", ({ name, subject, data }) => {
  const isOfTask = name === "task.work" && subject === task()?.dataset.task;
  const isOfAttempt = name === "tool.call" && data?.attempt_id && data.attempt_id === work()?.dataset.attempt;
  if (isOfTask || isOfAttempt) soon("work", lookAtWork);
});
for (const name of ["done", "read"]) {
  on(name, ({ conversation_id: of }) => {
    if (of === document.getElementById("task-chat")?.dataset.conversation) lookSoon();
  });
}

// ---- What stays as it was when a part is drawn again

let open = [];
let wasAtWork = false;

document.addEventListener("htmx:before:swap", (event) => {
  const { sourceElement, target } = event.detail.ctx;
  if (event.defaultPrevented || sourceElement !== target || (target !== task() && target !== work())) return;
  open = [...task().querySelectorAll("details[open][data-keep], details.call[open]")].map(({ id }) => id);
  wasAtWork = work()?.contains(document.activeElement) ?? false;
});

document.addEventListener("htmx:after:swap", () => {
  open.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
  open = [];
  // The button that had the focus is gone, as Stop is when the minion hands in.
  if (wasAtWork && document.activeElement === document.body) document.getElementById("h-work")?.focus({ preventScroll: true });
  wasAtWork = false;
  say();
});

// ---- What is said: how the work stands, when that changes, and never the words as they come

let said = work()?.dataset.said;

function say() {
  const now = work()?.dataset.said;
  if (now && now !== said) document.getElementById("work-said").textContent = `${now}.`;
  said = now;
}
