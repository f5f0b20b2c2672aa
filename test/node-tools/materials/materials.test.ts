/** The command from what was handed in to what the experts get, through the delivered bundle. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readWorkbook } from "../../../node-tools/office-files/workbook.ts";
import { unzipParts, zipParts } from "../../../node-tools/office-files/zip.ts";
import { runDelivered } from "../evidence/evidence-award.ts";
import { readRecords, readSheet } from "../run-casebook.ts";
import { fixture, handIn, type ReviewAward, writeReviewAward } from "./review-award.ts";

const home = mkdtempSync(join(tmpdir(), "casebook-materials-"));
let award: ReviewAward;
const run = (out = award.out, ...words: string[]) =>
  runDelivered("materials", award.workbook, "--files", award.files, "--out", out, ...words);
const folderOf = (id: string, out = award.out) => join(out, award.reviewIds[id] ?? "");
const listOf = (out = award.out) => readRecords(join(out, "未放入.xlsx"), "未放入");

beforeAll(async () => {
  award = await writeReviewAward(home, ["A001", "A002"]);
  for (const name of ["film.mp4", "photo.jpg", "document.docx", "document.pdf", "names.zip"])
    handIn(award, `A001/柳知远的${name}`, `leaky/${name}`);
  handIn(award, "A001/旧稿.doc", "hostile/old.doc");
  for (const name of ["document.docx", "film.mp4", "photo.png"]) handIn(award, `A002 课堂/${name}`, `clean/${name}`);
  handIn(award, "A002 课堂/案例正文.docx", "clean/document.docx");
  handIn(award, "不知是谁的/课件.pptx", "clean/slides.pptx");
}, 120_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

test("a folder for each case, under neutral names, without what tells; what shows somebody is left out and told", async () => {
  const { code, json } = await run();
  expect(code).toBe(1);
  expect(readdirSync(folderOf("A001"))).toEqual(["视频.mp4", "附件1.txt", "附件2.jpg"]);
  expect(readdirSync(folderOf("A002"))).toEqual(["正文.docx", "视频.mp4", "附件1.docx", "附件2.png"]);
  expect([json.submissions, json.files]).toEqual([2, 7]);
  expect(json.leftOut.map(({ file }: { file: string }) => file)).toEqual([
    "A001/旧稿.doc",
    "A001/柳知远的document.docx",
    "A001/柳知远的document.pdf",
  ]);
  for (const name of readdirSync(folderOf("A001")))
    expect(readFileSync(join(folderOf("A001"), name)).includes("柳知远")).toBe(false);
  expect(json.unmatched).toHaveLength(1);
  const rows = await listOf();
  expect(rows.map((row) => [row.案例编号, row.文件, row.处理])).toEqual(
    json.leftOut.map(({ id, file }: Record<string, string>) => [id, file, ""]),
  );
  expect(rows[0]?.原因).toContain("请另存为 .docx 后重新提交");
  expect(rows[1]?.原因).toMatch(/作者姓名“柳知远”.*在“处理”写“保留”/);
  const materials = (await readRecords(award.review, "参评案例")).map((row) => row.评审材料);
  expect(materials.sort()).toEqual(
    Object.values(award.reviewIds)
      .map((id) => `评分材料/${id}`)
      .sort(),
  );
  expect((await readRecords(award.review, "日志")).at(-1)).toMatchObject({ 操作: "匿名材料" });
});

test("again: nothing is made anew, and what somebody put into a folder stays there", async () => {
  const own = join(folderOf("A002"), "我放的.txt");
  writeFileSync(own, "说明");
  const before = statSync(join(folderOf("A002"), "视频.mp4"));
  const { json } = await run();
  expect(json.unchanged).toBe(2);
  expect(json.leftOut).toHaveLength(3);
  expect(await listOf()).toHaveLength(3);
  expect(statSync(join(folderOf("A002"), "视频.mp4")).ino).toBe(before.ino);
  expect(readFileSync(own, "utf8")).toBe("说明");
});

test("a zip for each expert holds the expert's own cases and only what was made for them", async () => {
  const { code, json } = await runDelivered(
    "packets",
    award.workbook,
    "--out",
    award.packets,
    "--materials",
    award.out,
  );
  expect(code).toBe(0);
  const pairs = (await readRecords(award.review, "分派")).map((row) => [row.专家编号, row.评审编号]);
  expect(json.archives.map((path: string) => basename(path))).toEqual(
    pairs.map(([expert]) => `评分材料-${expert}.zip`).sort(),
  );
  expect(json.notZipped).toEqual([`${award.reviewIds.A002}/我放的.txt`]);
  for (const [expert, reviewId = ""] of pairs) {
    const parts = unzipParts(readFileSync(join(award.packets, `评分材料-${expert}.zip`)));
    const made = readdirSync(join(award.out, reviewId)).filter((name) => name !== "我放的.txt");
    expect(parts.map(({ name }) => name)).toEqual(made.map((name) => `评分材料/${reviewId}/${name}`));
    for (const { name, content } of parts)
      expect(content.equals(readFileSync(join(award.out, reviewId, basename(name))))).toBe(true);
  }
  const again = await runDelivered("packets", award.workbook, "--out", award.packets, "--materials", award.out);
  expect(again.json.zipped).toEqual([]);
  expect(again.json.resend).toEqual([]);
});

test("copies and their folders may be read by whoever may read the score sheets", () => {
  const modeOf = (path: string) => statSync(path).mode & 0o777;
  const sheet = readdirSync(award.packets).find((name) => name.startsWith("评分表-")) ?? "";
  expect(modeOf(join(folderOf("A001"), "附件1.txt"))).toBe(modeOf(join(award.packets, sheet)));
  expect(modeOf(folderOf("A001"))).toBe(modeOf(award.packets));
});

const zipsIn = (folder: string) => readdirSync(folder).filter((name) => name.endsWith(".zip"));
const pack = () => runDelivered("packets", award.workbook, "--out", award.packets, "--materials", award.out);

test("zips that no plan covers, and one into which somebody put something, go aside; the experts of new zips are listed", async () => {
  const before = zipsIn(award.packets);
  writeFileSync(join(award.packets, "评分材料-E900.zip"), "of an expert who was withdrawn");
  writeFileSync(join(award.packets, "评分材料-说明.zip"), "somebody's own");
  const [touched = ""] = before;
  const own = unzipParts(readFileSync(join(award.packets, touched)));
  writeFileSync(
    join(award.packets, touched),
    zipParts([...own, { name: "说明.txt", content: Buffer.from("请看") }], { compress: false }),
  );
  const { code, json } = await pack();
  expect(code).toBe(0);
  const backup = touched.replace(".zip", ".旧1.zip");
  expect(json.aside).toEqual(["评分材料-E900.旧1.zip", backup]);
  expect(zipsIn(award.packets).sort()).toEqual(
    [...before, "评分材料-E900.旧1.zip", "评分材料-说明.zip", backup].sort(),
  );
  expect(unzipParts(readFileSync(join(award.packets, backup))).map(({ name }) => name)).toContain("说明.txt");
  const expert = touched.slice("评分材料-".length, -".zip".length);
  expect(json.resend).toMatchObject([{ expert, reasons: ["评审材料有变化"], file: join(award.packets, touched) }]);
  expect((await pack()).json).toMatchObject({ aside: [], zipped: [], resend: [] });
});

test("what systems leave lying about is nobody's file", async () => {
  writeFileSync(join(folderOf("A001"), ".DS_Store"), "x");
  writeFileSync(join(folderOf("A001"), "Thumbs.db"), "x");
  expect((await pack()).json.notZipped).toEqual([`${award.reviewIds.A002}/我放的.txt`]);
});

test("a file that was changed after it was made, its size the same, is in no zip, and its folder is made anew", async () => {
  const path = join(folderOf("A001"), "附件1.txt");
  const before = readFileSync(path);
  writeFileSync(path, Buffer.from(before.map((byte) => byte ^ 1)));
  rmSync(award.packets, { recursive: true });
  const { code, json } = await pack();
  expect(code).toBe(0);
  expect(json.withoutMaterials).toEqual([award.reviewIds.A001]);
  expect(json.notZipped).toContain(`${award.reviewIds.A001}/附件1.txt`);
  for (const name of zipsIn(award.packets))
    expect(readFileSync(join(award.packets, name)).includes(`${award.reviewIds.A001}/附件1.txt`)).toBe(false);
  expect(readdirSync(award.packets).filter((name) => name.includes("未完成"))).toEqual([]);
  const again = await run();
  expect(again.json.aside).toEqual([`${folderOf("A001")}.旧1`]);
  expect(readFileSync(path).equals(before)).toBe(true);
  expect((await pack()).json.withoutMaterials).toEqual([]);
});

test("a change that leaves size and time as they were stops its own zips only", async () => {
  const path = join(folderOf("A001"), "附件1.txt");
  const before = readFileSync(path);
  const { atime, mtime } = statSync(path);
  const out = join(home, "评分表二");
  writeFileSync(path, Buffer.from(before.map((byte) => byte ^ 1)));
  utimesSync(path, atime, mtime);
  const { code, json } = await runDelivered("packets", award.workbook, "--out", out, "--materials", award.out);
  writeFileSync(path, before);
  utimesSync(path, atime, mtime);
  expect(json.changedAfter).toEqual([`${award.reviewIds.A001}/附件1.txt`]);
  expect(zipsIn(out).length).toBe(json.archives.length - 1);
  expect(code).toBe(0);
});

test("保留 puts a file in, its properties removed all the same; what else was typed into the list stays", async () => {
  const list = join(award.out, "未放入.xlsx");
  const book = readWorkbook(list, "edit");
  const header = ((await readSheet(list, "未放入")).rows[0] ?? []).map(String);
  const rows = await listOf();
  const rowOf = (part: string) => Number(rows.find((row) => row.文件?.includes(part))?.row);
  const ruling = header.indexOf("处理") + 1;
  book.apply({
    sheets: [
      {
        name: "未放入",
        edits: [
          { row: rowOf("document.docx"), column: ruling, value: "保留" },
          { row: rowOf("document.pdf"), column: ruling, value: "再看看" },
          { row: rowOf("document.pdf"), column: header.length + 1, value: "已电话通知" },
          { row: rowOf("旧稿"), column: ruling, value: "保留" },
        ],
      },
    ],
  });
  writeFileSync(list, book.toBuffer());

  const { json, err } = await run();
  expect(json.unchanged).toBe(1);
  expect(json.leftOut.map(({ file }: { file: string }) => file)).toEqual([
    "A001/旧稿.doc",
    "A001/柳知远的document.pdf",
  ]);
  expect(readdirSync(folderOf("A001"))).toEqual(["视频.mp4", "附件1.docx", "附件2.txt", "附件3.jpg"]);
  const after = await listOf();
  const row = (part: string) => after.find((each) => each.文件?.includes(part));
  expect(row("document.docx")).toMatchObject({ 原因: "已放入", 处理: "保留" });
  expect(row("document.pdf")).toMatchObject({ 处理: "再看看" });
  expect((await readSheet(list, "未放入")).rows[rowOf("document.pdf") - 1]?.[header.length]).toBe("已电话通知");
  expect(err).toBe("");
});

test("a folder with something of somebody's own is moved aside before it is made anew", async () => {
  utimesSync(join(award.files, "A002 课堂", "film.mp4"), 1, 1);
  const { json } = await run();
  expect(json.aside).toEqual([`${folderOf("A002")}.旧1`]);
  expect(readdirSync(`${folderOf("A002")}.旧1`)).toContain("我放的.txt");
  expect(readdirSync(folderOf("A002"))).toEqual(["正文.docx", "视频.mp4", "附件1.docx", "附件2.png"]);
});

test("a run that was broken off is gone on with: finished folders stay, the rest of what it left goes", async () => {
  const out = join(home, "接着做");
  await run(out);
  rmSync(folderOf("A002", out), { recursive: true });
  mkdirSync(join(out, ".未完成", "_abc"), { recursive: true });
  writeFileSync(join(out, ".未完成", "_abc", "1.mp4"), "half");
  writeFileSync(
    join(out, ".评审材料.缓存.jsonl"),
    `${readFileSync(join(out, ".评审材料.缓存.jsonl"), "utf8")}{"reviewId":"P1","dig`,
  );
  const { json } = await run(out);
  expect(json.unchanged).toBe(1);
  expect(existsSync(folderOf("A002", out))).toBe(true);
  expect(existsSync(join(out, ".未完成"))).toBe(false);
  expect((await run(out)).json.unchanged).toBe(2);
});

test("the copies may not lie among what was handed in", async () => {
  const { code, json } = await run(join(award.files, "匿名"));
  expect(code).toBe(2);
  expect(json.error.message).toContain("--out 不能在 --files 的文件夹里");
});

test("folders of an award are not replaced by those of another with the same numbers", async () => {
  const { award: other } = await writeOther();
  const before = readdirSync(folderOf("A002"));
  const { code, json } = await runDelivered("materials", other.workbook, "--files", other.files, "--out", award.out);
  expect(code).toBe(3);
  expect(json.error.message).toContain("里是另一次评选的匿名材料");
  expect(readdirSync(folderOf("A002"))).toEqual(before);
});

async function writeOther() {
  const award = await writeReviewAward(join(home, "另一次"), ["A001", "A002"], "另一次评选的");
  handIn(award, "A001/photo.png", "clean/photo.png");
  handIn(award, "A002/photo.png", "clean/photo.png");
  return { award };
}

test("a folder whose case has nothing left is no longer there, though it was so before", async () => {
  const out = join(home, "空的");
  const files = join(home, "空的提交");
  const small = { ...award, files };
  const make = () => runDelivered("materials", award.workbook, "--files", files, "--out", out);
  handIn(small, "A001/photo.png", "clean/photo.png");
  await make();
  rmSync(join(files, "A001", "photo.png"));
  const { json } = await make();
  expect(existsSync(folderOf("A001", out))).toBe(false);
  expect(json.emptied).toContain(award.reviewIds.A001);
  // As a run that was broken off just before would have left it.
  mkdirSync(folderOf("A001", out));
  writeFileSync(join(folderOf("A001", out), "附件1.png"), readFileSync(fixture("clean/photo.png")));
  await make();
  expect(existsSync(folderOf("A001", out))).toBe(false);
});

test("a drawing without its title is the same drawing", async () => {
  const drawing = '<svg xmlns="http://www.w3.org/2000/svg">\n<title>liu</title>\n<rect width="9"/>\n</svg>\n';
  handIn(award, "A002 课堂/图.svg", drawing, false);
  const out = join(home, "有图");
  await run(out);
  const made = readdirSync(folderOf("A002", out)).filter((name) => name.endsWith(".svg"));
  expect(made).toHaveLength(1);
  expect(readFileSync(join(folderOf("A002", out), made[0] ?? ""), "utf8")).not.toContain("liu");
});
