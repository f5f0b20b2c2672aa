/** The tab is gone in the middle of a command: the old workbook or the new one is there again, whole. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { unzipParts } from "../../node-tools/office-files/zip.ts";
import { readSheet, runCasebook } from "../node-tools/run-casebook.ts";
import { sampled } from "../sweep.ts";
import { OneFile } from "./one-file.ts";
import { launchBrowser } from "./sheets-page.ts";

const inputs = fileURLToPath(new URL("../../node-tools/example/inputs", import.meta.url));
const home = mkdtempSync(join(tmpdir(), "casebook-killed-"));
const before = join(home, "评案簿.xlsx");
const after = join(home, "检查过.xlsx");
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
  expect((await runCasebook("init", before)).code).toBe(0);
  expect((await runCasebook("import", before, inputs)).code).toBeLessThan(2);
  copyFileSync(before, after);
  expect((await runCasebook("check", after)).code).toBeLessThan(2);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  rmSync(home, { recursive: true, force: true });
});

const findings = async (path: string) => (await readSheet(path, "检查")).rows;

/** Calls after which the tab is killed: what the worker says, or is asked, in the middle of 检查; and some time after each. */
describe("a tab that is killed while 检查 runs", () => {
  test.for(sampled([0, 40].flatMap((wait) => [0, 1, 2, 4].map((step) => ({ step, wait })))))(
    "$wait ms after step $step: the old file or the new one, and the work is offered again",
    async ({ step, wait }) => {
      const first = await OneFile.open(browser);
      await first.choose(first.button("选择文件"), [before]);
      await first.page.locator(".administrator").waitFor();
      await first.page.locator(".overview .stage").waitFor();
      await first.goTo("检查");
      await first.page.evaluate(`{
        globalThis.steps = 0;
        let last = "";
        new MutationObserver(() => {
          const now = document.querySelector(".step [role=status]")?.textContent ?? "";
          if (now !== last) globalThis.steps++;
          last = now;
        }).observe(document.body, { subtree: true, childList: true, characterData: true });
      }`);
      await first.button("逐条检查").click();
      const isThere = () =>
        first.page.evaluate(`globalThis.steps >= ${step} || !!document.querySelector(".step .said")`);
      while (!(await isThere())) await first.page.waitForTimeout(5);
      if (wait > 0) await first.page.waitForTimeout(wait);
      await first.page.close({ runBeforeUnload: false });

      const second = await OneFile.openIn(first.context);
      await second.page.getByText(/浏览器里还有 \d+ 个文件/).waitFor();
      await second.button("接着做").click();
      await second.page.locator(".overview .stage").waitFor();
      const zip = join(home, "全部.zip");
      await (await second.download(second.button("保存全部（.zip）"))).saveAs(zip);
      const book = unzipParts(readFileSync(zip)).find(({ name }) => name === "评案簿.xlsx");
      const kept = join(home, "还在.xlsx");
      writeFileSync(kept, book?.content ?? new Uint8Array());
      const rows = JSON.stringify(await findings(kept));
      expect([JSON.stringify(await findings(before)), JSON.stringify(await findings(after))]).toContain(rows);
      await second.context.close();
    },
  );
});
