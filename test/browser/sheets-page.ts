/** `casebook sheets` and its page, handled as a person would: by menus, dialogs, typing and pasting. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type Browser, chromium, type FrameLocator, type Locator, type Page } from "playwright-core";
import { columnLetters } from "../../apps-script/core/workbook/addresses.ts";

export interface SheetsCommand {
  readonly url: string;
  /** Ctrl-C; the exit code. */
  end(): Promise<number | null>;
}

/** @param workbook need not exist yet */
export async function startSheetsCommand(workbook: string): Promise<SheetsCommand> {
  const child = spawn(process.execPath, ["dist/casebook.mjs", "sheets", workbook], { stdio: "pipe" });
  const url = await readAddress(child);
  return {
    url,
    end: async () => {
      const ended = once(child, "exit");
      child.kill("SIGINT");
      return (await ended)[0] as number | null;
    },
  };
}

function readAddress(child: ChildProcess): Promise<string> {
  let said = "";
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said += chunk.toString("utf8");
      const url = /http:\/\/127\.0\.0\.1\S+/.exec(said)?.[0];
      if (url) resolve(url);
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.on("exit", (code) => reject(new Error(`casebook sheets ended with ${code}: ${said}`)));
  });
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
}

export async function openSheetsPage(browser: Browser, url: string): Promise<SheetsPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const opened = new SheetsPage(page);
  await page.goto(url);
  await page.getByRole("tab").first().waitFor();
  return opened;
}

/** `A5` of a 1-based row and column. */
export const addressOf = (row: number, column: number): string => `${columnLetters(column)}${row}`;

export class SheetsPage {
  readonly page: Page;
  /** What went wrong in the page itself. */
  readonly errors: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on("pageerror", (error) => this.errors.push(error.message));
  }

  cell(address: string): Locator {
    return this.page.locator(`[data-cell="${address}"]`);
  }

  /** Waits until no script runs any more. */
  async rest(): Promise<void> {
    await this.page.locator("body:not(.running)").waitFor({ state: "attached" });
  }

  async openSheet(name: string): Promise<void> {
    await this.rest();
    await this.page.getByRole("tab", { name, exact: true }).click();
    await this.page.getByRole("tab", { name, exact: true, selected: true }).waitFor();
  }

  async goTo(address: string): Promise<void> {
    const box = this.page.getByLabel("单元格地址");
    await box.fill(address);
    await box.press("Enter");
    await this.cell(address).waitFor();
  }

  async type(address: string, text: string): Promise<void> {
    await this.goTo(address);
    await this.page.keyboard.type(text);
    await this.page.keyboard.press("Enter");
  }

  /** Pastes a block; its upper left cell goes to the address. */
  async paste(address: string, rows: readonly (readonly (string | number)[])[]): Promise<void> {
    const text = rows.map((row) => row.join("\t")).join("\n");
    await this.goTo(address);
    await this.page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
    await this.page.keyboard.press("Control+v");
  }

  async choose(item: string): Promise<void> {
    await this.rest();
    await this.page.getByRole("menubar").getByRole("menuitem").click();
    await this.page.getByRole("menu").getByRole("menuitem", { name: item, exact: true }).click();
  }

  /** The alert or prompt of that title that is open now. */
  question(title: string): Locator {
    return this.page.locator(".question").filter({ has: this.page.getByRole("heading", { name: title, exact: true }) });
  }

  /** Reads a question, answers it and waits until it is gone. */
  async answer(title: string, { containing = "", text }: { containing?: string; text?: string } = {}): Promise<string> {
    const question = this.question(title).filter({ hasText: containing });
    const told = await question.locator(".message").innerText();
    const shown = await question.elementHandle();
    if (text !== undefined) await question.getByRole("textbox").fill(text);
    await question.getByRole("button", { name: "确定" }).click();
    await shown?.waitForElementState("hidden");
    return told;
  }

  /** Reads a last word of an action, which is a toast or a window beside the sheet, and puts it away. */
  async hear(title: string, containing = ""): Promise<string> {
    const toast = this.page.locator(".toast").filter({ hasText: title }).filter({ hasText: containing }).first();
    const words = this.frame(title).locator("pre").filter({ hasText: containing });
    await toast
      .or(this.page.locator(`iframe[title="${title}"]`))
      .first()
      .waitFor();
    if (await toast.isVisible()) {
      const told = await toast.innerText();
      await toast.getByRole("button", { name: "关闭" }).click();
      return told;
    }
    const told = await words.innerText();
    await this.closeDialog(title);
    return told;
  }

  toast(text: string): Locator {
    return this.page.locator(".toast").filter({ hasText: text }).first();
  }

  /** A dialog or the sidebar that a script shows. */
  frame(title: string): FrameLocator {
    return this.page.frameLocator(`iframe[title="${title}"]`);
  }

  async closeDialog(title: string): Promise<void> {
    await this.page.getByRole("dialog", { name: title }).getByRole("button", { name: "关闭" }).first().click();
  }

  async actAs(email: string): Promise<void> {
    await this.rest();
    await this.page.getByTestId("user").selectOption(email);
    await this.page.locator("body:not([inert])").waitFor();
  }

  async openDrive(): Promise<Locator> {
    await this.rest();
    await this.page.getByTestId("files").click();
    const drive = this.page.getByRole("dialog", { name: "云端硬盘" });
    await drive.waitFor();
    return drive;
  }

  async openFile(name: string): Promise<void> {
    const drive = await this.openDrive();
    await drive.getByRole("button", { name, exact: true }).click();
    await this.page
      .getByTestId("files")
      .filter({ hasText: new RegExp(`^${name}$`) })
      .waitFor();
  }

  /** As `复制编号` gives it. */
  async copyFileId(name: string): Promise<string> {
    const drive = await this.openDrive();
    await drive.locator(".file").filter({ hasText: name }).first().getByRole("button", { name: "复制编号" }).click();
    await this.page.keyboard.press("Escape");
    return (await this.page.evaluate("navigator.clipboard.readText()")) as string;
  }

  async upload(paths: readonly string[]): Promise<void> {
    const drive = await this.openDrive();
    await drive.getByLabel("上传文件").setInputFiles([...paths]);
    for (const path of paths) await drive.getByText(path.split("/").at(-1) ?? "", { exact: true }).waitFor();
    await this.page.keyboard.press("Escape");
  }
}
