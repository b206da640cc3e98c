// Notifications by the browser, while Republic is open: of what waits for the person and stands on no page that they see. Whether they are
// wanted is kept where the permission is, in the browser.
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

function holdSeen() {
  letGo();
  if (document.hidden) return;
  const { pathname } = location;
  navigator.locks.request(lockOf(pathname), { mode: "shared" }, () => {
    letGo();
    return document.hidden ? null : new Promise((release) => { letGo = release; });
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
    if (location.pathname !== path) location.assign(path);
  });
}

async function answerOf(address) {
  const response = await fetch(address).catch(() => null);
  return response?.status === 200 && !response.redirected ? response : null;
}

async function notifyOfTurn(episode) {
  const path = `/episodes/${episode}`;
  const answer = await answerOf(`${path}/turn`);
  if (answer) await notify({ path, ...await answer.json() });
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
      await notifyOfTurn(episode);
    }
  } finally {
    asked.delete(episode);
  }
}

if (person && canNotify) {
  on("changed", ({ name, subject }) => {
    if (!leads() || !isWanted()) return;
    if (name === "episode.changed") followTurn(subject);
    if (name === "task.ended") notifyOfTask(subject);
  });
  on("done", ({ conversation_id: conversation, message_id: message }) => {
    if (!leads() || !isWanted()) return;
    notify({ key: message, path: `/chats/${conversation}`, title: "A minion is done answering", text: "Open the chat to read it." });
  });
  document.addEventListener("visibilitychange", holdSeen);
  holdSeen();
}
