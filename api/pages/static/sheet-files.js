// Photographs and files of a score sheet: taking them in, and listing them below their question.
import { FILE } from "./sheet-delivery.js";
import { WORDS } from "./sheet-words.js";

const LARGEST = 12 * 1024 * 1024;

// Returns { field, value, file } for the outbox, or { fault } in words.
export async function readFile(criterion, file) {
  if (!window.isSecureContext) return { fault: WORDS.insecure };
  if (file.size > LARGEST) return { fault: `${file.name}: ${WORDS.large}` };
  const bytes = await file.arrayBuffer();
  const sha256 = hex(await crypto.subtle.digest("SHA-256", bytes));
  const value = {
    criterion,
    name: file.name.slice(-120),
    size: file.size,
    sha256,
    taken_at: new Date(file.lastModified).toISOString(),
    ...(await place()),
  };
  return { field: `${FILE}${criterion}:${sha256}`, value, file: new Blob([bytes]) };
}

// Lists what there is of a criterion; each with what became of it and, before submission, a button.
export function drawFiles(list, files, remove) {
  list.replaceChildren(...files.map((file) => fileItem(file, remove)));
}

function fileItem({ value, words, wrong, ...which }, remove) {
  const item = document.createElement("li");
  item.textContent = `${value.name} · ${Math.ceil(value.size / 1024)} KB · ${words} `;
  item.classList.toggle("wrong", Boolean(wrong));
  if (!remove) return item;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  button.textContent = WORDS.remove;
  button.setAttribute("aria-label", `${WORDS.remove} ${value.name}`);
  button.addEventListener("click", () => remove(which));
  item.append(button);
  return item;
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
