// A running Republic, asked by its API as an outside client asks it.
import fs from "node:fs";

export const MODEL = { provider: "local", model_id: "all-minilm-l6-v2" };
const LENGTH = 384;
const BATCH = 32;
const PATIENCE = 20 * 60_000;
const pause = ms => new Promise(resolve => setTimeout(resolve, ms));

export class Republic {
  #address;
  #token;
  #user;
  #key;
  #made = [];

  /** Signs in; in an app without accounts makes the first one. */
  static async signIn(address, email, password) {
    const republic = new Republic();
    republic.#address = address.replace(/\/$/, "");
    if (process.env.SETUP_TOKEN) {
      await republic.#post("/api/account/register", { email, password, setup_token: process.env.SETUP_TOKEN });
    }
    republic.#token = (await republic.#post("/api/account/login", { email, password })).access_token;
    republic.#user = (await republic.#ask("/api/account/me")).id;
    return republic;
  }

  /**
   * Finds a key that reaches the embedding model: of a minion that has it as its model, else of any minion, naming the model in the call. The
   * model's file is made beside the build, so the first call may have to wait for it.
   */
  async findModel() {
    const began = Date.now();
    for (;;) {
      const refusals = [];
      for (const model_id of [MODEL.model_id, "sprout"]) {
        try {
          const { minion_id, republic_key } = await this.#post("/api/minions", { name: `meaning-${model_id}-${Date.now()}`, provider: "local", model_id });
          this.#key = republic_key;
          const [vector] = await this.#embed(["A question to try the model with."]).catch(error => {
            refusals.push(`${model_id}: ${error.message}`);
            return [[]];
          });
          if (vector.length === LENGTH) {
            this.#made.push(`/api/minions/${minion_id}`);
            return;
          }
          if (vector.length > 0) refusals.push(`${model_id}: vectors have ${vector.length} numbers, not ${LENGTH}`);
          await this.#ask(`/api/minions/${minion_id}`, { method: "DELETE" });
        } catch (error) {
          refusals.push(`${model_id}: ${error.message}`);
        }
      }
      if (Date.now() - began > PATIENCE) throw new Error(`${MODEL.model_id} does not answer on /v1/embeddings.\n${refusals.join("\n")}`);
      await pause(10_000);
    }
  }

  /** Vectors of length 1, in the order of the texts. */
  async vectors(texts) {
    const all = [];
    for (let at = 0; at < texts.length; at += BATCH) all.push(...(await this.#embed(texts.slice(at, at + BATCH))));
    return all;
  }

  /** Makes a collection of texts, each a document and a passage of its own; `embedding` null: by words alone. Waits until all is indexed. */
  async collection(name, embedding, rows) {
    const { collection } = await this.#post(this.#of("/collections"), { name, embedding });
    this.#made.push(this.#of(`/collections/${collection.id}`));
    const form = new FormData();
    for (const { id, text } of rows) form.append("file", new Blob([text], { type: "text/plain" }), `${id}.txt`);
    const began = Date.now();
    const { refused } = await this.#ask(this.#of(`/collections/${collection.id}/documents`), { method: "POST", body: form });
    if (refused.length > 0) throw new Error(`${name}: ${refused[0].file_name} was refused: ${refused[0].reason}`);
    for (;;) {
      const card = (await this.#ask(this.#of(`/collections/${collection.id}`))).collection;
      if (card.failed > 0) throw new Error(`${name}: ${await this.#failure(collection.id)}`);
      if (card.processing === 0) {
        if (card.passage_count !== rows.length) throw new Error(`${name}: ${rows.length} texts became ${card.passage_count} passages.`);
        return { id: collection.id, seconds: (Date.now() - began) / 1000 };
      }
      if (Date.now() - began > PATIENCE) throw new Error(`${name}: ${card.processing} documents are not indexed after ${PATIENCE / 60_000} minutes.`);
      await pause(250);
    }
  }

  /** The hits of a question, the best first, each with the id of its row. */
  async search(collection, query, byMeaning) {
    const answer = await this.#post(this.#of(`/collections/${collection.id}/search`), { query, limit: 50 });
    if (byMeaning && answer.lexical_alone) throw new Error(`“${query}” was searched by words alone: ${answer.lexical_alone}`);
    return answer.hits.map(hit => ({ ...hit, row: hit.document.replace(/\.txt$/, "") }));
  }

  /** Deletes what was made for the measurement. */
  async leave() {
    // Why the measurement broke off is worth more than that this failed too.
    for (const path of this.#made) await this.#ask(path, { method: "DELETE" }).catch(error => console.error(error.message));
  }

  async #failure(collection) {
    const { documents } = await this.#ask(this.#of(`/collections/${collection}/documents?limit=200`));
    const failed = documents.find(document => document.error);
    return failed ? `${failed.name} failed: ${failed.error}` : "a document failed.";
  }

  async #embed(input) {
    const { data } = await this.#post("/v1/embeddings", { model: MODEL.model_id, input }, this.#key);
    return data.toSorted((a, b) => a.index - b.index).map(({ embedding }) => embedding);
  }

  #of(path) {
    return `/api/users/${this.#user}${path}`;
  }

  #post(path, body, key) {
    return this.#ask(path, { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } }, key);
  }

  async #ask(path, request = {}, key = this.#token) {
    for (;;) {
      const answer = await fetch(this.#address + path, { ...request, headers: { ...request.headers, ...(key && { Authorization: `Bearer ${key}` }) } });
      const text = await answer.text();
      if (answer.ok) return text ? JSON.parse(text) : null;
      if (answer.status !== 429) throw new Error(`${request.method ?? "GET"} ${path}: ${answer.status} ${text}`);
      await pause(1000 * Number(answer.headers.get("retry-after") ?? 1));
    }
  }
}

/** CPU seconds that the model host of an app has taken; null where its process cannot be found. */
export function hostSeconds(app) {
  if (!app || !fs.existsSync("/proc/self/stat")) return null;
  for (const name of fs.readdirSync("/proc").filter(name => /^\d+$/.test(name))) {
    try {
      const command = fs.readFileSync(`/proc/${name}/cmdline`, "utf8").split("\0");
      if (!command.includes("model-host") || command.includes("--train") || command.includes("--measure")) continue;
      const stat = fs.readFileSync(`/proc/${name}/stat`, "utf8");
      // The name of a program may hold blanks and brackets.
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      if (fields[1] === String(app)) return (Number(fields[11]) + Number(fields[12])) / 100;
    } catch {
      // A process that ended meanwhile.
    }
  }
  return null;
}
