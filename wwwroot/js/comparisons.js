// Comparisons follow their answers, and a prompt of one's own is taken into the form without another page.
import { follow } from "./follow.js";

follow("comparison.");

document.addEventListener("click", (event) => {
  const own = event.target.closest("[data-fill]");
  const prompt = document.getElementById("Input_Prompt");
  if (!own || !prompt) return;
  event.preventDefault();
  prompt.value = own.value;
  prompt.focus();
});
