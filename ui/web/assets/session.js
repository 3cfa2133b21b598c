// Tells when the session is over: signed out elsewhere, timed out, shut out. What is saved is safe; what is typed stays
// on the page until the person leaves it. Runs before Streamlit's script, so that it sees every websocket, and tells the
// server in its address which of the person's windows it belongs to (drafts of two windows are kept apart).
"use strict";
(() => {
  const ENDED = 4401;         // ui/web/sign_in/watched_socket.py
  const AWAY = 1013;          // there too: the store cannot be read; the close's reason says why, in Chinese
  const ASK_AGAIN = 3000;     // while the notice stands: has someone signed in again in another tab?
  const ASK_LATER = 5000;     // after a lost connection: the server itself may be away
  // Streamlit takes its server for one below the page's own address first, and asks there in vain, unless told where it is.
  window.__streamlit = { BACKEND_BASE_URL: `${window.location.origin}/` };
  const Native = window.WebSocket;
  let account = null;         // whose page this is
  let notice = null;
  let asking = 0;

  // Reloading keeps the window's name; duplicating a tab copies it while its owner lives. So the owner sets it free when
  // it goes, and who finds a name that is not free takes another.
  const tab = ownName();

  function ownName() {
    let name = null;
    try {
      name = sessionStorage.getItem("dc-tab");
      if (name === null || sessionStorage.getItem("dc-tab-free") !== name) name = newName();
      sessionStorage.setItem("dc-tab", name);
      sessionStorage.removeItem("dc-tab-free");
    } catch {  // a browser that keeps nothing
      name = name ?? newName();
    }
    return name;
  }

  function newName() {
    return [...crypto.getRandomValues(new Uint8Array(20))].map((one) => (one % 36).toString(36)).join("");
  }

  function setFree(free) {
    try {
      if (free) sessionStorage.setItem("dc-tab-free", tab);
      else sessionStorage.removeItem("dc-tab-free");
    } catch { /* a browser that keeps nothing */ }
  }
  window.addEventListener("pagehide", () => setFree(true));
  window.addEventListener("pageshow", () => setFree(false));

  function named(address) {
    const stream = new URL(address, window.location.href);
    if (stream.pathname.endsWith("/_stcore/stream")) stream.searchParams.set("tab", tab);
    return stream;
  }

  class Watched extends Native {
    constructor(address, ...given) {
      super(named(address), ...given);
      this.addEventListener("close", (event) => {
        document.documentElement.classList.add("dc-away");
        if (event.code === ENDED) ended();
        else ask();
        if (event.code === AWAY) away(event.reason);
      });
      this.addEventListener("open", () => {
        document.documentElement.classList.remove("dc-away");
        away("");
      });
    }
  }
  window.WebSocket = Watched;

  // The server's word on whose session this browser has: an account, null for none, undefined when it cannot be asked.
  async function whose() {
    try {
      const answer = await fetch("/session", { cache: "no-store", credentials: "same-origin", redirect: "error" });
      if (answer.status === 401) return null;
      return answer.ok ? (await answer.json()).account : undefined;
    } catch {
      return undefined;
    }
  }

  async function ask() {
    const found = await whose();
    if (found === null) ended();
    else if (found === undefined) later(ASK_LATER);
    else resume(found);
  }

  function later(wait) {
    window.clearTimeout(asking);
    asking = window.setTimeout(ask, wait);
  }

  function resume(found) {
    if (account !== null && found !== account) { window.location.reload(); return; }
    account = found;
    if (notice) { notice.remove(); notice = null; }
    document.documentElement.classList.remove("dc-over");
    known();
  }

  // drafts.js waits for it: whose texts are waiting, and that they may be sent (again).
  function known() {
    document.dispatchEvent(new Event("dc-session"));
  }

  function ended() {
    document.documentElement.classList.add("dc-over");
    if (!notice) { notice = build(); document.body.append(notice); notice.querySelector("a").focus(); }
    later(ASK_AGAIN);
  }

  // Streamlit tells each try to connect that was refused in a dialog of its own, which makes everything else on the page
  // deaf, our notice too: it is not shown (official.css) and closed at once.
  new MutationObserver(() => {
    if (!notice) return;
    for (const dialog of document.querySelectorAll(".stDialog:not(:has([data-testid='stVerticalBlock']))")) {
      dialog.querySelector("button")?.click();
    }
  }).observe(document.documentElement, { subtree: true, childList: true });

  // The message that met it went no further: what was pressed is to be pressed again.
  let trouble = null;
  function away(reason) {
    if (!trouble && !reason) return;
    trouble ??= document.body.appendChild(element("p", "", { class: "dc-told", role: "alert" }));
    trouble.hidden = !reason;
    trouble.textContent = `${reason}刚才的操作没有办理，填写的内容仍留在本页；恢复后请再按一次。`;
  }

  function element(name, text, attributes = {}) {
    const made = document.createElement(name);
    made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  function build() {
    const here = window.location.pathname + window.location.search;
    const login = `/login?next=${encodeURIComponent(here)}`;
    const cover = element("div", "", { class: "dc-ended", role: "alertdialog", "aria-modal": "true", "aria-labelledby": "dc-ended-title" });
    const card = element("div", "");
    const actions = element("div", "", { class: "dc-ended-actions" });
    const hide = element("button", "先查看本页", { type: "button" });
    hide.addEventListener("click", () => { cover.hidden = true; });
    actions.append(
      element("a", "重新登录", { href: login, class: "dc-ended-main" }),
      element("a", "在新标签页登录，保留本页输入", { href: login, target: "_blank", rel: "noopener" }),
      hide,
    );
    card.append(
      element("h2", "登录已失效", { id: "dc-ended-title" }),
      element("p", "您已在别处退出，或者长时间没有操作，或者账号已被管理员变更。"),
      element("p", "已保存的内容都在。本页上还没有保存的输入尚未提交：可先复制留存，或在新标签页登录后回到本页继续。"),
      actions,
    );
    cover.append(card);
    return cover;
  }

  window.dcSession = { tab, account: () => account, over: () => notice !== null, ask };
  whose().then((found) => { if (typeof found === "number") { account = found; known(); } });
})();
