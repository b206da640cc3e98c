// Documents go up some at a time, each with its progress and a way to stop it. Without this script the form sends one file as it is.
import { reason, refresh, token } from "./token.js";

const AT_ONCE = 2;
const form = document.querySelector("[data-upload]");
const list = document.getElementById("uploads");
const waiting = [];
const running = new Set();
const number = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

const bytes = (count) => (count < 2 ** 20 ? `${number.format(count / 2 ** 10)} kB` : `${number.format(count / 2 ** 20)} MB`);

/** What turns the direction of the letters after it is left out: a sentence stays in order. */
const plain = (name) => name.replace(/[\u202a-\u202e\u2066-\u2069]/g, "");

function take(files) {
  // What is hidden in a folder is not meant; what somebody chose by hand is.
  [...files].filter((file) => !/\/\./.test(file.webkitRelativePath)).forEach((file) => {
    const upload = place(file);
    show(upload, "waiting", `${bytes(file.size)}, waits for its turn`);
    waiting.push(upload);
  });
  next();
}

function place(file) {
  const row = document.getElementById("upload-row").content.firstElementChild.cloneNode(true);
  row.querySelector("[data-name]").textContent = plain(file.webkitRelativePath || file.name);
  list.append(row);
  const upload = { file, row, request: null, isAgain: false };
  row.querySelector("[data-cancel]").addEventListener("click", () => cancel(upload));
  row.querySelector("[data-retry]").addEventListener("click", () => { upload.isAgain = false; waiting.push(upload); next(); });
  return upload;
}

function show(upload, state, text, code) {
  const failed = state === "failed";
  upload.row.dataset.state = state;
  // What is wrong with the file itself, or is there already, is so the next time too.
  upload.row.querySelector("[data-retry]").hidden = !failed || code === 400 || code === 409;
  upload.row.querySelector("[data-cancel]").setAttribute("aria-label", `${failed ? "Forget" : "Cancel"} ${plain(upload.file.name)}`);
  const status = upload.row.querySelector("[data-status]");
  status.classList.toggle("bad", failed);
  status.textContent = text;
}

function next() {
  while (running.size < AT_ONCE && waiting.length > 0) send(waiting.shift());
}

function send(upload) {
  const request = new XMLHttpRequest();
  upload.request = request;
  running.add(upload);
  show(upload, "sending", bytes(upload.file.size));
  request.upload.addEventListener("progress", (event) => {
    upload.row.querySelector("progress").value = event.loaded / event.total;
    show(upload, "sending", `${bytes(event.loaded)} of ${bytes(event.total)}`);
  });
  request.addEventListener("load", () => settled(upload, request.status === 201 ? null : reason(request.status, request.responseText)));
  request.addEventListener("error", () => settled(upload, "The connection broke off. Nothing of the file was kept."));
  request.addEventListener("abort", () => { running.delete(upload); upload.row.remove(); next(); });
  request.open("POST", form.dataset.upload);
  request.setRequestHeader("RequestVerificationToken", token());
  request.setRequestHeader("Accept", "application/json");
  const body = new FormData();
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
    // The list shows it from here on.
    upload.row.remove();
    document.body.dispatchEvent(new Event("documents"));
  }
  next();
}

function cancel(upload) {
  const at = waiting.indexOf(upload);
  if (at >= 0) waiting.splice(at, 1);
  if (running.has(upload)) upload.request.abort();
  else upload.row.remove();
}

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
  if (running.size > 0 || waiting.length > 0) event.preventDefault();
});
