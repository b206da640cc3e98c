// What is happening, from the server to every open tab over one connection: browsers allow six to a host, and people open more tabs.
// The tab that holds the lock has the connection and passes everything on; when it goes, the next one goes on from the last id.

const RETRY_MS = 3000;

/** Blocks of the answers that are being written: message id → { conversation, blocks }. */
export const growing = new Map();

const listeners = new Map();
let channel;
let source;
let isLeader = false;
let lastId;
let lastSign = Date.now();

export const on = (name, listener) => listeners.set(name, [...(listeners.get(name) ?? []), listener]);

const tell = (name, data) => listeners.get(name)?.forEach((listener) => listener(data));

/** True in the one tab that has the connection. */
export const leads = () => isLeader;

/** Milliseconds since anything came. */
export const silence = () => Date.now() - lastSign;

/** Once on a page: a script of the page that starts with the position it was read at comes before the one of all pages. */
export function start(person, position) {
  if (!window.EventSource || channel) return;
  lastId = position;
  channel = new BroadcastChannel(`live-${person}`);
  channel.addEventListener("message", ({ data }) => fromTab(data));
  // Off localhost and without TLS a browser has no locks; then every tab that is looked at has its own connection.
  if (navigator.locks) navigator.locks.request(`live-${person}`, lead);
  else whileVisible();
  channel.postMessage({ kind: "ask" });
}

function lead() {
  isLeader = true;
  connect();
  return new Promise(() => {});
}

function whileVisible() {
  isLeader = true;
  const follow = () => {
    if (document.hidden) source?.close();
    else connect();
  };
  document.addEventListener("visibilitychange", follow);
  follow();
}

function connect() {
  source?.close();
  source = new EventSource(`/live?after=${encodeURIComponent(lastId ?? "")}`);
  // Each connection begins with every growing answer as a whole.
  source.addEventListener("open", () => growing.clear());
  for (const name of ["tail", "message", "trace", "done", "feedback", "conversation", "read", "changed", "missed"]) {
    source.addEventListener(name, (event) => {
      const said = { kind: "event", name, id: event.lastEventId, data: JSON.parse(event.data) };
      if (navigator.locks) channel.postMessage(said);
      receive(said);
    });
  }
  source.addEventListener("error", () => {
    // The browser tries again by itself unless the answer was a refusal, as after signing out.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => { if (isLeader && !document.hidden) connect(); }, RETRY_MS);
  });
}

function fromTab(data) {
  if (data.kind === "event") receive(data);
  else if (data.kind === "ask" && isLeader) channel.postMessage({ kind: "state", id: lastId, answers: [...growing] });
  else if (data.kind === "state" && !isLeader) {
    data.answers.forEach(([id, answer]) => growing.set(id, answer));
    tell("state");
    if (isBehind(lastId, data.id)) {
      lastId = data.id;
      tell("missed");
    }
  }
}

/** Something happened between the reading of this page and its script. Ids of another process count anew. */
function isBehind(mine, others) {
  const [[process, number], [otherProcess, otherNumber]] = [mine, others].map((id) => (id ?? "").split("-"));
  return process !== otherProcess || Number(number) < Number(otherNumber);
}

function receive({ name, id, data }) {
  lastSign = Date.now();
  if (id) lastId = id;
  if (name === "tail" && !keep(data)) return;
  if (name === "done") growing.delete(data.message_id);
  tell(name, data);
}

function keep({ message_id: message, conversation_id: conversation, from_block: from, blocks }) {
  const answer = growing.get(message) ?? { conversation, blocks: [] };
  if (answer.blocks.length < from) {
    // This tab came later than the beginning; the one with the connection has it.
    channel.postMessage({ kind: "ask" });
    return false;
  }
  answer.blocks.splice(from, Infinity, ...blocks);
  growing.set(message, answer);
  return true;
}
