// What HTML and htmx cannot do alone: toasts that go, forms that stay sendable, news from elsewhere.
import { writeText } from "./copy.js";
import { makeModal } from "./dialogs.js";
import { isEdited } from "./fields.js";
import "./keys.js";
import { on, start } from "./live.js";
import "./notify.js";
import { forgetAllBut } from "./unsent.js";
import { whenVisible } from "./visible.js";

const TOAST_MS = 8000;
const ZONE_SECONDS = 400 * 24 * 60 * 60;

// The server writes times in this zone from the next request on.
function keepZone() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!zone || document.cookie.split("; ").includes(`zone=${zone}`)) return;
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `zone=${zone}; path=/; max-age=${ZONE_SECONDS}; samesite=lax${secure}`;
}

function keepForAWhile(toast) {
  if (toast.dataset.timed) return;
  toast.dataset.timed = "yes";
  const held = () => toast.matches(":hover, :focus-within");
  const leave = () => (held() ? setTimeout(leave, 1000) : toast.remove());
  setTimeout(leave, TOAST_MS);
  uncover(document.activeElement);
}

// On a phone toasts take the lower part of what is seen: what has the focus scrolls clear of them.
function uncover(focused) {
  if (!focused?.closest("main")) return;
  const [above, below] = [document.getElementById("toasts").getBoundingClientRect(), focused.getBoundingClientRect()];
  const isCovered = above.height > 0 && below.bottom > above.top && below.top < above.bottom && below.right > above.left && below.left < above.right;
  if (isCovered) focused.scrollIntoView({ block: "nearest" });
}

// Tabs scroll sideways on a phone: the one that is open must be seen.
function showTab(tab) {
  const tabs = tab.closest(".tabs");
  tabs.scrollLeft = tab.offsetLeft - tabs.offsetLeft - (tabs.clientWidth - tab.offsetWidth) / 2;
}

function settle(root) {
  root.querySelectorAll(".toast").forEach(keepForAWhile);
  root.querySelectorAll("dialog[data-modal]").forEach(makeModal);
  root.querySelectorAll(".tabs [aria-current]").forEach(showTab);
}

document.addEventListener("click", (event) => event.target.closest(".toast [data-dismiss]")?.closest(".toast").remove());

// The server sends a fresh token when a form had expired, so that the same form can be sent again.
document.addEventListener("fresh-token", (event) => {
  document.querySelectorAll("input[name=__RequestVerificationToken]").forEach((input) => { input.value = event.detail.token; });
  document.body.setAttribute("hx-headers:inherited", JSON.stringify({ RequestVerificationToken: event.detail.token }));
});

function say(template) {
  document.getElementById("toasts").append(document.getElementById(template).content.cloneNode(true));
  settle(document);
}

// The connection failed: say so, and leave the page as it is.
document.addEventListener("htmx:error", (event) => { if (!event.detail.ctx?.response) say("no-answer"); });

// A whole page, or what is no HTML at all, as a proxy answers, never takes the place of a piece of this page.
const PAGE = /^\s*(?:<!--[\s\S]*?-->\s*)*<(?:!doctype|html|head|body)\b/i;

document.addEventListener("htmx:before:swap", (event) => {
  // A script of ours that swaps what it fetched itself has no response here.
  const { response, text } = event.detail.ctx;
  const isHtml = response ? (response.headers.get("Content-Type")?.startsWith("text/html") ?? text === "") : true;
  if (isHtml && !PAGE.test(text)) return;
  event.preventDefault();
  if (response?.raw.redirected) location.assign(response.raw.url);
  else say("no-fragment");
});

// A plain form is sent once, however often its button is pressed; coming back to the page frees it.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || [...form.attributes].some((a) => a.name.startsWith("hx-"))) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
  setTimeout(() => free(form), 5000);
});

function free(form) {
  delete form.dataset.sent;
  form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
}

addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(free));

// Code, keys and links are copied whole.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy-code]");
  if (!button) return;
  const isCopied = await writeText(button.closest(".code, [data-copyable]").querySelector("code").textContent, button);
  // What the button does stands after this word, for a screen reader alone.
  const word = button.firstChild;
  const said = document.getElementById("copied");
  word.data = isCopied ? "Copied" : "Not copied";
  if (said) said.textContent = isCopied ? "Copied." : "Not copied. Select it, and copy it with the keyboard.";
  setTimeout(() => {
    word.data = "Copy";
    if (said) said.textContent = "";
  }, 1500);
});

// A run, or a minion's work on a task, that ends while its person is on another page, or a tool that they are asked about: a message, and a title that is seen in another tab.
const told = new Map();

on("changed", ({ name, subject, data }) => {
  if (name === "training.done" && document.getElementById("run")?.dataset.run !== subject) return announce(subject, `/training/${subject}?handler=Ended`, "Run ended");
  // In the chat itself, at the task and in the episode, the card stands before their eyes.
  const isBefore = (call) => document.getElementById(`m-${call.message_id}`) || document.querySelector(`#work[data-attempt="${call.attempt_id}"], [data-turn="${call.step_id}"]`);
  if (name === "tool.call" && data?.status === "pending" && !isBefore(data)) return announce(subject, `/tools/calls/${subject}?handler=Toast`, "A tool");
  if (name === "task.ended" && document.getElementById("task")?.dataset.task !== subject) return announce(subject, `/tasks/${subject}/work?handler=Ended`, "Task");
});

async function announce(subject, address, words) {
  // Stopping and being stopped are told each for itself.
  if (Date.now() - (told.get(subject) ?? -Infinity) < 5000) return;
  told.set(subject, Date.now());
  const message = await fetched(address);
  if (!message) return;
  document.title = `${words} · ${document.title}`;
  document.getElementById("toasts").append(message);
  // It stays until somebody is here to see it.
  const seen = () => {
    if (document.hidden) return;
    ["pointerdown", "keydown"].forEach((event) => removeEventListener(event, seen));
    // The page may have got another title meanwhile.
    document.title = document.title.replace(`${words} · `, "");
  };
  ["pointerdown", "keydown"].forEach((event) => addEventListener(event, seen));
  whenVisible(() => settle(document));
}

// What a person just did took the last fifth of a budget, or all of it.
on("changed", async ({ name, subject }) => {
  if (name !== "budget.crossed") return;
  const message = await fetched(`/providers/spending?handler=Crossed&id=${subject}`);
  if (!message) return;
  document.getElementById("toasts").append(message);
  whenVisible(() => settle(document));
});

async function fetched(url) {
  const response = await fetch(url);
  if (response.status !== 200) return null;
  const message = document.createElement("template");
  message.innerHTML = await response.text();
  return message.content;
}

// The dot at Training: whether there is one more run, or one less, says the server.
const isUnderWay = () => document.querySelector("#under-way > i") !== null;
let looks;

async function lookUnderWay() {
  looks = undefined;
  const response = await fetch("/training/under-way");
  if (response.ok) document.getElementById("under-way").outerHTML = await response.text();
}

const soonUnderWay = () => { looks ??= setTimeout(() => whenVisible(lookUnderWay), 300); };

on("changed", ({ name }) => { if (name === "training.done" || (name.startsWith("training.") && !isUnderWay())) soonUnderWay(); });
on("missed", soonUnderWay);

// How much waits for the person, at an entry of the navigation, in the sheet of a phone and in a tab.
function keepCount(selector, address, events) {
  let timer;
  async function count() {
    timer = undefined;
    const response = await fetch(address);
    if (!response.ok || response.redirected) return;
    const now = await response.text();
    document.querySelectorAll(selector).forEach((old) => { old.outerHTML = now; });
    addUp();
  }
  const schedule = () => { timer ??= setTimeout(() => whenVisible(count), 300); };
  on("changed", ({ name }) => { if (events.includes(name)) schedule(); });
  on("missed", schedule);
}

// More says how much waits behind it.
function addUp() {
  const count = document.getElementById("more-waiting");
  if (!count) return;
  const all = [...document.querySelectorAll("#more [data-waiting]")].reduce((sum, one) => sum + Number(one.dataset.waiting), 0);
  count.hidden = all === 0;
  count.querySelector("b").textContent = all.toLocaleString("en");
}

// Chats themselves tell of all else that is new in them.
keepCount("#chats-waiting", "/chats?handler=Waiting", ["tool.call"]);
keepCount(".tasks-waiting", "/tasks/waiting", ["task.changed", "task.shared"]);
// While minions act one after the other, which is "episode.work", it stays as it is.
keepCount(".episodes-waiting", "/episodes/waiting", ["episode.changed"]);
keepCount(".memories-waiting", "/memories/waiting", ["memory.changed"]);

// The person's menu closes by Escape, and once they are elsewhere on the page.
const menu = () => document.querySelector(".me-menu[open]");
for (const elsewhere of ["click", "focusin"]) {
  document.addEventListener(elsewhere, ({ target }) => { if (menu()?.contains(target) === false) menu().open = false; });
}
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && menu();
  if (!open) return;
  // The same key stops an answer.
  event.preventDefault();
  if (open.contains(document.activeElement)) open.querySelector("summary").focus();
  open.open = false;
});

document.addEventListener("DOMContentLoaded", () => {
  const { person, position } = document.body.dataset;
  if (!person) return;
  start(person, position);
  forgetAllBut(person);
});

const LEAVING = ["/account/sign-out", "/account/delete"];
document.addEventListener("submit", (event) => { if (LEAVING.includes(event.target.getAttribute("action"))) forgetAllBut(null); });

document.addEventListener("htmx:after:swap", () => settle(document));
settle(document);
keepZone();

// --- What was typed and not sent ----------------------------------------------------------
// Forms that are long to fill have the browser ask before they are left. One that was refused is drawn anew with what was typed.

let sent;
document.addEventListener("submit", (event) => { sent = event.target; });
addEventListener("beforeunload", (event) => {
  const isLost = (form) => form !== sent && (form.dataset.asks === "typed" || isEdited(form));
  if ([...document.querySelectorAll("form[data-asks]")].some(isLost)) event.preventDefault();
  sent = undefined;
});
