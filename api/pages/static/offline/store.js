// What is written on this device until a server confirms it, and what is known to stand there.
//
// The store knows nothing of sheets. An entry gives a value to a field of a record (kind and id) on
// behalf of an account; it is the account's alone, on a shared device too. What the device cannot
// keep (no IndexedDB, no space left) is held in memory, is told by `isKept`, and is written down as
// soon as there is space. Interface and examples: docs/offline.md.
import { openDB } from "../vendor/idb.js";

const NAME = "rukang-offline";
const VERSION = 1;
const STORES = ["accounts", "entries", "standing", "files"];
const OPENING = 5000; // milliseconds; some browsers never answer where storage is switched off

export async function openStore(account, name) {
  return new Store(new Shelves(await database()), String(account), name);
}

class Store {
  constructor(shelves, account, name) {
    this.shelves = shelves;
    this.account = account;
    this.name = name;
    this.listeners = new Set();
    this.channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(NAME) : null;
    this.channel?.addEventListener("message", ({ data }) => {
      if (data === this.account) for (const listener of this.listeners) listener();
    });
  }

  // Whether the device keeps anything at all.
  get durable() {
    return this.shelves.db !== null;
  }

  // Whether an entry is on the device, or in this page's memory only.
  isKept(id) {
    return this.durable && !this.shelves.beside.entries.get(id);
  }

  // Calls a listener after every change, those of other tabs included.
  subscribe(listener) {
    this.listeners.add(listener);
  }

  // Asks the browser not to clear the store when space runs short.
  async persist() {
    return (await navigator.storage?.persist?.()) ?? false;
  }

  // Writes a value over what is known to stand. Returns once it is on the device for good, or is
  // known not to be (`isKept`). An entry that no attempt has been made to send is replaced.
  async write({ kind, record, field, value, settles = [], file = null }) {
    const now = new Date().toISOString();
    return this.#change(async (shelf) => {
      const mine = await this.#ofField(shelf, kind, record, field);
      const last = mine.at(-1);
      const stands = await shelf.get("standing", this.#key(kind, record, field));
      const shown = last ? last.value : stands?.value;
      if (!settles.length && !last?.refused && same(shown, value)) return last ?? null;
      const open = last && !last.refused && last.tried;
      const entry = {
        id: last && !last.tried ? last.id : uuid(),
        account: this.account,
        kind,
        record,
        field,
        value,
        writtenAt: now,
        order: last && !last.tried ? last.order : await this.#nextOrder(shelf),
        base: last ? last.base : (stands?.sequence ?? 0),
        after: open ? last.id : (last?.after ?? null),
        settles: [...new Set([...(open ? [] : (last?.settles ?? [])), ...settles])],
        tried: false,
        refused: null,
      };
      if (last?.refused && last.id !== entry.id) await shelf.delete("entries", last.id);
      await shelf.put("accounts", { account: this.account, name: this.name });
      await shelf.put("entries", entry);
      if (file) await shelf.put("files", { id: entry.id, file });
      return entry;
    });
  }

  // What waits of a record, in the order in which it was written.
  async entries(kind, record) {
    const found = await this.shelves.all("entries", "record", [this.account, kind, record]);
    return found.sort((a, b) => a.order - b.order);
  }

  // What is known to stand of a record: a Map from field to { value, sequence, others }.
  async standing(kind, record) {
    const found = await this.shelves.all("standing", "record", [this.account, kind, record]);
    return new Map(found.map((one) => [one.field, one]));
  }

  // How many entries of this account wait on the device.
  async waiting() {
    return (await this.shelves.all("entries", "account", this.account)).length;
  }

  // Other accounts of which entries wait on this device: their names and how many, nothing else.
  async others() {
    const found = [];
    for (const { account, name } of await this.shelves.all("accounts")) {
      if (account === this.account) continue;
      const count = (await this.shelves.all("entries", "account", account)).length;
      if (count) found.push({ name, count });
    }
    return found;
  }

  // ---- For the outbox ----

  // The oldest entry of some kinds that is to be sent, with its file; from now on it is never
  // replaced, because it may arrive without our hearing of it.
  async next(kinds) {
    return this.#change(async (shelf) => {
      const all = await shelf.all("entries", "account", this.account);
      const open = all.filter((one) => kinds.includes(one.kind) && !one.refused);
      const entry = open.sort((a, b) => a.order - b.order)[0];
      if (!entry) return null;
      if (!entry.tried) await shelf.put("entries", { ...entry, tried: true });
      const file = (await shelf.get("files", entry.id))?.file ?? null;
      return { entry: { ...entry, tried: true }, file };
    }, { quiet: true });
  }

  // The server has an entry as number `sequence`; `stands` is what stands of its field there now.
  async confirm(entry, { sequence, conflict, stands }) {
    await this.#change(async (shelf) => {
      await shelf.delete("entries", entry.id);
      await shelf.delete("files", entry.id);
      if (stands) await shelf.put("standing", this.#standing(entry.kind, entry.record, stands));
      for (const one of await this.#ofField(shelf, entry.kind, entry.record, entry.field)) {
        if (one.after !== entry.id) continue;
        const settles = conflict ? [...one.settles, entry.id] : one.settles;
        const base = conflict ? entry.base : sequence;
        await shelf.put("entries", { ...one, after: null, base, settles });
      }
    });
  }

  // The server does not take an entry, and says why; it stays on the device, to be corrected.
  async refuse(entry, words) {
    await this.#change(async (shelf) => {
      const later = await this.#ofField(shelf, entry.kind, entry.record, entry.field);
      const next = later.find((one) => one.after === entry.id);
      if (next) {
        await shelf.delete("entries", entry.id);
        await shelf.put("entries", { ...next, after: null });
      } else if (await shelf.get("entries", entry.id)) {
        await shelf.put("entries", { ...entry, refused: words });
      }
    });
  }

  // Lets what was refused of a record be sent again: another day, what forbade it may be over.
  async again(kind, record) {
    await this.#change(async (shelf) => {
      const all = await shelf.all("entries", "record", [this.account, kind, record]);
      const refused = all.filter((one) => one.refused);
      for (const one of refused) await shelf.put("entries", { ...one, refused: null });
    });
  }

  // Takes back what was not confirmed.
  async withdraw(id) {
    await this.#change(async (shelf) => {
      await shelf.delete("entries", id);
      await shelf.delete("files", id);
    });
  }

  // Takes over what the server says stands of a record, and nothing else.
  async meet(kind, record, found) {
    await this.#change(async (shelf) => {
      const before = await shelf.all("standing", "record", [this.account, kind, record]);
      const fields = new Set(found.map((one) => one.field));
      for (const one of before) if (!fields.has(one.field)) await shelf.delete("standing", one.key);
      for (const one of found) await shelf.put("standing", this.#standing(kind, record, one));
    });
  }

  // Removes what is known to stand of a record that is done with, or of all of this account's;
  // entries that wait stay.
  async forget(kind, record) {
    const which = kind ? ["record", [this.account, kind, record]] : ["account", this.account];
    await this.#change(async (shelf) => {
      const found = await shelf.all("standing", ...which);
      for (const one of found) await shelf.delete("standing", one.key);
    });
  }

  async #change(work, { quiet = false } = {}) {
    const result = await this.shelves.change(work);
    if (!quiet) {
      this.channel?.postMessage(this.account);
      for (const listener of this.listeners) listener();
    }
    return result;
  }

  async #ofField(shelf, kind, record, field) {
    const all = await shelf.all("entries", "record", [this.account, kind, record]);
    return all.filter((one) => one.field === field).sort((a, b) => a.order - b.order);
  }

  async #nextOrder(shelf) {
    const all = await shelf.all("entries", "account", this.account);
    return Math.max(0, ...all.map((one) => one.order)) + 1;
  }

  #key(kind, record, field) {
    return [this.account, kind, record, field].join(" ");
  }

  #standing(kind, record, { field, value, sequence, others = [], ...more }) {
    const key = this.#key(kind, record, field);
    return { ...more, key, account: this.account, kind, record, field, value, sequence, others };
  }
}

// The device's shelves, and beside them what the device could not keep: key to item, or to null for
// what is to be deleted. Changes are made one after the other, each whole or not at all.
class Shelves {
  constructor(db) {
    this.db = db;
    this.beside = Object.fromEntries(STORES.map((name) => [name, new Map()]));
    this.turn = Promise.resolve();
  }

  async all(name, index, key) {
    const found = this.db ? await this.#read(name, index, key) : [];
    return merged(found, this.beside[name], index, key);
  }

  change(work) {
    const mine = this.turn.then(() => this.#change(work));
    this.turn = mine.catch(() => {});
    return mine;
  }

  async #change(work) {
    try {
      if (this.db) return await this.#onDevice(work);
    } catch (fault) {
      if (!(fault instanceof DOMException)) throw fault;
      console.warn("not kept on this device:", fault.name);
    }
    const result = await work(this.#inMemory());
    await this.#makeRoom();
    return result;
  }

  async #onDevice(work) {
    const tx = this.db.transaction(STORES, "readwrite", { durability: "strict" });
    tx.done.catch(() => {}); // awaited below; an earlier fault must not leave it unheard
    try {
      for (const name of STORES) {
        for (const [key, item] of this.beside[name]) {
          await (item ? tx.objectStore(name).put(item) : tx.objectStore(name).delete(key));
        }
      }
      const result = await work({
        get: (name, key) => tx.objectStore(name).get(key),
        all: (name, index, key) => from(tx.objectStore(name), index, key),
        put: (name, item) => tx.objectStore(name).put(item),
        delete: (name, key) => tx.objectStore(name).delete(key),
      });
      await tx.done;
      for (const name of STORES) this.beside[name].clear();
      return result;
    } catch (fault) {
      if (tx.error === null) abort(tx);
      throw fault;
    }
  }

  #inMemory() {
    return {
      get: async (name, key) => {
        const { beside, db } = this;
        if (beside[name].has(key)) return beside[name].get(key) ?? undefined;
        return db ? db.get(name, key).catch(() => undefined) : undefined;
      },
      all: (name, index, key) => this.all(name, index, key),
      put: async (name, item) => this.beside[name].set(keyOf(name, item), item),
      delete: async (name, key) => this.beside[name].set(key, null),
    };
  }

  // A full store still lets things be deleted, and that makes room for the rest.
  async #makeRoom() {
    if (!this.db) return;
    for (const name of STORES) {
      for (const [key, item] of [...this.beside[name]]) {
        if (item !== null) continue;
        const gone = await this.db.delete(name, key).then(() => true, () => false);
        if (gone) this.beside[name].delete(key);
      }
    }
  }

  async #read(name, index, key) {
    try {
      return await from(this.db.transaction(name).store, index, key);
    } catch (fault) {
      if (!(fault instanceof DOMException)) throw fault;
      return [];
    }
  }
}

function from(store, index, key) {
  return index ? store.index(index).getAll(key) : store.getAll();
}

function abort(tx) {
  try {
    tx.abort();
  } catch {
    // It is over already.
  }
}

function merged(found, beside, index, key) {
  if (!beside.size) return found;
  const kept = found.filter((one) => !beside.has(one.key ?? one.id ?? one.account));
  const wanted = (one) =>
    !index ||
    (index === "account"
      ? one.account === key
      : same([one.account, one.kind, one.record], key));
  return [...kept, ...[...beside.values()].filter((one) => one && wanted(one))];
}

function keyOf(name, item) {
  return { accounts: item.account, standing: item.key }[name] ?? item.id;
}

function same(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}

// Also where the page is not served securely and `crypto.randomUUID` is missing.
function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

async function database() {
  let late;
  const patience = new Promise((resolve) => {
    late = setTimeout(resolve, OPENING, null);
  });
  try {
    return await Promise.race([openDB(NAME, VERSION, { upgrade, blocking: close }), patience]);
  } catch (fault) {
    console.warn("this device keeps nothing:", fault.name);
    return null;
  } finally {
    clearTimeout(late);
  }
}

function close(_now, _wanted, event) {
  event.target.close(); // a newer version of the program is being opened in another tab
}

function upgrade(db) {
  db.createObjectStore("accounts", { keyPath: "account" });
  for (const [name, keyPath] of [["entries", "id"], ["standing", "key"]]) {
    const store = db.createObjectStore(name, { keyPath });
    store.createIndex("account", "account");
    store.createIndex("record", ["account", "kind", "record"]);
  }
  db.createObjectStore("files", { keyPath: "id" });
}
