// The page of backups follows one that is made or checked.
import { follow } from "./follow.js";

follow("backup");
