import "./fallbacks.js";
import { follow } from "./follow.js";

// A minion's page follows its versions: another one was chosen, or a run ended.
const page = document.querySelector("[data-live]");
const isChanged = ({ name, subject }) => (name.startsWith("minion") && subject === page.dataset.subject) || name === "training.done";
if (page) follow(isChanged, { look: () => htmx.trigger(document.body, "minions") });

// The list: a choice counts from the moment it is made. The form: any picture the browser can show becomes a small PNG before it is sent.

const SIDE = 512;

// Whoever goes on choosing before the answer is here adds to the choice, and an address says only what was chosen.
document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  const form = document.getElementById("filters");
  if (!form || ctx.target?.id !== "minions") return;
  const choice = ctx.request.body;
  for (const name of ["provider", "attention", "favorites", "paused"]) form.elements[name].value = choice.get(name) ?? "";
  for (const [name, value] of [...choice]) if (value === "") choice.delete(name);
});

// Sections that were folded stay folded while the list is read again. A toggle does not bubble.
const folded = new Set();
document.addEventListener("toggle", ({ target }) => {
  if (target.matches?.(".fold-group")) folded[target.open ? "delete" : "add"](target.id);
}, true);
document.addEventListener("htmx:after:swap", () => {
  for (const id of folded) document.getElementById(id)?.removeAttribute("open");
});

// A closed list shows the beginning of a line: all of it, and the reason of the verdict, stands below. Each model has defaults of its own.
document.addEventListener("change", ({ target }) => {
  const facts = target.form?.querySelector("[data-model-facts]");
  if (!facts || target.id !== "Input_ModelId") return;
  const chosen = target.selectedOptions[0].dataset;
  facts.textContent = chosen.facts ?? "";
  target.form.elements["Input.Temperature"].placeholder = chosen.temperature ?? "the model's own";
  target.form.elements["Input.TopP"].placeholder = chosen.topP ?? "the model's own";
});

async function toPng(file) {
  const picture = await createImageBitmap(file);
  const side = Math.min(picture.width, picture.height);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = Math.min(SIDE, side);
  const [left, top] = [(picture.width - side) / 2, (picture.height - side) / 2];
  canvas.getContext("2d").drawImage(picture, left, top, side, side, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  return { canvas, png: new File([blob], "avatar.png", { type: "image/png" }) };
}

document.addEventListener("change", async (event) => {
  const input = event.target;
  if (!input.matches("[data-avatar-file]") || input.files.length === 0) return;
  const field = input.closest(".field");
  field.querySelector("[data-avatar-error]")?.remove();
  try {
    const { canvas, png } = await toPng(input.files[0]);
    const files = new DataTransfer();
    files.items.add(png);
    input.files = files.files;
    const face = field.querySelector("[data-avatar-preview] .avatar");
    face.querySelectorAll("canvas, img").forEach((old) => old.remove());
    face.prepend(canvas);
  } catch {
    input.value = "";
    const error = document.createElement("p");
    error.className = "error";
    error.dataset.avatarError = "";
    error.textContent = "This browser cannot show that file as a picture. Choose another.";
    field.append(error);
  }
});

// Whoever sent a form that was not right goes on at the first field that has to be changed.
document.addEventListener("htmx:after:swap", (event) => {
  if (event.detail?.ctx?.target?.id === "minion-dialog") document.querySelector("#minion-dialog [aria-invalid=true]")?.focus();
});
