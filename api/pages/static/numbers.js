// Reading a number as people here write it, and refusing what could mean two numbers.
//
// The point is the decimal sign; commas or spaces may part thousands and nothing else. Full-width
// digits and signs are read like narrow ones.
const GROUPED = /^[1-9]\d{0,2}(?:(?:,\d{3})+|(?: \d{3})+)(?:\.\d+)?$/;
const PLAIN = /^\d+(?:\.\d+)?$/;
const LONGEST = 12; // digits before the point, and as many after it

const WORDS = {
  number: "请只填数字，例如 1260 或 12.5。 Write digits only, such as 1260 or 12.5.",
  negative: "不能小于 0。 It cannot be below 0.",
  percent: "这里不填百分号，请填数量。 No percent here: write the amount.",
  comma: "看不出这个逗号是小数点还是千分位：小数请用“.”，例如 12.5。"
    + " A comma here could mean two things: write decimals with a point, such as 12.5.",
  long: "数字太长，请检查。 Too many digits; check it.",
};

// Returns { value } as plain decimal text, or { fault } in words. A percentage is returned as a
// share: 85 and 85% are both 0.85.
export function readNumber(text, { percent = false } = {}) {
  let plain = text.normalize("NFKC").replace(/\s+/g, " ").trim();
  if (plain.endsWith("%")) {
    if (!percent) return { fault: WORDS.percent };
    plain = plain.slice(0, -1).trim();
  }
  if (/^[-−]/.test(plain)) return { fault: WORDS.negative };
  if (GROUPED.test(plain)) plain = plain.replace(/[, ]/g, "");
  if (!PLAIN.test(plain)) return { fault: /^[\d,.]+$/.test(plain) ? WORDS.comma : WORDS.number };
  const [whole, rest = ""] = plain.split(".");
  if (whole.length > LONGEST || rest.length > LONGEST) return { fault: WORDS.long };
  return { value: shifted(plain, percent ? -2 : 0) };
}

// Returns decimal text as a person reads it; a share as a percentage without its sign.
export function showNumber(value, { percent = false } = {}) {
  const text = String(value ?? "");
  return PLAIN.test(text) ? shifted(text, percent ? 2 : 0) : text;
}

// Moves the point by some places, exactly, and drops zeros that say nothing.
function shifted(text, places) {
  const [whole, rest = ""] = text.split(".");
  const digits = "0".repeat(4) + whole + rest + "0".repeat(4);
  const at = 4 + whole.length + places;
  const before = digits.slice(0, at).replace(/^0+(?=\d)/, "");
  const after = digits.slice(at).replace(/0+$/, "");
  return after ? `${before}.${after}` : before;
}
