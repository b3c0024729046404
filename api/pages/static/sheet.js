// A score sheet that loses nothing on a bad connection.
//
// Every answer is first written on the device (localStorage; files into IndexedDB) and then sent.
// Each carries the moment it was written, by the server's clock, so that the server keeps the last
// one whatever the order of arrival. What was not confirmed is sent again until it is.
"use strict";

const form = document.getElementById("sheet");
const base = `/api/v1/inspections/${form.dataset.inspection}/sheet`;
const KEY = `rukang.sheet.${form.dataset.sheet}`;
const RETRY = 4000; // milliseconds between attempts while the connection is away
const WORDS = {
  saved: "已全部保存 All saved",
  waiting: (n) => `${n} 项待上传，已存在本机 ${n} to be sent, kept on this device`,
  offline: (n) => `没有网络：${n} 项已存在本机，联网后自动上传 Offline: ${n} kept on this device`,
  refused: (n) => `${n} 项未被接受，请改正 ${n} not accepted, please correct`,
  submitted: "评分表已提交，不能再改 Submitted; it can no longer be changed",
  signIn: "登录已过期，请在另一窗口重新登录；填写的内容都在本机 Sign in again in another window; nothing is lost",
  sending: "正在上传 sending",
  kept: "已存在本机 kept on this device",
  arrived: "已上传 sent",
  remove: "删除 Remove",
  number: "请填数字 Write a number",
  reason: "请写明不适用的理由 Say why it does not apply",
  insecure: "添加文件需要通过 https 打开本页 Files need this page over https",
  large: "文件超过 12 MB，请压缩后再加 The file is larger than 12 MB",
  here: "已保存 saved",
  open: "还没有填 not answered yet",
  partly: "没有传完，请删除后重新添加 did not arrive whole; remove it and add it again",
};
const LARGEST = 12 * 1024 * 1024;

// ---- What the device holds -------------------------------------------------------------------

const local = Object.assign(
  { answers: {}, facts: null },
  JSON.parse(localStorage.getItem(KEY) || "{}"),
);
let offset = local.offset || 0; // the server's clock less ours, in milliseconds
let submitted = "submitted" in form.dataset;
let away = false; // the last attempt did not reach the server
let signedOut = false;

function store() {
  localStorage.setItem(KEY, JSON.stringify(local));
}

function moment(after) {
  const now = Date.now() + offset;
  return new Date(Math.max(now, after ? Date.parse(after) + 1 : 0)).toISOString();
}

// ---- Reading and showing an answer -------------------------------------------------------------

function questions() {
  return [...form.querySelectorAll(".question")];
}

function questionOf(name) {
  return document.getElementById(`q-${name}`);
}

function read(question) {
  const picked = question.querySelector("input[type=radio]:checked");
  const field = question.querySelector(".number");
  const note = question.querySelector(".note").value.trim();
  if (field && field.value.trim() !== "") {
    const value = numberOf(field.value, question.dataset.kind);
    return value === null ? { fault: WORDS.number } : { state: "met", value, note };
  }
  if (!picked) return null;
  const [state, value] = picked.value.split("|");
  if (state === "not_applicable" && !note) return { fault: WORDS.reason };
  return { state, value: value || null, note };
}

function numberOf(text, kind) {
  const plain = text.trim().replace(/[％%]$/, "").replace("，", ".").replace(",", ".");
  if (!/^\d+(\.\d+)?$/.test(plain)) return null;
  if (kind !== "share") return plain;
  return String(Number((Number(plain) / 100).toFixed(6)));
}

function show(name, answer) {
  const question = questionOf(name);
  if (!question) return;
  const field = question.querySelector(".number");
  if (field) {
    const percent = question.dataset.kind === "share";
    const value = answer.state === "met" ? answer.value : "";
    field.value = value && percent ? String(Number((Number(value) * 100).toFixed(4))) : value || "";
  }
  const wanted = `${answer.state}|${field ? "" : answer.value || ""}`;
  for (const radio of question.querySelectorAll("input[type=radio]")) {
    radio.checked = radio.value === wanted;
  }
  question.querySelector(".note").value = answer.note || "";
}

function say(question, words, wrong) {
  const place = question.querySelector(".said");
  place.textContent = words;
  place.classList.toggle("wrong", Boolean(wrong));
}

// ---- Writing down ------------------------------------------------------------------------------

function written(question) {
  if (submitted) return;
  const name = question.dataset.criterion;
  const given = read(question);
  if (given === null) return;
  if (given.fault) {
    say(question, given.fault, true);
    return;
  }
  const before = local.answers[name];
  if (before && ["state", "value", "note"].every((key) => before[key] === given[key])) return;
  local.answers[name] = { ...given, written_at: moment(before && before.written_at), sent: false };
  store();
  say(question, WORDS.kept);
  tell();
  pump();
}

form.addEventListener("change", (event) => {
  const question = event.target.closest(".question");
  if (event.target.matches(".file")) addFiles(question, event.target);
  else if (event.target.matches(".fact")) writeFacts();
  else if (question) {
    if (event.target.type === "radio") {
      const field = question.querySelector(".number");
      if (field) field.value = "";
    } else if (event.target.matches(".number")) {
      for (const radio of question.querySelectorAll("input[type=radio]")) radio.checked = false;
    }
    written(question);
  }
});

// A note counts while it is being written: the page may be closed before the field is left.
let typing;
form.addEventListener("input", (event) => {
  if (!event.target.matches(".note, .number")) return;
  clearTimeout(typing);
  const question = event.target.closest(".question");
  typing = setTimeout(() => written(question), 800);
});

function writeFacts() {
  const facts = {};
  for (const field of form.querySelectorAll(".fact")) {
    const text = field.value.trim();
    if (text === "") continue;
    const value = numberOf(text, "");
    if (value === null) {
      sayFacts(WORDS.number, true);
      return;
    }
    facts[field.dataset.fact] = value;
  }
  local.facts = { values: facts, sent: false };
  store();
  sayFacts(WORDS.kept);
  tell();
  pump();
}

function sayFacts(words, wrong) {
  const place = document.getElementById("facts-said");
  place.textContent = words;
  place.classList.toggle("wrong", Boolean(wrong));
}

// ---- Sending -----------------------------------------------------------------------------------

class Refused extends Error {
  constructor(status, problem) {
    super(problem.detail_zh ? `${problem.detail_zh} ${problem.detail}` : problem.detail);
    this.status = status;
  }
}

async function ask(method, path, body, headers) {
  const answer = await fetch(path, { method, body, headers, credentials: "same-origin" });
  if (answer.status >= 500 || answer.status === 429) throw new TypeError("busy"); // try again
  if (answer.status === 401) {
    signedOut = true;
    throw new TypeError("signed out");
  }
  signedOut = false;
  if (!answer.ok) throw new Refused(answer.status, await answer.json());
  return answer.status === 204 ? null : answer.json();
}

function askJson(method, path, value) {
  return ask(method, path, JSON.stringify(value), { "Content-Type": "application/json" });
}

let running = null; // one sender at a time; whoever asks meanwhile waits for it
let again = false;

function pump() {
  again = true;
  if (submitted) return Promise.resolve();
  running ??= send().finally(() => {
    running = null;
    tell();
  });
  return running;
}

async function send() {
  try {
    while (again) {
      again = false;
      await sendAnswers();
      await sendFacts();
      await sendFiles();
    }
    away = false;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // fetch says TypeError when nothing answers
    away = true;
    setTimeout(pump, RETRY);
  }
}

async function sendAnswers() {
  for (const [name, answer] of Object.entries(local.answers)) {
    if (answer.sent || answer.refused) continue;
    const { state, value, note, written_at } = answer;
    try {
      await askJson("PUT", `${base}/answers/${name}`, { state, value, note, written_at });
      settle(name, answer, { sent: true }, WORDS.here);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      settle(name, answer, { refused: true }, error.message);
    }
    tell();
  }
}

function settle(name, answer, outcome, words) {
  if (local.answers[name] !== answer) {
    again = true; // written anew while it was on its way
    return;
  }
  Object.assign(answer, outcome);
  store();
  const question = questionOf(name);
  if (question) say(question, words, outcome.refused);
}

async function sendFacts() {
  const facts = local.facts;
  if (!facts || facts.sent || facts.refused) return;
  try {
    await askJson("PUT", `${base}/facts`, facts.values);
    facts.sent = true;
    sayFacts(WORDS.here);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    facts.refused = true;
    sayFacts(error.message, true);
  }
  if (local.facts !== facts) again = true;
  store();
}

function pending() {
  const answers = Object.values(local.answers).filter((one) => !one.sent && !one.refused).length;
  const facts = local.facts && !local.facts.sent && !local.facts.refused ? 1 : 0;
  return answers + facts + files.filter((one) => !one.arrived && !one.refused).length;
}

function tell() {
  const place = document.getElementById("state");
  const waiting = pending();
  const refused =
    Object.values(local.answers).filter((one) => one.refused).length +
    files.filter((one) => one.refused).length;
  if (submitted) place.textContent = WORDS.submitted;
  else if (signedOut) place.textContent = WORDS.signIn;
  else if (away || !navigator.onLine) place.textContent = WORDS.offline(waiting);
  else if (waiting) place.textContent = WORDS.waiting(waiting);
  else if (refused) place.textContent = WORDS.refused(refused);
  else place.textContent = WORDS.saved;
  place.classList.toggle("wrong", away || signedOut || refused > 0);
}

// ---- Files -------------------------------------------------------------------------------------

const files = []; // { key, criterion, name, size, sha256, taken_at, latitude, longitude, blob, … }
let opened;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("rukang", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("files", { keyPath: "key" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function inFiles(mode, work) {
  const store_ = (await database()).transaction("files", mode).objectStore("files");
  return new Promise((resolve, reject) => {
    const request = work(store_);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function addFiles(question, field) {
  if (submitted) return;
  if (!window.isSecureContext) {
    say(question, WORDS.insecure, true);
    return;
  }
  const chosen = [...field.files];
  field.value = "";
  for (const file of chosen) {
    if (file.size > LARGEST) {
      say(question, `${file.name}: ${WORDS.large}`, true);
      continue;
    }
    await addFile(question.dataset.criterion, file);
  }
  pump();
}

async function addFile(criterion, file) {
  const bytes = await file.arrayBuffer();
  const sha256 = hex(await crypto.subtle.digest("SHA-256", bytes));
  const key = `${form.dataset.sheet}/${criterion}/${sha256}`;
  if (files.some((one) => one.key === key)) return;
  const kept = {
    key,
    sheet: form.dataset.sheet,
    criterion,
    name: file.name.slice(-120),
    size: file.size,
    sha256,
    taken_at: new Date(file.lastModified).toISOString(),
    blob: new Blob([bytes]),
    ...(await place()),
  };
  await inFiles("readwrite", (all) => all.put(kept));
  files.push(kept);
  drawFiles(criterion);
  tell();
}

function hex(buffer) {
  return [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Where the photograph was taken, if the person lets it be known; never waited for long.
function place() {
  return new Promise((resolve) => {
    if (!navigator.geolocation) {
      resolve({});
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        resolve({ latitude: coords.latitude.toFixed(5), longitude: coords.longitude.toFixed(5) }),
      () => resolve({}),
      { timeout: 3000, maximumAge: 120000 },
    );
  });
}

async function sendFiles() {
  for (const file of files) {
    if (file.arrived || file.refused) continue;
    try {
      await sendFile(file);
      file.arrived = true;
      await inFiles("readwrite", (all) => all.delete(file.key));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      file.refused = error.message;
    }
    drawFiles(file.criterion);
    tell();
  }
}

async function sendFile(file) {
  const { criterion, name, size, sha256, taken_at, latitude, longitude } = file;
  const said = { criterion, name, size, sha256, taken_at, latitude, longitude };
  let awaited = await askJson("POST", `${base}/evidence`, said);
  file.id = awaited.id;
  while (awaited.missing.length) {
    const number = awaited.missing[0];
    const from = number * awaited.part_bytes;
    const part = file.blob.slice(from, from + awaited.part_bytes);
    awaited = await ask("PUT", `/api/v1/evidence/${file.id}/parts/${number}`, part, {
      "Content-Type": "application/octet-stream",
    });
  }
}

async function removeFile(file) {
  if (file.id) await ask("DELETE", `/api/v1/evidence/${file.id}`);
  await inFiles("readwrite", (all) => all.delete(file.key));
  files.splice(files.indexOf(file), 1);
  drawFiles(file.criterion);
  tell();
}

function drawFiles(criterion) {
  const question = questionOf(criterion);
  if (!question) return;
  const list = question.querySelector(".files");
  list.replaceChildren(
    ...files.filter((file) => file.criterion === criterion).map(fileItem),
  );
}

function fileItem(file) {
  const item = document.createElement("li");
  const state = file.refused || (file.arrived ? WORDS.arrived : WORDS.kept);
  item.textContent = `${file.name} · ${Math.ceil(file.size / 1024)} KB · ${state} `;
  if (file.refused) item.classList.add("wrong");
  if (!submitted) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.textContent = WORDS.remove;
    button.setAttribute("aria-label", `${WORDS.remove} ${file.name}`);
    button.addEventListener("click", () => removeFile(file).catch(tell));
    item.append(button);
  }
  return item;
}

// ---- Submitting ----------------------------------------------------------------------------------

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  for (const question of questions()) written(question);
  const open = questions().filter(
    (one) => "required" in one.dataset && !local.answers[one.dataset.criterion],
  );
  if (open.length) {
    for (const question of open) say(question, WORDS.open, true);
    open[0].scrollIntoView({ block: "center" });
    open[0].querySelector("input").focus();
    return;
  }
  const state = document.getElementById("state");
  try {
    await pump();
    if (pending()) return; // said by tell()
    const seen = Object.entries(local.answers).map(([name, one]) => [name, one.written_at]);
    await askJson("POST", `${base}/submission`, { answers: Object.fromEntries(seen) });
    await finish();
  } catch (error) {
    if (error instanceof Refused) {
      state.textContent = error.message;
      state.classList.add("wrong");
    } else {
      away = true;
      tell();
    }
  }
});

// What was submitted is on the server for good; the device keeps nothing of it.
async function finish() {
  submitted = true;
  localStorage.removeItem(KEY);
  for (const file of files) await inFiles("readwrite", (all) => all.delete(file.key));
  lock();
  const worker = navigator.serviceWorker && navigator.serviceWorker.controller;
  if (worker) worker.postMessage({ forget: window.location.pathname });
}

function lock() {
  for (const field of form.elements) field.disabled = true;
  document.getElementById("submit").hidden = true;
  for (const name of new Set(files.map((file) => file.criterion))) drawFiles(name);
  tell();
}

// ---- Beginning, and coming back --------------------------------------------------------------------

// What the server holds: newer answers of another device are taken over, and nothing is put back.
async function meet() {
  const sheet = await ask("GET", base);
  local.offset = offset = Date.parse(sheet.now) - Date.now();
  for (const answer of sheet.answers) {
    const ours = local.answers[answer.criterion];
    if (!ours || Date.parse(ours.written_at) < Date.parse(answer.written_at)) {
      local.answers[answer.criterion] = { ...answer, sent: true };
      show(answer.criterion, answer);
    }
  }
  if (!local.facts || local.facts.sent) {
    local.facts = { values: sheet.facts, sent: true };
    showFacts();
  }
  for (const one of sheet.evidence) meetFile(one);
  if (sheet.submitted_at) {
    submitted = true;
    lock();
  } else store();
}

function meetFile(one) {
  const found = files.find((file) => file.criterion === one.criterion && file.sha256 === one.sha256);
  if (found) found.id = one.id;
  else {
    const arrived = Boolean(one.complete_at);
    files.push({ ...one, key: `server/${one.id}`, arrived, refused: arrived ? null : WORDS.partly });
  }
  drawFiles(one.criterion);
}

function showFacts() {
  for (const field of form.querySelectorAll(".fact")) {
    const value = local.facts && local.facts.values[field.dataset.fact];
    if (value !== undefined) field.value = String(Number(value));
  }
}

async function begin() {
  for (const [name, answer] of Object.entries(local.answers)) show(name, answer);
  showFacts();
  const kept = await inFiles("readonly", (all) => all.getAll());
  files.push(...kept.filter((file) => file.sheet === form.dataset.sheet));
  for (const file of files) drawFiles(file.criterion);
  if (submitted) lock();
  await resume();
  form.dataset.ready = "";
}

async function resume() {
  try {
    await meet();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    away = true;
  }
  tell();
  await pump();
}

window.addEventListener("online", resume);
window.addEventListener("offline", tell);
// The worker starts after this page was loaded, so it is told what to keep of it.
async function keepPage() {
  if (!navigator.serviceWorker || submitted) return;
  await navigator.serviceWorker.register("/inspections/sheet-worker.js");
  const { active } = await navigator.serviceWorker.ready;
  const drawn = [...document.querySelectorAll("link[href], script[src]")];
  const paths = drawn.map((one) => new URL(one.href || one.src).pathname);
  active.postMessage({ keep: [window.location.pathname, ...new Set(paths)] });
}

begin();
keepPage();
