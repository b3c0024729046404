// How an entry of a score sheet reaches the server, and what the server says stands.
import { Away, Refused, ask } from "./offline/server.js";
import { FACT } from "./sheet-fields.js";
import { WORDS } from "./sheet-words.js";

export const KIND = "sheet";
export const FILE = "file:";

// Every request names the account and the sheet, so that nothing goes into somebody else's.
export class Delivery {
  constructor(account) {
    this.account = account;
  }

  // A record is "inspection/sheet".
  ask(method, record, path, more = {}) {
    const [, sheet] = record.split("/");
    const named = { "Rukang-Account": this.account, "Rukang-Sheet": sheet };
    return ask(method, path, { ...more, headers: named });
  }

  // Sends one entry; the outbox calls it.
  async deliver(entry, file) {
    if (entry.field.startsWith(FILE)) return this.#deliverFile(entry, file);
    const path = entry.field.startsWith(FACT)
      ? `facts/${entry.field.slice(FACT.length)}`
      : `answers/${entry.field}`;
    const said = {
      entry: entry.id,
      base: entry.base,
      settles: entry.settles,
      written_at: entry.writtenAt,
      ...entry.value,
    };
    const taken = await this.ask("PUT", entry.record, `${baseOf(entry.record)}/${path}`, {
      json: said,
    });
    if (taken?.entry !== entry.id) throw new Away(); // whoever answered, it was not our server
    const stands = taken.answer ?? taken.fact;
    return {
      sequence: taken.sequence,
      conflict: taken.arrival === "conflict",
      stands: stands && standingOf(stands),
    };
  }

  // What stands of a whole sheet, as the store keeps it.
  async sheet(record) {
    const found = await this.ask("GET", record, baseOf(record));
    if (String(found?.id) !== record.split("/")[1]) throw new Away();
    const stands = [...found.answers, ...found.facts].map(standingOf);
    return { ...found, stands: [...stands, ...found.evidence.map(fileStanding)] };
  }

  submit(record, seen) {
    return this.ask("POST", record, `${baseOf(record)}/submission`, { json: seen });
  }

  remove(record, id) {
    return this.ask("DELETE", record, `/api/v1/evidence/${id}`);
  }

  async #deliverFile({ field, record, value }, file) {
    if (!file) throw new Refused(WORDS.gone);
    let awaited = await this.ask("POST", record, `${baseOf(record)}/evidence`, { json: value });
    let patience = 2 * awaited.missing?.length;
    while (awaited?.sha256 === value.sha256 && awaited.missing.length) {
      if (patience-- === 0) throw new Refused(WORDS.broken);
      const [number] = awaited.missing;
      const from = number * awaited.part_bytes;
      const bytes = file.slice(from, from + awaited.part_bytes);
      const path = `/api/v1/evidence/${awaited.id}/parts/${number}`;
      awaited = await this.ask("PUT", record, path, { bytes });
    }
    if (awaited?.sha256 !== value.sha256) throw new Away();
    return { sequence: 0, conflict: false, stands: { field, value, sequence: 0, id: awaited.id } };
  }
}

function baseOf(record) {
  return `/api/v1/inspections/${record.split("/")[0]}/sheet`;
}

function standingOf({ criterion, key, sequence, entry, others, ...said }) {
  const plain = criterion === undefined ? onlyValue : answer;
  return {
    field: criterion ?? FACT + key,
    sequence,
    entry,
    value: plain(said),
    others: others.map((other) => ({ entry: other.entry, value: plain(other) })),
  };
}

function answer({ state, value, note, contradicts }) {
  return contradicts ? { state, value, note, contradicts } : { state, value, note };
}

function onlyValue({ value, state }) {
  return state ? { value, state } : { value };
}

function fileStanding({ id, criterion, name, size, sha256, complete_at, late }) {
  return {
    field: `${FILE}${criterion}:${sha256}`,
    sequence: 0,
    id,
    value: { criterion, name, size, sha256 },
    partly: !complete_at,
    late,
  };
}
