import type { AccountView, FileView, PageEvent, SpreadsheetView } from "../protocol.ts";
import { readAddress } from "./addresses.ts";
import { byId, make } from "./dom.ts";
import { showDrive } from "./drive-panel.ts";
import { showMenus } from "./menu-bar.ts";
import { crossButton, showQuestion, showToast } from "./overlays.ts";
import { makeScriptFrame } from "./script-frame.ts";
import { answerQuestion, listen, RequestFailure, request } from "./server.ts";
import { SheetPanel } from "./sheet-panel.ts";

const accountMilliseconds = 5_000;

/** The page: which file is open, who acts, what scripts show. */
export class App {
  readonly #panel: SheetPanel;
  #account: AccountView | undefined;
  #user = "";
  #book: SpreadsheetView | undefined;
  #sheet = "";
  #question: { number: number; close(): void } | undefined;
  #running = 0;
  #refreshing: Promise<void> = Promise.resolve();

  constructor() {
    this.#panel = new SheetPanel({
      write: (sheet, row, column, values) => this.#write(sheet, row, column, values),
      selected: (sheet, row, column) => {
        const { file, user } = this.#place;
        request("select", { file, user, sheet, row, column }).catch(() => undefined);
      },
      follow: (link) => void this.#follow(link),
      editNote: (sheet, row, column, note) => void this.#editNote(sheet, row, column, note),
      failed: (error) => this.#tellFailure(error),
    });
  }

  async start(): Promise<void> {
    await listen((event) => this.#hear(event));
    this.#account = await request("account", { user: "" });
    this.#user = sessionStorage.getItem("user") ?? this.#account.users[0]?.email ?? "";
    await this.#refreshAccount();
    byId("files").addEventListener("click", () => void this.#showDrive());
    // Time passes here as outside; only who tries triggers out wants to hurry it.
    byId("clock-panel").hidden = !new URLSearchParams(location.search).has("clock");
    byId("minute").addEventListener("click", () => void this.#advance(60_000));
    byId("trigger").addEventListener("click", () => void this.#advance(null));
    byId("user").addEventListener("change", () => void this.#actAs(byId<HTMLSelectElement>("user").value));
    setInterval(() => void this.#refreshAccount().catch(() => undefined), accountMilliseconds);
    await this.#openFirst(sessionStorage.getItem("file") ?? "");
    this.#panel.focus();
  }

  get #place(): { file: string; user: string } {
    return { file: this.#book?.id ?? "", user: this.#user };
  }

  async #refreshAccount(): Promise<void> {
    const account = await request("account", { user: this.#user });
    this.#account = account;
    const chooser = byId<HTMLSelectElement>("user");
    const options = account.users.map(({ email, label }) => `${email}\n${label}`).join("\n\n");
    if (chooser.dataset.options !== options) {
      chooser.dataset.options = options;
      chooser.replaceChildren(
        ...account.users.map(({ email, label }) =>
          make("option", { text: `${label}（${email}）`, set: { value: email } }),
        ),
      );
    }
    chooser.value = this.#user;
    byId("clock").textContent = account.clock.slice(0, 16);
    const due = account.triggers[0]?.due;
    const trigger = byId<HTMLButtonElement>("trigger");
    trigger.disabled = due === undefined;
    trigger.title = due ? `下个触发器：${account.triggers[0]?.functionName}，${due}` : "现在没有等待运行的触发器";
    byId("saved").textContent = account.saved;
  }

  async #actAs(user: string): Promise<void> {
    this.#panel.finish();
    await this.#whileClosed(async () => {
      this.#user = user;
      sessionStorage.setItem("user", user);
      this.#closeFrames();
      await this.#refreshAccount();
      await this.#openFirst(this.#book?.id ?? "");
    });
  }

  /** What is clicked or typed before another file is there would reach the wrong cell. */
  async #whileClosed(work: () => Promise<void>): Promise<void> {
    document.body.inert = true;
    try {
      await work();
    } finally {
      document.body.inert = false;
      this.#panel.focus();
    }
  }

  /** Opens this file, or the first that the acting user may open. */
  async #openFirst(wanted: string): Promise<void> {
    const files = (this.#account?.files ?? []).filter((file) => file.kind !== "file");
    const file = files.find(({ id }) => id === wanted) ?? files[0];
    if (file) await this.#open(file.id);
    else this.#showNothing();
  }

  #showNothing(): void {
    this.#book = undefined;
    byId("files").textContent = "没有可以打开的文件";
    showMenus([], () => {});
    byId("tabs").replaceChildren();
    byId("status").textContent = "还没有文件共享给这位用户。";
    document.body.classList.add("empty");
  }

  async #open(file: string): Promise<void> {
    document.body.classList.remove("empty");
    this.#panel.finish();
    if (file !== this.#book?.id) this.#closeFrames();
    try {
      const book = await request("open", { file, user: this.#user });
      const isOther = file !== this.#book?.id;
      this.#book = book;
      sessionStorage.setItem("file", file);
      showMenus(book.menus, (functionName, label) => void this.#run(functionName, label));
      byId("files").textContent = `${book.name}`;
      document.title = `${book.name} - 评案簿本地表格`;
      this.#sheet = this.#pickSheet(isOther ? book.selection.sheet : this.#sheet);
      await this.#showSheet(false);
      if (book.selection.sheet === this.#sheet) await this.#panel.goTo(book.selection.row, book.selection.column);
    } catch (error) {
      this.#tellFailure(error as Error);
    }
  }

  #pickSheet(wanted: string): string {
    const visible = (this.#book?.sheets ?? []).filter((sheet) => !sheet.hidden);
    return (visible.find(({ name }) => name === wanted) ?? visible[0])?.name ?? "";
  }

  async #showSheet(isSame: boolean): Promise<void> {
    const sheet = this.#book?.sheets.find(({ name }) => name === this.#sheet);
    this.#showTabs();
    byId("status").textContent = this.#book?.canEdit ? "" : "仅可查看";
    if (sheet) await this.#panel.show(this.#place, sheet, isSame);
  }

  #showTabs(): void {
    const tabs = (this.#book?.sheets ?? [])
      .filter((sheet) => !sheet.hidden)
      .map((sheet) => {
        const tab = make("button", {
          class: "tab",
          text: sheet.name,
          role: "tab",
          set: { type: "button" },
          attributes: { "aria-selected": String(sheet.name === this.#sheet) },
          on: { click: () => void this.#goTo(sheet.name) },
        });
        tab.style.setProperty("--tab-color", sheet.tabColor || "transparent");
        return tab;
      });
    byId("tabs").replaceChildren(...tabs);
    tabs
      .find((tab) => tab.getAttribute("aria-selected") === "true")
      ?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  async #goTo(sheet: string, row?: number, column?: number): Promise<void> {
    this.#panel.finish();
    if (sheet !== this.#sheet) {
      this.#sheet = sheet;
      await this.#showSheet(false);
    }
    if (row !== undefined && column !== undefined) await this.#panel.goTo(row, column);
    else await this.#panel.goTo(1, 1);
    this.#panel.focus();
  }

  #hear(event: PageEvent): void {
    if (event.type === "changed" && (event.file === "" || event.file === this.#book?.id)) this.#refresh();
    if (event.type === "toast") showToast(event.message, event.title);
    if (event.type === "log") console.info(event.line);
    if (event.type === "saved") byId("saved").textContent = event.text;
    if (event.type === "show" && event.file === this.#book?.id) this.#showFrame(event.page);
    if (event.type === "asked" && this.#question?.number === event.number) this.#question.close();
    if (event.type === "ask" && this.#question?.number !== event.number) {
      const { answer, close } = showQuestion(event);
      this.#question = { number: event.number, close };
      void answer.then((given) => answerQuestion(event.number, given));
    }
  }

  /** Takes the sheets anew; several changes in a row make one round. */
  #refresh(): void {
    this.#refreshing = this.#refreshing
      .then(async () => {
        if (!this.#book) return;
        const { id, menus } = this.#book;
        const book = await request("look", this.#place);
        // Whoever has opened another file in the meantime stays there.
        if (this.#book.id !== id) return;
        this.#book = { ...book, menus };
        const sheet = this.#pickSheet(this.#sheet);
        const isSame = sheet === this.#sheet;
        this.#sheet = sheet;
        await this.#showSheet(isSame);
      })
      .catch((error: Error) => this.#tellFailure(error));
  }

  async #write(sheet: string, row: number, column: number, values: string[][]): Promise<string[][] | undefined> {
    try {
      return (await request("edit", { ...this.#place, sheet, row, column, values })).before;
    } catch (error) {
      this.#tellFailure(error as Error);
      return undefined;
    }
  }

  async #editNote(sheet: string, row: number, column: number, note: string): Promise<void> {
    const { answer } = showQuestion({
      kind: "prompt",
      title: note ? "修改批注" : "插入批注",
      message: note || "写下批注，留空则删除。",
      buttons: "OK_CANCEL",
    });
    const { button, text } = await answer;
    if (button === "OK") {
      await request("note", { ...this.#place, sheet, row, column, note: text }).catch((error: Error) =>
        this.#tellFailure(error),
      );
    }
    this.#panel.focus();
  }

  async #run(functionName: string, label: string): Promise<void> {
    try {
      await this.#call(functionName, [], label);
      await this.#followSelection();
    } catch (error) {
      this.#tellFailure(error as Error, label);
    }
  }

  /** Runs a function of the script; while it runs, the page says so. */
  async #call(functionName: string, args: unknown[], label = ""): Promise<unknown> {
    this.#running += 1;
    byId("status").textContent = label ? `正在运行脚本：${label}…` : "正在运行脚本…";
    document.body.classList.add("running");
    try {
      return (await request("run", { ...this.#place, functionName, args })).result;
    } finally {
      this.#running -= 1;
      if (this.#running === 0) {
        document.body.classList.remove("running");
        byId("status").textContent = "";
      }
      void this.#refreshAccount().catch(() => undefined);
    }
  }

  /** A script may have activated another sheet or cell. */
  async #followSelection(): Promise<void> {
    const [sheet, active] = [this.#sheet, this.#panel.active];
    await this.#refreshing;
    if (!this.#book) return;
    const { id } = this.#book;
    const { selection, sheets } = await request("look", this.#place);
    // Whoever has gone elsewhere in the meantime stays there.
    if (this.#book.id !== id || this.#sheet !== sheet || this.#panel.active !== active) return;
    const { row, column } = active;
    const isThere = selection.sheet === this.#sheet && selection.row === row && selection.column === column;
    if (isThere || !sheets.some(({ name, hidden }) => name === selection.sheet && !hidden)) return;
    await this.#goTo(selection.sheet, selection.row, selection.column);
  }

  #showFrame({
    kind,
    title,
    html,
    width,
    height,
  }: {
    kind: string;
    title: string;
    html: string;
    width?: number;
    height?: number;
  }): void {
    const isSidebar = kind === "sidebar";
    const close = () => {
      box.remove();
      if (isSidebar) byId("sidebar").hidden = true;
      this.#panel.focus();
    };
    const frame = makeScriptFrame(title, html, {
      run: async (functionName, args) => {
        const result = await this.#call(functionName, args);
        await this.#followSelection();
        return result;
      },
      close,
      resize: (size) => {
        if (size.width && !isSidebar) frame.style.width = `${size.width}px`;
        if (size.height && !isSidebar) frame.style.height = `${size.height}px`;
      },
    });
    const content = make(
      "div",
      {
        class: isSidebar ? "side-box" : "dialog framed",
        role: isSidebar ? "complementary" : "dialog",
        attributes: { "aria-label": title, ...(kind === "modal" ? { "aria-modal": "true" } : {}) },
      },
      make("div", { class: "frame-head" }, make("h2", { text: title }), crossButton(close)),
      frame,
    );
    if (isSidebar) {
      byId("sidebar").replaceChildren(content);
      byId("sidebar").hidden = false;
    } else {
      frame.style.width = `${width ?? 600}px`;
      frame.style.height = `${height ?? 420}px`;
    }
    const box = isSidebar
      ? content
      : make("div", { class: kind === "modal" ? "backdrop script" : "floating script" }, content);
    if (!isSidebar) {
      for (const open of document.querySelectorAll(".backdrop.script, .floating.script")) open.remove();
      byId("layer").append(box);
    }
  }

  #closeFrames(): void {
    byId("sidebar").replaceChildren();
    byId("sidebar").hidden = true;
    for (const open of document.querySelectorAll(".backdrop.script, .floating.script")) open.remove();
  }

  async #showDrive(): Promise<void> {
    await this.#refreshAccount();
    if (this.#account) {
      const open = (file: FileView) => void this.#whileClosed(() => this.#open(file.id));
      showDrive(this.#account, this.#user, this.#book?.id ?? "", open, () => void this.#showDrive());
    }
  }

  async #advance(milliseconds: number | null): Promise<void> {
    try {
      await request("advance", { milliseconds });
      await this.#refreshAccount();
    } catch (error) {
      this.#tellFailure(error as Error);
    }
  }

  /** `#'案例'!B5` leads to a cell; other addresses open beside this page. */
  async #follow(link: string): Promise<void> {
    const inside = /^#(?:'((?:[^']|'')+)'|([^'!]+))!(.+)$/.exec(link);
    if (inside) {
      const sheet = inside[1]?.replaceAll("''", "'") ?? inside[2] ?? "";
      const place = readAddress(inside[3] ?? "");
      if (place && this.#book?.sheets.some(({ name }) => name === sheet))
        await this.#goTo(sheet, place.row, place.column);
    } else if (/^(https?|mailto):/i.test(link)) window.open(link, "_blank", "noopener,noreferrer");
  }

  #tellFailure(error: Error, title = ""): void {
    const message = localizeMessage(error.message);
    if (error instanceof RequestFailure && error.refused) {
      const { answer } = showQuestion({ kind: "alert", title: "不能这样做", message, buttons: "OK" });
      void answer.then(() => this.#panel.focus());
    } else showToast(message, title ? `“${title}”没有完成` : "脚本出错", "error");
  }
}

/** What the platform says in English, as the Chinese page says it. */
const translations: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
  [
    /trying to edit a protected cell or object/,
    () => "这个单元格受保护，您不能修改。如果需要修改，请联系这个表格的所有者（管理员）。",
  ],
  [
    /data you entered in cell (\w+) violates the data validation rules/,
    ([, cell = ""]) => `您在单元格 ${cell} 填写的内容不符合它的数据验证规则。请从下拉列表中选择，或按提示填写。`,
  ],
  [/more than the maximum of 50000 characters/, () => "一个单元格最多放 50,000 个字符，请缩短或分开填写。"],
  [/Exceeded maximum execution time/, () => "脚本运行超过了时间上限（6 分钟），已被中止。"],
  [/Specified permissions are not sufficient/, () => "脚本没有做这件事的授权。"],
];

function localizeMessage(message: string): string {
  for (const [pattern, say] of translations) {
    const match = pattern.exec(message);
    if (match) return say(match);
  }
  return message.replace(/^(Exception|Error|ScriptError): /, "");
}
