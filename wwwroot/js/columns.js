// Which column of a table is the question and which the answer: asked in a dialog before the table goes up.
import { post } from "./token.js";

const SAMPLE_BYTES = 64 * 1024;
const columnsOf = new Map();

/** The file's beginning byte for byte, for what cannot be read shows only there. */
function base64(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(reader.result.split(",")[1] ?? ""));
    reader.addEventListener("error", () => reject(new Error("The file could not be read. Choose it again.")));
    reader.readAsDataURL(blob);
  });
}

const swap = (text, target, how) => htmx.swap({ text, target, swap: how, sourceElement: document.getElementById("uploads") });

/**
 * The columns as the JSON API takes them. Asked once for tables with the same first line. Null: leave the file out.
 * Undefined: there is nothing to ask. Throws where it cannot be found out.
 */
export async function askForColumns(file) {
  const start = file.slice(0, SAMPLE_BYTES);
  const Sample = await base64(start);
  const head = (await start.text()).split(/\r?\n/, 1)[0];
  if (columnsOf.has(head)) return columnsOf.get(head);
  const asked = await post("/datasets/columns", { Sample, Name: file.name });
  if (!asked) return undefined;
  await swap(asked, document.body, "beforeend");
  const columns = await answer(document.getElementById("columns-dialog"));
  if (columns !== null) columnsOf.set(head, columns);
  return columns;
}

function answer(dialog) {
  return new Promise((resolve, reject) => {
    const end = (settle, value) => { settle(value); dialog.close(); dialog.remove(); };
    dialog.addEventListener("submit", async (event) => {
      event.preventDefault();
      try {
        // The server says whether it will do, for the last change may not have come back yet.
        await swap(await post("/datasets/columns?handler=Check", new FormData(event.target)), dialog.querySelector("#columns"), "outerHTML");
        const wrong = dialog.querySelector("[aria-invalid=true]");
        if (wrong) wrong.focus();
        else end(resolve, dialog.querySelector("[name=mapping]").value);
      } catch (error) {
        end(reject, error);
      }
    });
    new MutationObserver((_, watch) => {
      if (dialog.isConnected) return;
      watch.disconnect();
      resolve(null);
    }).observe(document.body, { childList: true });
  });
}
