// Exports and imports are followed while they are made.
import { follow } from "./follow.js";

follow(({ name }) => name.startsWith("export.") || name.startsWith("import."));
