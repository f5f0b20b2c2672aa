import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateRawSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runEvidence, writeWorkbook } from "../node-tools/evidence/evidence-award.ts";
import { makeRawZip } from "../node-tools/evidence/raw-zip.ts";
import { runCasebook } from "../node-tools/run-casebook.ts";
import { OneFile } from "./one-file.ts";
import { launchBrowser } from "./sheets-page.ts";

const example = fileURLToPath(new URL("../../node-tools/example/evidence", import.meta.url));
const fixtures = fileURLToPath(new URL("../fixtures/evidence", import.meta.url));
const home = mkdtempSync(join(tmpdir(), "casebook-materials-"));

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  rmSync(home, { recursive: true, force: true });
});

/** Opens folders by an input alone, and remembers what the page's worker has answered. */
const before = `
  delete window.showDirectoryPicker;
  window.answers = [];
  window.Worker = class extends window.Worker {
    constructor(...words) {
      super(...words);
      this.addEventListener("message", ({ data }) => data.kind === "answer" && window.answers.push(data.value));
    }
  };`;

async function openPage(): Promise<OneFile> {
  const context = await browser.newContext({
    offline: true,
    viewport: { width: 1366, height: 768 },
    acceptDownloads: true,
  });
  await context.addInitScript(before);
  return OneFile.openIn(context);
}

interface Answer {
  readonly code: number;
  /** As `--json` prints it. */
  readonly result: unknown;
}

/** Reads the materials in the administrator's desk; returns what the command has answered. */
async function readInPage(desk: OneFile, workbook: string, materials: string): Promise<Answer> {
  await desk.choose(desk.button("选择文件"), [workbook]);
  await desk.goTo("材料核查");
  await desk.choose(desk.button("选择材料文件夹"), [materials]);
  const said = desk.page.locator(".step .said");
  await said.waitFor({ timeout: 240_000 });
  return desk.page.evaluate<Answer>("window.answers.findLast((each) => each?.result?.duplicates !== undefined)");
}

/** Without where the files lie. */
// biome-ignore lint/suspicious/noExplicitAny: as the command prints it
const comparable = ({ report, page, ...rest }: any) => rest;

async function exampleWorkbook(folder: string): Promise<string> {
  const inputs = join(folder, "收到");
  mkdirSync(inputs, { recursive: true });
  for (const name of ["单位名册.csv", "平台导出.csv"]) copyFileSync(join(example, name), join(inputs, name));
  const workbook = join(folder, "评案簿.xlsx");
  for (const words of [
    ["init", workbook],
    ["import", workbook, inputs],
  ])
    expect((await runCasebook(...words)).code).toBe(0);
  return workbook;
}

/** Everything that is wrong with files, and everything that is hidden in them. */
async function hostileAward(): Promise<{ workbook: string; materials: string }> {
  const folder = join(home, "各种文件");
  const materials = join(folder, "材料");
  for (const [id, name] of [
    ["A001", "leaky"],
    ["A002", "clean"],
    ["A003", "hostile"],
  ] as const)
    cpSync(join(fixtures, name), join(materials, id), { recursive: true });
  const zeros = Buffer.alloc(80 * 1024 * 1024);
  writeFileSync(
    join(materials, "A003", "炸弹.zip"),
    makeRawZip([
      { name: "弹.txt", content: zeros, deflated: deflateRawSync(zeros) },
      { name: "谎.txt", content: zeros, deflated: deflateRawSync(zeros), claimedSize: 10 },
      { name: "../../逃.txt" },
      { name: "课件.pdf", content: readFileSync(join(fixtures, "clean", "document.pdf")) },
    ]),
  );
  writeFileSync(
    join(materials, "A003", "压平.zip"),
    deflateRawSync(readFileSync(join(fixtures, "clean", "photo.png"))),
  );
  writeFileSync(
    join(materials, "A003", "套.zip"),
    makeRawZip([
      {
        name: "里.zip",
        content: makeRawZip([{ name: "show.mp4", content: readFileSync(join(fixtures, "clean", "film.mp4")) }]),
      },
    ]),
  );
  writeFileSync(join(materials, "说明.txt"), "课堂");
  const workbook = await writeWorkbook(folder, [{ 案例编号: "A001" }, { 案例编号: "A002" }, { 案例编号: "A003" }]);
  return { workbook, materials };
}

describe("materials in the page", () => {
  test("the example: the same findings, facts and workbook as by the command", async () => {
    const byPage = join(home, "网页");
    const byCommand = join(home, "命令");
    for (const folder of [byPage, byCommand]) mkdirSync(folder);
    const workbook = await exampleWorkbook(byPage);
    copyFileSync(workbook, join(byCommand, "评案簿.xlsx"));
    const { json } = await runEvidence(join(byCommand, "评案簿.xlsx"), "--files", join(example, "材料"));

    const desk = await openPage();
    const { result, code } = await readInPage(desk, workbook, join(example, "材料"));
    expect(code).toBe(1);
    expect(comparable(result)).toEqual(comparable(json));
    expect(json.findings.length).toBeGreaterThan(20);
    expect([desk.requests, desk.complaints]).toEqual([[], []]);
    await desk.context.close();
  });

  test("hostile files end in the command's Chinese messages, and the rest is read", async () => {
    const { workbook, materials } = await hostileAward();
    const copy = join(home, "各种文件", "award-2.xlsx");
    copyFileSync(workbook, copy);
    const { json } = await runEvidence(copy, "--files", materials);

    const desk = await openPage();
    const { result } = await readInPage(desk, workbook, materials);
    expect(comparable(result)).toEqual(comparable(json));
    const told = json.findings.filter(({ kind }: { kind: string }) => kind === "FILE-UNREADABLE");
    for (const words of [/压缩炸弹/, /不完整/, /打开密码/, /其实是 PDF/, /以外的位置/, /另存为 \.docx/])
      expect(
        told.map(({ message, remedy }: { message: string; remedy: string }) => message + remedy).join("\n"),
      ).toMatch(words);
    expect([desk.requests, desk.complaints]).toEqual([[], []]);
    await desk.context.close();
  });
});
