// A reviewer's row by keyboard (the keys stand beside its title): the next doubtful row,
// 达标, 存疑. Not while something is typed, nor with another key held.
"use strict";
(() => {
  const TYPING = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true], [role=combobox]";

  function press(place) {
    const button = document.querySelector(place);
    if (button === null || button.disabled) return false;
    button.click();
    return true;
  }

  // The answer is chosen and the focus stands on the button that saves: Enter saves.
  function met() {
    const options = [...document.querySelectorAll('.st-key-row-page-find [data-testid="stRadio"] label')];
    const option = options.find((one) => ["达标", "不存在"].includes(one.textContent.trim()));
    if (option === undefined) return;
    option.click();
    document.querySelector('.st-key-row-page-find [class*="st-key-closing-"] button')?.focus();
  }

  function doubt() {
    const opener = document.querySelector('.st-key-row-page-find [class*="-doubt-"] input');
    opener?.scrollIntoView({ block: "center" });
    opener?.click();
  }

  const KEYS = { n: () => press(".st-key-next-doubtful button"), y: met, d: doubt };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (document.querySelector(".dc-keys") === null) return;
    if (event.target instanceof Element && event.target.closest(TYPING) !== null) return;
    const act = KEYS[event.key.toLowerCase()];
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
})();
