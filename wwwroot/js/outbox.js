// Messages that were sent and that the server does not have yet: in sight at once, sent one after the other as answers end. They stand
// a reload: one that may have arrived is sent again with its key, which makes one message of both. What is refused goes back to its box.
import { announce } from "./announce.js";
import { slot } from "./unsent.js";

const LEAVING_MS = 5000;

export function makeOutbox({ person, conversation, address, composer }) {
  const store = slot(person, `outbox/${conversation}`);
  const list = document.getElementById("outbox");
  const template = document.getElementById("unsent-turn");
  const returned = new Map();
  let sending = null;
  let isLeaving = false;

  const read = () => store.read() ?? [];

  function keep(messages) {
    store.write(messages);
    show();
  }

  function show() {
    const messages = read();
    list.hidden = messages.length === 0;
    list.replaceChildren(...messages.map(turnOf));
  }

  function turnOf({ text, key, isTried }) {
    const turn = template.content.cloneNode(true).firstElementChild;
    turn.dataset.key = key;
    turn.querySelector("[data-text]").textContent = text;
    turn.querySelector("[data-note]").textContent = isTried ? "Sending…" : "Queued. It is sent when the answer ends.";
    turn.querySelector("[data-queued]").hidden = Boolean(isTried);
    return turn;
  }

  function write(text) {
    composer.value = text;
    composer.dispatchEvent(new Event("input"));
  }

  /** Into the box first, so that at no time it is in neither. */
  function giveBack(messages) {
    const keys = messages.map(({ key }) => key);
    messages.forEach(({ text, key }) => returned.set(text, key));
    write([...messages.map(({ text }) => text), composer.value].filter(Boolean).join("\n\n"));
    keep(read().filter(({ key }) => !keys.includes(key)));
  }

  // While an answer is written there is no Send; one that is being asked for in another manner is on its way too.
  const isBusy = () => !document.getElementById("send") || document.querySelector(".chat-main :is(form, button).htmx-request") !== null;

  function add() {
    const text = composer.value.trim();
    if (!text) return;
    // Off localhost and without TLS there is no randomUUID. A message that came back may have arrived all the same: its key says so.
    const key = returned.get(text) ?? Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
    keep([...read(), { text, key }]);
    write("");
    composer.focus();
    flush();
    if (sending !== key) announce("Queued. It is sent when the answer ends.");
  }

  async function flush() {
    const [message] = read();
    if (!message || sending || (!message.isTried && isBusy())) return;
    sending = message.key;
    keep(read().map((other) => (other.key === message.key ? { ...other, isTried: true } : other)));
    try {
      const values = { "Input.Content": message.text, "Input.Key": message.key };
      await htmx.ajax("POST", address, { source: list, target: "#turns", swap: "outerMorph", values });
    } finally {
      sending = null;
      // A page that is left breaks off its requests; the next one sends again.
      if (!isLeaving && read().some(({ key }) => key === message.key)) giveBack(read());
    }
  }

  // It leaves in the moment in which the conversation has it.
  list.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
    if (ctx.hx.trigger?.includes("message-sent")) keep(read().filter(({ key }) => key !== sending));
  });

  list.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const message = read().find(({ key }) => key === button?.closest("[data-key]").dataset.key);
    if (!message) return;
    if (button.matches("[data-change]")) giveBack([message]);
    else keep(read().filter((other) => other.key !== message.key));
    composer.focus();
  });

  addEventListener("beforeunload", () => {
    isLeaving = true;
    // A download begins like a farewell, and is none.
    setTimeout(() => { isLeaving = false; flush(); }, LEAVING_MS);
  });
  addEventListener("storage", show);
  show();
  return { add, flush, get isSending() { return sending !== null; } };
}
