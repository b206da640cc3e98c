// The form of a new run: sliders say their value, and whoever sent something that was not right goes on at the first field to change.

document.addEventListener("input", ({ target }) => {
  if (target.type === "range") target.nextElementSibling.value = target.value;
});

document.querySelector("#training-form [aria-invalid=true]")?.focus();
