// The list, and the draft beside a form, follow what is changed in other windows and by programs.
import { follow } from "./follow.js";

// What is saved here comes with the answer to it; fetched beside that, the draft would be the one of the former name.
follow("scenario.changed", { isHeld: () => document.querySelector("form.htmx-request") });
