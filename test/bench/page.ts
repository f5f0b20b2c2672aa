/** The page in Chromium, as an administrator works at it: the same files and commands as `casebook`. */
import { OneFile } from "../browser/one-file.ts";
import { launchBrowser } from "../browser/sheets-page.ts";

export interface PageRun {
  readonly steps: readonly { readonly label: string; readonly seconds: number }[];
  /** The longest time in which the page could not answer, in milliseconds. */
  readonly longestPause: number;
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
    for (const [step, label] of actions) await take(label, () => desk.run(step, label));
    return { steps: seconds, longestPause: Number(await page.evaluate("globalThis.longestPause")) };
  } finally {
    await browser.close();
  }
}
