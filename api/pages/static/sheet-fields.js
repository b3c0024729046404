// The fields of a score sheet: reading what is in the form, showing a value, saying what became of it.
//
// A field is a question or a figure of the home. `read` returns { value }, with a `fault` in words if
// it cannot be kept as written; or null if nothing is there.
import { readNumber, showNumber } from "./numbers.js";
import { WORDS } from "./sheet-words.js";

export const FACT = "fact:";

class Field {
  constructor(element, name) {
    this.element = element;
    this.name = name;
    this.fault = null;
    this.shown = null;
  }

  get label() {
    return this.element.dataset.label;
  }

  say(words, wrong) {
    const place = this.element.querySelector(".said");
    if (place.textContent !== words) place.textContent = words;
    place.classList.toggle("wrong", Boolean(wrong));
  }

  // Offers what two devices wrote, to choose one of them.
  offer(values, chosen) {
    const place = this.element.querySelector(".choose");
    const text = JSON.stringify(values);
    if (place.dataset.shown === text) return;
    place.dataset.shown = text;
    place.hidden = values.length === 0;
    const buttons = values.map((value) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "quiet";
      button.textContent = WORDS.choice(this.describe(value));
      button.addEventListener("click", () => chosen(value));
      return button;
    });
    const head = document.createElement("p");
    head.textContent = WORDS.choose;
    place.replaceChildren(...(values.length ? [head, ...buttons] : []));
  }

  // Shows a value, unless the person is just writing something else.
  update(value) {
    if (value === undefined || this.fault) return;
    if (document.activeElement === this.number && this.read()?.fault) return;
    const text = JSON.stringify(value);
    if (text === this.shown) return;
    this.shown = text;
    this.show(value);
  }
}

export class Question extends Field {
  constructor(element) {
    super(element, element.dataset.criterion);
    this.number = element.querySelector(".number");
    this.note = element.querySelector(".note");
    this.contradicts = element.querySelector(".contradicts");
    this.percent = element.dataset.kind === "share";
    this.required = "required" in element.dataset;
  }

  read() {
    const note = this.note.value.trim();
    const text = this.number?.value.trim() ?? "";
    if (text) {
      const { value, fault } = readNumber(text, this);
      if (fault) return { value: noteOnly(note), fault: WORDS.unread(fault) };
      return this.#against({ state: "met", value, note });
    }
    const picked = this.element.querySelector("input[type=radio]:checked");
    if (!picked) return note || this.shown ? { value: noteOnly(note) } : null;
    const [state, value] = picked.value.split("|");
    if (state === "not_applicable" && !note) return { value: noteOnly(""), fault: WORDS.reason };
    return this.#against({ state, value: value || null, note });
  }

  // What is found otherwise than reported or recorded needs its reason.
  #against(said) {
    if (!this.contradicts?.checked) return { value: said };
    if (said.state === "no_data") return { value: noteOnly(said.note), fault: WORDS.against };
    if (!said.note) return { value: noteOnly(""), fault: WORDS.whyAgainst };
    return { value: { ...said, contradicts: true } };
  }

  show({ state, value, note, contradicts }) {
    if (this.contradicts && !this.contradicts.disabled) {
      this.contradicts.checked = Boolean(contradicts);
    }
    if (this.number) this.number.value = state === "met" ? showNumber(value, this) : "";
    const wanted = `${state}|${this.number ? "" : (value ?? "")}`;
    for (const radio of this.#radios()) radio.checked = radio.value === wanted;
    if (this.note.value.trim() !== note) this.note.value = note;
  }

  // A number and a choice exclude each other; a number is shown back as it was understood.
  tidy(target) {
    if (target.type === "radio" && this.number) this.number.value = "";
    if (target !== this.number || !target.value.trim()) return;
    for (const radio of this.#radios()) radio.checked = false;
    const { value } = readNumber(target.value, this);
    if (value !== undefined) target.value = showNumber(value, this);
  }

  describe({ state, value, note }) {
    const wanted = `${state}|${this.number ? "" : (value ?? "")}`;
    const radio = this.#radios().find((one) => one.value === wanted);
    const number = this.number && state === "met" ? showNumber(value, this) : null;
    const said = number ?? radio?.closest("label").textContent.replace(/\s+/g, " ").trim();
    return [said ?? WORDS.noAnswer, note && `“${note}”`].filter(Boolean).join(" ");
  }

  #radios() {
    return [...this.element.querySelectorAll("input[type=radio]")];
  }
}

export class Fact extends Field {
  constructor(element) {
    super(element, FACT + element.dataset.fact);
    this.number = element.querySelector("[type=text]");
    this.unknown = element.querySelector(".unknown");
    this.required = true;
  }

  // A figure that nobody found is a word of its own; an empty field says nothing.
  read() {
    const text = this.number.value.trim();
    if (!text && this.unknown.checked) return { value: UNKNOWN };
    if (!text) return this.shown ? { value: { value: null } } : null;
    const { value, fault } = readNumber(text);
    return fault ? { value: { value: null }, fault: WORDS.unread(fault) } : { value: { value } };
  }

  show({ value, state }) {
    this.number.value = showNumber(value);
    this.unknown.checked = Boolean(state);
  }

  // A figure and “unknown” exclude each other.
  tidy(target) {
    if (target === this.unknown) {
      if (target.checked) this.number.value = "";
      return;
    }
    if (!target.value.trim()) return;
    this.unknown.checked = false;
    const { value } = readNumber(target.value);
    if (value !== undefined) target.value = showNumber(value);
  }

  describe({ value, state }) {
    if (state) return WORDS.unknown;
    return value === null ? WORDS.noAnswer : showNumber(value);
  }
}

const UNKNOWN = Object.freeze({ value: null, state: "no_data" });

function noteOnly(note) {
  return { state: null, value: null, note };
}
