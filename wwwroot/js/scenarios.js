// The list, and the draft beside a form, follow what is changed in other windows and by programs.
import { isEdited, showDrawn, valuesOf } from "./fields.js";
import { follow } from "./follow.js";

// What is saved here comes with the answer to it; fetched beside that, the draft would be the one of the former name.
follow("scenario.changed", { isHeld: () => document.querySelector("form.htmx-request") });

// --- What was typed and not saved ------------------------------------------------------
// Whoever goes elsewhere on the page is asked here, whoever closes it by the browser.

const question = document.getElementById("leave");
const form = () => document.querySelector("form[data-unsaved]");
let go;
let isLeaving = false;
let sent;

/** A form that was refused is drawn anew with what was typed. */
const isUnsaved = () => !isLeaving && (form().dataset.unsaved === "true" || isEdited(form()));

/** The focus goes to the first thing that was refused: there a screen reader says why. */
function showRefused() {
  const wrong = form().querySelector("[aria-invalid=true], [role=alert]");
  if (wrong?.matches("[role=alert]")) wrong.tabIndex = -1;
  wrong?.focus();
}

function ask(event, then) {
  event.preventDefault();
  event.stopPropagation();
  go = then;
  question.showModal();
}

if (question) {
  addEventListener("beforeunload", (event) => { if (isUnsaved()) event.preventDefault(); });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]:not([download], [target], [href^='#'])");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && isUnsaved()) ask(event, () => location.assign(link.href.baseVal ?? link.href));
  }, true);
  document.addEventListener("submit", (event) => {
    // What is removed need not be saved before.
    const isOther = event.target !== form() && event.target.id !== "remove";
    if (isOther && isUnsaved()) ask(event, () => event.target.requestSubmit(event.submitter));
    else isLeaving = true;
    sent = event.target === form() ? valuesOf(form()) : undefined;
  }, true);
  document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    if (ctx.target?.id !== "editor" || !sent) return;
    showDrawn(sent);
    showRefused();
  });
  document.addEventListener("htmx:finally:request", () => { isLeaving = false; });
  question.addEventListener("click", (event) => {
    if (!event.target.closest("button")) return;
    question.close();
    isLeaving = event.target.closest("[data-discard]") !== null;
    if (isLeaving) go();
  });
}
