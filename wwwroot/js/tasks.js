// The board of tasks: cards are dragged, or moved by the keyboard, and what others change is followed. Each card has a form for that as well.
import { isEdited } from "./fields.js";
import { follow } from "./follow.js";
import { areKeysOn, isFree } from "./free-keys.js";

const FAR_PX = 6;
const HOLD_MS = 300;
const EDGE_PX = 48;
const STEP_PX = 12;

const board = () => document.getElementById("board");
const lanes = () => [...document.querySelectorAll("#board .lane")];
const cardsOf = (lane) => [...lane.querySelectorAll(":scope > ol > [data-task]")];
const cardOf = (element) => element?.closest?.("#board .lane [data-task]");
const laneOf = (card) => card.closest(".lane");
const linkOf = (card) => card.querySelector("[data-open]");

/** A card that is up: where it came from, and how it is moved. */
let lifted = null;
let isSending = false;

function say(text) {
  const line = document.getElementById("moved");
  if (line) line.textContent = text;
}

// ---- What others change

/** Something that a person has begun would be lost. */
function isHeld() {
  const part = board();
  return lifted !== null || isSending || (part && (part.querySelector("details[open]") || isEdited(part)));
}

function look() {
  const part = board();
  if (!part) return;
  const focused = cardOf(document.activeElement)?.id;
  htmx.ajax("GET", part.dataset.watch, { source: `#${part.id}`, target: `#${part.id}`, swap: "outerMorph" }).then(() => refocus(focused));
}

function refocus(id) {
  const card = id && document.getElementById(id);
  if (card && document.activeElement === document.body) linkOf(card)?.focus({ preventScroll: true });
}

// What a minion writes each second changes nothing here.
const { lookSoon, catchUp } = follow(({ name }) => ["task.changed", "task.done", "task.shared"].includes(name), { look, part: board, isHeld });

// ---- Moving a card

const placeOf = (card) => `${laneOf(card).dataset.name}, ${cardsOf(laneOf(card)).indexOf(card) + 1} of ${cardsOf(laneOf(card)).length}`;

function lift(card) {
  lifted = { card, lane: laneOf(card), next: card.nextElementSibling };
  card.dataset.lifted = "";
}

function putBack() {
  const { card, lane, next } = lifted;
  settle();
  lane.querySelector("ol").insertBefore(card, next?.isConnected ? next : null);
}

function settle() {
  const { card, drop } = lifted;
  drop?.remove();
  delete card.dataset.lifted;
  delete card.dataset.dragged;
  card.style.translate = "";
  document.body.classList.remove("dragging");
  lifted = null;
  catchUp();
}

/** Says to the server where the card is now; the board that it answers stands, also where it refuses. */
async function send(card, from, insertion) {
  const lane = laneOf(card);
  const values = { to: lane.dataset.lane, from: from.dataset.lane };
  if (insertion) values.after = insertion.dataset.task;
  const { id } = card;
  isSending = true;
  document.body.dataset.moving = "";
  say(`${card.dataset.name} is moved to ${placeOf(card)}.`);
  try {
    // Of a source of its own: it must not wait for the board, which may be asking what is new.
    await htmx.ajax("POST", `${board().dataset.move}&id=${card.dataset.task}`, { source: "#moved", target: "#board", swap: "outerMorph", values });
  } finally {
    isSending = false;
    delete document.body.dataset.moving;
    const moved = document.getElementById(id);
    const there = moved && laneOf(moved)?.dataset.lane;
    if (moved && there !== lane.dataset.lane) say(`${card.dataset.name} was not moved.`);
    // Without an answer the page would go on showing what did not happen.
    refocus(id);
    lookSoon();
  }
}

function putDown() {
  const { card, lane, next } = lifted;
  settle();
  if (laneOf(card) === lane && card.nextElementSibling === next) {
    say(`${card.dataset.name} stays where it was.`);
    return;
  }
  send(card, lane, card.previousElementSibling);
}

// ---- By mouse, pen and touch

let press = null;

document.addEventListener("pointerdown", (event) => {
  const card = cardOf(event.target);
  if (!card || lifted || isSending || event.button !== 0 || event.target.closest("details, button, input, select")) return;
  press = { card, x: event.clientX, y: event.clientY, pointer: event.pointerId, isTouch: event.pointerType === "touch" };
  // A finger that moves at once scrolls; one that rests lifts.
  if (press.isTouch) press.hold = setTimeout(() => { if (press) drag(press); }, HOLD_MS);
});

document.addEventListener("pointermove", (event) => {
  if (!press || event.pointerId !== press.pointer) return;
  const isFar = Math.hypot(event.clientX - press.x, event.clientY - press.y) > FAR_PX;
  if (!lifted && isFar) {
    if (press.isTouch) return forget();
    drag(press);
  }
  if (lifted) dragTo(event.clientX, event.clientY);
});

document.addEventListener("pointerup", (event) => {
  if (!press || event.pointerId !== press.pointer) return;
  const wasDragged = lifted !== null;
  forget();
  if (!wasDragged) return;
  // The click that follows would open the task.
  addEventListener("click", stopClick, true);
  setTimeout(() => removeEventListener("click", stopClick, true));
  lifted.drop.replaceWith(lifted.card);
  putDown();
});

document.addEventListener("pointercancel", () => { if (press) { forget(); if (lifted) putBack(); } });
document.addEventListener("dragstart", (event) => { if (cardOf(event.target)) event.preventDefault(); });
// While a card is up the page does not scroll under the finger.
document.addEventListener("touchmove", (event) => { if (press && lifted) event.preventDefault(); }, { passive: false });
document.addEventListener("contextmenu", (event) => { if (press?.isTouch && lifted) event.preventDefault(); });

function stopClick(event) {
  event.preventDefault();
  event.stopPropagation();
}

function forget() {
  clearTimeout(press.hold);
  press = null;
}

function drag({ card, x, y }) {
  const { left, top } = card.getBoundingClientRect();
  lift(card);
  card.dataset.dragged = "";
  document.body.classList.add("dragging");
  const drop = Object.assign(document.createElement("li"), { className: "drop" });
  Object.assign(lifted, { grip: { x: x - left, y: y - top }, drop });
}

const scroller = () => document.querySelector("#board .board");

function dragTo(x, y) {
  const { card, drop, grip } = lifted;
  const box = scroller().getBoundingClientRect();
  if (x < box.left + EDGE_PX) scroller().scrollLeft -= STEP_PX;
  if (x > box.right - EDGE_PX) scroller().scrollLeft += STEP_PX;
  const lane = document.elementFromPoint(x, y)?.closest?.("#board .lane") ?? lanes().find((one) => {
    const { left, right } = one.getBoundingClientRect();
    return x >= left && x <= right;
  });
  if (lane) {
    const below = cardsOf(lane).find((other) => {
      const { top, height } = other.getBoundingClientRect();
      return other !== card && y < top + height / 2;
    });
    const list = lane.querySelector("ol");
    if (drop.parentElement !== list || drop.nextElementSibling !== (below ?? null)) list.insertBefore(drop, below ?? null);
  }
  // The card stays in its place of the page and is drawn under the pointer; the dashed place says where it will be.
  card.style.translate = "";
  const { left, top } = card.getBoundingClientRect();
  card.style.translate = `${x - grip.x - left}px ${y - grip.y - top}px`;
}

// ---- By keyboard

const STEPS = { h: [-1, 0], ArrowLeft: [-1, 0], l: [1, 0], ArrowRight: [1, 0], j: [0, 1], ArrowDown: [0, 1], k: [0, -1], ArrowUp: [0, -1] };

document.addEventListener("keydown", (event) => {
  if (!isFree(event)) return;
  if (event.key === "Escape" && lifted) {
    event.preventDefault();
    const { card } = lifted;
    if (press) forget();
    putBack();
    linkOf(card).focus();
    say(`${card.dataset.name} is back in ${placeOf(card)}.`);
  } else if (!press && !isSending && pressed(event)) {
    event.preventDefault();
  }
});

/** True where the key meant something. */
function pressed({ key, target }) {
  // Space has no letter.
  if (key.length === 1 && key !== " " && !areKeysOn()) return false;
  if (key === "c" && document.querySelector("[data-new]")) {
    document.querySelector("[data-new]").click();
    return true;
  }
  if (key === "/" && document.getElementById("words")) {
    document.getElementById("words").focus();
    return true;
  }
  if (!document.querySelector("#board .board") || target.closest("summary, button")) return false;
  const card = cardOf(target);
  if (STEPS[key]) return card ? step(card, ...STEPS[key]) : target.closest("#board .board") === target && focusFirst();
  if (!card || target !== linkOf(card)) return false;
  if (key === " " || (key === "Enter" && lifted)) {
    if (lifted) {
      putDown();
    } else {
      lift(card);
      say(`${card.dataset.name} is lifted from ${placeOf(card)}. Arrows move it, Space puts it down, Escape puts it back.`);
    }
    return true;
  }
  const lane = !lifted && /^[1-4]$/.test(key) && lanes()[Number(key) - 1];
  if (!lane || lane === laneOf(card)) return false;
  const from = laneOf(card);
  lane.querySelector("ol").prepend(card);
  linkOf(card).focus();
  send(card, from, null);
  return true;
}

function focusFirst() {
  const first = lanes().flatMap(cardsOf)[0];
  first && linkOf(first).focus();
  return Boolean(first);
}

/** Goes to the next card, or takes the lifted one there. */
function step(card, across, down) {
  const all = lanes();
  const lane = laneOf(card);
  const index = cardsOf(lane).indexOf(card);
  if (lifted) {
    if (across) {
      const other = all[all.indexOf(lane) + across];
      if (other) other.querySelector("ol").insertBefore(card, cardsOf(other)[index] ?? null);
    } else if (down > 0) {
      card.nextElementSibling?.after(card);
    } else {
      card.previousElementSibling?.before(card);
    }
    linkOf(card).focus();
    card.scrollIntoView({ block: "nearest", inline: "nearest" });
    say(placeOf(card));
    return true;
  }
  let next;
  if (across) {
    // Empty columns are passed over.
    for (let at = all.indexOf(lane) + across; !next && all[at]; at += across) next = cardsOf(all[at])[index] ?? cardsOf(all[at]).at(-1);
  } else {
    next = cardsOf(lane)[index + down];
  }
  if (next) {
    linkOf(next).focus();
    next.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
  return true;
}
