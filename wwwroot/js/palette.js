// The palette opens over any page: what is found, and what can be done, by a few letters.
import { hasDialog, UNDECIDED } from "./free-keys.js";

const WAIT_MS = 100;
const template = document.getElementById("over");

export const isMac = /^(Mac|iP)/.test(navigator.platform);

/** What opens over pages stands in a template until it is first asked for; null where nobody is signed in. */
export const templateOf = (selector) => template?.content.querySelector(selector) ?? null;

const nameKeys = (part) => { if (isMac) part.querySelectorAll("kbd").forEach((kbd) => { kbd.textContent = kbd.textContent.replace("Ctrl", "⌘"); }); };

/** The dialog of this id, and whether it was drawn just now. */
export function drawn(id) {
  const there = document.getElementById(id);
  if (there) return [there, false];
  document.body.append(templateOf(`#${id}`).cloneNode(true));
  const dialog = document.getElementById(id);
  nameKeys(dialog);
  return [dialog, true];
}

// --- Opening and closing --------------------------------------------------------------------

const find = (id) => document.getElementById(id);
const isForNewTab = (event) => event.ctrlKey || event.metaKey || event.shiftKey || event.button > 0;

export function openPalette() {
  if (!template || hasDialog()) return;
  const [dialog, isNew] = drawn("palette");
  if (isNew) listen(dialog);
  forget();
  dialog.showModal();
  find("palette-words").focus();
  ask();
}

export function togglePalette() {
  if (find("palette")?.open) find("palette").close();
  else openPalette();
}

// A link to the page of the search, which is there without scripts.
document.addEventListener("click", (event) => {
  if (!template || isForNewTab(event) || !event.target.closest?.("a[data-palette]")) return;
  event.preventDefault();
  openPalette();
});

// Beside a dialog there is nothing but the dialog itself to press.
document.addEventListener("click", ({ target }) => {
  const dialog = target.closest?.("#palette, #keys");
  if (dialog && (target === dialog || target.closest("[data-shut]"))) dialog.close();
});

function listen(dialog) {
  const words = find("palette-words");
  words.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT_MS);
  });
  words.addEventListener("keydown", press);
  // It is told later, when the palette may be open again.
  dialog.addEventListener("close", () => { if (!dialog.open) forget(); });
  const list = find("palette-list");
  // Whoever opens one in another tab may go on typing.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    if (event.target.closest("[role=option]") && !isForNewTab(event)) dialog.close();
  });
  dialog.querySelector(".scopes").addEventListener("click", ({ target }) => {
    const scope = target.closest("[data-only]");
    if (scope) narrow(scope);
  });
}

function forget() {
  clearTimeout(timer);
  timer = undefined;
  question?.abort();
  question = undefined;
  entered = undefined;
  find("palette-words").value = "";
  mark(scopes()[0]);
  draw("");
}

// --- Asking ---------------------------------------------------------------------------------

let timer;
/** What is being asked; an answer to anything older is dropped. */
let question;
/** How Enter was pressed before its answer was there. */
let entered;

async function ask() {
  clearTimeout(timer);
  timer = undefined;
  question?.abort();
  const mine = new AbortController();
  question = mine;
  const query = new URLSearchParams({ handler: "Palette", q: find("palette-words").value, only: scope().dataset.only });
  const html = await answerOf(`/search?${query}`, mine.signal);
  if (mine !== question) return;
  question = undefined;
  draw(html ?? "");
  say(html === null);
  if (entered) follow(chosen(), entered.isForNewTab);
  entered = undefined;
}

async function answerOf(address, signal) {
  try {
    const response = await fetch(address, { signal });
    return response.ok && !response.redirected ? await response.text() : null;
  } catch {
    return null;
  }
}

function draw(html) {
  const list = find("palette-list");
  list.innerHTML = html;
  list.scrollTop = 0;
  choose(options()[0]);
  find("palette-words").setAttribute("aria-expanded", String(options().length > 0));
  find("palette").querySelector(".palette-none").hidden = true;
}

function say(isWithoutAnswer) {
  const dialog = find("palette");
  const count = options().filter((option) => !("all" in option.dataset)).length;
  const found = count === 0 ? "Nothing found" : `${count} found`;
  const isTyped = find("palette-words").value.trim() !== "";
  dialog.querySelector("[data-count]").textContent = isWithoutAnswer ? "No answer. Type on to try again." : isTyped ? found : "";
  dialog.querySelector(".palette-none").hidden = isWithoutAnswer || count > 0;
}

// --- Choosing -------------------------------------------------------------------------------

const options = () => [...find("palette-list").querySelectorAll("[role=option]")];
const chosen = () => find("palette-list").querySelector("[aria-selected=true]");
const scopes = () => [...find("palette").querySelectorAll("[data-only]")];
const scope = () => scopes().find((one) => one.ariaPressed === "true");

function choose(option) {
  chosen()?.setAttribute("aria-selected", "false");
  const words = find("palette-words");
  if (!option) {
    words.removeAttribute("aria-activedescendant");
    return;
  }
  option.setAttribute("aria-selected", "true");
  words.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

const mark = (one) => scopes().forEach((other) => other.setAttribute("aria-pressed", String(other === one)));

function narrow(one) {
  mark(one);
  find("palette-words").focus();
  ask();
}

function press(event) {
  if (event.isComposing || event.keyCode === UNDECIDED || event.altKey) return;
  const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (event.key === "Enter") {
    event.preventDefault();
    enter(event.ctrlKey || event.metaKey);
  } else if (event.key === "Tab" && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    const all = scopes();
    narrow(all[(all.indexOf(scope()) + (event.shiftKey ? all.length - 1 : 1)) % all.length]);
  } else if (isPlain && STEPS[event.key]) {
    event.preventDefault();
    const all = options();
    choose(all.at(STEPS[event.key](all.indexOf(chosen()), all.length)));
  }
}

const STEPS = {
  ArrowDown: (at, length) => (at + 1) % length,
  // Before the first is the last.
  ArrowUp: (at) => at - 1,
  Home: () => 0,
  End: () => -1,
};

/** What was typed just now counts, and not what is still shown for fewer letters. */
function enter(isForNewTab) {
  if (timer === undefined && question === undefined) {
    follow(chosen(), isForNewTab);
    return;
  }
  entered = { isForNewTab };
  if (timer !== undefined) ask();
}

function follow(option, isForNewTab) {
  if (!option) return;
  if (isForNewTab) {
    window.open(option.href, "_blank", "noopener");
    return;
  }
  find("palette").close();
  option.click();
}

document.querySelectorAll("a[data-palette]").forEach(nameKeys);
