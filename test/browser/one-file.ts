import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContext, Download, Locator, Page } from "playwright-core";

export const pageFile = join(process.cwd(), "dist", "评案簿.html");

/** The page in a browser without a network, as a person works at it. */
export class OneFile {
  /** Addresses that were asked for beside the file itself. */
  readonly requests: string[] = [];
  /** What the browser complained of: errors, and what the content policy refused. */
  readonly complaints: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {}

  static async open(browser: Browser, size = { width: 1366, height: 768 }): Promise<OneFile> {
    const context = await browser.newContext({ offline: true, viewport: size, acceptDownloads: true });
    return OneFile.openIn(context);
  }

  /** In a browser that may have kept something of a former visit. */
  static async openIn(context: BrowserContext): Promise<OneFile> {
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    const opened = new OneFile(context, page);
    page.on("request", (request) => {
      const address = request.url();
      if (!address.startsWith("blob:") && address !== pathToFileURL(pageFile).href) opened.requests.push(address);
    });
    page.on("pageerror", (error) => opened.complaints.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") opened.complaints.push(message.text());
    });
    await page.goto(pathToFileURL(pageFile).href);
    await page.locator(".drop").waitFor();
    return opened;
  }

  button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }

  async choose(button: Locator, files: readonly string[]): Promise<void> {
    const [chooser] = await Promise.all([this.page.waitForEvent("filechooser"), button.click()]);
    await chooser.setFiles([...files]);
  }

  async download(button: Locator): Promise<Download> {
    const [download] = await Promise.all([this.page.waitForEvent("download"), button.click()]);
    return download;
  }

  /** Goes to a step of the administrator's desk. */
  async goTo(step: string): Promise<void> {
    await this.page.getByRole("navigation", { name: "步骤" }).getByRole("button", { name: step }).click();
  }

  /** Runs an action of a step; returns what it has said. */
  async run(step: string, action: string): Promise<string> {
    await this.goTo(step);
    const said = this.page.locator(".step .said");
    const before = await said.elementHandle({ timeout: 1 }).catch(() => undefined);
    await this.button(action).click();
    if (before) await before.waitForElementState("hidden");
    await said.waitFor({ timeout: 600_000 });
    return said.innerText();
  }
}
