// Files go up some at a time, each with its progress and a way to stop it. Without scripts the form sends one file as it is.
import { reason, refresh, token } from "./token.js";

const AT_ONCE = 2;
const number = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

function bytes(count) {
  const [size, unit] = count < 2 ** 20 ? [count / 2 ** 10, "kB"] : count < 2 ** 30 ? [count / 2 ** 20, "MB"] : [count / 2 ** 30, "GB"];
  return `${number.format(size)} ${unit}`;
}

function left(seconds) {
  return seconds < 90 ? `about ${Math.max(1, Math.round(seconds))} s left` : `about ${Math.round(seconds / 60)} min left`;
}

/** What turns the direction of the letters after it is left out: a sentence stays in order, and gpj.csv does not pass for vsc.jpg. */
export const plain = (name) => name.replace(/[\u202a-\u202e\u2066-\u2069]/g, "");

/**
 * What is chosen in the form or dropped on the page goes to where the form says, one line of the list for each file.
 * @param way `choose` takes those of all files that are meant; `prepare` calls `go` when all is known of one; `fill` writes what goes with
 * it; `done` gets its line and the answer; `isHopeless` says which refusals stay; `idle` is told when nothing goes up any more; `isBusy`
 * says that something else is under way.
 */
export function queueUploads(form, list, way) {
  const waiting = [];
  const running = new Set();

  function take(files) {
    // What is hidden in a folder is not meant; what somebody chose by hand is.
    const all = [...files].filter((file) => !/\/\./.test(file.webkitRelativePath));
    (way.choose?.(all) ?? all).map(place).forEach(prepare);
  }

  function prepare(upload) {
    if (way.prepare) way.prepare(upload, go);
    else go(upload);
  }

  function go(upload) {
    show(upload, "waiting", `${bytes(upload.file.size)}, waits for its turn`);
    waiting.push(upload);
    next();
  }

  function place(file) {
    const row = document.getElementById("upload-row").content.firstElementChild.cloneNode(true);
    row.querySelector("[data-name]").textContent = plain(file.webkitRelativePath || file.name);
    list.append(row);
    const upload = { file, row, request: null, isAgain: false };
    row.querySelector("[data-cancel]").addEventListener("click", () => cancel(upload));
    row.querySelector("[data-retry]").addEventListener("click", () => { upload.isAgain = false; prepare(upload); });
    return upload;
  }

  function show(upload, state, text, code) {
    const failed = state === "failed";
    upload.row.dataset.state = state;
    upload.row.querySelector("[data-retry]").hidden = !failed || way.isHopeless(code);
    upload.row.querySelector("[data-cancel]").setAttribute("aria-label", `${failed || state === "done" ? "Forget" : "Cancel"} ${plain(upload.file.name)}`);
    const status = upload.row.querySelector("[data-status]");
    status.classList.toggle("bad", failed);
    status.textContent = text;
  }

  function next() {
    while (running.size < AT_ONCE && waiting.length > 0) send(waiting.shift());
    if (running.size === 0) way.idle?.();
  }

  function send(upload) {
    const request = new XMLHttpRequest();
    const started = performance.now();
    upload.request = request;
    running.add(upload);
    show(upload, "sending", bytes(upload.file.size));
    request.upload.addEventListener("progress", (event) => {
      const speed = event.loaded / Math.max((performance.now() - started) / 1000, 0.001);
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
    way.fill?.(upload, body);
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
      way.done(upload, JSON.parse(upload.request.responseText));
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
  takeWhatIsDropped(take);
  addEventListener("beforeunload", (event) => {
    if (running.size > 0 || waiting.length > 0 || way.isBusy?.()) event.preventDefault();
  });
  return { show, next };
}

function takeWhatIsDropped(take) {
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
