// Notifications by the browser, while Republic is open: of what waits for the person and stands on no page that they see. Whether they are
// wanted is kept where the permission is, in the browser.
import { isEdited } from "./fields.js";
import { leads, on } from "./live.js";

const MOST = 200;
const { person } = document.body.dataset;
const slots = { wanted: `notifications/${person}`, notified: `notified/${person}` };

/** Over HTTPS and on this computer alone, as locks are. */
export const canNotify = isSecureContext && "Notification" in window && "locks" in navigator;

export const isWanted = () => canNotify && Notification.permission === "granted" && read(slots.wanted) === true;

export const want = (isOn) => write(slots.wanted, isOn);

function read(slot) {
  try {
    return JSON.parse(localStorage.getItem(slot));
  } catch {
    return null;
  }
}

function write(slot, value) {
  try {
    localStorage.setItem(slot, JSON.stringify(value));
  } catch {
    // Where nothing can be stored, nobody is notified.
  }
}

/** False for what was told before, also by a tab that is closed. */
function isNews(key) {
  const notified = read(slots.notified) ?? [];
  if (notified.includes(key)) return false;
  write(slots.notified, [...notified, key].slice(-MOST));
  return true;
}

// --- What is seen: each tab that somebody looks at holds a lock of its address -----------------

const lockOf = (path) => `seen-${person}-${path}`;
let letGo = () => {};

/** Of the address as it is now: a page gets another one where htmx pushes it. */
function holdSeen() {
  letGo();
  if (document.hidden) return;
  const { pathname } = location;
  navigator.locks.request(lockOf(pathname), { mode: "shared" }, () => {
    letGo();
    // By the time that it is granted it may be another one, which is asked for by itself.
    return document.hidden || location.pathname !== pathname ? null : new Promise((release) => { letGo = release; });
  });
}

async function isSeen(path) {
  const { held } = await navigator.locks.query();
  return held.some(({ name }) => name === lockOf(path));
}

// --- Notifications are shown by the tab that has the connection ------------------------------------------

/** @param key What is told once. */
async function notify({ key, path, title, text }) {
  if (!isNews(key) || await isSeen(path)) return;
  const shown = new Notification(title, { body: text, tag: path, renotify: true });
  shown.addEventListener("click", () => {
    shown.close();
    focus();
    goTo(path);
  });
}

// A form that was refused holds what was typed as if the server had drawn it.
const isInUse = () =>
  [...document.forms].some(isEdited) || document.querySelector("dialog[open], [data-asks=typed], [data-refused=true], [aria-invalid=true]") !== null;

/**
 * A page with words that the server does not have stays as it is, and the other one opens beside it. Not every field is kept in the browser or
 * has it ask, and the tab that has the connection may be any: whoever clicks does not know what they would leave. Where the browser opens no
 * tab, the page has the focus and nothing is lost.
 */
function goTo(path) {
  if (location.pathname === path) return;
  if (isInUse()) open(path);
  else location.assign(path);
}

async function answerOf(address) {
  const response = await fetch(address).catch(() => null);
  return response?.status === 200 && !response.redirected ? response : null;
}

/** @param address What is to be told, as JSON; any other answer says that there is nothing. */
async function notifyOf(address) {
  const answer = await answerOf(address);
  if (answer) await notify(await answer.json());
}

/** What happened meanwhile is told by nothing else. Of all that waits, a turn alone has a deadline. */
async function notifyOfTurns() {
  const answer = await answerOf("/episodes/waiting?handler=Turns");
  for (const turn of await answer?.json() ?? []) await notify(turn);
}

async function notifyOfTask(task) {
  const path = `/tasks/${task}`;
  const answer = await answerOf(`${path}/work?handler=Ended`);
  if (!answer) return;
  const toast = new DOMParser().parseFromString(await answer.text(), "text/html");
  await notify({ key: crypto.randomUUID(), path, title: toast.querySelector("b").textContent.replace(/\.$/, ""), text: "A task waits for you." });
}

// An episode may change faster than it can be asked for; in a tab that is hidden, clocks stand still.
const asked = new Map();

async function followTurn(episode) {
  const isUnderWay = asked.has(episode);
  asked.set(episode, true);
  if (isUnderWay) return;
  try {
    while (asked.get(episode)) {
      asked.set(episode, false);
      await notifyOf(`/episodes/${episode}/turn`);
    }
  } finally {
    asked.delete(episode);
  }
}

if (person && canNotify) {
  on("changed", ({ name, subject, data }) => {
    if (!leads() || !isWanted()) return;
    if (name === "episode.changed") followTurn(subject);
    if (name === "episode.missed") notifyOf(`/episodes/${subject}/turn?handler=Missed&step=${data}`);
    if (name === "task.ended") notifyOfTask(subject);
    if (name === "tool.call" && data?.status === "pending") notifyOf(`/tools/calls/${subject}?handler=Asked`);
  });
  on("missed", () => { if (leads() && isWanted()) notifyOfTurns(); });
  on("done", ({ conversation_id: conversation, message_id: message }) => {
    if (!leads() || !isWanted()) return;
    // An answer also ends where it fails or is stopped.
    notifyOf(`/chats/${conversation}/ended?message=${message}`);
  });
  for (const changed of ["visibilitychange", "htmx:after:history:update"]) document.addEventListener(changed, holdSeen);
  holdSeen();
}
