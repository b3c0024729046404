// What a sheet of the version before this one left in the browser, unsent: taken over once.
import { openDB } from "./vendor/idb.js";
import { FILE } from "./sheet-delivery.js";
import { FACT } from "./sheet-fields.js";

// Calls `write` with { field, value, file } for each entry, and removes what was written down.
export async function takeOver(sheet, write) {
  const key = `rukang.sheet.${sheet}`;
  const left = JSON.parse(localStorage.getItem(key) ?? "null");
  if (left) {
    for (const entry of unsent(left)) await write(entry);
    localStorage.removeItem(key);
  }
  await takeOverFiles(sheet, write);
}

function unsent({ answers = {}, facts = null }) {
  const open = Object.entries(answers).filter(([, one]) => !one.sent);
  const figures = facts && !facts.sent ? Object.entries(facts.values) : [];
  return [
    ...open.map(([field, { state, value, note }]) => ({
      field,
      value: { state, value: value ?? null, note },
    })),
    ...figures.map(([fact, value]) => ({ field: FACT + fact, value: { value } })),
  ];
}

async function takeOverFiles(sheet, write) {
  const known = (await indexedDB.databases?.()) ?? [];
  if (!known.some(({ name }) => name === "rukang")) return;
  const db = await openDB("rukang");
  const all = db.objectStoreNames.contains("files") ? await db.getAll("files") : [];
  for (const { key, sheet: of, blob, ...said } of all) {
    if (of !== sheet) continue;
    const { criterion, name, size, sha256, taken_at, latitude, longitude } = said;
    const value = { criterion, name, size, sha256, taken_at, latitude, longitude };
    await write({ field: `${FILE}${criterion}:${sha256}`, value, file: blob });
    await db.delete("files", key);
  }
  db.close();
}
