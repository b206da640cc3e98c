// The list of episodes, or one of them, follows what people and minions do.
import { isEdited } from "./fields.js";
import { follow } from "./follow.js";

const episode = () => document.getElementById("episode");
const act = () => document.getElementById("act");

/** Whoever has begun a form elsewhere than in their own turn would lose it. */
const isHeld = () => {
  if (!episode()) return false;
  if (episode().querySelector("[data-refused=true]")) return true;
  return [...episode().querySelectorAll("form:not(#act, [popover])")].some(isEdited);
};

// Of the turn, the morph keeps what is typed and where the caret stands: the page goes on beside whoever writes.
const part = () => (episode() ? document.querySelector(".script") : document.getElementById("episodes"));

function look() {
  const all = episode() ?? document.getElementById("episodes");
  htmx.ajax("GET", all.dataset.watch, { source: `#${all.id}`, target: `#${all.id}`, swap: "outerMorph" });
}

follow("episode.changed", { look, part, isHeld });

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
document.addEventListener("change", ({ target }) => target.id === "fork-at" && narrow());

let open = [];

document.addEventListener("htmx:before:swap", (event) => {
  const { target, text } = event.detail.ctx;
  if (target !== episode() || event.defaultPrevented) return;
  // Words that are not sent must not go because the turn has gone.
  if (act() && isEdited(act()) && !text?.includes(`data-role="${act().dataset.role}"`)) {
    event.preventDefault();
    say("It is not your turn any more. What you wrote stays here until you leave the page.");
    return;
  }
  open = [...episode().querySelectorAll("details[open]")].map(({ id }) => id);
});

document.addEventListener("htmx:after:swap", () => {
  open.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
  open = [];
  narrow();
  say();
});

// ---- Whose turn it is, said once when that changes

let said = episode()?.dataset.said;

function say(text = episode()?.dataset.said) {
  const line = document.getElementById("episode-said");
  if (line && text && text !== said) line.textContent = text;
  said = text;
}
