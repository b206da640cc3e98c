// The list, and the draft beside a form, follow what is changed in other windows and by programs.
import { follow } from "./follow.js";

follow("scenario.changed");
