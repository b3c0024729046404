// Asking the server, and knowing whether it was the server that answered.
//
// A hotel's sign-in page, a proxy or a broken line also answer; only what bears our mark counts.
const MARK = "Rukang-Answer";
const PATIENCE = 120000; // milliseconds; a part of a file takes half a minute on a slow line

// Nobody answered, or somebody else did: try again later.
export class Away extends Error {}

// The server answered that whoever is signed in may not: sign in, then go on.
export class Blocked extends Error {}

// The server does not take what was sent, and says why.
export class Refused extends Error {}

// Returns the server's answer (null for one without content).
export async function ask(method, path, { json, bytes, headers = {} } = {}) {
  const type = json === undefined ? "application/octet-stream" : "application/json";
  const body = json === undefined ? bytes : JSON.stringify(json);
  const answer = await reach(path, {
    method,
    body,
    headers: body === undefined ? headers : { ...headers, "Content-Type": type },
    credentials: "same-origin",
    redirect: "error",
    cache: "no-store",
    signal: AbortSignal.timeout?.(PATIENCE),
  });
  if (!answer.headers.get(MARK) || answer.status >= 500 || answer.status === 429) throw new Away();
  if (answer.status === 204) return null;
  const said = await answer.json().catch(() => {
    throw new Away();
  });
  if (answer.ok) return said;
  const words = said.detail_zh ? `${said.detail_zh} ${said.detail}` : said.detail;
  throw new (answer.status === 401 || answer.status === 403 ? Blocked : Refused)(words);
}

async function reach(path, request) {
  try {
    return await fetch(path, request);
  } catch {
    throw new Away();
  }
}
