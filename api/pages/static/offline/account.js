// On every page of somebody signed in: what still waits on this device, of them and of others.
import { openStore } from "./store.js";

const { account, name } = document.body.dataset;
const WORDS = {
  mine: (n) =>
    `您有 ${n} 项内容还在这台设备上，没有上传：请打开填写的页面。` +
    ` ${n} entries of yours wait on this device: open the page they were written on.`,
  other: (who, n) =>
    `${who} 有 ${n} 项内容还在这台设备上，没有上传；请其本人在此设备登录后上传。` +
    ` ${n} entries of ${who} wait on this device and are sent once they sign in here.`,
  leave: (n) =>
    `您有 ${n} 项内容还没有上传，只在这台设备上；退出后要再次登录才会上传。仍要退出吗？` +
    `\n\n${n} entries are on this device only and are not sent before you sign in again. Sign out?`,
};

const store = await openStore(account, name);
const place = document.getElementById("waiting");

async function tell() {
  const others = (await store.others()).map(({ name: who, count }) => WORDS.other(who, count));
  const mine = document.getElementById("sheet") ? 0 : await store.waiting(); // a sheet tells itself
  const lines = mine ? [WORDS.mine(mine), ...others] : others;
  place.replaceChildren(
    ...lines.map((text) => {
      const line = document.createElement("p");
      line.className = "notice";
      line.textContent = text;
      return line;
    }),
  );
}

document.querySelector("form.who")?.addEventListener("submit", async (event) => {
  const form = event.target;
  event.preventDefault();
  const count = await store.waiting();
  if (count && !window.confirm(WORDS.leave(count))) return;
  await store.forget();
  navigator.serviceWorker?.controller?.postMessage({ forgetAll: true });
  form.submit();
});

store.subscribe(tell);
await tell();
document.body.dataset.told = "";
