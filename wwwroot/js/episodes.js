// The list of episodes, or one of them, follows what people and minions do.
import { isEdited } from "./fields.js";
import { follow } from "./follow.js";
import { on } from "./live.js";
import { slot } from "./unsent.js";

const person = document.querySelector("[data-live]").dataset.person;
const episode = () => document.getElementById("episode");
const act = () => document.getElementById("act");

/** Whoever has begun a form elsewhere than in their own turn would lose it. */
const isHeld = () => {
  if (!episode()) return false;
  // Nor do the arguments of a tool call go that are being changed.
  if (episode().querySelector("[data-refused=true], .call-ask details[open]")) return true;
  return [...episode().querySelectorAll("form:not(#act, [popover])")].some(isEdited);
};

// Of the turn, the morph keeps what is typed and where the caret stands: the page goes on beside whoever writes.
const script = () => (episode() ? document.querySelector(".script") : document.getElementById("episodes"));

function look() {
  const all = episode() ?? document.getElementById("episodes");
  htmx.ajax("GET", all.dataset.watch, { source: `#${all.id}`, target: `#${all.id}`, swap: "outerMorph" });
}

const { lookSoon } = follow(({ name }) => name === "episode.changed" || name === "episode.work", { look, part: script, isHeld });
on("changed", ({ name, data }) => { if (name === "tool.call" && data?.step_id && episode()?.querySelector(`[data-turn="${data.step_id}"]`)) lookSoon(); });

// ---- Of what can be otherwise in a fork, what fits the step that is chosen

function narrow() {
  const at = document.getElementById("fork-at")?.selectedOptions[0];
  if (!at) return;
  for (const field of document.querySelectorAll("#fork [data-by]")) {
    const groups = [...field.querySelectorAll("optgroup")];
    for (const group of groups) group.hidden = group.disabled = group.dataset.key !== at.dataset[field.dataset.by];
    const select = field.querySelector("select");
    if (select.selectedOptions[0]?.parentElement.disabled) select.value = "";
    field.hidden = groups.every((group) => group.disabled);
  }
}

narrow();
document.addEventListener("change", ({ target }) => {
  if (target.id === "fork-at") narrow();
  if (target.name === "part") showState();
});

// ---- The graph shows the state it is in, however many there are

let shown = null;

function showState() {
  const node = episode()?.querySelector(".graph .node[aria-current]");
  const label = node?.getAttribute("aria-label");
  const graph = node?.closest(".graph");
  // In a tab that is not open it has no size.
  if (!graph?.clientWidth || label === shown) return;
  shown = label;
  const [at, whole] = [node.getBoundingClientRect(), graph.getBoundingClientRect()];
  graph.scrollLeft += at.left + at.width / 2 - whole.left - whole.width / 2;
  graph.scrollTop += at.top + at.height / 2 - whole.top - whole.height / 2;
}

showState();

// ---- What is typed outlasts a lost connection: it stands here until the step it is meant for is done

const words = (step) => slot(person, `act/${step}`);

function restoreWords() {
  document.querySelectorAll("#episode [data-acted]:not([data-acted=\"\"])").forEach(({ dataset }) => words(dataset.acted).write(null));
  const field = act()?.querySelector("textarea");
  if (field) field.value ||= words(act().dataset.step).read() ?? "";
}

restoreWords();
document.addEventListener("input", ({ target }) => target.id === "act-text" && words(act().dataset.step).write(target.value));

// ---- The page is fetched anew, and stays as it is used

let open = [];
let part = null;

document.addEventListener("htmx:before:swap", (event) => {
  const { target, text } = event.detail.ctx;
  if (target !== episode() || event.defaultPrevented) return;
  // Words that are not sent must not go because the turn has gone.
  if (act() && isEdited(act()) && !text?.includes(`data-step="${act().dataset.step}"`)) {
    event.preventDefault();
    say("It is not your turn any more. What you wrote stays here until you leave the page.");
    return;
  }
  open = [...episode().querySelectorAll("details[open]")].map(({ id }) => id);
  part = episode().querySelector(".stage-tabs :checked")?.id;
});

document.addEventListener("htmx:after:swap", () => {
  open.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
  if (part && document.getElementById(part)) document.getElementById(part).checked = true;
  [open, part] = [[], null];
  narrow();
  restoreWords();
  showState();
  say();
});

// ---- Whose turn it is, said once when that changes

let said = episode()?.dataset.said;

function say(text = episode()?.dataset.said) {
  const line = document.getElementById("episode-said");
  if (line && text && text !== said) line.textContent = text;
  said = text;
}
