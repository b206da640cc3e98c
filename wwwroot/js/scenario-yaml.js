// The text of a scenario is copied whole.
import { writeText } from "./copy.js";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy-code]");
  if (!button) return;
  await writeText(button.closest(".code").querySelector("code").textContent, button);
  document.getElementById("copied").textContent = "Copied.";
  button.textContent = "Copied";
  setTimeout(() => { button.textContent = "Copy"; }, 1500);
});
