// Keys of one letter, and arrows in lists. A key presses or focuses what stands on the page anyway; what that does is the page's own.
import { announce } from "./announce.js";
import { areKeysOn, isFree, switchKeys } from "./free-keys.js";
import { drawn, isMac, openPalette, templateOf, togglePalette } from "./palette.js";

const GO_MS = 1500;
const active = () => document.activeElement;
const isShown = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility === "visible";

/** An address of the sheet, from where keys and people go to the same pages. */
const addressOf = (selector) => templateOf(selector)?.getAttribute("href");

// --- Lists ----------------------------------------------------------------------------------
// A list says in data-list which elements are its rows. The first link or button of a row has the focus for it.

const entryOf = (row) => (row.matches("a, button") ? row : row.querySelector("a[href], button, summary"));
const rowsOf = (list) => [...list.querySelectorAll(list.dataset.list)].filter((row) => entryOf(row) && isShown(entryOf(row)));
const focused = (rows) => rows.findIndex((row) => row.contains(active()));

/** The list that has the focus, or else the one that the page is about: beside a chat stands a list of all. */
const listOf = () => active()?.closest("[data-list]") ?? document.querySelector(".chat-main [data-list]") ?? document.querySelector("main [data-list]");

function enter(row) {
  if (row) entryOf(row).focus();
  return Boolean(row);
}

function arrow(key) {
  const list = active()?.closest("[data-list]");
  const rows = list ? rowsOf(list) : [];
  const at = focused(rows);
  if (at < 0) return false;
  if (key === "Home" || key === "End") return enter(rows.at(key === "Home" ? 0 : -1));
  return enter(rows[beside(rows.map((row) => entryOf(row).getBoundingClientRect()), at, key)]);
}

/** Up and down go to the nearest of the line above or below, which in one column is the next row; left and right stay in their line. */
function beside(boxes, at, key) {
  const isOnLine = (box, other) => Math.abs(box.top - other.top) < other.height;
  const by = key === "ArrowDown" || key === "ArrowRight" ? 1 : -1;
  if (key === "ArrowLeft" || key === "ArrowRight") return boxes[at + by] && isOnLine(boxes[at + by], boxes[at]) ? at + by : -1;
  let first = at + by;
  while (boxes[first] && isOnLine(boxes[first], boxes[at])) first += by;
  const distance = (index) => Math.abs(boxes[index].left - boxes[at].left);
  let nearest = first;
  for (let other = first; boxes[other] && isOnLine(boxes[other], boxes[first]); other += by) {
    if (distance(other) < distance(nearest)) nearest = other;
  }
  return nearest;
}

// --- Chats ----------------------------------------------------------------------------------

const turns = () => [...document.querySelectorAll("#turns > .turn")];
const turnOf = () => active()?.closest("#turns > .turn");
const has = (selector) => (turn) => turn.querySelector(selector) !== null;
const inTurn = (selector) => [turnOf(), turns().findLast(has(selector))].find((turn) => turn && has(selector)(turn))?.querySelector(selector);

function showBranch(key) {
  const turn = turnOf() ?? turns().findLast(has(".pager"));
  const button = turn?.querySelector(`.pager [aria-keyshortcuts="${key}"]`);
  if (!button || !isShown(button)) return false;
  turn.focus({ preventScroll: true });
  button.click();
  return true;
}

function rate() {
  const thumb = inTurn(".feedback button");
  thumb?.focus();
  return Boolean(thumb);
}

function edit() {
  const panel = inTurn(".turn-edit");
  if (!panel || getComputedStyle(panel).visibility !== "visible") return false;
  // The field takes the focus when its panel opens.
  if (panel.open) panel.querySelector("textarea").focus();
  else panel.open = true;
  return true;
}

// A turn that is drawn anew keeps the focus, and so does one in whose place another branch stands.
let kept = null;

document.addEventListener("htmx:before:swap", () => {
  const turn = turnOf();
  kept = turn && turn === active() ? { id: turn.id, at: turns().indexOf(turn) } : null;
});

document.addEventListener("htmx:after:swap", () => {
  if (!kept) return;
  if (active() === document.body) (document.getElementById(kept.id) ?? turns()[kept.at])?.focus({ preventScroll: true });
  const pager = turnOf()?.id === kept.id ? null : turnOf()?.querySelector(".pager");
  if (pager) announce(`Branch ${pager.textContent.trim().replace("/", "of")}.`);
  kept = null;
});

// --- Keys -----------------------------------------------------------------------------------

/** To the turn or the row after, or before; from elsewhere to the last turn, or to the row at that end. */
function step(by) {
  const all = turns();
  if (all.length > 0 && !active()?.closest("[data-list]")) {
    const next = turnOf() ? all[all.indexOf(turnOf()) + by] : all.at(-1);
    next?.focus();
    return Boolean(next);
  }
  const rows = listOf() ? rowsOf(listOf()) : [];
  const at = focused(rows);
  return enter(at < 0 ? rows.at(by > 0 ? 0 : -1) : rows[at + by]);
}

function beginChat() {
  const choice = document.querySelector(".chooser button");
  if (choice) choice.focus();
  else location.assign(addressOf("[data-new-chat]"));
  return true;
}

/** What the page has to add one to its list, else a chat. */
function add() {
  const link = document.querySelector("[data-new]");
  if (!link) return beginChat();
  link.click();
  return true;
}

function openKeys() {
  const [sheet, isNew] = drawn("keys");
  const box = sheet.querySelector("input");
  if (isNew) box.addEventListener("change", () => switchKeys(box.checked));
  box.checked = areKeysOn();
  if (!sheet.open) sheet.showModal();
  return true;
}

let goesUntil = 0;

const go = () => {
  goesUntil = performance.now() + GO_MS;
  return true;
};

const open = () => {
  openPalette();
  return true;
};

const LETTERS = new Map(Object.entries({
  "?": openKeys, "/": open, c: beginChat, n: add, g: go, r: rate, e: edit,
  j: () => step(1), k: () => step(-1), "[": () => showBranch("["), "]": () => showBranch("]"),
}));
const ARROWS = new Set(["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End"]);
const REPEATED = new Set(["j", "k"]);

// Caps Lock makes no other key of it.
const letterOf = ({ key, shiftKey }) => (key?.length === 1 && !shiftKey ? key.toLowerCase() : key);

// The second key of two is taken before the page itself may take it.
function goOn(event) {
  if (performance.now() > goesUntil || ["Shift", "Control", "Alt", "Meta", "CapsLock"].includes(event.key)) return;
  goesUntil = 0;
  const letter = letterOf(event);
  const address = isFree(event) && /^[a-z]$/.test(letter) && addressOf(`[data-go="${letter}"]`);
  if (!address) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  location.assign(address);
}

function press(event) {
  const letter = letterOf(event);
  if (letter === "k" && (isMac ? event.metaKey : event.ctrlKey) && !event.altKey && !event.isComposing) {
    event.preventDefault();
    if (!event.repeat) togglePalette();
    return;
  }
  if (!isFree(event)) return;
  const isTaken = ARROWS.has(letter)
    ? !event.shiftKey && arrow(letter)
    : areKeysOn() && (!event.repeat || REPEATED.has(letter)) && LETTERS.get(letter)?.();
  if (isTaken) event.preventDefault();
}

if (templateOf("#keys")) {
  addEventListener("keydown", goOn, true);
  // On the window: what a page has a key of its own for, it has taken before.
  addEventListener("keydown", press);
  // The link in the palette, and its command, which is there for whoever switched the key off.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("#palette a");
    if (!link || link.getAttribute("href") !== addressOf("[data-keys]") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    document.getElementById("palette")?.close();
    openKeys();
  });
}
