import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type SheetsServer, startSheetsServer } from "../../node-tools/local-sheets/server.ts";
import { content, makeSmallWorld } from "../node-tools/local-sheets/small-world.ts";

const pictures = process.env.CASEBOOK_PICTURES;

const folder = mkdtempSync(join(tmpdir(), "casebook-"));
let browser: Browser;
let server: SheetsServer;
let page: Page;
const errors: string[] = [];

/** 6,000 rows and 50 columns beside the small sheets. */
const tall = {
  name: "长表",
  createBefore: null,
  edits: Array.from({ length: 6_000 }, (_, i) => ({ row: i + 1, column: 1, value: `第 ${i + 1} 行` })).concat(
    Array.from({ length: 50 }, (_, i) => ({ row: 3_000, column: i + 1, value: `列 ${i + 1}` })),
  ),
};

beforeAll(async () => {
  server = await startSheetsServer(await makeSmallWorld(folder, { sheets: [...content.sheets, tall] }));
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  const context = await browser.newContext({ viewport: { width: 1280, height: 760 } });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  page = await context.newPage();
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("dialog", (dialog) => {
    errors.push(`a cell ran: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(server.url);
});

afterAll(async () => {
  await browser?.close();
  await server?.end();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs in the page. */
function computedStyle(element: unknown, property: string): string | undefined {
  const page = globalThis as unknown as { getComputedStyle(element: unknown): Record<string, string> };
  return page.getComputedStyle(element)[property];
}

const cell = (address: string) => page.locator(`[data-cell="${address}"]`);
const menuItem = async (label: string) => {
  await page.getByRole("menuitem", { name: "评案簿" }).click();
  await page.getByRole("menuitem", { name: label, exact: true }).click();
};
const textOf = (address: string) => expect.poll(() => cell(address).innerText(), { timeout: 10_000 });

async function picture(name: string): Promise<void> {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: `${pictures}/${name}.png` });
}

describe("the page of the local Sheets", () => {
  test("shows the sheets, what stands in them, and no markup from cells", async () => {
    await textOf("A1").toBe("案例名称");
    expect(await page.getByRole("tab").allInnerTexts()).toEqual(["案例", "单位", "日志", "长表"]);
    await textOf("A2").toContain("<img src=x onerror=alert(1)>");
    expect(await page.locator("#grid img").count()).toBe(0);
    await cell("A2").hover();
    await expect.poll(() => page.getByRole("note").innerText()).toBe("名称不能有标记");
    await picture("sheet");
  });

  test("typing in a cell runs onEdit; what it did and its toast are seen", async () => {
    await cell("A3").click();
    await page.keyboard.type("新案例");
    await page.keyboard.press("Enter");
    await textOf("A3").toBe("新案例");
    await textOf("B3").toBe("收到 新案例");
    await expect.poll(() => page.locator(".toast").first().innerText()).toContain("改了 A3");
    expect(await page.getByLabel("单元格地址").inputValue()).toBe("A4");
    await expect.poll(() => page.locator("#saved").innerText(), { timeout: 10_000 }).toContain("已保存");
  });

  test("keys move, delete, cancel and undo", async () => {
    await cell("A3").click();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.type("不要");
    await page.keyboard.press("Escape");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Delete");
    await textOf("A3").toBe("");
    await page.keyboard.press("Control+z");
    await textOf("A3").toBe("新案例");
    expect(await cell("A4").innerText()).toBe("");
    await cell("A3").dblclick();
    await page.keyboard.type("（改）");
    await page.keyboard.press("Tab");
    await textOf("A3").toBe("新案例（改）");
    expect(await page.getByLabel("单元格地址").inputValue()).toBe("B3");
  });

  test("the formula bar shows formulas and takes new ones", async () => {
    await cell("D4").click();
    const bar = page.getByLabel("单元格内容");
    expect(await bar.inputValue()).toBe("=D3*2");
    await bar.fill("=D3*8");
    await bar.press("Enter");
    await textOf("D4").toBe("4");
  });

  test("a paste of several rows, one cell with a line break in quotes", async () => {
    await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify('甲\t1\n"乙\n二"\t2\n丙\t3\n')})`);
    await cell("F10").click();
    await page.keyboard.press("Control+v");
    await textOf("F12").toBe("丙");
    await textOf("G11").toBe("2");
    await expect.poll(() => cell("F11").textContent()).toBe("乙\n二");
    await page.keyboard.press("Control+c");
    const copied = await page.evaluate("navigator.clipboard.readText()");
    expect(copied).toBe('甲\t1\n"乙\n二"\t2\n丙\t3');
  });

  test("a drop-down is offered; another text is refused in words", async () => {
    await cell("C3").dblclick();
    await page.getByRole("option", { name: "乡村" }).click();
    await textOf("C3").toBe("乡村");
    await expect
      .poll(() => cell("A3").locator(".content").evaluate(computedStyle, "backgroundColor"))
      .toBe("rgb(251, 224, 221)");
    await cell("C4").click();
    await page.keyboard.type("海洋");
    await page.keyboard.press("Enter");
    const refusal = page.getByRole("alertdialog");
    await expect.poll(() => refusal.innerText()).toContain("C4");
    await picture("refused");
    await refusal.getByRole("button", { name: "确定" }).click();
    expect(await cell("C4").innerText()).toBe("");
  });

  test("menu, prompt and what the script wrote", async () => {
    await menuItem("问候");
    const dialog = page.getByRole("dialog", { name: "问候" });
    await dialog.getByRole("textbox").fill("小明");
    await picture("prompt");
    await dialog.getByRole("button", { name: "确定" }).click();
    await textOf("E5").toBe("你好，小明");
    await menuItem("问候");
    await dialog.getByRole("button", { name: "取消" }).click();
    const alert = page.getByRole("alertdialog");
    expect(await alert.innerText()).toContain("没有名字");
    await page.keyboard.press("Escape");
    await expect.poll(() => alert.count()).toBe(0);
  });

  test("an error of a script is told", async () => {
    await menuItem("出错");
    await expect.poll(() => page.getByRole("alert").innerText()).toContain("案例表缺少一列");
  });

  test("the sidebar calls the script and hears results and errors", async () => {
    await menuItem("侧边");
    const sidebar = page.getByTestId("sidebar");
    expect(await sidebar.locator("h2").innerText()).toBe("检查结果");
    const frame = sidebar.frameLocator("iframe");
    await frame.getByRole("button", { name: "问" }).click();
    await expect.poll(() => frame.locator("#said").innerText()).toBe("答：<b>你好</b>");
    await frame.getByRole("button", { name: "错" }).click();
    await expect.poll(() => frame.locator("#said").innerText()).toContain("没有内容");
    await picture("sidebar");
    await frame.getByRole("button", { name: "关" }).click();
    await expect.poll(() => sidebar.isVisible()).toBe(false);
  });

  test("a script that activates a cell, and a link, lead there", async () => {
    await menuItem("跳转");
    await expect.poll(() => page.getByRole("tab", { selected: true }).innerText()).toBe("单位");
    await expect.poll(() => page.getByLabel("单元格地址").inputValue()).toBe("B3");
    await page.getByRole("tab", { name: "案例" }).click();
    await cell("E6").click();
    await page.getByRole("button", { name: "转到" }).click();
    await expect.poll(() => page.getByLabel("单元格地址").inputValue()).toBe("B2");
    expect(await page.getByRole("tab", { selected: true }).innerText()).toBe("单位");
  });

  test("an address being typed stays while cells arrive; Escape gives it back", async () => {
    await page.getByRole("tab", { name: "案例" }).click();
    await cell("A1").click();
    const address = page.getByLabel("单元格地址");
    await address.fill("B3");
    const other = await page.context().newPage();
    await other.goto(server.url);
    await other.getByRole("tab", { name: "案例" }).click();
    await other.locator('[data-cell="A6"]').click();
    await other.keyboard.type("别处写的");
    await other.keyboard.press("Enter");
    await textOf("A6").toBe("别处写的");
    expect(await address.inputValue()).toBe("B3");
    await address.press("Enter");
    await expect.poll(() => address.inputValue()).toBe("B3");
    await address.fill("C9");
    await address.press("Escape");
    expect(await address.inputValue()).toBe("B3");
    await other.close();
  });

  test("6,000 rows and 50 columns scroll, and any cell can be gone to", async () => {
    await page.getByRole("tab", { name: "长表" }).click();
    const address = page.getByLabel("单元格地址");
    await address.fill("AX3000");
    await address.press("Enter");
    await textOf("AX3000").toBe("列 50");
    expect(await cell("AX3000").isVisible()).toBe(true);
    await page.locator(".tabulator-tableholder").hover();
    await page.mouse.wheel(-100_000, 1_000_000);
    await expect
      .poll(() =>
        cell("A6000")
          .count()
          .then((n) => (n > 0 ? cell("A6000").innerText() : "")),
      )
      .toBe("第 6000 行");
    expect(await page.locator(".tabulator-row").count()).toBeLessThan(150);
  });

  test("an officer sees what is shared, and a locked cell refuses", async () => {
    await page.getByTestId("user").selectOption("xq@example.org");
    await page.getByRole("tab", { name: "日志" }).click();
    await expect.poll(() => cell("A1").evaluate(computedStyle, "cursor")).toBe("not-allowed");
    await cell("A1").click();
    await page.keyboard.type("我来改");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.getByRole("alertdialog").innerText()).toContain("受保护");
    await page.keyboard.press("Escape");
    await page.getByTestId("files").click();
    await expect.poll(() => page.getByRole("dialog", { name: "云端硬盘" }).locator(".file").count()).toBe(1);
    await picture("drive");
    await page.keyboard.press("Escape");
  });

  test("nothing went wrong in the page meanwhile", () => {
    expect(errors).toEqual([]);
  });
});
