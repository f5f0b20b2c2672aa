import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { manualChecksLabel } from "../../apps-script/core/evidence/manual-checks.ts";
import { expertsSheet, submissionsSheet, textsSheet } from "../../apps-script/core/schema/application.ts";
import { columnOf } from "../../apps-script/core/schema/sheet-spec.ts";
import { cellText } from "../../apps-script/core/workbook/cell-text.ts";
import { readWorkbook } from "../../node-tools/office-files/workbook.ts";
import { papers } from "../../node-tools/page/unit/form-protocol.ts";
import { runCasebook } from "../node-tools/run-casebook.ts";
import { OneFile } from "./one-file.ts";
import { launchBrowser } from "./sheets-page.ts";

const inputs = fileURLToPath(new URL("../../node-tools/example/inputs", import.meta.url));
const home = mkdtempSync(join(tmpdir(), "casebook-unit-desk-"));
const form = join(home, "填报表", "填报表-兴庆区教育局.xlsx");
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
  const book = join(home, "评案簿.xlsx");
  for (const words of [
    ["init", book],
    ["import", book, inputs],
    ["forms", book, "--out", join(home, "填报表")],
  ])
    expect((await runCasebook(...words)).code).toBeLessThan(2);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  rmSync(home, { recursive: true, force: true });
});

/** A unit's desk at one of its pages. */
class Desk {
  private constructor(readonly file: OneFile) {}

  static async open(page?: string): Promise<Desk> {
    const file = await OneFile.open(browser);
    await file.choose(file.button("选择文件"), [form]);
    await file.page.locator(".tally").waitFor();
    const desk = new Desk(file);
    if (page !== undefined) await desk.goTo(page);
    return desk;
  }

  get page() {
    return this.file.page;
  }

  goTo(page: string) {
    return this.page.getByRole("navigation", { name: "本单位" }).getByRole("button", { name: page }).click();
  }

  press = async (...keys: readonly string[]) => {
    for (const key of keys) await this.page.keyboard.press(key);
  };

  type = (text: string) => this.page.keyboard.insertText(text);

  /** A cell by its index among rows and its column. */
  cell(index: number, label: string) {
    return this.page.locator(`[data-place="${index}:${this.#labels.indexOf(label)}"]`);
  }

  #labels: readonly string[] = [];

  columnsBefore = (label: string) => this.#labels.indexOf(label);

  async openGrid(): Promise<void> {
    await this.page.getByRole("grid").waitFor();
    this.#labels = (await this.page.getByRole("columnheader").allInnerTexts()).slice(1);
    await this.cell(0, this.#labels[0] ?? "").click();
  }

  /** As a spreadsheet would have put it into the clipboard. */
  paste(text: string): Promise<void> {
    return this.page.evaluate(`{
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", ${JSON.stringify(text)});
      document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }`);
  }

  /** What Ctrl+C gives. */
  async copy(): Promise<string> {
    return this.page.evaluate(`{
      const clipboardData = new DataTransfer();
      document.activeElement.dispatchEvent(new ClipboardEvent("copy", { clipboardData, bubbles: true, cancelable: true }));
      clipboardData.getData("text/plain");
    }`);
  }

  undoable(words: string | RegExp) {
    return this.page.getByRole("button", { name: /撤销/ }).filter({ hasText: words }).waitFor();
  }

  /** The rows of a sheet as they would be handed in, by label. */
  async save(sheet: string): Promise<Readonly<Record<string, string>>[]> {
    const path = join(home, "交回.xlsx");
    await (await this.file.download(this.file.button("保存填报表，交给管理员"))).saveAs(path);
    const [header = [], ...rows] = readWorkbook(path, "input")
      .snapshot.sheets.find(({ name }) => name === sheet)!
      .rows.map((row) => row.map(cellText));
    return rows.map((row) => Object.fromEntries(header.map((label, i) => [label, row[i] ?? ""])));
  }

  async close(): Promise<void> {
    expect([...this.file.complaints, ...this.file.requests]).toEqual([]);
    await this.file.context.close();
  }
}

const label = (key: string) => columnOf(submissionsSheet, key).label;

describe("the table to type in", () => {
  test("is worked by keyboard alone: typing, moving, emptying, leaving as it was, taking back", async () => {
    const desk = await Desk.open("表格");
    await desk.openGrid();
    const [title, keywords] = [label("title"), label("keywords")];
    const before = await desk.cell(0, title).innerText();
    await desk.press("ArrowRight");
    await desk.type("用键盘改的名称");
    await desk.press("Enter");
    await desk.undoable(`的“${title}”`);
    expect(await desk.cell(0, title).innerText()).toBe("用键盘改的名称");
    // F2 keeps what is there; Esc leaves it as it was.
    await desk.press("ArrowUp", "F2", "End");
    await desk.type("，又改");
    await desk.press("Tab");
    await expect.poll(() => desk.cell(0, title).innerText()).toBe("用键盘改的名称，又改");
    await desk.press("Shift+Tab", "F2");
    await desk.type("不要的");
    await desk.press("Escape");
    expect(await desk.cell(0, title).innerText()).toBe("用键盘改的名称，又改");
    // From the first cell of the row to the last and back.
    await desk.press("Home");
    await desk.page.locator('[data-place="0:0"].active').waitFor();
    await desk.press("End");
    await desk.page.locator(".cell.active[data-place^='0:']:not([data-place='0:0'])").waitFor();
    await desk.press("Control+Home");
    await desk.cell(0, keywords).click();
    await desk.press("Shift+ArrowDown", "Delete");
    await desk.undoable("清空 2 格");
    expect(await desk.cell(1, keywords).innerText()).toBe("");
    await desk.press("Control+z");
    await desk.page.getByRole("button", { name: "重做：清空 2 格" }).waitFor();
    expect(await desk.cell(1, keywords).innerText()).not.toBe("");
    await desk.press("Control+y");
    await desk.undoable("清空 2 格");
    for (let i = 0; i < 3; i += 1) await desk.press("Control+z");
    await expect.poll(() => desk.cell(0, title).innerText()).toBe(before);
    await desk.press("Control+Shift+z");
    await expect.poll(() => desk.cell(0, title).innerText()).toBe("用键盘改的名称");
    await desk.close();
  });

  test("what is typed after a row was emptied goes to that row, however long Delete was held", async () => {
    const desk = await Desk.open("表格");
    await desk.openGrid();
    await desk.page.getByRole("button", { name: /^专家（/ }).click();
    await desk.openGrid();
    const [name, phone] = (["name", "phone"] as const).map((key) => columnOf(expertsSheet, key).label);
    const numberOf = (index: number) => desk.page.getByRole("rowheader").nth(index).innerText();
    const [number, below] = [await numberOf(1), await desk.cell(2, name!).innerText()];
    await desk.cell(1, name!).click();
    await desk.press("Home", "Shift+End");
    for (let i = 0; i < 3; i += 1) await desk.page.keyboard.down("Delete");
    await desk.page.keyboard.up("Delete");
    await desk.undoable("清空");
    await expect.poll(() => desk.cell(1, name!).innerText()).toBe("");
    // By keyboard from where it was emptied.
    await desk.press("Home", ...Array.from({ length: desk.columnsBefore(phone!) }, () => "ArrowRight"));
    await desk.type("13995100011");
    await desk.press("Enter");
    await desk.undoable(`的“${phone}”`);
    expect([await numberOf(1), await desk.cell(1, phone!).innerText()]).toEqual([number, "13995100011"]);
    expect(await desk.cell(2, name!).innerText()).toBe(below);
    await desk.close();
  });

  test("an input method begins in the cell where its first letter is typed", async () => {
    const desk = await Desk.open("表格");
    await desk.openGrid();
    await desk.cell(0, label("keywords")).click();
    const session = await desk.file.context.newCDPSession(desk.page);
    for (const text of ["z", "zuo", "zuo ye"])
      await session.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    await session.send("Input.insertText", { text: "作业" });
    await desk.page.keyboard.insertText("、课堂、评价");
    await desk.press("Enter");
    await desk.undoable(`的“${label("keywords")}”`);
    expect(await desk.cell(0, label("keywords")).innerText()).toBe("作业、课堂、评价");
    await desk.close();
  });

  test("a choice is taken by arrows, and what cannot be changed says so", async () => {
    const desk = await Desk.open("表格");
    await desk.openGrid();
    await desk.cell(0, label("track")).click();
    await desk.press("F2", "ArrowDown", "Enter");
    await desk.press("ArrowUp");
    const track = await desk.cell(0, label("track")).innerText();
    await desk.press("F2", "ArrowDown", "ArrowDown", "Enter");
    await desk.undoable(`的“${label("track")}”`);
    expect(await desk.cell(0, label("track")).innerText()).not.toBe(track);
    await desk.cell(0, label("nominator")).click();
    await desk.type("别的局");
    await desk.page.getByText("已经填好，不能改").waitFor();
    expect(await desk.cell(0, label("nominator")).innerText()).toBe("兴庆区教育局");
    await desk.close();
  });

  test("a block from a spreadsheet is shown before it replaces anything; below the last row it makes new ones", async () => {
    const desk = await Desk.open("表格");
    await desk.openGrid();
    const block = 'P001\t"两行的\n名称"\r\nP002\t带"引号"的名称\r\n';
    await desk.paste(block);
    const preview = desk.page.getByRole("dialog", { name: "粘贴前请核对" });
    await preview.getByText("其中 4 格原有内容会被替换").waitFor();
    await desk.press("Escape");
    await preview.waitFor({ state: "hidden" });
    expect(await desk.cell(0, label("id")).innerText()).not.toBe("P001");
    await desk.press("Control+ArrowDown");
    await desk.paste(block);
    await preview.getByText("新增 2 行").waitFor();
    await desk.press("Enter");
    await desk.undoable("粘贴 4 格");
    await desk.press("Shift+ArrowRight", "Shift+ArrowDown");
    expect(await desk.copy()).toBe(block);
    const rows = await desk.save(submissionsSheet.label);
    expect(rows.filter((row) => row[label("id")]?.startsWith("P00"))).toMatchObject([
      { [label("title")]: "两行的\n名称", [label("nominator")]: "兴庆区教育局" },
      { [label("title")]: '带"引号"的名称' },
    ]);
    await desk.press("Control+z");
    await expect
      .poll(async () => (await desk.save(submissionsSheet.label)).some((row) => row[label("id")] === "P001"))
      .toBe(false);
    await desk.close();
  });

  test("what cannot be stored stays in its cell with the reason, and nothing of the block is written", async () => {
    const desk = await Desk.open("表格");
    await desk.openGrid();
    const second = await desk.cell(1, label("id")).innerText();
    await desk.type(second);
    await desk.press("Enter");
    await desk.page.getByText(/已经用了编号/).waitFor();
    await desk.page.locator('.failed[data-place="0:0"]', { hasText: second }).waitFor();
    expect(await desk.page.getByRole("button", { name: "↶ 撤销" }).isDisabled()).toBe(true);
    await desk.close();
  });

  test("experts are typed in it as well, and texts of a case go to 正文", async () => {
    const desk = await Desk.open("表格");
    await desk.openGrid();
    await desk.cell(0, columnOf(textsSheet, "summary").label).click();
    await desk.type("在表格里写的概要");
    await desk.press("Enter");
    await desk.undoable(`的“${columnOf(textsSheet, "summary").label}”`);
    await desk.page.getByRole("button", { name: /^专家（/ }).click();
    await desk.openGrid();
    await desk.press("Control+ArrowDown");
    const name = columnOf(expertsSheet, "name").label;
    await desk.page.locator(".cell.active").waitFor();
    const last = Number((await desk.page.locator(".cell.active").getAttribute("data-place"))?.split(":")[0]);
    await desk.cell(last, name).click();
    await desk.type("新增的专家");
    await desk.press("Enter");
    await desk.undoable("专家第");
    expect((await desk.save(expertsSheet.label)).filter((row) => row[name] === "新增的专家")).toMatchObject([
      { [columnOf(expertsSheet, "nominator").label]: "兴庆区教育局" },
    ]);
    const texts = await desk.save(textsSheet.label);
    expect(texts.some((row) => row[columnOf(textsSheet, "summary").label] === "在表格里写的概要")).toBe(true);
    await desk.close();
  });

  test("a letter that is being typed is taken back by the browser, what is stored by the desk", async () => {
    const desk = await Desk.open();
    const keywords = desk.page.getByLabel(label("keywords"), { exact: true });
    const before = await keywords.inputValue();
    await keywords.click();
    await desk.press("End");
    await desk.page.keyboard.type("甲");
    await desk.press("Control+z");
    await expect.poll(() => keywords.inputValue()).toBe(before);
    await desk.page.keyboard.type("、乙");
    await desk.press("Tab");
    await desk.undoable(`的“${label("keywords")}”`);
    await desk.press("Control+z");
    await expect.poll(() => keywords.inputValue()).toBe(before);
    await desk.close();
  });
});

describe("taking back", () => {
  test("shows what is stored in a field where the same was typed again, and leaves fields alone that are none of the form", async () => {
    const desk = await Desk.open();
    const keywords = desk.page.getByLabel(label("keywords"), { exact: true });
    const before = await keywords.inputValue();
    const id = await desk.page.locator(".case.current .id").innerText();
    await keywords.fill("作业、课堂、评价");
    await desk.press("Tab");
    await desk.undoable(`的“${label("keywords")}”`);
    await keywords.click();
    await desk.press("End");
    await desk.page.keyboard.type("a");
    await desk.press("Backspace", "Tab");
    await desk.goTo("推荐建议");
    await desk.page.locator("input[type=date]").focus();
    await desk.press("Control+z");
    await desk.goTo("人工核对");
    await desk.page.getByRole("checkbox").last().click();
    await desk.undoable("人工核对");
    await desk.press("Control+z");
    await desk.undoable(`的“${label("keywords")}”`);
    await desk.page.locator(".case", { hasText: id }).click();
    await keywords.click();
    await desk.press("End");
    await desk.page.keyboard.type("a");
    await desk.press("Backspace", "Tab", "Control+z");
    await expect.poll(() => keywords.inputValue()).toBe(before);
    await desk.close();
  });
});

describe("what the notice asks of a unit", () => {
  test("quotas, people and what is missing are shown; the papers are handed over", async () => {
    const desk = await Desk.open("本单位");
    const quotas = desk.page.getByRole("region", { name: "推荐名额" });
    await quotas
      .getByText(/\d+ \/ \d+/)
      .first()
      .waitFor();
    expect(await quotas.locator(".bar-line").count()).toBe(8);
    await desk.page.getByRole("region", { name: "还差什么" }).getByText("盖章扫描件").waitFor();
    const names = [];
    for (const paper of papers) names.push((await desk.file.download(desk.file.button(paper))).suggestedFilename());
    expect(names.join(" ")).toMatch(
      /推荐案例汇总表-.*\.xlsx 专家推荐表-.*\.docx 附件6-.*\.zip 附件5-.*\.zip 检查报告-.*\.xlsx/,
    );
    await desk.close();
  });

  test("the shortlist is taken at a click and taken back at another", async () => {
    const desk = await Desk.open("推荐建议");
    const take = desk.page.getByRole("button", { name: /^按建议推荐这 \d+ 个$/ });
    await take.waitFor();
    const ticked = () => desk.page.getByRole("checkbox", { checked: true }).count();
    const before = await ticked();
    await take.click();
    await desk.undoable("推荐");
    await desk.file.button("没有可以再推荐的").waitFor();
    expect(await ticked()).toBeGreaterThan(before);
    await desk.page.getByRole("button", { name: /撤销：推荐/ }).click();
    await expect.poll(ticked).toBe(before);
    await desk.close();
  });

  test("what somebody has looked at is kept in the form", async () => {
    const desk = await Desk.open("人工核对");
    await desk.page
      .getByRole("checkbox", { name: /：无政治性、原则性错误$/ })
      .first()
      .check();
    await desk.undoable("人工核对");
    const [first] = await desk.save(submissionsSheet.label);
    expect(first?.[manualChecksLabel]).toBe("无政治性、原则性错误");
    await desk.close();
  });
});

describe("for everybody", () => {
  const axe = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

  test.each(["本单位", "表格", "推荐建议", "人工核对"])(
    "%s has no barrier that axe knows of, and fits a telephone",
    async (page) => {
      const desk = await Desk.open(page);
      await desk.page
        .getByRole(page === "表格" ? "grid" : "heading", page === "表格" ? {} : { level: 2 })
        .first()
        .waitFor();
      const violations = await desk.page.evaluate(`${axe}; axe.run().then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ": " + nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(" | ")))`);
      expect(violations).toEqual([]);
      await desk.page.setViewportSize({ width: 390, height: 844 });
      const overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
      expect(await desk.page.evaluate(overflow)).toBe(0);
      await desk.close();
    },
  );
});
