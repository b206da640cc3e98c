// A dataset's pages follow what the server does with it.
import { follow } from "./follow.js";
import "./uploads.js";

// Whoever asked for something that cannot be goes on at the field that has to be changed.
document.addEventListener("htmx:after:swap", (event) => {
  if (event.detail?.ctx?.request?.method === "POST") document.querySelector("#dataset .field [aria-invalid=true]")?.focus();
});

// One more pair of fields for typed rows.
document.addEventListener("click", (event) => {
  const more = event.target.closest("[data-more-pairs]");
  if (!more) return;
  const pairs = more.closest("form").querySelectorAll(".pair-fields > fieldset");
  const pair = pairs[pairs.length - 1].cloneNode(true);
  const at = pairs.length;
  pair.querySelector("legend").textContent = `Row ${at + 1}`;
  pair.querySelectorAll("textarea").forEach((field) => { field.value = ""; field.name = field.name.replace(/\d+/, at); field.id = field.id.replace(/\d+/, at); });
  pair.querySelectorAll("label").forEach((label) => { label.htmlFor = label.htmlFor.replace(/\d+/, at); });
  pairs[pairs.length - 1].after(pair);
  pair.querySelector("textarea").focus();
});

follow("dataset", { told: "datasets" });
