// Writes a llama of random Q8_0 weights with the vocabulary of another model: too large for the caches, and nobody's.
// node random-model.mjs <source> <target> [embedding layers tokens]: the vocabulary gets made-up words until it has so many tokens.
import fs from "node:fs";

const source = fs.readFileSync(process.argv[2]);
const target = process.argv[3];
const [embedding = 1024, layers = 16, tokens = 0] = process.argv.slice(4).map(Number);
const shape = { embedding, layers, heads: 16, keyHeads: 4, feedForward: embedding * 11 / 4, context: 4096 };
const alignment = 32;

let at = 24;
const u32 = () => (at += 4, source.readUInt32LE(at - 4));
const u64 = () => (at += 8, Number(source.readBigUInt64LE(at - 8)));
const text = () => { const length = u64(); return (at += length, source.toString("utf8", at - length, at)); };
const widths = { 0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8 };
function skip(type) {
  if (type === 8) text();
  else if (type === 9) { const inner = u32(); for (let left = u64(); left > 0; left--) skip(inner); }
  else at += widths[type];
}

const replaced = {
  "llama.context_length": shape.context,
  "llama.embedding_length": shape.embedding,
  "llama.block_count": shape.layers,
  "llama.feed_forward_length": shape.feedForward,
  "llama.attention.head_count": shape.heads,
  "llama.attention.head_count_kv": shape.keyHeads,
  "llama.rope.dimension_count": shape.embedding / shape.heads,
};
const pairs = [];
let vocabulary = 0;
for (let left = Number(source.readBigUInt64LE(16)); left > 0; left--) {
  const start = at;
  const key = text();
  const type = u32();
  const value = at;
  if (key === "tokenizer.ggml.tokens") vocabulary = Number(source.readBigUInt64LE(value + 4));
  skip(type);
  const pair = Buffer.from(source.subarray(start, at));
  if (key in replaced) pair.writeUInt32LE(replaced[key], value - start);
  pairs.push(key === "tokenizer.ggml.tokens" ? withMore(pair, value - start, word)
    : key === "tokenizer.ggml.token_type" ? withMore(pair, value - start, () => Buffer.from([1, 0, 0, 0])) : pair);
}

// An array with items behind those that it has.
function withMore(pair, value, item) {
  const count = Number(pair.readBigUInt64LE(value + 4));
  const items = [];
  for (let i = count; i < tokens; i++) items.push(item(i));
  const longer = Buffer.concat([pair, ...items]);
  longer.writeBigUInt64LE(BigInt(Math.max(count, tokens)), value + 4);
  vocabulary = Math.max(vocabulary, tokens);
  return longer;
}

// Letters of the number and a digit, so that each is another one, and none is one of the source; in the vocabulary's own alphabet Ġ is a blank.
function word(number) {
  let letters = "\u0120";
  for (let left = number; left > 0; left = Math.floor(left / 26)) letters += String.fromCharCode(97 + (left % 26));
  const utf8 = Buffer.from(`${letters}9`);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(utf8.length));
  return Buffer.concat([length, utf8]);
}

const keyWidth = (shape.embedding / shape.heads) * shape.keyHeads;
const tensors = [["token_embd.weight", shape.embedding, vocabulary], ["output_norm.weight", shape.embedding]];
for (let i = 0; i < shape.layers; i++) {
  const [d, f] = [shape.embedding, shape.feedForward];
  for (const [name, ...size] of [
    ["attn_norm", d], ["ffn_norm", d], ["attn_q", d, d], ["attn_k", d, keyWidth], ["attn_v", d, keyWidth],
    ["attn_output", d, d], ["ffn_gate", d, f], ["ffn_up", d, f], ["ffn_down", f, d],
  ]) tensors.push([`blk.${i}.${name}.weight`, ...size]);
}

const bytesOf = ([, rows, columns]) => (columns ? (rows / 32) * 34 * columns : rows * 4);
const infos = [];
let offset = 0;
for (const tensor of tensors) {
  const [name, ...size] = tensor;
  const info = Buffer.alloc(8 + name.length + 4 + size.length * 8 + 4 + 8);
  let p = info.writeBigUInt64LE(BigInt(name.length), 0);
  p += info.write(name, p);
  p = info.writeUInt32LE(size.length, p);
  for (const length of size) p = info.writeBigUInt64LE(BigInt(length), p);
  p = info.writeInt32LE(size.length === 2 ? 8 : 0, p);
  info.writeBigUInt64LE(BigInt(offset), p);
  infos.push(info);
  offset += Math.ceil(bytesOf(tensor) / alignment) * alignment;
}

const head = Buffer.alloc(24);
head.write("GGUF");
head.writeUInt32LE(3, 4);
head.writeBigUInt64LE(BigInt(tensors.length), 8);
head.writeBigUInt64LE(BigInt(pairs.length), 16);
const file = fs.openSync(target, "w");
const header = Buffer.concat([head, ...pairs, ...infos]);
fs.writeSync(file, header);
fs.writeSync(file, Buffer.alloc((alignment - (header.length % alignment)) % alignment));
let state = 1;
const dice = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 24;
for (const tensor of tensors) {
  const data = Buffer.alloc(Math.ceil(bytesOf(tensor) / alignment) * alignment);
  if (tensor.length === 2) for (let i = 0; i < tensor[1]; i++) data.writeFloatLE(1, i * 4);
  else for (let i = 0; i < bytesOf(tensor); i++) data[i] = i % 34 === 0 ? 0 : i % 34 === 1 ? 0x0c : dice();
  fs.writeSync(file, data);
}
fs.closeSync(file);
const parameters = tensors.reduce((sum, [, rows, columns = 1]) => sum + rows * columns, 0);
console.log(`${target}: ${(parameters / 1e6).toFixed(0)} M parameters, Q8_0`);
