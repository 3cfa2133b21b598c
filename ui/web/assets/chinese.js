// Streamlit has no translations: this replaces the English of its own chrome, wherever it appears, and touches nothing
// else. Only whole texts found in the table are replaced, and never inside what people wrote (.dc-verbatim, inputs).
// It also takes out what made text safe for Streamlit's Markdown: escapes in accessible names, joiners on the page.
"use strict";
(() => {
  const WHOLE = new Map(Object.entries({
    "Upload": "选择文件",
    "file upload": "选择文件",
    "Upload file": "选择文件",
    "Upload files": "选择文件",
    "Browse files": "选择文件",
    "Add files": "继续添加文件",
    "Drag and drop a file here": "或将文件拖放到此处",
    "Drag and drop file here": "或将文件拖放到此处",
    "Drag and drop files here": "或将文件拖放到此处",
    "Upload failed": "上传失败",
    "Unexpected error. Please try again.": "上传未完成，请重试。",
    "Only one file is allowed.": "只能选择一个文件。",
    "Click to retry upload": "点击重新上传",
    "Choose an option": "请选择",
    "Choose options": "请选择",
    "Choose or add an option": "请选择",
    "Choose or add options": "请选择",
    "Add options": "请选择",
    "Add an option": "请选择",
    "No options to select": "没有可选项",
    "No options to select.": "没有可选项",
    "No options": "没有可选项",
    "No results": "没有匹配项",
    "Select all": "全选",
    "Selected values": "已选",
    "Clear all": "全部清除",
    "Clear value": "清除",
    "Clear date": "清除",
    "Choose date": "选择日期",
    "Use arrow keys to navigate dates. Enter to select. Escape to close.": "用方向键移动，回车键选定，Esc 键关闭。",
    "Clear entry": "清除",
    "Clear selection": "取消选择",
    "Dismiss": "收起",
    "Open": "展开",
    "Close": "关闭",
    "Selectbox options": "可选项",
    "Multiselect options": "可选项",
    "Selectbox": "单选",
    "Multiselect": "多选",
    "Press Enter to apply": "按回车键生效",
    "Press Ctrl+Enter to apply": "按 Ctrl+回车键生效",
    "Press ⌘+Enter to apply": "按 ⌘+回车键生效",
    "Press Enter to submit form": "按回车键提交",
    "Press Ctrl+Enter to submit form": "按 Ctrl+回车键提交",
    "Press ⌘+Enter to submit form": "按 ⌘+回车键提交",
    "Show password": "显示密码",
    "Hide password": "隐藏密码",
    "Increment": "加",
    "Decrement": "减",
    "Main menu": "菜单",
    "Rerun": "重新计算",
    "Settings": "设置",
    "Print": "打印",
    "Stop": "停止",
    "Stopping...": "正在停止……",
    "Running...": "正在处理……",
    "Loading...": "正在载入……",
    "Please wait...": "请稍候……",
    "Connecting": "正在连接",
    "CONNECTING": "正在连接",
    "Connecting to Streamlit server": "正在连接服务器",
    "Unable to connect to Streamlit server": "连接不上服务器",
    "Connection error": "连接中断",
    "Connection lost. Please wait for the app to reconnect, then try again.": "连接中断，请等待重新连接后再试。",
    "Reconnected to server.": "已重新连接。",
    "Streamlit server is not responding. Are you connected to the internet?": "服务器没有响应，请检查网络。",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:":
      "服务器可能已停止，请联系管理员重新启动。",
    "Page not found": "没有这个页面",
    "The page that you have requested does not seem to exist. Running the app’s main page.":
      "您访问的页面不存在，已打开首页。",
    "Script execution error": "页面出现故障",
    "App pages": "页面",
    "Skip to main content": "跳到正文",
    "Collapse sidebar": "收起侧栏",
    "Sidebar": "侧栏",
    "Expand sidebar": "展开侧栏",
    "Navigate to home page": "返回首页",
    "Scroll tabs left": "向左滚动",
    "Scroll tabs right": "向右滚动",
    "View less": "收起",
    "Fullscreen": "全屏",
    "Close fullscreen": "退出全屏",
    "View fullscreen": "全屏",
    "Toolbar action": "工具",
    "Button action menu": "操作",
    "Copy to clipboard": "复制",
    "Copied": "已复制",
    "Download as CSV": "下载为 CSV",
    "Download failed": "下载失败，请重试",
    "Search": "搜索",
    "Type to search": "输入要找的文字",
    "Close Search": "关闭搜索",
    "Next Result": "下一个",
    "Previous Result": "上一个",
    "Visibility": "显示哪些列",
    "Show/hide columns": "显示哪些列",
    "Add row": "添加一行",
    "Delete row(s)": "删除所选行",
    "Dataframe column menu": "列操作",
    "Sort ascending": "升序",
    "Sort descending": "降序",
    "Autosize": "自动列宽",
    "Pin column": "固定此列",
    "Unpin column": "取消固定",
    "Hide column": "隐藏此列",
    "Copy column name": "复制列名",
    "Statistics": "统计",
    "Format": "格式",
    "Automatic": "自动",
    "Empty": "空",
    "None": "无",
    "No data": "没有数据",
    "Select": "选择",
    "Select...": "选择",
    "Edit": "编辑",
    "Cancel (Escape)": "取消（Esc）",
    "This error should never happen. Please report this bug.": "页面出现故障，请刷新后重试。",
    "Try again": "重试",
  }));

  const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

  const PATTERNS = [
    [/^(?:Limit )?(\d+(?:\.\d+)?) ?([KMG]B) per file(?: • (.*))?$/, (m) => `单个文件不超过 ${m[1]} ${m[2]}${m[3] ? `，${m[3]}` : ""}`],
    [/^(\d+) options? available\.?$/, (m) => `有 ${m[1]} 个可选项。`],
    [/^(.+), selected\.?$/, (m) => `${m[1]}，已选。`],
    [/^(\d+) options? selected\.?$/, (m) => `已选 ${m[1]} 项。`],
    [/^(year|month|day), (.*)$/s, (m) => `${{ year: "年", month: "月", day: "日" }[m[1]]}，${m[2]}`],
    [/^Choose date, (.+)$/, (m) => `选择日期，${m[1]}`],
    [/^(\d+) – ([A-Z][a-z]+)$/, (m) => (MONTHS.includes(m[2]) ? `${m[1]}月` : null)],
    [/^Selected Date: ([A-Z][a-z]+) (\d+), (\d+)$/, (m) => (MONTHS.includes(m[1]) ? `已选日期：${m[3]}年${MONTHS.indexOf(m[1]) + 1}月${m[2]}日` : null)],
    [/^Help for (.+)$/, (m) => `说明：${m[1]}`],
    [/^Remove (.+)$/, (m) => `移除 ${m[1]}`],
    [/^Cancel upload of (.+)$/, (m) => `取消上传 ${m[1]}`],
    [/^Add: (.+)$/, (m) => `添加：${m[1]}`],
    [/^Select (\d+) matches$/, (m) => `选择匹配的 ${m[1]} 项`],
    [/^(\d+) more$/, (m) => `更多（${m[1]}）`],
    [/^View (\d+) more$/, (m) => `再显示 ${m[1]} 项`],
    [/^File must be (.+) or smaller\.?$/, (m) => `文件不得超过 ${m[1]}。`],
    [/^File is larger than (.+)$/, (m) => `文件超过 ${m[1]}`],
    [/^Connection failed with status (\d+)[.,].*$/s, (m) => `服务器没有接受连接（状态 ${m[1]}），正在重新连接。`],
    [/^Connection timed out\b.*$/, () => "连接超时，正在重新连接。"],
    [/^(\d+)\/(\d+) characters?$/, (m) => `${m[1]}/${m[2]} 字`],
    [/^Attempting to connect to .*$/, () => "正在重新连接服务器。"],
    [/^([A-Z][^:]*): (.+)$/s, (m) => (WHOLE.has(m[1]) ? `${WHOLE.get(m[1])}：${m[2]}` : null)],
    [/^Selected (.+)\. (.+)$/, (m) => `已选 ${m[1]}。${translated(m[2]) ?? m[2]}`],
  ];

  // Why the browser refused a file. The kinds are those of its own uploader; each page may have another.
  function refusal(text, chip) {
    if (text.trim() === "Error:") return "文件没有上传：";
    const accept = chip.closest("[data-testid='stFileUploader']")?.querySelector("input[type='file']")?.accept ?? "";
    const kinds = accept.split(",").filter((kind) => kind.startsWith(".")).map((kind) => kind.slice(1)).join("、");
    const size = /File must be (.+?)(?:\.0)? ?([KMG]B) or smaller/.exec(text);
    const reasons = [
      / files are not allowed/.test(text) && `只接受 ${kinds} 文件。`,
      size && `超过 ${size[1]} ${size[2]}。`,
      /Only one file/.test(text) && "一次只能选一个文件。",
      /File size is too small/.test(text) && "是空文件。",
    ].filter(Boolean);
    if (reasons.length > 0) return reasons.join("");
    return /[A-Za-z]{4}/.test(text) && !/[\u4e00-\u9fff]/.test(text) ? "上传中断了，请移除后重新选择。" : null;
  }

  // The parts of an empty date field: only there, "mm" elsewhere is millimetres.
  const DATE_PARTS = new Map(Object.entries({ "yyyy": "年", "mm": "月", "dd": "日" }));

  const ATTRIBUTES = ["aria-label", "title", "placeholder", "aria-description", "aria-valuetext", "alt"];
  const KEEP = ".dc-verbatim, [data-testid='stText'], [data-testid='stCode'], textarea, script, style";

  function translated(text) {
    const trimmed = text.trim();
    if (!trimmed || !/[A-Za-z]/.test(trimmed)) return null;
    const whole = WHOLE.get(trimmed);
    if (whole !== undefined) return whole;
    for (const [pattern, replace] of PATTERNS) {
      const match = pattern.exec(trimmed);
      if (match) return replace(match);
    }
    return null;
  }

  // Put between signs by ui/components/verbatim.py, so that Streamlit makes nothing of them. Drawn, they have done their
  // work and would only be in the way of whoever copies or searches the text.
  const WORD_JOINERS = /\u2060/g;

  function translateText(node) {
    const parent = node.parentElement;
    if (!parent || parent.closest(KEEP)) return;
    const bare = node.data.replace(WORD_JOINERS, "");
    if (bare !== node.data) node.data = bare;
    const chip = parent.closest("[data-testid='stFileChip'] [role='alert']");
    const chinese = (chip && refusal(node.data, chip))
      ?? DATE_PARTS.get(parent.closest("[data-placeholder]") ? node.data : "") ?? translated(node.data);
    if (chinese !== null && chinese !== node.data) node.data = chinese;
  }

  // A field's label is Markdown with every sign escaped. Drawn, the escapes are gone; into aria-label Streamlit copies
  // them as they are. An attribute is never parsed, so there they can go: "5\.2\.1" is to be read as 5.2.1. Each name is
  // unescaped once: what was meant to have a backslash keeps it. Where pages write HTML themselves nothing is escaped.
  const NAMES = ["aria-label", "aria-description"];
  const ESCAPED = /\\([!-\/:-@[-`{-~])/g;
  const written = new WeakMap();

  function spoken(element, name, value) {
    if (!NAMES.includes(name) || written.get(element)?.[name] === value) return value;
    if (element.closest("[data-testid='stHtml']")) return value;
    return value.replace(ESCAPED, "$1").replace(WORD_JOINERS, "");
  }

  function translateAttributes(element) {
    for (const name of ATTRIBUTES) {
      const value = element.getAttribute(name);
      if (value === null) continue;
      const read = spoken(element, name, value);
      const chinese = translated(read) ?? read;
      if (chinese === value) continue;
      written.set(element, { ...written.get(element), [name]: chinese });
      element.setAttribute(name, chinese);
    }
  }

  function translateTree(root) {
    if (root.nodeType === Node.TEXT_NODE) { translateText(root); return; }
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    translateAttributes(root);
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) translateText(node);
      else translateAttributes(node);
    }
  }

  const observer = new MutationObserver((records) => {
    for (const record of records) {
      if (record.type === "characterData") translateText(record.target);
      else if (record.type === "attributes") translateAttributes(record.target);
      else for (const node of record.addedNodes) translateTree(node);
    }
  });
  observer.observe(document.documentElement, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES,
  });
  translateTree(document.documentElement);
})();
