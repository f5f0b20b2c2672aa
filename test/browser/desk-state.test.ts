/** What the page keeps, and what it forgets, when somebody goes from one thing to another. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ningxia2025 } from "../../apps-script/core/notice/ningxia-2025.ts";
import { runCasebook } from "../node-tools/run-casebook.ts";
import { OneFile } from "./one-file.ts";
import { servePage } from "./served-page.ts";
import { launchBrowser } from "./sheets-page.ts";

const inputs = fileURLToPath(new URL("../../node-tools/example/inputs", import.meta.url));
const evidence = fileURLToPath(new URL("../../node-tools/example/evidence", import.meta.url));
const home = mkdtempSync(join(tmpdir(), "casebook-desk-state-"));
const book = join(home, "评案簿.xlsx");
const other = join(home, "另一次的评案簿.xlsx");
const next = join(home, "明年的评案簿.xlsx");
const formOf = (unit: string) => join(home, "填报表", `填报表-${unit}.xlsx`);
const [first, second] = ["兴庆区教育局", "贺兰县教育局"].map(formOf) as [string, string];
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
  for (const words of [
    ["init", book],
    ["import", book, inputs],
    ["forms", book, "--out", join(home, "填报表")],
    ["init", other],
    ["init", next, "--notice", join("templates", "example-2026")],
    ["import", next, join(inputs, "单位名册.csv")],
    ["forms", next, "--out", join(home, "明年")],
  ])
    expect((await runCasebook(...words)).code).toBeLessThan(2);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  rmSync(home, { recursive: true, force: true });
});

async function openWith(...files: readonly string[]): Promise<OneFile> {
  const desk = await OneFile.open(browser);
  await desk.choose(desk.button("选择文件"), files);
  return desk;
}

async function end(desk: OneFile): Promise<void> {
  expect([...desk.complaints, ...desk.requests]).toEqual([]);
  await desk.context.close();
}

describe("another award", () => {
  test("has its own state, also where the one that was looked at before answers later", async () => {
    const desk = await openWith(book, other);
    const { page } = desk;
    const stage = page.locator(".overview .stage");
    await stage.getByText("推荐").waitFor();
    const choice = page.getByLabel("申报工作簿");
    await choice.selectOption("另一次的评案簿.xlsx");
    await stage.getByText("准备").waitFor();
    // Back and forth before either has answered.
    await choice.selectOption("评案簿.xlsx");
    await choice.selectOption("另一次的评案簿.xlsx");
    expect(await stage.getByText("推荐").count()).toBe(0);
    await stage.getByText("准备").waitFor();
    await page.waitForTimeout(5_000);
    expect(await stage.allInnerTexts()).toEqual(["准备"]);
    await end(desk);
  });

  test("a search in one finds nothing of the other", async () => {
    const desk = await openWith(book, other);
    const { page } = desk;
    await page.getByRole("searchbox").fill("兴庆");
    await page.getByRole("searchbox").press("Enter");
    await page.getByRole("button", { name: /^N25/ }).first().waitFor();
    await page.getByLabel("申报工作簿").selectOption("另一次的评案簿.xlsx");
    await page.getByRole("button", { name: /^N25/ }).first().waitFor({ state: "detached" });
    expect(await page.getByRole("searchbox").inputValue()).toBe("");
    await end(desk);
  });
});

describe("the form that is open", () => {
  const contact = async (page: Page) => {
    await page.getByRole("button", { name: "帮助", exact: true }).click();
    const told = page.getByRole("dialog").getByText(/0951-\d+/);
    await told.waitFor();
    const [number] = /0951-\d+/.exec(await told.innerText()) ?? [];
    await page.keyboard.press("Escape");
    return number;
  };

  test("is the one that was dropped last, and the one that was chosen after the start page", async () => {
    const desk = await openWith(first);
    const { page } = desk;
    const unit = page.locator(".tally strong");
    await unit.getByText("兴庆区教育局").waitFor();
    await desk.button("换一件事").click();
    await desk.choose(desk.button("选择文件"), [second]);
    await unit.getByText("贺兰县教育局").waitFor();
    await page.getByLabel("填报表").selectOption("填报表-兴庆区教育局.xlsx");
    await unit.getByText("兴庆区教育局").waitFor();
    await desk.button("换一件事").click();
    await desk.button("接着做").click();
    await unit.getByText("兴庆区教育局").waitFor();
    await end(desk);
  });

  test("帮助 says whom its own notice names", async () => {
    const own = join(home, "明年", "填报表-平罗县教育局.xlsx");
    const desk = await openWith(first, own);
    const { page } = desk;
    const unit = page.locator(".tally strong");
    const choice = page.getByLabel("填报表");
    await choice.selectOption("填报表-兴庆区教育局.xlsx");
    await unit.getByText("兴庆区教育局").waitFor();
    expect(await contact(page)).toBe(ningxia2025.contact.value);
    await choice.selectOption("填报表-平罗县教育局.xlsx");
    await unit.getByText("平罗县教育局").waitFor();
    expect(await contact(page)).toBe("0951-0000000");
    await end(desk);
  });
});

describe("leaving the page", () => {
  /** Whether the browser asks before the page is left. */
  async function asksOnLeaving(desk: OneFile): Promise<boolean> {
    let asked = false;
    desk.page.once("dialog", (dialog) => {
      asked = dialog.type() === "beforeunload";
      void dialog.dismiss();
    });
    await desk.page.close({ runBeforeUnload: true });
    await desk.page.waitForTimeout(1_000).catch(() => {});
    return asked;
  }

  test("is asked about while something is not saved, and not before or after", async () => {
    const untouched = await OneFile.open(browser);
    await untouched.page.locator("h1").click();
    expect(await asksOnLeaving(untouched), "untouched").toBe(false);
    await untouched.context.close();

    const desk = await openWith(book);
    await desk.page.locator(".overview .stage").waitFor();
    await desk.page.locator("h1").click();
    expect(await asksOnLeaving(desk)).toBe(true);
    const asksAtOnce = desk.page.evaluate<boolean>(`new Promise((tell) => {
      const asks = () => tell(!dispatchEvent(new Event("beforeunload", { cancelable: true })));
      new MutationObserver(asks).observe(document.querySelector("header .primary"), { attributeFilter: ["class"] });
    })`);
    await desk.download(desk.button("保存全部（.zip）"));
    expect(await asksAtOnce, "as soon as the button shows that it was saved").toBe(false);
    expect(await asksOnLeaving(desk), "saved").toBe(false);
    await desk.context.close();
  });

  test("is asked about while a form has changes that are not written yet", async () => {
    const desk = await openWith(first);
    await desk.page.locator(".tally").waitFor();
    await desk.download(desk.button("保存全部（.zip）"));
    const title = desk.page.locator(".case-form").getByLabel("案例名称");
    await title.fill(`${await title.inputValue()}新`);
    await title.press("Tab");
    expect(await asksOnLeaving(desk)).toBe(true);
    await desk.context.close();
  });
});

describe("材料核查", () => {
  test("goes on while another page is looked at, and its result is there on return", async () => {
    const context = await browser.newContext({ offline: true, viewport: { width: 1366, height: 768 } });
    await context.addInitScript("delete window.showDirectoryPicker");
    const desk = await OneFile.openIn(context);
    await desk.choose(desk.button("选择文件"), [first]);
    const pages = desk.page.getByRole("navigation", { name: "本单位" });
    await pages.getByRole("button", { name: "材料核查" }).click();
    const [chooser] = await Promise.all([
      desk.page.waitForEvent("filechooser"),
      desk.page.getByRole("button", { name: /选择材料文件夹/ }).click(),
    ]);
    await chooser.setFiles(evidence);
    await pages.getByRole("button", { name: "本单位", exact: true }).click();
    await desk.page.getByText("还差什么").first().waitFor();
    await pages.getByRole("button", { name: "材料核查" }).click();
    await desk.page.getByText(/个有材料，读了 \d+ 个文件/).waitFor();
    await end(desk);
  });
});

describe("next year's notice", () => {
  test("a field in which the stored text was typed again shows what is stored from then on", async () => {
    const desk = await OneFile.open(browser);
    const { page } = desk;
    await desk.button("新办一次征集评审").click();
    await desk.button("明年的通知").click();
    const title = page.locator('[id="title"]');
    const stored = await title.inputValue();
    await title.fill("别的");
    await title.fill(stored);
    await title.press("Tab");
    expect(await page.getByText("还没有改动").count()).toBe(1);
    // Had it kept what was typed, it would not follow what is stored.
    await title.fill("2026 年征集");
    await title.press("Tab");
    await page.getByRole("button", { name: /^恢复/ }).first().click();
    expect(await title.inputValue()).toBe(stored);
    await end(desk);
  });
});

describe("a folder that is read again", () => {
  const address = servePage();

  test("opens the desk anew: what another program has written is what is shown", async () => {
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await page.addInitScript("window.showDirectoryPicker = () => navigator.storage.getDirectory()");
    await page.goto(address());
    const put = (path: string) =>
      page.evaluate(`(async () => {
        const bytes = Uint8Array.from(atob(${JSON.stringify(readFileSync(path).toString("base64"))}), (c) => c.charCodeAt(0));
        const file = await (await navigator.storage.getDirectory()).getFileHandle("填报表.xlsx", { create: true });
        const stream = await file.createWritable();
        await stream.write(bytes);
        await stream.close();
      })()`);
    await put(first);
    await page.getByRole("button", { name: /打开文件夹/ }).click();
    const unit = page.locator(".tally strong");
    await unit.getByText("兴庆区教育局").waitFor();
    await put(second);
    await page.getByRole("button", { name: "重新读取文件夹" }).click();
    await unit.getByText("贺兰县教育局").waitFor();
    await context.close();
  });
});
