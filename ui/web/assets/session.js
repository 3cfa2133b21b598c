// Tells when the session is over: signed out elsewhere, timed out, shut out. What is saved is safe; what is typed stays
// on the page until the person leaves it. Runs before Streamlit's script, so that it sees every websocket.
"use strict";
(() => {
  const ENDED = 4401;         // ui/web/gate.py
  const ASK_AGAIN = 3000;     // while the notice stands: has someone signed in again in another tab?
  const ASK_LATER = 5000;     // after a lost connection: the server itself may be away
  // Streamlit takes its server for one below the page's own address first, and asks there in vain, unless told where it is.
  window.__streamlit = { BACKEND_BASE_URL: `${window.location.origin}/` };
  const Native = window.WebSocket;
  let account = null;         // whose page this is
  let notice = null;
  let asking = 0;

  class Watched extends Native {
    constructor(...given) {
      super(...given);
      this.addEventListener("close", (event) => {
        if (event.code === ENDED) ended();
        else ask();
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
  }

  function ended() {
    if (!notice) { notice = build(); document.body.append(notice); notice.querySelector("a").focus(); }
    later(ASK_AGAIN);
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

  whose().then((found) => { if (typeof found === "number") account = found; });
})();
