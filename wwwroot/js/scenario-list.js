// The list follows what is changed in other windows and by programs.
import { follow } from "./follow.js";

follow("scenario.changed");
