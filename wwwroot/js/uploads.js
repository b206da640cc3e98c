// Files go up to become datasets. What must be known of a table is asked before.
import { askForColumns } from "./columns.js";
import { plain, queueUploads } from "./upload-queue.js";

const KNOWN = /\.(jsonl|ndjson|json|csv|tsv|txt)$/i;
const TABLE = /\.(csv|tsv)$/i;

const form = document.querySelector("[data-upload]");
const list = document.getElementById("uploads");
const made = [];
// Questions come one after another, however files are chosen meanwhile.
let turn = Promise.resolve();
let asking = 0;
let queue;

function choose(all) {
  const known = all.filter((file) => KNOWN.test(file.name));
  if (all.length > known.length) {
    note(`${all.length - known.length === 1 ? `“${plain(all.find((f) => !known.includes(f)).name)}” is` : `${all.length - known.length} files are`} left out: datasets are .jsonl, .json, .csv, .tsv or .txt files.`);
  }
  return known;
}

function note(text) {
  const line = document.createElement("li");
  line.className = "small soft";
  line.textContent = text;
  list.append(line);
}

/** Asks what must be known of a file, and lets it go up. */
function prepare(upload, go) {
  if (!TABLE.test(upload.file.name) || upload.columns) {
    go(upload);
    return;
  }
  queue.show(upload, "asking", "Its columns are asked for.");
  asking++;
  turn = turn.then(() => ask(upload, go)).finally(() => { asking--; queue.next(); });
}

async function ask(upload, go) {
  if (!upload.row.isConnected) return;
  try {
    upload.columns = await askForColumns(upload.file);
  } catch (error) {
    queue.show(upload, "failed", error.message, error.cause);
    return;
  }
  if (upload.columns === null) upload.row.remove();
  if (upload.row.isConnected) go(upload);
}

function fill(upload, body) {
  const name = plain(upload.file.name);
  body.append("name", name.replace(KNOWN, "") || name);
  if (upload.columns) body.append("mapping", upload.columns);
}

/** Where the datasets are listed the list shows it; elsewhere its line stays, with the way to it. */
function keep(upload, { dataset: { id } }) {
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
  queue.show(upload, "done", "Uploaded. Open it to see its rows and what was left out.");
}

const isListed = () => document.getElementById("datasets") !== null;
const isTyped = () => [...document.querySelectorAll("form:not([data-upload]) :is(textarea, input[type=text])")].some((field) => field.value.trim());

/** Goes to where there is something to see, but never away from a message, another result or what somebody types. */
function follow() {
  if (asking > 0 || form.dataset.follow !== "yes" || made.length === 0 || isTyped()) return;
  if (made.length === 1 && list.children.length === (isListed() ? 0 : 1)) location.assign(`/datasets/${made[0]}`);
  else if (isListed() && list.children.length === 0) location.assign("/datasets");
}

if (form) {
  queue = queueUploads(form, list, {
    choose,
    prepare,
    fill,
    done: keep,
    // What is wrong with the file itself is wrong the next time too.
    isHopeless: (code) => code === 400,
    idle: follow,
    isBusy: () => asking > 0,
  });
}
