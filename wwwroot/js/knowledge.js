// Pages of knowledge follow what the server does with documents.
import { follow } from "./follow.js";

// A link to a passage shows its place in the source too.
document.querySelector(".place[data-here=yes]")?.scrollIntoView({ block: "center" });
document.querySelector(".passage[data-here=yes]")?.scrollIntoView({ block: "start" });

follow("document.", { told: "documents" });
