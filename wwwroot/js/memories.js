// The page follows what is learned in chats, here and in other tabs; a form that somebody is filling in is left alone.
import { on, start } from "./live.js";

const page = document.querySelector("[data-live]");
const look = () => { if (!document.querySelector("#memories details.more[open]")) htmx.trigger(document.body, "memories"); };
on("changed", ({ name }) => { if (name === "memory.changed") look(); });
on("missed", look);
start(page.dataset.person, page.dataset.live);
