// The page follows what is learned in chats, here and in other tabs; a form that somebody is filling in is left alone.
import { follow } from "./follow.js";

follow("memory.changed", {
  part: () => document.getElementById("memories"),
  look: () => htmx.trigger(document.body, "memories"),
  isHeld: () => document.querySelector("#memories details.more[open]"),
});
