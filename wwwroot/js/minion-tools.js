// A minion's tools: each switch acts at once, and the page follows what is switched elsewhere and what servers say of their tools.
import { follow } from "./follow.js";

const pressed = new Set();

// What is unfolded stays so when a switch in it is drawn anew.
htmx.registerExtension("tools-stay-open", {
  htmx_before_morph_attr: (details, { attrName, newValue }) => attrName !== "open" || newValue !== null || !details.closest("#tools"),
});

// A box that was pressed keeps what it shows, whatever is drawn. Once its answer is here it is to show what holds, also where it was refused.
function showDrawn() {
  for (const box of document.querySelectorAll("#tools [role=switch]")) if (!pressed.has(box)) box.checked = box.defaultChecked;
}

document.addEventListener("change", ({ target }) => { if (target.matches("#tools [role=switch]")) pressed.add(target); });
document.addEventListener("htmx:after:swap", showDrawn);
document.addEventListener("htmx:finally:request", ({ detail }) => {
  pressed.delete(detail.ctx.sourceElement);
  showDrawn();
});

follow("tools.changed");
