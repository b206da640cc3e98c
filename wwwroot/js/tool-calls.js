// The page of all tool calls follows what is asked for, decided on and made; what somebody has open stays open.
import { follow } from "./follow.js";

follow("tool.call", {
  part: () => document.getElementById("calls"),
  look: () => htmx.trigger(document.body, "calls"),
  isHeld: () => document.querySelector("#calls details[open]"),
});
