// A part of a page follows what the server does: an event says that something changed, and the part fetches itself again.
import { on, silence, start } from "./live.js";

const LOOK_MS = 400;
const page = document.querySelector("[data-live]");

/** The list, or the one thing while it is worked on; what a person reads or edits is left alone. */
const watched = () => document.querySelector("[data-watch]:not([data-watch=\"\"])");

const isTyping = (part) => part.contains(document.activeElement) && document.activeElement.matches("input, textarea, select");

/** A question is open: whoever answers it must not lose it. */
const isAsked = () => document.querySelector("dialog[open], .ask:popover-open");

let last = 0;
let waits;

function look() {
  clearTimeout(waits);
  waits = setTimeout(() => {
    const part = watched();
    if (!part || isAsked() || isTyping(part)) return;
    last = Date.now();
    htmx.ajax("GET", part.dataset.watch, { source: `#${part.id}`, target: `#${part.id}`, swap: "outerMorph" });
  }, Math.max(0, last + LOOK_MS - Date.now()));
}

/**
 * @param kind What names of events begin with.
 * @param told An event of the page's own, of an upload that ended here.
 */
export function follow(kind, told) {
  on("changed", ({ name, subject }) => {
    const only = watched()?.dataset.subject;
    if (name.startsWith(kind) && (!only || only === subject)) look();
  });
  on("missed", look);
  document.body.addEventListener(told, look);

  // Whatever happened to the stream: work that is under way is looked at from time to time.
  setInterval(() => {
    if (silence() > 4000 && !document.hidden && document.querySelector("[data-watch] [data-working]")) look();
  }, 2000);

  if (page) start(page.dataset.person, page.dataset.live);
}
