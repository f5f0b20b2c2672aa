/** The page in Chromium, as an administrator works at it: the same files and commands as `casebook`. */
import { readdirSync, readFileSync } from "node:fs";
import { OneFile } from "../browser/one-file.ts";
import { launchBrowser } from "../browser/sheets-page.ts";

export interface PageRun {
  readonly steps: readonly { readonly label: string; readonly seconds: number }[];
  /** The longest time in which the page could not answer, in milliseconds. */
  readonly longestPause: number;
  /** The most that the page's process held, its worker and its scripts included. */
  readonly peakMegabytes: number;
}

/** What the largest of Chromium's page processes holds now, in MB; each has its own. */
function rendererMegabytes(): number {
  let most = 0;
  for (const id of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${id}/cmdline`, "utf8").includes("--type=renderer")) continue;
      const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, "utf8"))?.[1] ?? 0);
      most = Math.max(most, kilobytes / 1024);
    } catch {
      // It has ended meanwhile.
    }
  }
  return most;
}

/** Actions of the desk, by the step that they belong to. */
const actions = [
  ["检查", "逐条检查"],
  ["推荐", "按初评得分推荐"],
  ["分派", "分派专家"],
  ["评分表", "生成评分表"],
] as const;

/** @param book a workbook that has been filled by `import` */
export async function measurePage(book: string): Promise<PageRun> {
  const browser = await launchBrowser();
  try {
    const desk = await OneFile.open(browser);
    const { page } = desk;
    page.setDefaultTimeout(600_000);
    const seconds: { label: string; seconds: number }[] = [];
    const take = async (label: string, work: () => Promise<unknown>) => {
      const started = performance.now();
      await work();
      seconds.push({ label, seconds: (performance.now() - started) / 1000 });
    };
    await take("打开", async () => {
      await desk.choose(desk.button("选择文件"), [book]);
      await page.locator(".administrator").waitFor();
    });
    await page.locator(".overview").waitFor();
    await page.evaluate(`{
      let last = performance.now();
      globalThis.longestPause = 0;
      const tick = () => {
        const now = performance.now();
        globalThis.longestPause = Math.max(globalThis.longestPause, now - last);
        last = now;
        setTimeout(tick, 10);
      };
      tick();
    }`);
    let peakMegabytes = 0;
    const watch = setInterval(() => {
      peakMegabytes = Math.max(peakMegabytes, rendererMegabytes());
    }, 250);
    for (const [step, label] of actions) await take(label, () => desk.run(step, label));
    clearInterval(watch);
    return { peakMegabytes, steps: seconds, longestPause: Number(await page.evaluate("globalThis.longestPause")) };
  } finally {
    await browser.close();
  }
}

/** Milliseconds. */
export interface FormRun {
  /** Until the form is there, judged for the first time. */
  readonly opened: number;
  /** From the key that ends the typing to the page that shows what was judged, a change each. */
  readonly afterFields: readonly number[];
  readonly afterTexts: readonly number[];
}

/** Changes before those that are counted: the browser translates what runs often only after a while. */
const changesBefore = 10;
const changesCounted = 20;
/** Milliseconds after which the change before has been written as well. */
const pauseBetween = 2500;

/** @param form a 填报表 with more cases than changes are made */
export async function measureForm(form: string): Promise<FormRun> {
  const browser = await launchBrowser();
  try {
    const desk = await OneFile.open(browser);
    const { page } = desk;
    const started = performance.now();
    await desk.choose(desk.button("选择文件"), [form]);
    await page.locator(".tally").waitFor();
    const opened = performance.now() - started;
    await page.getByRole("button", { name: "表格", exact: true }).click();
    await page.evaluate(`{
      globalThis.times = [];
      let pressed;
      addEventListener("keydown", ({ key }) => { if (key === "Enter") pressed = performance.now(); }, true);
      new MutationObserver(() => {
        if (pressed === undefined) return;
        const from = pressed;
        pressed = undefined;
        requestAnimationFrame(() => globalThis.times.push(performance.now() - from));
      }).observe(document.querySelector(".history"), { subtree: true, characterData: true, childList: true });
    }`);
    const labels = (await page.getByRole("columnheader").allInnerTexts()).slice(1);
    const change = async (label: string): Promise<number[]> => {
      await page.locator(".grid-editor textarea").focus();
      await page.keyboard.press("Control+Home");
      for (let i = 0; i < labels.indexOf(label); i += 1) await page.keyboard.press("ArrowRight");
      await page.evaluate("globalThis.times.length = 0");
      for (let i = 0; i < changesBefore + changesCounted; i += 1) {
        await page.keyboard.insertText(`作业、课堂、评价${i}`);
        await page.keyboard.press("Enter");
        await page.waitForTimeout(pauseBetween);
      }
      return (await page.evaluate<number[]>("globalThis.times")).slice(changesBefore);
    };
    return { opened, afterFields: await change("关键词"), afterTexts: await change("案例概要") };
  } finally {
    await browser.close();
  }
}
