// The page follows what is shared with the person, and how it stands.
import { follow } from "./follow.js";

follow(({ name }) => name === "task.changed" || name === "task.shared");
