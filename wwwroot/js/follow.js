// A part of a page follows what the server does: an event says that something changed, and the part is fetched again.
import { isTyping } from "./fields.js";
import { on, silence, start } from "./live.js";
import { whenVisible } from "./visible.js";

const LOOK_MS = 400;
const page = document.querySelector("[data-live]");
const last = new Map();
const waiting = new Set();

// What is chosen from is not shut by news while somebody chooses.
htmx.registerExtension("chips-stay-open", {
  htmx_before_morph_attr: (details, { attrName, newValue }) => attrName !== "open" || newValue !== null || !details.matches(".chip-more"),
});

/** The list, or the one thing while it is worked on; what a person reads or edits is left alone. */
const watched = () => document.querySelector("[data-watch]:not([data-watch=\"\"])");

/** A question is open: whoever answers it must not lose it. */
const isAsked = () => document.querySelector("dialog[open], .ask:popover-open");

function fetchWatched() {
  const part = watched();
  if (part) htmx.ajax("GET", part.dataset.watch, { source: `#${part.id}`, target: `#${part.id}`, swap: "outerMorph" });
}

/** Looks at a part of the page not more often than it can be read, and the last time for sure; in a hidden tab once it is seen again. */
export function soon(part, look) {
  if (waiting.has(part)) return;
  waiting.add(part);
  setTimeout(() => whenVisible(() => {
    waiting.delete(part);
    last.set(part, Date.now());
    look();
  }), Math.max(0, (last.get(part) ?? 0) + LOOK_MS - Date.now()));
}

/**
 * @param isMeant Which events: what their names begin with, or a function of the event.
 * @param how `told` is an event of the page's own, of an upload that ended here; `look` fetches the part, which is the one with data-watch
 * if none is given, or the one that `part` gives; `isHeld` says that somebody is at something in it that must not be lost. What was left
 * alone meanwhile is looked at afterwards.
 * @returns `lookSoon`, for what happened elsewhere, and `catchUp`, for an end of what held the part that no event of the browser tells.
 */
export function follow(isMeant, { told, look = fetchWatched, part = watched, isHeld } = {}) {
  const isOurs = typeof isMeant === "string" ? ({ name }) => name.startsWith(isMeant) : isMeant;
  const isBusy = () => Boolean(isAsked() || isHeld?.() || (part() && isTyping(part())));
  let isBehind = false;
  const lookSoon = () => soon("page", () => {
    isBehind = isBusy();
    if (!isBehind) look();
  });
  const catchUp = () => { if (isBehind) lookSoon(); };

  // Between the question and its answer somebody may have begun.
  document.addEventListener("htmx:before:swap", (event) => {
    const { sourceElement, target } = event.detail.ctx;
    if (sourceElement !== target || target !== part() || !isBusy()) return;
    event.preventDefault();
    isBehind = true;
  });
  // While such an event is told, what it ends may still stand.
  for (const ended of ["toggle", "close", "focusout", "htmx:after:swap", "htmx:finally:request"]) {
    document.addEventListener(ended, () => setTimeout(catchUp), true);
  }
  on("changed", (event) => {
    const only = watched()?.dataset.subject;
    if (isOurs(event) && (!only || only === event.subject)) lookSoon();
  });
  on("missed", lookSoon);
  if (told) document.body.addEventListener(told, lookSoon);

  // Whatever happened to the stream: work that is under way is looked at from time to time.
  setInterval(() => {
    if (silence() > 4000 && !document.hidden && document.querySelector("[data-working=true]")) lookSoon();
  }, 2000);

  if (page) start(page.dataset.person, page.dataset.live);
  return { lookSoon, catchUp };
}
