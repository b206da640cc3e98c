// A minion's fallbacks, put into another order: by their buttons, or dragged by the grip. What is posted is the order of the rows.

const rowsOf = (list) => [...list.querySelectorAll("[data-fallback]")];

function say(list, text) {
  const said = list.closest("#fallbacks")?.querySelector("[data-fallbacks-said]");
  if (said) said.textContent = text;
}

function nameOf(row) {
  return row.querySelector("input[name$='.ModelId']").value || row.querySelector("select").selectedOptions[0]?.text || "The fallback";
}

function tell(row) {
  const rows = rowsOf(row.parentElement);
  say(row.parentElement, `${nameOf(row)} is now ${rows.indexOf(row) + 1} of ${rows.length}.`);
}

function remove(row) {
  const list = row.parentElement;
  const next = row.nextElementSibling ?? row.previousElementSibling;
  const part = list.closest("#fallbacks");
  const name = nameOf(row);
  row.remove();
  say(list, `${name} is removed.`);
  (next?.querySelector("[data-move=away]") ?? part.querySelector("[data-add-fallback]")).focus();
  if (!next) list.remove();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-move]");
  if (!button) return;
  event.preventDefault();
  const row = button.closest("[data-fallback]");
  if (button.dataset.move === "away") return remove(row);
  const isUp = button.dataset.move === "up";
  const other = isUp ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return say(row.parentElement, `${nameOf(row)} is ${isUp ? "first" : "last"} already.`);
  row.parentElement.insertBefore(row, isUp ? other : other.nextElementSibling);
  // A row that was moved has lost the focus.
  button.focus();
  tell(row);
});

let dragged = null;

document.addEventListener("dragstart", (event) => {
  const row = event.target.closest?.(".grip")?.closest("[data-fallback]");
  if (!row) return;
  dragged = row;
  row.dataset.dragged = "";
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setDragImage(row, 0, 0);
});

document.addEventListener("dragover", (event) => {
  const row = dragged && event.target.closest?.("[data-fallback]");
  if (!row || row.parentElement !== dragged.parentElement) return;
  event.preventDefault();
  if (row === dragged) return;
  const box = row.getBoundingClientRect();
  const isBelow = event.clientY > box.top + box.height / 2;
  row.parentElement.insertBefore(dragged, isBelow ? row.nextElementSibling : row);
});

document.addEventListener("dragend", () => {
  if (!dragged) return;
  delete dragged.dataset.dragged;
  tell(dragged);
  dragged = null;
});
