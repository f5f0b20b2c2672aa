import {
  closeSync,
  copyFileSync,
  cpSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
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
import { servePage } from "./served-page.ts";
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

/** The film with the box of its pictures stretched to two gigabytes that are not on the disk. */
function sparseFilm(path: string): void {
  const film = readFileSync(join(fixtures, "clean", "film.mp4"));
  const media = film.indexOf("mdat") - 4;
  const rest = film.subarray(media + film.readUInt32BE(media));
  const size = 2 ** 31 - 1;
  const head = Buffer.alloc(8);
  head.writeUInt32BE(size, 0);
  head.write("mdat", 4, "latin1");
  const file = openSync(path, "w");
  writeSync(file, film, 0, media, 0);
  writeSync(file, head, 0, 8, media);
  writeSync(file, rest, 0, rest.length, media + size);
  ftruncateSync(file, media + size + rest.length);
  closeSync(file);
}

describe("materials in the page", () => {
  const address = servePage();

  test("the example: the same findings, filled cells and doubles as by the command", async () => {
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

  test("a unit sees beside each case what its files say, on a telephone as well", async () => {
    const folder = join(home, "单位");
    mkdirSync(folder);
    const workbook = await exampleWorkbook(folder);
    expect((await runCasebook("forms", workbook, "--out", join(folder, "填报表"))).code).toBe(0);
    const desk = await openPage();
    const { page } = desk;
    await desk.choose(desk.button("选择文件"), [join(folder, "填报表", "填报表-兴庆区教育局.xlsx")]);
    await page.getByRole("button", { name: /材料核查/ }).click();
    await desk.choose(desk.button("选择材料文件夹"), [join(example, "材料")]);
    await page.getByText("案例 2 个有材料，读了 12 个文件").waitFor();
    await page.getByText(/查到的可以填进空着的 [1-9]\d* 格/).click();
    await page.getByRole("button", { name: /^填入/ }).click();
    await page.getByText(/查到的可以填进空着的/).waitFor({ state: "detached" });
    const row = page.getByRole("row").filter({ hasText: "A001/课堂照片.jpg" }).filter({ hasText: "北纬" });
    expect(await row.innerText()).toMatch(/带有拍摄位置.*请/s);
    await page.getByRole("button", { name: /A001 看得见/ }).click();
    expect(await page.getByLabel("总字数", { exact: false }).first().inputValue()).toBe("2328");
    const beside = page.locator(".panel").filter({ hasText: "材料（" });
    expect(await beside.locator("dl").innerText()).toMatch(/视频分辨率\s+640\*480\s+视频时长\s+00:06:40/);
    await beside.getByText(/A001\/展示视频.mp4（\d+）/).click();
    await beside.getByText("视频时长 00:06:40，短于要求的").waitFor();
    const axe = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");
    const violations = await page.evaluate(
      `${axe}; axe.run().then(({ violations }) => violations.map(({ id }) => id))`,
    );
    expect(violations).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")).toBe(0);
    await page.getByRole("button", { name: /材料核查/ }).click();
    expect(await page.evaluate(`axe.run().then(({ violations }) => violations.map(({ id }) => id))`)).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")).toBe(0);
    expect([desk.requests, desk.complaints]).toEqual([[], []]);
    await desk.context.close();
  });

  test("a film of two gigabytes is read by its index, where it lies", async () => {
    const folder = join(home, "长视频");
    const workbook = await writeWorkbook(folder, [{ 案例编号: "A001" }]);
    mkdirSync(join(folder, "材料", "A001"), { recursive: true });
    sparseFilm(join(folder, "材料", "A001", "show.mp4"));
    const desk = await openPage();
    const begun = Date.now();
    const { result } = await readInPage(desk, workbook, join(folder, "材料"));
    expect(Date.now() - begun).toBeLessThan(60_000);
    const { filled } = result as { filled: { column: string; value: string }[] };
    expect(filled.find(({ column }) => column === "视频时长")?.value).toBe("00:00:03");
    await desk.context.close();
  });

  test("reading can be cancelled, and nothing has changed then", async () => {
    const folder = join(home, "取消");
    const workbook = await writeWorkbook(folder, [{ 案例编号: "A001" }]);
    mkdirSync(join(folder, "材料", "A001"), { recursive: true });
    for (let i = 0; i < 160; i += 1)
      copyFileSync(join(fixtures, "leaky", "document.docx"), join(folder, "材料", "A001", `${i}.docx`));
    const desk = await openPage();
    const { page } = desk;
    await desk.choose(desk.button("选择文件"), [workbook]);
    await desk.goTo("材料核查");
    await desk.choose(desk.button("选择材料文件夹"), [join(folder, "材料")]);
    await page.getByText(/读取材料 \d+\/160/).waitFor();
    await desk.button("取消").click();
    await page.getByText("已取消，文件没有改动").waitFor();
    // What was read before is not read again.
    await desk.choose(desk.button("选择材料文件夹"), [join(folder, "材料")]);
    expect(await page.locator(".step .said.said:not(.failed)").innerText()).toMatch(
      /文件 160 个.*[1-9]\d* 个没有变化/s,
    );
    await desk.context.close();
  });

  test("a folder that the browser opens is read where it is, and written to once more by a later run", async () => {
    const folder = join(home, "所选");
    mkdirSync(folder);
    const workbook = await exampleWorkbook(folder);
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
    // A folder that the browser has of its own stands for one that a person chooses.
    await context.addInitScript("window.showDirectoryPicker = () => navigator.storage.getDirectory()");
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(address());
    const files = ["A001", "A002"].flatMap((id) =>
      readdirSync(join(example, "材料", id)).map((name) => ({
        id,
        name,
        content: readFileSync(join(example, "材料", id, name)).toString("base64"),
      })),
    );
    await page.evaluate(`(async () => {
      const root = await navigator.storage.getDirectory();
      for (const { id, name, content } of ${JSON.stringify(files)}) {
        const own = await root.getDirectoryHandle(id, { create: true });
        const stream = await (await own.getFileHandle(name, { create: true })).createWritable();
        await stream.write(Uint8Array.from(atob(content), (c) => c.charCodeAt(0)));
        await stream.close();
      }
      const stream = await (await root.getFileHandle("评案簿.xlsx", { create: true })).createWritable();
      await stream.write(Uint8Array.from(atob("${readFileSync(workbook).toString("base64")}"), (c) => c.charCodeAt(0)));
      await stream.close();
    })()`);
    await page.getByRole("button", { name: /打开文件夹/ }).click();
    const check = async () => {
      await page.getByRole("navigation", { name: "步骤" }).getByRole("button", { name: "材料核查" }).click();
      await page.getByRole("button", { name: "选择材料文件夹" }).click();
      return page.locator(".step .said").innerText();
    };
    expect(await check()).toMatch(/案例 2 个，文件 12 个.*新读 12 个/);
    // What a run has left in the folder is known to the next one, and replaced by it.
    await page.reload();
    await page.getByRole("button", { name: /打开文件夹/ }).click();
    expect(await check()).toMatch(/案例 2 个，文件 12 个.*12 个没有变化/);
    expect(await page.getByRole("alert").count()).toBe(0);
    await context.close();
  });
});
