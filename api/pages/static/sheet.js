// A score sheet that loses nothing on a bad connection.
//
// What is written goes into the device's store (offline/store.js) at once and is sent from there
// until the server confirms it. The page shows what waits in the store, else what stands on the
// server, and says of each which of the two it is.
import { Outbox } from "./offline/outbox.js";
import { Away, Blocked, Refused } from "./offline/server.js";
import { openStore } from "./offline/store.js";
import { takeOver } from "./sheet-before.js";
import { Delivery, FILE, KIND } from "./sheet-delivery.js";
import { FACT, Fact, Question } from "./sheet-fields.js";
import { drawFiles, readFile } from "./sheet-files.js";
import { WORDS } from "./sheet-words.js";

const form = document.getElementById("sheet");
const state = document.getElementById("state");
const record = `${form.dataset.inspection}/${form.dataset.sheet}`;
const PAUSE = 800; // milliseconds after the last key before what is typed is sent

const fields = new Map(
  [
    ...[...form.querySelectorAll(".question")].map((one) => new Question(one)),
    ...[...form.querySelectorAll(".fact")].map((one) => new Fact(one)),
  ].map((field) => [field.name, field]),
);
const delivery = new Delivery(form.dataset.account);
const store = await openStore(form.dataset.account, form.dataset.name);
const outbox = new Outbox(
  store,
  { [KIND]: (...of) => delivery.deliver(...of) },
  { changed: draw, again: resume },
);

let submitted = "submitted" in form.dataset;
let final = null; // what stands on a submitted sheet; it is shown and not kept
let late = []; // entries that came after submission
let words = null; // what the server answered to a submission
const writing = new Set();

// ---- Writing down ------------------------------------------------------------------------------

// Writes what a field holds onto the device, over and over until it holds still.
async function keep(field) {
  if (submitted) return;
  words = null;
  field.stale = true;
  if (writing.has(field)) return;
  writing.add(field);
  field.say(WORDS.writing); // at once: reading the store waits for whoever is writing in it
  state.textContent = WORDS.writing;
  try {
    while (field.stale) {
      field.stale = false;
      const read = field.read();
      field.fault = read?.fault ?? null;
      if (read) {
        field.shown = JSON.stringify(read.value);
        await store.write({ kind: KIND, record, field: field.name, value: read.value });
      }
    }
  } finally {
    writing.delete(field);
    draw();
  }
}

function fieldOf(target) {
  const element = target.closest(".question, .fact");
  return element && fields.get(element.dataset.criterion ?? FACT + element.dataset.fact);
}

form.addEventListener("change", async ({ target }) => {
  const field = fieldOf(target);
  if (target.matches(".file")) await addFiles(field, target);
  else if (field) {
    field.tidy(target);
    await keep(field);
  }
  outbox.pump();
});

// What is being typed counts at once: the page may be closed before the field is left. A number
// counts as soon as it can be read.
let typing;
form.addEventListener("input", ({ target }) => {
  const field = fieldOf(target);
  if (!field || target.matches("[type=radio], [type=checkbox], .file")) return;
  if (target === field.number && field.read()?.fault) return;
  keep(field);
  clearTimeout(typing);
  typing = setTimeout(() => outbox.pump(), PAUSE);
});

window.addEventListener("beforeunload", (event) => {
  if (writing.size || loose > 0) event.preventDefault();
});

async function addFiles(field, input) {
  const chosen = [...input.files];
  input.value = "";
  for (const one of chosen) {
    const { fault, ...read } = await readFile(field.name, one);
    if (fault) field.say(fault, true);
    else await store.write({ kind: KIND, record, ...read });
  }
}

async function removeFile({ entry, id }) {
  await act(async () => {
    if (entry) await store.withdraw(entry);
    if (id) {
      await delivery.remove(record, id);
      await meet();
    }
  });
}

function choose(field, stands, value) {
  const settles = stands.others.map((other) => other.entry);
  field.fault = null;
  store.write({ kind: KIND, record, field: field.name, value, settles }).then(() => outbox.pump());
}

// ---- Showing -----------------------------------------------------------------------------------

let loose = 0; // entries that are in this page's memory only
let drawing = Promise.resolve();

function draw() {
  drawing = drawing.then(drawOnce);
  return drawing;
}

async function drawOnce() {
  const shown = new Map([...fields.values()].map((field) => [field, field.shown]));
  const entries = await store.entries(KIND, record);
  const standing = final ?? (await store.standing(KIND, record));
  const waiting = new Map(entries.map((entry) => [entry.field, entry])); // the last of each
  for (const field of fields.values()) {
    const still = !writing.has(field) && field.shown === shown.get(field);
    drawField(field, waiting.get(field.name), standing, still);
  }
  drawAllFiles(entries, standing);
  drawLate(entries);
  drawState(entries, standing);
  if (!todo.hidden) drawTodo(unfinished(waiting, standing));
  if (submitted && !entries.length) await leave();
}

function drawField(field, entry, standing, still) {
  const stands = standing.get(field.name);
  field.entry = entry;
  field.stands = stands;
  if (still) field.update(entry?.value ?? stands?.value);
  field.say(...said(field, entry, stands));
  const differs = stands?.others.length && !entry && !submitted;
  const values = differs ? [stands.value, ...stands.others.map((other) => other.value)] : [];
  field.offer(values, (value) => choose(field, stands, value));
}

function said(field, entry, stands) {
  if (field.fault) return [field.fault, true];
  if (writing.has(field)) return [WORDS.writing, false];
  if (entry?.refused) return [entry.refused, true];
  if (entry) return store.isKept(entry.id) ? [WORDS.one.kept] : [WORDS.one.loose, true];
  if (!stands) return [""];
  if (stands.others.length && !submitted) return [WORDS.one.differs, true];
  return [answered(stands.value) ? WORDS.one.received : stands.value.note ? WORDS.one.note : ""];
}

function answered(value) {
  return Boolean(value && (value.state ?? value.value ?? null) !== null);
}

function drawState(entries, standing) {
  const open = entries.filter((entry) => !entry.refused);
  const refused = entries.length - open.length;
  const differing = [...standing.values()].filter((one) => one.others.length).length;
  loose = entries.filter((entry) => !store.isKept(entry.id)).length;
  const [text, wrong] = summary(open.length, refused, submitted ? 0 : differing);
  if (state.textContent !== text) state.textContent = text;
  state.classList.toggle("wrong", wrong);
  document.getElementById("sign-in").hidden = !(outbox.trouble instanceof Blocked);
}

function summary(open, refused, differing) {
  if (outbox.trouble instanceof Blocked) return [WORDS.blocked(outbox.trouble.message), true];
  if (loose) return [WORDS.loose(loose), true];
  if (submitted) return open ? [WORDS.late(open), true] : [WORDS.submitted, false];
  if (outbox.trouble || !navigator.onLine) return [open ? WORDS.offline(open) : WORDS.nothing, true];
  if (writing.size) return [WORDS.writing, false];
  if (open) return [WORDS.waiting(open), false];
  if (differing) return [WORDS.conflicts(differing), true];
  if (refused) return [WORDS.refused(refused), true];
  return words ? [words, true] : [WORDS.received, false];
}

function drawAllFiles(entries, standing) {
  const here = entries.filter((entry) => entry.field.startsWith(FILE));
  const waiting = new Set(here.map((entry) => entry.field));
  const there = [...standing.values()].filter(
    (one) => one.field.startsWith(FILE) && !waiting.has(one.field),
  );
  const all = [...here.map(waitingFile), ...there.map(arrivedFile)];
  for (const field of fields.values()) {
    const list = field.element.querySelector(".files");
    if (!list) continue;
    const mine = all.filter((one) => one.value.criterion === field.name);
    drawFiles(list, mine, submitted ? null : removeFile);
  }
}

function waitingFile({ id, value, refused }) {
  const words = store.isKept(id) ? WORDS.one.kept : WORDS.one.loose;
  return { value, entry: id, words: refused ?? words, wrong: refused || !store.isKept(id) };
}

function arrivedFile({ id, value, partly }) {
  return { value, id, words: partly ? WORDS.partly : WORDS.one.received, wrong: partly };
}

// ---- Submitting ----------------------------------------------------------------------------------

const todo = document.getElementById("todo");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  words = null;
  const busy = [...fields.values()].filter((field) => field.element.contains(document.activeElement));
  for (const field of busy) await keep(field);
  await draw();
  const waiting = new Map([...fields.values()].map((field) => [field.name, field.entry]));
  const standing = await store.standing(KIND, record);
  const open = unfinished(waiting, standing);
  drawTodo(open);
  if (open.length) {
    todo.focus();
    todo.scrollIntoView({ block: "start" });
    return;
  }
  await act(send);
});

async function send() {
  await outbox.pump();
  const entries = await store.entries(KIND, record);
  if (entries.length || outbox.trouble) return; // said by the summary
  const standing = await store.standing(KIND, record);
  const seen = { answers: {}, facts: {}, entries: entries.map((entry) => entry.id) };
  for (const { field, sequence } of standing.values()) {
    if (field.startsWith(FACT)) seen.facts[field.slice(FACT.length)] = sequence;
    else if (!field.startsWith(FILE)) seen.answers[field] = sequence;
  }
  await outbox.alone(() => delivery.submit(record, seen));
  await meet();
}

// Does something with the server for the person, and says what it answers.
async function act(work) {
  try {
    await work();
  } catch (fault) {
    if (fault instanceof Refused) {
      words = fault.message;
      await meet();
    } else if (fault instanceof Away || fault instanceof Blocked) {
      words = fault.message || WORDS.away;
    } else throw fault;
  }
  await draw();
}

// What has to be done before the sheet can be submitted: [field, words].
function unfinished(waiting, standing) {
  return [...fields.values()].flatMap((field) => {
    const entry = waiting.get(field.name);
    const stands = standing.get(field.name);
    if (field.fault) return [[field, field.fault]];
    if (entry?.refused) return [[field, entry.refused]];
    if (!entry && stands?.others.length) return [[field, WORDS.choose]];
    return field.required && !answered(entry?.value ?? stands?.value) ? [[field, WORDS.open]] : [];
  });
}

function drawTodo(open) {
  todo.hidden = open.length === 0;
  todo.querySelector("h2").textContent = WORDS.todo(open.length);
  const items = open.map(([field, why]) => {
    const link = document.createElement("a");
    link.href = `#${field.element.id}`;
    link.textContent = field.label;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      field.element.closest("details")?.setAttribute("open", "");
      field.element.scrollIntoView({ block: "center" });
      field.element.querySelector("input, textarea").focus({ preventScroll: true });
    });
    const item = document.createElement("li");
    item.append(link, ` ${why}`);
    return item;
  });
  todo.querySelector("ul").replaceChildren(...items);
}

// ---- A sheet that is submitted -----------------------------------------------------------------

function lock() {
  submitted = true;
  for (const control of form.elements) control.disabled = true;
  document.getElementById("submit").hidden = true;
  todo.hidden = true;
}

// What is on the server for good, and nothing of it waits here, leaves the device.
async function leave() {
  if (!(await store.standing(KIND, record)).size) return;
  await store.forget(KIND, record);
  navigator.serviceWorker?.controller?.postMessage({ forget: window.location.pathname });
}

function drawLate(entries) {
  const place = document.getElementById("late");
  const files = [...(final?.values() ?? [])].filter((one) => one.late);
  const there = late.map(({ criterion, fact, content }) => ({
    field: criterion ?? FACT + fact,
    value: content,
  }));
  const here = entries.map(({ field, value, refused }) => ({
    field,
    value,
    why: refused ?? WORDS.lateWaiting,
  }));
  const all = [...here, ...there, ...files];
  place.hidden = !(submitted && all.length);
  if (place.hidden) return;
  place.querySelector("h2").textContent = WORDS.lateHead;
  place.querySelector("p").textContent = WORDS.lateText;
  const items = all.map(({ field, value, why = WORDS.lateArrived }) => {
    const item = document.createElement("li");
    const of = fields.get(field.startsWith(FILE) ? value.criterion : field);
    const what = field.startsWith(FILE) ? value.name : of?.describe(value);
    item.textContent = `${of?.label ?? field}：${what} — ${why}`;
    return item;
  });
  place.querySelector("ul").replaceChildren(...items);
}

// ---- Beginning, and coming back ----------------------------------------------------------------

// What the server holds: what other devices wrote is taken over, and nothing is put back.
async function meet() {
  const sheet = await outbox.alone(async () => {
    const found = await delivery.sheet(record);
    if (!found.submitted_at) await store.meet(KIND, record, found.stands);
    return found;
  });
  if (!sheet) return;
  late = sheet.late;
  if (sheet.submitted_at) {
    final = new Map(sheet.stands.map((one) => [one.field, { others: [], ...one }]));
    lock();
  }
}

let resuming = null;
function resume() {
  resuming ??= act(meetAndSend).finally(() => {
    resuming = null;
  });
  return resuming;
}

async function meetAndSend() {
  await meet();
  const before = await store.waiting();
  await outbox.pump();
  if (submitted && before) await meet(); // what was late has arrived
}

// The worker starts after this page was loaded, so it is told what to keep of it.
async function keepPage() {
  if (!navigator.serviceWorker || submitted) return;
  await navigator.serviceWorker.register("/inspections/sheet-worker.js");
  const { active } = await navigator.serviceWorker.ready;
  const here = window.location;
  const loaded = performance.getEntriesByType("resource").map((one) => new URL(one.name));
  const paths = loaded.filter((one) => one.origin === here.origin).map((one) => one.pathname);
  active.postMessage({ keep: [here.pathname, ...new Set(paths)] });
}

store.subscribe(draw);
window.addEventListener("online", resume);
window.addEventListener("offline", draw);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") resume();
});
if (!store.durable) document.getElementById("device").textContent = WORDS.memory;
if (submitted) lock();
else if (store.durable) {
  await takeOver(form.dataset.sheet, (entry) => store.write({ kind: KIND, record, ...entry }));
}
await store.again(KIND, record);
await draw();
await resume();
form.dataset.ready = "";
keepPage();
store.persist();
