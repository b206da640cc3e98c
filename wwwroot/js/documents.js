// Documents go up into a collection.
import { queueUploads } from "./upload-queue.js";

queueUploads(document.querySelector("[data-upload]"), document.getElementById("uploads"), {
  // What is wrong with the file itself, or is there already, is so the next time too.
  isHopeless: (code) => code === 400 || code === 409,
  done(upload) {
    // The list shows it from here on.
    upload.row.remove();
    document.body.dispatchEvent(new Event("documents"));
  },
});
