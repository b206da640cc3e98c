// Copies what the pages load from node_modules into wwwroot/lib, and what renders chat templates beside the code that calls it, and builds one
// icon sprite of the icons in use.
// Run `node dev/vendor.mjs` after using a new icon; a test fails while the sprite lacks one.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const lib = join(root, "wwwroot/lib");
const icons = join(root, "node_modules/@material-symbols/svg-400/rounded");

// Names that pages compute at run time, so that no literal <icon name="…"> shows them.
const computed = [
  "cancel", "check", "check_circle", "close", "do_not_disturb_on", "error", "hourglass_empty", "info", "library_books", "psychology", "block", "help",
  "question_mark", "warning", "star", "star-fill", "thumb_down", "thumb_down-fill", "thumb_up",
  "thumb_up-fill", "tune",
  // Of commands and kinds of the search.
  "account_tree", "admin_panel_settings", "bookmark", "build", "chat_bubble", "compare_arrows", "computer", "dataset", "description", "diversity_3", "dns",
  "edit_square", "forum", "groups", "hard_drive_2", "hub", "key", "lock", "model_training", "monitoring", "payments", "person", "play_arrow", "rate_review",
  "schedule", "search", "settings", "shield", "speed", "upload", "view_kanban",
];

function* files(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory() && !["bin", "obj"].includes(entry.name)) yield* files(join(folder, entry.name));
    else if (entry.isFile()) yield join(folder, entry.name);
  }
}

const used = new Set(computed);
for (const file of files(join(root, "Republic.Web"))) {
  if (file.endsWith(".cshtml")) {
    for (const [, name] of readFileSync(file, "utf8").matchAll(/<icon name="([a-z0-9_-]+)"/g)) used.add(name);
  }
}
const catalog = join(root, "Republic.Core/Providers/catalog.json");
if (existsSync(catalog)) {
  for (const [, name] of readFileSync(catalog, "utf8").matchAll(/"icon":\s*"([a-z0-9_-]+)"/g)) used.add(name);
}

const symbols = [...used].sort().map((name) => {
  const svg = readFileSync(join(icons, `${name}.svg`), "utf8");
  const path = svg.match(/<path[^>]*\/>/)?.[0];
  if (!path) throw new Error(`${name}.svg holds no path`);
  return `<symbol id="${name}" viewBox="0 -960 960 960">${path}</symbol>`;
});

mkdirSync(lib, { recursive: true });
writeFileSync(join(lib, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`);
copyFileSync(join(root, "node_modules/htmx.org/dist/htmx.min.js"), join(lib, "htmx.min.js"));
for (const file of ["uPlot.iife.min.js", "uPlot.min.css"]) copyFileSync(join(root, "node_modules/uplot/dist", file), join(lib, file));
copyFileSync(join(root, "node_modules/@huggingface/jinja/dist/index.cjs"), join(root, "Republic.Core/Llama/Templates/jinja.js"));
console.log(`${symbols.length} icons, htmx, uPlot and Jinja`);
