// What dialogs cannot do alone: be modal, ask before they discard what was typed, and give the focus back.
import { isEdited } from "./fields.js";

/** A dialog is rendered open, so that it also works as a page of its own. Here it becomes modal: focus stays inside. */
export function makeModal(dialog) {
  if (dialog.matches(":modal")) return;
  dialog.removeAttribute("open");
  dialog.showModal();
  dialog.querySelector("[aria-invalid=true], [autofocus]")?.focus();
}

// A dialog that stands on its own page leads back to where its close link points.
function leaveDialog(dialog) {
  const back = dialog.dataset.back;
  dialog.close();
  dialog.remove();
  if (back) location.assign(back);
  else giveBack();
}

// What the server draws anew counts as its own: that a person typed it is kept here.
const drawnAnew = new WeakSet();
const askOf = (dialog) => dialog.querySelector(":scope > .ask");
const isAsked = (dialog) => askOf(dialog) !== null && (drawnAnew.has(dialog) || isEdited(dialog));

/** What was typed is not discarded unasked, where the dialog has one within it that asks. */
function leave(dialog) {
  if (!isAsked(dialog)) {
    leaveDialog(dialog);
    return;
  }
  askOf(dialog).showModal();
  askOf(dialog).querySelector("[data-keep]").focus();
}

function answerAsk(button) {
  const ask = button.closest(".ask");
  // It gives the focus back to where the person wrote.
  ask.close();
  if (button.matches("[data-discard]")) leaveDialog(ask.parentElement);
}

document.addEventListener("click", (event) => {
  const closer = event.target.closest("dialog [data-close]");
  if (closer) {
    event.preventDefault();
    leave(closer.closest("dialog"));
  }
  const answer = event.target.closest("dialog[data-modal] > .ask button");
  if (answer) answerAsk(answer);
});

document.addEventListener("cancel", (event) => {
  if (event.target.matches?.("dialog[data-modal]")) {
    event.preventDefault();
    leave(event.target);
  }
}, true);

// Browsers close dialogs without a word to the page when Esc follows Esc, so the key itself is taken where there is something to ask.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing || event.defaultPrevented) return;
  const dialog = document.querySelector("dialog[data-modal]:modal");
  if (!dialog || !isAsked(dialog)) return;
  event.preventDefault();
  if (askOf(dialog).open) askOf(dialog).close();
  else leave(dialog);
});

document.addEventListener("close-dialog", () => {
  const dialogs = document.querySelectorAll("dialog[data-modal]");
  dialogs.forEach((dialog) => { dialog.close(); dialog.remove(); });
  if (dialogs.length > 0) giveBack();
});

// --- The focus: where it was before a dialog opened, a button was locked, or a part was drawn anew ----------

// The browser itself would give it back to the field of the dialog that had it first.
let opener;

function giveBack() {
  if (!opener) return;
  const from = opener.isConnected ? opener : document.getElementById(opener.id);
  // A menu that closed meanwhile shows its summary alone.
  (from?.closest("details:not([open])")?.querySelector("summary") ?? from)?.focus({ preventScroll: true });
  const heading = document.querySelector("main h1");
  if (document.activeElement !== document.body || !heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

// A button that is locked while the server answers loses the focus, and cannot have it before it is free.
const pressed = new WeakMap();
document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => pressed.set(ctx, document.activeElement));
document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => queueMicrotask(() => {
  const button = pressed.get(ctx);
  if (document.activeElement === document.body && button && ctx.disabledElements?.includes(button)) button.focus({ preventScroll: true });
}));

let wasGivenBack = false;
document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
  wasGivenBack = document.activeElement !== document.body && document.activeElement === opener;
  const dialog = ctx.target?.closest?.("dialog[data-modal]");
  if (dialog && isEdited(ctx.target)) drawnAnew.add(dialog);
});

document.addEventListener("htmx:after:swap", ({ detail }) => {
  const source = detail?.ctx?.sourceElement;
  const isOpening = document.querySelector("dialog[data-modal]:not(:modal)") !== null && !source?.closest("dialog");
  if (isOpening) opener = source?.matches("a, button") ? source : undefined;
  if (wasGivenBack && document.activeElement === document.body) giveBack();
});
