// Pages of citizens follow what is said and counted of them elsewhere; a form that somebody is filling in is left alone.
import { follow } from "./follow.js";

follow("citizen.", { isHeld: () => document.querySelector("#citizen details.more[open]") });
