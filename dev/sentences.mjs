#!/usr/bin/env node
// Prints every sentence that a person may read, one a line: file:line, a tab, the sentence. What is computed in it is printed as "…".
//   node dev/sentences.mjs [part of a path] …
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

const ROOT = join(import.meta.dirname, "..");
const READ_ALOUD = new Set(["label", "hint", "placeholder", "title", "aria-label", "aria-description", "heading", "alt", "data-said"]);
// Where each literal with two words is meant to be read.
const WORDS = /(Words|Sentence|Hints|Text|View|Views|Label|Form|Catalog|Notice)\.cs$|\.cshtml\.cs$/;
// Elsewhere, what stands in such a call.
const SAID = /Failure\.\w+\(|FieldError|\.Toast\(|\.Refuse\(|Failure\(|Because|Conclusion|Meaning|Sentence|Reason/;
const NOT_SAID = new RegExp(
  [
    String.raw`\blog\.|\bLogger|\[LoggerMessage|Message = "|Sql|\bExecute|\bThrowIf|Justification|Regex|GetString|HasMaxLength`,
    "ArgumentException|InvalidOperationException|UnreachableException",
  ].join("|"),
);
// Five words are said to somebody wherever they stand.
const WORDY = /(?:\p{L}+[,;]? ){4}\p{L}/u;
const SQL = /\b(?:select|insert into|update|delete from|create|where|from) /;

const wanted = process.argv.slice(2);
for (const file of files(["Republic.Web", "Republic.Core"])) {
  const path = relative(ROOT, file);
  if (wanted.length > 0 && !wanted.some((part) => path.includes(part))) continue;
  const source = readFileSync(file, "utf8");
  const found = file.endsWith(".cshtml") ? ofPage(source) : ofCode(source, path);
  const seen = new Set();
  for (const { at, text } of found) {
    const sentence = tidy(text);
    if (!isSentence(sentence) || seen.has(sentence)) continue;
    seen.add(sentence);
    const begin = at + text.length - text.trimStart().length;
    console.log(`${path}:${source.slice(0, begin).split("\n").length}\t${sentence}`);
  }
}

function files(folders) {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(cshtml|cs)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((file) => !/[\\/](obj|bin|Migrations)[\\/]/.test(file))
  ).sort();
}

function tidy(text) {
  const entities = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " ", hellip: "…" };
  return text.replace(/&(\w+);/g, (whole, name) => entities[name] ?? whole).replace(/(?:\s*…)+(?=…)/g, "").replace(/\s+/g, " ").trim();
}

function isSentence(text) {
  return /\p{L}{2}/u.test(text.replaceAll("…", "")) && !/^[\w./:-]*[/_{}=][\w./:{}=?&-]*$/.test(text);
}

/** What a page shows: text, attributes that are read, and the literals of its expressions. */
function* ofPage(source) {
  const page = blank(source, /@\*[\s\S]*?\*@|<!--[\s\S]*?-->|^@(?:page|using|inject|model|namespace|addTagHelper|implements)\b.*$/gm);
  const { text, code } = split(page);
  yield* literals(code, (literal) => / /.test(literal) && !/^[\w-]+(?: [\w-]+)*$/.test(literal) || /^\p{Lu}\p{L}+ /u.test(literal));
  const tag = /<[a-zA-Z!/][^<>]*>/g;
  let from = 0;
  for (const match of text.matchAll(tag)) {
    yield { at: from, text: text.slice(from, match.index) };
    for (const [whole, name, value] of match[0].matchAll(/([\w-]+)="([^"]*)"/g)) {
      if (READ_ALOUD.has(name)) yield { at: match.index + match[0].indexOf(whole), text: value };
    }
    from = match.index + match[0].length;
  }
  yield { at: from, text: text.slice(from) };
}

/** The same page twice, both as long as it: once without its C#, once without all else. */
function split(page) {
  const text = [...page];
  const code = page.split("").map((sign) => (sign === "\n" ? "\n" : " "));
  const take = (from, to, sign) => {
    for (let i = from; i < to; i++) {
      code[i] = page[i];
      text[i] = page[i] === "\n" ? "\n" : sign && i === from ? sign : " ";
    }
  };
  for (let i = 0; i < page.length; i++) {
    // An address of e-mail has an @ within a word.
    if (page[i] !== "@" || page[i - 1] === "@" || (/\w/.test(page[i - 1] ?? "") && page[i + 1] !== "(")) continue;
    const rest = page.slice(i + 1);
    const keyword = /^(?:if|foreach|for|while|switch|else if)\s*(?=\()/.exec(rest);
    if (rest[0] === "{") i = takeTo(i, closing(page, i + 1), "");
    else if (rest[0] === "(") i = takeTo(i, closing(page, i + 1), "…");
    else if (keyword) i = takeTo(i, closing(page, i + 1 + keyword[0].length), "");
    else if (/^[A-Za-z_]/.test(rest)) i = takeTo(i, chain(page, i + 1 + /^(?:await )?/.exec(rest)[0].length), "…");
  }
  // The C# between tags, which needs no sign of its own.
  const condition = /(?:^[ \t]*|[{}][ \t]*)(?:else\s+)?(?:if|foreach|for|while|switch)[ \t]*(?=\()/gm;
  for (let match, plain = text.join(""); (match = condition.exec(plain)); ) takeTo(match.index, closing(plain, condition.lastIndex), "");
  const rest = /\belse\s*(?=[{<]|$)|\bcase [^:\n]*:|\bdefault:|\bbreak;|^[ \t]*(?:var|string|int|bool|await|return)\b.*;$|^[ \t]*var [^;{]*$|[{}]/gm;
  return { text: text.join("").replace(rest, (found) => " ".repeat(found.length)), code: code.join("") };

  function takeTo(from, to, sign) {
    take(from, to, sign);
    return to - 1;
  }
}

/** The end of what is opened there: quotes and nested brackets are part of it. */
function closing(text, open) {
  const pairs = { "(": ")", "{": "}", "[": "]" };
  const waiting = [];
  for (let i = open; i < text.length; i++) {
    if (text[i] === '"') i = endOfLiteral(text, i) - 1;
    else if (text[i] === "'" && text[i + 2] === "'") i += 2;
    else if (pairs[text[i]]) waiting.push(pairs[text[i]]);
    else if (text[i] === waiting.at(-1) && waiting.pop() && waiting.length === 0) return i + 1;
  }
  return text.length;
}

function chain(text, from) {
  let i = from;
  for (;;) {
    i += /^[\w]*/.exec(text.slice(i))[0].length;
    if (text[i] === "(" || text[i] === "[") i = closing(text, i);
    else if (/^[?!]?\.[A-Za-z_]/.test(text.slice(i, i + 3))) i += text[i] === "." ? 1 : 2;
    else return i;
  }
}

/** Also of an interpolated literal, in whose holes other literals may stand, and of a raw one. */
function endOfLiteral(text, open) {
  const raw = /^"{3,}/.exec(text.slice(open));
  if (raw) {
    const end = text.indexOf(raw[0], open + raw[0].length);
    return end < 0 ? text.length : end + raw[0].length;
  }
  const isInterpolated = text[open - 1] === "$" || text.slice(open - 2, open) === "$@";
  const isVerbatim = text[open - 1] === "@";
  for (let i = open + 1; i < text.length; i++) {
    if (!isVerbatim && text[i] === "\\") i++;
    else if (isInterpolated && text[i] === "{" && text[i + 1] === "{") i++;
    else if (isInterpolated && text[i] === "{") i = closing(text, i) - 1;
    else if (text[i] === '"') return i + 1;
    else if (text[i] === "\n" && !isVerbatim) return i;
  }
  return text.length;
}

function* literals(code, isWanted, before = 0) {
  for (let i = 0; i < code.length; i++) {
    if (code[i] === "'" && (code[i + 2] === "'" || code[i + 1] === "\\")) i = code.indexOf("'", i + 2);
    if (code[i] !== '"') continue;
    const end = endOfLiteral(code, i);
    const isInterpolated = code[i - 1] === "$";
    const quotes = /^"+/.exec(code.slice(i))[0].length >= 3 ? 3 : 1;
    const inside = code.slice(i + quotes, Math.max(i + quotes, end - quotes));
    const text = isInterpolated ? withoutHoles(inside) : inside;
    const plain = text.replaceAll('\\"', '"').replaceAll("\\n", " ");
    if (isWanted(plain, before + i)) yield { at: before + i, text: plain };
    if (isInterpolated) for (const hole of holes(inside)) yield* literals(hole.text, isWanted, before + i + quotes + hole.at);
    i = end - 1;
  }
}

function withoutHoles(text) {
  let shown = "";
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "{" && text[i + 1] !== "{") {
      i = closing(text, i) - 1;
      shown += "…";
    } else shown += text[i];
  }
  return shown;
}

function* holes(text) {
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== "{" || text[i + 1] === "{") continue;
    const end = closing(text, i);
    yield { at: i + 1, text: text.slice(i + 1, end - 1) };
    i = end - 1;
  }
}

/** Literals with two words: all in a file of words, elsewhere those of a statement that says something to a person. */
function* ofCode(source, path) {
  const code = blank(source, /^\s*\/\/.*$|\/\*[\s\S]*?\*\//gm);
  const isOfWords = WORDS.test(path) && path.startsWith("Republic.Web/Pages") || /(Words|Sentence|Hints)\.cs$/.test(path);
  yield* literals(code, (literal, at) => {
    if (!/\p{L}+ \S/u.test(literal) && !/\S \p{L}+/u.test(literal)) return false;
    const from = Math.max(code.lastIndexOf(";", at), code.lastIndexOf("\n\n", at), at - 600);
    const statement = code.slice(from, at);
    if (NOT_SAID.test(statement)) return false;
    const isWhole = /^[\p{Lu}…]/u.test(literal) && /[.?:]$/.test(literal);
    return isOfWords || SAID.test(statement) || isWhole || (WORDY.test(literal) && !SQL.test(literal));
  });
}

function blank(text, pattern) {
  return text.replace(pattern, (found) => found.replace(/[^\n]/g, " "));
}
