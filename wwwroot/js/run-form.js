// The form of a new run: sliders say their value, and whoever sent something that was not right goes on at the first field to change.

document.addEventListener("input", ({ target }) => {
  if (target.type === "range") target.nextElementSibling.value = target.value;
});

document.querySelector("#training-form [aria-invalid=true]")?.focus();

// The form is drawn anew when another minion or type is chosen: sections that were opened stay open.
let opened = [];
document.addEventListener("htmx:before:swap", () => { opened = [...document.querySelectorAll("#training-form details[open]")].map(({ id }) => id); });
document.addEventListener("htmx:after:swap", () => {
  for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
});
