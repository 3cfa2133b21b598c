// Keeps what is being typed: the text of a form's field goes to the server (POST /drafts) in the pauses, when the field
// is left and when the page goes, not only when Streamlit sends it. What the server has not acknowledged lies in this
// window's own storage and is tried again; only then, or while 试算 holds what is not downloaded
// (ui/components/leaving.py), does the browser ask before the page is left.
"use strict";
(() => {
  const PAUSE = 800;               // ms after the first letter that is not sent yet
  const AGAIN = 3000;              // ms until a try that failed is made again
  const LATER = 30000;             // ms, where the server refuses what this script sends
  const MOST_BY_BEACON = 60000;    // bytes; browsers drop more than 64 KiB without a word
  const MOST_AT_ONCE = 400000;     // bytes; the server takes 512 KiB
  const MARK = ".dc-leaving";
  const CLASS = "st-key-";         // Streamlit's class of an element with a key; ours are f-… (ui/form_keys.py)
  const session = window.dcSession;
  const waiting = new Map();       // key → { text, n }: typed and not acknowledged
  const refused = new Map();       // key → { label, words }: what the server will not keep
  let beside = "";                 // keys of those whose refused save says so beside the buttons (forms/faults.py)
  const size = (text) => new Blob([text]).size;
  let number = stored("dc-typed-n") ?? 0;
  let restoredFor = null;
  let timer = 0;
  let sending = false;
  let panel = null;

  function stored(name) {
    try { return JSON.parse(sessionStorage.getItem(name)); } catch { return null; }
  }

  function store(name, value) {
    try { sessionStorage.setItem(name, JSON.stringify(value)); } catch { /* full, or a browser that keeps nothing */ }
  }

  function remember() {
    if (session.account() === null) return;
    store("dc-typed-n", number);
    store(`dc-typed-${session.account()}`, [...waiting]);
  }

  function isText(element) {
    return element instanceof HTMLTextAreaElement
      || (element instanceof HTMLInputElement && element.type === "text" && element.getAttribute("role") !== "combobox");
  }

  function keyOf(element) {
    const box = isText(element) ? element.closest("[data-testid='stTextArea'], [data-testid='stTextInput']") : null;
    const holder = box?.closest(`[class*='${CLASS}']`);
    const name = holder && [...holder.classList].find((one) => one.startsWith(`${CLASS}f-`));
    return name ? name.slice(CLASS.length) : null;
  }

  // A chosen file is named at once: of one that the browser refuses nothing else would ever reach the server.
  function nameFile(element, name) {
    const holder = element.closest(`[class*='${CLASS}f-']`);
    const mark = holder && [...holder.classList].find((one) => one.startsWith(`${CLASS}f-`));
    if (!mark) return;
    number += 1;
    waiting.set(mark.slice(CLASS.length), { text: name, n: number });
    remember();
    send();
  }

  document.addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.type === "file" && event.target.files.length > 0) {
      nameFile(event.target, event.target.files[0].name);
    }
  }, true);
  document.addEventListener("drop", (event) => {
    const file = event.dataTransfer?.files?.[0];
    if (file && event.target instanceof Element) nameFile(event.target, file.name);
  }, true);
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-testid='stFileUploaderDeleteBtn']") : null;
    if (button) nameFile(button, "");
  }, true);

  function send() {
    window.clearTimeout(timer);
    timer = 0;
    if (sending || waiting.size === 0 || session.over()) return;
    const items = [];
    let bytes = 0;
    for (const [key, { text, n }] of waiting) {
      const more = size(text) * 1.1 + 300;
      if (more > MOST_AT_ONCE) { waiting.delete(key); refuse(key, "这一栏太长，没有暂存。请删减后再继续。"); continue; }
      if (bytes + more > MOST_AT_ONCE) break;
      bytes += more;
      items.push({ key, text, n });
    }
    if (items.length > 0) post(items);
  }

  async function post(items) {
    sending = true;
    let status = 0;
    let told = [];
    try {
      const answer = await fetch("/drafts", {
        method: "POST", cache: "no-store", credentials: "same-origin", redirect: "error",
        headers: { "Content-Type": "application/json" }, body: JSON.stringify({ tab: session.tab, items }),
      });
      status = answer.status;
      if (status === 200) told = (await answer.json()).refused;
    } catch { status = 0; }
    sending = false;
    if (status === 204 || status === 200) acknowledged(items, told);
    else if (status === 401) session.ask();  // tells that the session is over; a new one is told by dc-session
    else {
      remember();
      wait(status === 0 || status >= 500 ? AGAIN : LATER);
    }
  }

  function acknowledged(items, told) {
    const spoken = items.filter(({ key }) => refused.delete(key)).length > 0;
    for (const { key, n } of items) if (waiting.get(key)?.n === n) waiting.delete(key);
    for (const { key, words } of told) refuse(key, words);
    if (spoken && told.length === 0) show();
    remember();
    if (waiting.size > 0) wait(PAUSE);
  }

  function wait(pause) {
    if (timer === 0) timer = window.setTimeout(send, pause);
  }

  function lastWords() {
    remember();
    const items = [];
    let bytes = 200;
    for (const [key, { text, n }] of [...waiting].reverse()) {
      const item = { key, text, n };
      const more = size(JSON.stringify(item)) + 1;
      if (bytes + more > MOST_BY_BEACON) continue;  // sent in a pause before, or waits in this window's storage
      bytes += more;
      items.push(item);
    }
    if (items.length === 0) return;
    const body = JSON.stringify({ tab: session.tab, items });
    navigator.sendBeacon("/drafts", new Blob([body], { type: "application/json" }));
  }

  function refuse(key, words) {
    const label = document.querySelector(`.${CLASS}${key} [data-testid='stWidgetLabel']`)?.textContent.trim();
    refused.set(key, { label, words });
    show();
  }

  function show() {
    const silent = beside.split(" ");
    const spoken = [...refused].filter(([key]) => !silent.includes(key)).map(([, words]) => words);
    if (spoken.length === 0) { panel?.remove(); panel = null; return; }
    const lines = spoken.map(({ label, words }) => {
      const line = document.createElement("p");
      line.textContent = label ? `“${label}”：${words}` : words;
      return line;
    });
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "知道了";
    close.addEventListener("click", () => { panel.hidden = true; });
    if (panel === null) {
      panel = document.createElement("section");
      panel.className = "dc-refused dc-verbatim";
      panel.setAttribute("role", "alert");
      document.body.append(panel);
    }
    panel.hidden = false;
    panel.replaceChildren(...lines, close);
  }

  // A field that is gone (saved, given up, another row) is spoken of no more.
  function prune() {
    const gone = [...refused.keys()].filter((key) => document.querySelector(`.${CLASS}${key}`) === null);
    for (const key of gone) refused.delete(key);
    const before = beside;
    beside = [...document.querySelectorAll(".dc-faults")].map((mark) => mark.dataset.told).join(" ");
    if (gone.length > 0 || beside !== before) show();
  }
  window.setInterval(prune, 500);

  document.addEventListener("input", (event) => {
    const key = keyOf(event.target);
    if (key === null) return;
    number += 1;
    waiting.delete(key);  // the last one typed in stands last
    waiting.set(key, { text: event.target.value, n: number });
    wait(PAUSE);
  }, true);

  document.addEventListener("focusout", () => send(), true);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") { remember(); send(); } });
  window.addEventListener("pagehide", lastWords);

  // Whose page this is may be known before this script runs, or after, or anew once somebody has signed in again.
  function resume() {
    const account = session.account();
    if (account === null) return;
    if (restoredFor !== account) {
      restoredFor = account;
      const typed = [...waiting];
      waiting.clear();
      for (const [key, item] of [...(stored(`dc-typed-${account}`) ?? []), ...typed]) waiting.set(key, item);
    }
    send();
  }
  document.addEventListener("dc-session", resume);
  resume();

  window.addEventListener("beforeunload", (event) => {
    if (waiting.size === 0 && refused.size === 0 && document.querySelector(MARK) === null) return;
    event.preventDefault();
    event.returnValue = true;  // browsers of before 2024
  });
})();
