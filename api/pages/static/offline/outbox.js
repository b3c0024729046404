// Sends what waits in a store, one entry after the other, by one tab at a time.
import { Away, Blocked, Refused } from "./server.js";

export class Outbox {
  // `deliver` maps a kind of record to a function (entry, file) that sends one entry and returns
  // { sequence, conflict, stands }; it throws what server.js throws.
  // `again` is called when it is time for another attempt, `changed` when `trouble` has changed.
  constructor(store, deliver, { retry = 4000, changed = () => {}, again } = {}) {
    this.store = store;
    this.deliver = deliver;
    this.retry = retry; // milliseconds between attempts while nobody answers
    this.changed = changed;
    this.attempt = again ?? (() => this.pump());
    this.trouble = null; // an Away or Blocked while sending does not get on
    this.running = null;
    this.again = false;
  }

  // Sends until nothing waits or nobody answers; whoever asks meanwhile waits for the same end.
  pump() {
    this.again = true;
    this.running ??= this.#pump().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  // Does something else with the server while no tab of this account sends; null if it cannot.
  alone(work) {
    return this.#inTurn(async () => {
      const result = await work();
      this.#say(null);
      return result;
    });
  }

  async #pump() {
    while (this.again) {
      this.again = false;
      await this.#inTurn(() => this.#send());
    }
  }

  async #send() {
    for (;;) {
      // What no attempt was made to send can still be changed in place.
      if (navigator.onLine === false) throw new Away();
      const found = await this.store.next(Object.keys(this.deliver));
      if (!found) return;
      const { entry, file } = found;
      try {
        await this.store.confirm(entry, await this.deliver[entry.kind](entry, file));
        this.#say(null);
      } catch (fault) {
        if (!(fault instanceof Refused)) throw fault;
        await this.store.refuse(entry, fault.message);
      }
    }
  }

  #inTurn(work) {
    const name = `rukang-outbox ${this.store.account}`;
    const minded = () => this.#minding(work);
    // Without locks (pages not served securely) two tabs may send the same entry: it is kept once.
    return navigator.locks ? navigator.locks.request(name, minded) : minded();
  }

  async #minding(work) {
    try {
      return await work();
    } catch (fault) {
      if (!(fault instanceof Away || fault instanceof Blocked)) throw fault;
      this.#say(fault);
      clearTimeout(this.timer);
      this.timer = setTimeout(this.attempt, this.retry);
      return null;
    }
  }

  #say(trouble) {
    const before = this.trouble;
    this.trouble = trouble;
    if (before?.message !== trouble?.message || !before !== !trouble) this.changed();
  }
}
