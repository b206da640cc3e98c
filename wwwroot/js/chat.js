// A chat in the browser: answers grow as they are written, keys and buttons that HTML does not have, times as this place reads them.
import { announce } from "./announce.js";
import { growing, on, silence, start } from "./live.js";
import { makeOutbox } from "./outbox.js";
import { enterComposer } from "./turns.js";
import { slot } from "./unsent.js";

const chat = document.querySelector("[data-chat]");
const { conversation, person } = chat.dataset;
const url = (handler, message) => `/chats/${conversation}?handler=${handler}${message ? `&message=${message}` : ""}`;
const find = (id) => document.getElementById(id);
const turnOf = (message) => find(`m-${message}`);

// --- The window of a long chat ---------------------------------------------------------

// What is read anew begins where the page begins: nothing vanishes above somebody who reads earlier messages.
document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  const first = document.querySelector("#turns > .turn");
  if (first && ctx.request.action.startsWith(`/chats/${conversation}`)) ctx.request.body.set("from", first.id.slice(2));
});

/** An address that was written down before there was a window names the turn alone, which may stand above it. */
function findNamed() {
  const message = /^#m-(?<id>[0-9a-f-]{36})$/.exec(location.hash)?.groups.id;
  if (!conversation || !message || turnOf(message) || location.search.includes(`message=${message}`)) return;
  location.replace(`/chats/${conversation}?message=${message}${location.hash}`);
}

addEventListener("hashchange", findNamed);
findNamed();

// --- Answers that grow ---------------------------------------------------------------

const applied = new WeakMap();
const announced = new Map();
const endings = { failed: "There is no answer.", stopped: "The answer was stopped.", interrupted: "The answer breaks off." };

/** Puts the blocks of an answer into its turn, from the first that differs from what stands there. */
function show(message) {
  const prose = turnOf(message)?.querySelector("[data-prose]");
  const answer = growing.get(message);
  if (!prose || !answer || turnOf(message).ariaBusy !== "true") return;
  const before = applied.get(prose) ?? [];
  let from = 0;
  while (from < before.length && before[from] === answer.blocks[from]) from++;
  if (before.length !== prose.children.length) from = 0;
  while (prose.children.length > from) prose.lastElementChild.remove();
  const tail = document.createElement("template");
  tail.innerHTML = answer.blocks.slice(from).join("");
  prose.append(tail.content);
  applied.set(prose, [...answer.blocks]);
  announceSentences(message, prose.textContent);
}

/** A screen reader hears whole sentences, not every piece. */
function announceSentences(message, text) {
  const from = announced.get(message) ?? 0;
  const end = Math.max(...[". ", "! ", "? ", ".\n", ":\n"].map((stop) => text.lastIndexOf(stop) + 1));
  if (end > from) {
    announce(text.slice(from, end));
    announced.set(message, end);
  }
}

const isMissing = (message) => conversation && !turnOf(message);
const isOpen = (message) => turnOf(message)?.ariaBusy === "true" || turnOf(message)?.dataset.state === "waiting";

on("tail", ({ conversation_id: of, message_id: message }) => {
  if (of !== conversation) return;
  if (isMissing(message)) refreshTurns();
  else show(message);
});

on("message", ({ conversation_id: of, message_id: message }) => {
  refreshList();
  if (of !== conversation) return;
  if (isMissing(message)) refreshTurns();
  else if (isOpen(message)) followTurn(message);
});

on("trace", ({ conversation_id: of, message_id: message }) => {
  if (of === conversation && find(`stages-${message}`)) refreshStages(message);
});

on("done", async ({ conversation_id: of, message_id: message }) => {
  if (of === conversation) {
    // A refusal to ask while an answer was written is no longer true.
    find("composer-error").replaceChildren();
    const turn = turnOf(message);
    const heard = announced.get(message) ?? 0;
    announced.delete(message);
    await refreshTurn(message);
    // The line that says from where on the model reads stands before another turn now.
    if ((turnOf(message)?.dataset.readsFrom ?? "") !== (find("reads-from")?.dataset.before ?? "")) refreshTurns();
    if (turn) announce(`${turnOf(message)?.querySelector("[data-prose]")?.textContent.slice(heard) ?? ""} ${endings[turnOf(message)?.dataset.state] ?? "The answer is finished."}`);
    markSeen();
  }
  refreshList();
});

on("feedback", ({ message_id: message }) => turnOf(message) && refresh(`#m-${message}`, url("Turn", message), "outerMorph"));

on("conversation", ({ conversation_id: of }) => {
  refreshList();
  if (of === conversation) refreshTurns();
});

on("read", () => refreshList());
on("changed", ({ name, data }) => {
  if (name === "memory.changed") htmx.trigger(document.body, "memories");
  if (name === "tool.call" && data && isOpen(data.message_id)) followTurn(data.message_id);
});
on("missed", () => { refreshList(); if (conversation) refreshTurns(); });

// The tab with the connection told what it knows: what is written here and not there has ended meanwhile.
on("state", () => {
  document.querySelectorAll(".turn[aria-busy=true]").forEach((turn) => {
    const message = turn.id.slice(2);
    if (growing.has(message)) show(message);
    else refreshTurn(message);
  });
});

// --- Fetching what the server renders --------------------------------------------------

// Each element asks for itself: requests of one element wait for each other, those of different ones do not.
const refresh = (selector, from, swap) => htmx.ajax("GET", from, { source: selector, target: selector, swap });
const refreshTurn = (message) => turnOf(message) && refresh(`#m-${message}`, url("Turn", message), "outerHTML");
// It calls a tool, waits for the person, or goes on: what they have open or typed in it stays.
async function followTurn(message) {
  const before = turnOf(message).dataset.state;
  await refresh(`#m-${message}`, url("Turn", message), "outerMorph");
  const turn = turnOf(message);
  if (turn?.dataset.state !== "waiting" || before === "waiting") return;
  announce([...turn.querySelectorAll(".call-ask h2")].map((ask) => `${ask.textContent}.`).join(" "));
  markSeen();
}

const refreshStages = (message) => turnOf(message).ariaBusy === "true" && refresh(`#stages-${message}`, url("Stages", message), "outerHTML");
// The answer to what is being sent brings all turns; before it, a turn would stand beside the message that waits for it.
const refreshTurns = settled(() => {
  isBehind = Boolean(outbox?.isSending);
  if (!isBehind) refresh("#turns", url("Turns"), "outerMorph");
});
const refreshList = settled(() => refresh("#chat-list", `/chats?handler=List${conversation ? `&current=${conversation}` : ""}`, "innerMorph"));

/** Many events at once are one look. */
function settled(look) {
  let waiting;
  return () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 60);
  };
}

function markSeen() {
  if (!conversation || document.hidden) return;
  const token = document.querySelector("input[name=__RequestVerificationToken]")?.value;
  fetch(url("Seen"), { method: "POST", headers: { RequestVerificationToken: token }, keepalive: true });
}

document.addEventListener("visibilitychange", markSeen);

// Whatever happened to the stream: an answer that says it is being written is looked at from time to time.
setInterval(() => {
  if (silence() < 5000 || document.hidden) return;
  document.querySelectorAll(".turn[aria-busy=true]").forEach((turn) => refreshTurn(turn.id.slice(2)));
}, 5000);

// An answer of which no word has come may be waiting for memory, of which no event tells.
setInterval(() => {
  if (document.hidden) return;
  document.querySelectorAll(".turn[aria-busy=true]").forEach((turn) => {
    if (!turn.querySelector("[data-prose]")?.textContent.trim()) refreshStages(turn.id.slice(2));
  });
}, 4000);

// --- Writing ---------------------------------------------------------------------------

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  const field = event.target.closest("#message, .turn-edit textarea");
  if (!field) return;
  event.preventDefault();
  if (field.value.trim()) field.form.requestSubmit();
});

const composer = find("message");
const outbox = composer && makeOutbox({ person, conversation, address: url("Send"), composer });
let isBehind = false;

if (composer) {
  const draft = slot(person, `draft/${conversation}`);
  composer.value ||= draft.read() ?? "";
  composer.addEventListener("input", () => draft.write(composer.value));
  composer.form.addEventListener("submit", (event) => {
    event.preventDefault();
    document.querySelector(".transcript").scrollTop = 0;
    outbox.add();
  });
  // The marks of a request go after its last event.
  document.addEventListener("htmx:finally:request", () => setTimeout(() => {
    outbox.flush();
    if (isBehind) refreshTurns();
  }));
  outbox.flush();
  composer.setSelectionRange(composer.value.length, composer.value.length);
  // An address that names an answer is about that one.
  if (!location.hash && document.activeElement === document.body) offerComposer();
  document.addEventListener("answer-asked", offerComposer);
}

/** Gives the composer the focus, but not where a keyboard would then cover the chat. */
function offerComposer() {
  if (!matchMedia("(pointer: coarse)").matches) enterComposer();
}

// --- The panel beside the chat ---------------------------------------------------------

const side = find("side-form");

side?.addEventListener("submit", (event) => {
  event.preventDefault();
  chat.dataset.side = event.submitter.value;
  chat.dataset.asked = "";
  // The button that was pressed is gone; the one that takes its turn does the opposite.
  [...side.querySelectorAll("button")].find((button) => button !== event.submitter).focus();
  fetch(side.action, { method: "POST", body: new FormData(side, event.submitter), headers: { "HX-Request": "true" }, keepalive: true })
    // It is folded here all the same, and not remembered.
    .catch(() => {});
});

// --- What is under way ------------------------------------------------------------------

let called = document.title;

/** The title of the tab follows the chat's name. What stands before it, as that a run ended, stays. */
function retitle() {
  const name = find("chat-title")?.dataset.tab.trim().replace(/\s+/g, " ");
  if (!name) return;
  const now = `${name} · Republic`;
  document.title = document.title.replace(called, () => now);
  called = now;
  const field = find("chat-name");
  // What somebody is typing there stays.
  if (field && field.value === field.defaultValue) field.value = field.defaultValue = find("chat-title").dataset.name ?? "";
}

/** Where a tool waits for the person, they may say something instead. */
function invite() {
  if (composer) composer.placeholder = composer.dataset[document.querySelector(".turn[data-state=waiting]") ? "instead" : "usual"];
}

// The button that decided on a tool call is gone with its card: the focus goes on to what waits next.
let isInAsk = false;
document.addEventListener("htmx:before:swap", () => { isInAsk ||= Boolean(document.activeElement?.closest(".call-ask")); });

function leaveAsk() {
  if (isInAsk && document.activeElement === document.body) {
    const next = document.querySelector(".call-ask [aria-invalid=true]") ?? document.querySelector(".call-ask .btn-primary");
    if (next) next.focus();
    else offerComposer();
  }
  isInAsk = false;
}

function settle() {
  retitle();
  invite();
  document.querySelectorAll(".turn[aria-busy=true]").forEach((turn) => show(turn.id.slice(2)));
}

setInterval(() => {
  document.querySelectorAll("[data-since]").forEach((stage) => {
    const prose = stage.closest(".turn").querySelector("[data-prose]");
    const seconds = Math.max(0, (Date.now() - new Date(stage.dataset.since)) / 1000);
    stage.textContent = `${seconds.toFixed(1)} s, ${stage.dataset.doing ?? (prose.children.length ? "writing" : "reading")}`;
  });
}, 250);

// What the server renders is closed; what somebody has open in a turn stays open while news of the chat comes in. It is never closed for a
// moment either, for that would take the focus from the person who types in it. Only the answer to a thumb, or to a correction that was sent, says
// itself whether its panel is open.
let answered;
document.addEventListener("htmx:before:swap", ({ target }) => { answered = target.closest?.("[data-settles]")?.closest(".turn"); });
htmx.registerExtension("stays-open", {
  htmx_before_morph_attr: (details, { attrName, newValue }) =>
    attrName !== "open" || newValue !== null || !details.closest("#turns") || Boolean(answered?.contains(details) && details.matches(".turn-fix")),
});
document.addEventListener("htmx:after:swap", settle);
document.addEventListener("htmx:after:swap", leaveAsk);
settle();
start(person, chat.dataset.live);
