// A file that the browser refuses (too large, of another kind) or is still sending never reaches the page's script, which
// would save without it. So whoever presses 保存 then is told, and nothing is saved until the file is gone or has arrived.
"use strict";
(() => {
  const REFUSED = "[data-testid='stFileChip'][aria-invalid='true']";
  const SENDING = "[data-testid='stFileChip']:has([data-testid='stFileChipIconSpinner'])";
  const SAVING = /^(保存|全部保存|确认导入|读取所选)/;
  let told = null;

  function name(chip) {
    return chip.querySelector("[data-testid='stFileChipName']")?.title ?? "";
  }

  function why() {
    const refused = document.querySelector(REFUSED);
    if (refused) {
      const reason = refused.querySelector("[role='alert']")?.textContent.replace(/^[^：]*：/, "") ?? "";
      return `没有保存：文件“${name(refused)}”没有上传，${reason}请先移除它或换一个文件，再保存。`;
    }
    const sending = document.querySelector(SENDING);
    return sending ? `没有保存：文件“${name(sending)}”还在上传，请稍候再保存。` : "";
  }

  function tell(words) {
    if (!told) {
      told = document.createElement("p");
      told.className = "dc-told";
      told.setAttribute("role", "alert");
      document.body.append(told);
    }
    told.textContent = words;
    told.hidden = !words;
  }

  // On the window, before Streamlit's own listeners.
  window.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (!button || !SAVING.test(button.textContent.trim())) return;
    const words = why();
    tell(words);
    if (!words) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);

  // What was said no longer holds once the file is gone.
  new MutationObserver(() => { if (told && !told.hidden && !why()) tell(""); })
    .observe(document.documentElement, { subtree: true, childList: true });
})();
