import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import type { ServerFunctions } from "../../apps-script/src/pages/server.ts";

type Answers = { [N in keyof ServerFunctions]?: (...args: Parameters<ServerFunctions[N]>) => unknown };

export interface OpenedDialog {
  readonly page: Page;
  /** Calls of google.script so far, in order. */
  readonly calls: readonly (readonly [name: string, ...args: unknown[]])[];
  /** What the page asked the network for, itself aside. */
  readonly requests: readonly string[];
  /** Errors that nothing caught. */
  readonly errors: readonly string[];
}

const address = "http://dialog.test/";

/** Read once: a build in the meantime must not change a page under a running test. */
const pages = new Map(
  ["shared/findings", "shared/help", "review/assignment", "review/progress", "review/ranking"].map((file) => [
    file,
    readFileSync(`dist/sheets/${file}.html`, "utf8"),
  ]),
);

/** Stands in for the platform: a runner that can be chained, whose answers come from the test. */
const googleStub = `
  const runner = (succeed, fail) => new Proxy({}, { get: (_, name) =>
    name === "withSuccessHandler" ? (handler) => runner(handler, fail)
    : name === "withFailureHandler" ? (handler) => runner(succeed, handler)
    : (...args) => { window.answer(name, args).then((r) => "error" in r ? fail?.(new Error(r.error)) : succeed?.(r.value)); } });
  window.google = { script: { run: runner(), host: { close: () => { window.answer("close", []); } } } };
`;

export interface DialogSize {
  readonly width: number;
  readonly height: number;
}

/** Opens a page of `dist/sheets` as the platform does, with a server of the test's making. */
export async function openDialog(
  browser: Browser,
  file: string,
  answers: Answers,
  { size = { width: 300, height: 700 }, clock = false }: { size?: DialogSize; clock?: boolean } = {},
): Promise<OpenedDialog> {
  const page = await browser.newPage({ viewport: size });
  const calls: [string, ...unknown[]][] = [];
  const requests: string[] = [];
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  if (clock) await page.clock.install();
  await page.exposeFunction("answer", async (name: keyof ServerFunctions, args: unknown[]) => {
    calls.push([name, ...args]);
    try {
      const answer = answers[name] as ((...values: unknown[]) => unknown) | undefined;
      return { value: await answer?.(...args) };
    } catch (error) {
      return { error: (error as Error).message };
    }
  });
  await page.addInitScript(googleStub);
  await page.route("**/*", (route) => {
    const url = route.request().url();
    if (url === address)
      return route.fulfill({
        contentType: "text/html; charset=utf-8",
        body: pages.get(file)!,
      });
    requests.push(url);
    return route.abort();
  });
  await page.goto(address);
  return { page, calls, requests, errors };
}

/** Whether something sticks out at the side. */
export function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate("document.documentElement.scrollWidth > window.innerWidth");
}
