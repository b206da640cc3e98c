// A dataset's pages follow what the server does with it: an event says that something changed, and the page fetches itself again.
import { on, silence, start } from "./live.js";
import "./uploads.js";

const LOOK_MS = 400;
const page = document.querySelector("[data-live]");

/** The list, or the one dataset while it is worked on; what a person reads or edits is left alone. */
const watched = () => document.querySelector("[data-watch]:not([data-watch=\"\"])");

const isTyping = (part) => part.contains(document.activeElement) && document.activeElement.matches("input, textarea, select");

let last = 0;
let waits;

function look() {
  clearTimeout(waits);
  waits = setTimeout(() => {
    const part = watched();
    if (!part || document.querySelector("dialog[open]") || isTyping(part)) return;
    last = Date.now();
    htmx.ajax("GET", part.dataset.watch, { source: `#${part.id}`, target: `#${part.id}`, swap: "outerMorph" });
  }, Math.max(0, last + LOOK_MS - Date.now()));
}

on("changed", ({ name, subject }) => {
  const only = watched()?.dataset.subject;
  if (name.startsWith("dataset") && (!only || only === subject)) look();
});
on("missed", look);
document.body.addEventListener("datasets", look);

// Whatever happened to the stream: work that is under way is looked at from time to time.
setInterval(() => {
  if (silence() > 4000 && !document.hidden && document.querySelector("[data-watch] [data-working]")) look();
}, 2000);

// Whoever asked for something that cannot be goes on at the field that has to be changed.
document.addEventListener("htmx:after:swap", (event) => {
  if (event.detail?.ctx?.request?.method === "POST") document.querySelector("#dataset .field [aria-invalid=true]")?.focus();
});

// One more pair of fields for typed rows.
document.addEventListener("click", (event) => {
  const more = event.target.closest("[data-more-pairs]");
  if (!more) return;
  const pairs = more.closest("form").querySelectorAll(".pair-fields > fieldset");
  const pair = pairs[pairs.length - 1].cloneNode(true);
  const at = pairs.length;
  pair.querySelector("legend").textContent = `Row ${at + 1}`;
  pair.querySelectorAll("textarea").forEach((field) => { field.value = ""; field.name = field.name.replace(/\d+/, at); field.id = field.id.replace(/\d+/, at); });
  pair.querySelectorAll("label").forEach((label) => { label.htmlFor = label.htmlFor.replace(/\d+/, at); });
  pairs[pairs.length - 1].after(pair);
  pair.querySelector("textarea").focus();
});

if (page) start(page.dataset.person, page.dataset.live);
