// What a person does in a turn: corrects, edits, rates and copies it, with the keys for that.
import { announce } from "./announce.js";
import { writeText } from "./copy.js";
import { isEdited } from "./fields.js";
import { areKeysOn, isFree } from "./free-keys.js";

const find = (id) => document.getElementById(id);
const isCovered = () => Boolean(document.querySelector("dialog[open], [popover]:popover-open"));

export function enterComposer() {
  find("message")?.focus({ preventScroll: true });
}

// --- Leaving by Esc -----------------------------------------------------------------------

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing || event.defaultPrevented || isCovered()) return;
  const panel = event.target.closest?.(".turn-fix[open], .turn-edit[open]");
  if (panel) {
    // The key itself would close the dialog that asks.
    event.preventDefault();
    leave(panel);
  } else {
    find("stop")?.click();
    enterComposer();
  }
});

document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-leave]")) leave(target.closest(".turn-edit"));
});

const discard = find("discard");
let left;

/** What was typed and not sent is not discarded unasked. */
function leave(panel) {
  if (!isEdited(panel)) {
    close(panel);
    return;
  }
  left = panel;
  discard.showModal();
  discard.querySelector("[data-keep]").focus();
}

discard?.addEventListener("click", ({ target }) => {
  if (!target.closest("button")) return;
  // It gives the focus back to where the person wrote.
  discard.close();
  if (!target.closest("[data-discard]")) return;
  left.querySelector("form").reset();
  close(left);
});

/** Nor is it left behind by a link or a reload. */
addEventListener("beforeunload", (event) => {
  if ([...document.querySelectorAll(".turn-fix, .turn-edit")].some(isEdited)) event.preventDefault();
});

function close(panel) {
  panel.open = false;
  if (panel.matches(".turn-edit")) enterComposer();
}

// --- Rating ----------------------------------------------------------------------------

/** A key of one letter, pressed in a turn or on nothing in particular. */
const isForTurn = (event) =>
  areKeysOn() && !event.repeat && isFree(event) && (event.target === document.body || event.target.closest(".transcript") !== null);

/** + and - rate the answer that has the focus, or else the last one; not while somebody writes or chooses. */
document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (!["+", "-"].includes(key) || !isForTurn(event)) return;
  const thumb = (from) => from?.querySelector(`.feedback [data-key="${key}"]`);
  const rated = thumb(target.closest(".turn")) ?? thumb([...document.querySelectorAll("#turns > .turn:has(.feedback)")].at(-1));
  if (!rated) return;
  event.preventDefault();
  announce(`${rated.ariaLabel}${rated.ariaPressed === "true" ? ", taken back" : ""}.`);
  rated.click();
});

/** t makes a task of the message that has the focus, or else of the last one. */
document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (key !== "t" || !isForTurn(event)) return;
  const link = (target.closest(".turn") ?? [...document.querySelectorAll("#turns > .turn:has([data-make-task])")].at(-1))?.querySelector("[data-make-task]");
  if (!link) return;
  event.preventDefault();
  link.click();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-close-fix]")) event.target.closest(".turn-fix").open = false;
});

// A field that opens in a turn takes the focus with it, and gives it back to what opened it.
document.addEventListener("toggle", ({ target, oldState, newState }) => {
  if (!target.matches(".turn-fix, .turn-edit") || oldState === newState) return;
  const isLost = document.activeElement === document.body || target.contains(document.activeElement);
  if (target.open) {
    const field = target.querySelector("textarea");
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  } else if (isLost) target.querySelector("summary").focus();
}, true);

// --- Copying ---------------------------------------------------------------------------

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const isCopied = await writeText(button.closest(".turn").querySelector("[data-source]").textContent, button);
  announce(isCopied ? "Copied." : "Not copied. Select the answer, and copy it with the keyboard.");
  if (!isCopied) return;
  button.dataset.done = "";
  setTimeout(() => delete button.dataset.done, 1500);
});
