// The pages of models follow what the server does with them.
import { follow } from "./follow.js";

follow("personal_model", { told: "personal-models" });
