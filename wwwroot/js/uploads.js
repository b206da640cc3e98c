// Files go up one after another, each with its progress and a way to stop it. Without this script the form sends one file as it is.
import { askForColumns } from "./columns.js";
import { reason, refresh, token } from "./token.js";

const AT_ONCE = 2;
const KNOWN = /\.(jsonl|ndjson|json|csv|tsv|txt)$/i;
const TABLE = /\.(csv|tsv)$/i;

const form = document.querySelector("[data-upload]");
const list = document.getElementById("uploads");
const waiting = [];
const running = new Set();
const made = [];
// Questions come one after another, however files are chosen meanwhile.
let turn = Promise.resolve();
let asking = 0;

const number = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

function bytes(count) {
  const [size, unit] = count < 2 ** 20 ? [count / 2 ** 10, "kB"] : count < 2 ** 30 ? [count / 2 ** 20, "MB"] : [count / 2 ** 30, "GB"];
  return `${number.format(size)} ${unit}`;
}

function left(seconds) {
  return seconds < 90 ? `about ${Math.max(1, Math.round(seconds))} s left` : `about ${Math.round(seconds / 60)} min left`;
}

// --- Choosing ---------------------------------------------------------------------------

function take(files) {
  // What is hidden in a folder is not meant; what somebody chose by hand is.
  const all = [...files].filter((file) => !/\/\./.test(file.webkitRelativePath));
  const known = all.filter((file) => KNOWN.test(file.name));
  if (all.length > known.length) {
    note(`${all.length - known.length === 1 ? `“${plain(all.find((f) => !known.includes(f)).name)}” is` : `${all.length - known.length} files are`} left out: datasets are .jsonl, .json, .csv, .tsv or .txt files.`);
  }
  known.map(place).forEach(prepare);
}

/** What turns the direction of the letters after it is left out: a sentence stays in order, and gpj.csv does not pass for vsc.jpg. */
const plain = (name) => name.replace(/[\u202a-\u202e\u2066-\u2069]/g, "");

function note(text) {
  const line = document.createElement("li");
  line.className = "small soft";
  line.textContent = text;
  list.append(line);
}

/** Asks what must be known of a file, and lets it go up. */
function prepare(upload) {
  if (!TABLE.test(upload.file.name) || upload.columns) {
    show(upload, "waiting");
    waiting.push(upload);
    next();
    return;
  }
  show(upload, "asking", "Its columns are asked for.");
  asking++;
  turn = turn.then(() => ask(upload)).finally(() => { asking--; next(); });
}

async function ask(upload) {
  if (!upload.row.isConnected) return;
  try {
    upload.columns = await askForColumns(upload.file);
  } catch (error) {
    show(upload, "failed", error.message, error.cause);
    return;
  }
  if (upload.columns === null) upload.row.remove();
  if (!upload.row.isConnected) return;
  show(upload, "waiting");
  waiting.push(upload);
}

// --- Sending ----------------------------------------------------------------------------

function place(file) {
  const row = document.getElementById("upload-row").content.firstElementChild.cloneNode(true);
  row.querySelector("[data-name]").textContent = plain(file.webkitRelativePath || file.name);
  list.append(row);
  const upload = { file, row, columns: undefined, request: null, isAgain: false };
  row.querySelector("[data-cancel]").addEventListener("click", () => cancel(upload));
  row.querySelector("[data-retry]").addEventListener("click", () => { upload.isAgain = false; prepare(upload); });
  return upload;
}

function next() {
  while (running.size < AT_ONCE && waiting.length > 0) send(waiting.shift());
  if (running.size === 0 && asking === 0) follow();
}

function show(upload, state, text, code) {
  upload.row.dataset.state = state;
  const failed = state === "failed";
  // What is wrong with the file itself (400) is wrong the next time too.
  upload.row.querySelector("[data-retry]").hidden = !failed || code === 400;
  upload.row.querySelector("[data-cancel]").setAttribute("aria-label", `${failed || state === "done" ? "Forget" : "Cancel"} ${plain(upload.file.name)}`);
  const status = upload.row.querySelector("[data-status]");
  status.classList.toggle("bad", failed);
  status.textContent = text ?? (state === "waiting" ? `${bytes(upload.file.size)}, waits for its turn` : "");
}

function send(upload) {
  const request = new XMLHttpRequest();
  const started = performance.now();
  upload.request = request;
  running.add(upload);
  show(upload, "sending", `${bytes(upload.file.size)}`);
  request.upload.addEventListener("progress", (event) => {
    const seconds = (performance.now() - started) / 1000;
    const speed = event.loaded / Math.max(seconds, 0.001);
    upload.row.querySelector("progress").value = event.loaded / event.total;
    const rest = event.loaded === event.total ? "the server writes it down" : `${bytes(speed)}/s, ${left((event.total - event.loaded) / speed)}`;
    show(upload, "sending", `${bytes(event.loaded)} of ${bytes(event.total)} · ${rest}`);
  });
  request.addEventListener("load", () => settled(upload, request.status === 201 ? null : reason(request.status, request.responseText)));
  request.addEventListener("error", () => settled(upload, "The connection broke off. Nothing of the file was kept."));
  request.addEventListener("abort", () => { running.delete(upload); upload.row.remove(); next(); });
  request.open("POST", form.dataset.upload);
  request.setRequestHeader("RequestVerificationToken", token());
  request.setRequestHeader("Accept", "application/json");
  const body = new FormData();
  const name = plain(upload.file.name);
  body.append("name", name.replace(KNOWN, "") || name);
  if (upload.columns) body.append("mapping", upload.columns);
  body.append("file", upload.file);
  request.send(body);
}

function settled(upload, failure) {
  running.delete(upload);
  if (failure && refresh(upload.request.getResponseHeader("HX-Trigger"))) {
    if (upload.isAgain) {
      show(upload, "failed", "This page is too old to send from. Reload it, and choose the file again.");
    } else {
      upload.isAgain = true;
      waiting.unshift(upload);
    }
  } else if (failure) {
    show(upload, "failed", failure, upload.request.status);
  } else {
    keep(upload, JSON.parse(upload.request.responseText).dataset.id);
  }
  next();
}

/** Where the datasets are listed the list shows it; elsewhere its line stays, with the way to it. */
function keep(upload, id) {
  made.push(id);
  document.body.dispatchEvent(new Event("datasets"));
  if (isListed()) {
    upload.row.remove();
    return;
  }
  const link = document.createElement("a");
  link.href = `/datasets/${id}`;
  link.textContent = upload.row.querySelector("[data-name]").textContent;
  upload.row.querySelector("[data-name]").replaceChildren(link);
  show(upload, "done", "Uploaded. Open it to see its rows and what was left out.");
}

const isListed = () => document.getElementById("datasets") !== null;
const isTyped = () => [...document.querySelectorAll("form:not([data-upload]) :is(textarea, input[type=text])")].some((field) => field.value.trim());

/** Goes to where there is something to see, but never away from a message, another result or what somebody types. */
function follow() {
  if (form.dataset.follow !== "yes" || made.length === 0 || isTyped()) return;
  if (made.length === 1 && list.children.length === (isListed() ? 0 : 1)) location.assign(`/datasets/${made[0]}`);
  else if (isListed() && list.children.length === 0) location.assign("/datasets");
}

function cancel(upload) {
  const at = waiting.indexOf(upload);
  if (at >= 0) waiting.splice(at, 1);
  if (running.has(upload)) upload.request.abort();
  else upload.row.remove();
}

// --- Hands ------------------------------------------------------------------------------

if (form) {
  form.addEventListener("change", (event) => {
    if (event.target.type !== "file") return;
    take([...event.target.files]);
    event.target.value = "";
  });

  let depth = 0;
  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
  const mark = (change) => {
    depth = Math.max(0, depth + change);
    document.body.toggleAttribute("data-dropping", depth > 0);
  };
  document.addEventListener("dragenter", (event) => carriesFiles(event) && mark(1));
  document.addEventListener("dragleave", (event) => carriesFiles(event) && mark(-1));
  document.addEventListener("dragover", (event) => carriesFiles(event) && event.preventDefault());
  document.addEventListener("drop", async (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    mark(-depth);
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    take(entries.length > 0 ? (await Promise.all(entries.map((entry) => filesOf(entry, false)))).flat() : event.dataTransfer.files);
  });
}

/** All files of a dropped folder and the folders in it, without those that are hidden there. */
async function filesOf(entry, isInside) {
  if (isInside && entry.name.startsWith(".")) return [];
  if (entry.isFile) return [await new Promise((resolve, reject) => entry.file(resolve, reject))];
  const reader = entry.createReader();
  const found = [];
  // A reader gives a hundred at a time.
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) break;
    found.push(...some);
  }
  return (await Promise.all(found.map((inside) => filesOf(inside, true)))).flat();
}

addEventListener("beforeunload", (event) => {
  if (running.size > 0 || waiting.length > 0 || asking > 0) event.preventDefault();
});
