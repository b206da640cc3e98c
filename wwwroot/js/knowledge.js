// Pages of knowledge follow what the server does with documents: an event says that something changed, and the page fetches itself again.
import { on, silence, start } from "./live.js";

const LOOK_MS = 400;
const page = document.querySelector("[data-live]");

/** The list, or the one document while it is worked on. */
const watched = () => document.querySelector("[data-watch]:not([data-watch=\"\"])");

const isTyping = (part) => part.contains(document.activeElement) && document.activeElement.matches("input, textarea, select");

let last = 0;
let waits;

function look() {
  clearTimeout(waits);
  waits = setTimeout(() => {
    const part = watched();
    if (!part || isTyping(part)) return;
    last = Date.now();
    htmx.ajax("GET", part.dataset.watch, { source: `#${part.id}`, target: `#${part.id}`, swap: "outerMorph" });
  }, Math.max(0, last + LOOK_MS - Date.now()));
}

on("changed", ({ name, subject }) => {
  const only = watched()?.dataset.subject;
  if (name.startsWith("document.") && (!only || only === subject)) look();
});
on("missed", look);
document.body.addEventListener("documents", look);

// Whatever happened to the stream: work that is under way is looked at from time to time.
setInterval(() => {
  if (silence() > 4000 && !document.hidden && document.querySelector("[data-watch] [data-working]")) look();
}, 2000);

// A link to a passage shows its place in the source too.
document.querySelector(".place[data-here=yes]")?.scrollIntoView({ block: "center" });
document.querySelector(".passage[data-here=yes]")?.scrollIntoView({ block: "start" });

if (page) start(page.dataset.person, page.dataset.live);
