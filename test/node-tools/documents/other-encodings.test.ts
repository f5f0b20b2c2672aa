import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readFileFacts } from "../../../node-tools/documents/file-facts.ts";
import { temporaryFolder } from "../run-casebook.ts";

const fixtures = fileURLToPath(new URL("../../fixtures/evidence/", import.meta.url));
const gbkName = Buffer.from([0xc1, 0xf8, 0xd6, 0xaa, 0xd4, 0xb6]);
const utf16 = (text: string) => `<feff${Buffer.from(text, "utf16le").swap16().toString("hex")}>`;

function writePdf(objects: readonly (string | Buffer)[]): string {
  const path = join(temporaryFolder(), "file.pdf");
  let bytes = Buffer.from("%PDF-1.4\n");
  const offsets = objects.map((object, i) => {
    const at = bytes.length;
    bytes = Buffer.concat([bytes, Buffer.from(`${i + 1} 0 obj\n`), Buffer.from(object), Buffer.from("\nendobj\n")]);
    return `${String(at).padStart(10, "0")} 00000 n \n`;
  });
  const xref = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join("")}`;
  const trailer = `trailer\n<</Size ${objects.length + 1}/Root 1 0 R/Info 4 0 R>>\nstartxref\n${bytes.length}\n%%EOF\n`;
  writeFileSync(path, Buffer.concat([bytes, Buffer.from(xref + trailer)]));
  return path;
}

const pages = ["<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>"];
const catalog = (more: string) => `<</Type/Catalog/Pages 2 0 R${more}>>`;
const plainInfo = "<</Producer(x)>>";

describe("places of a PDF that its side panels show", () => {
  test.for<[what: string, place: string, objects: readonly (string | Buffer)[]]>([
    [
      "an author in GBK",
      "文档属性“作者”",
      [catalog(""), ...pages, Buffer.concat([Buffer.from("<</Author("), gbkName, Buffer.from(")>>")])],
    ],
    [
      "the name of a layer",
      "图层的名称",
      [catalog("/OCProperties<</OCGs[5 0 R]/D<<>>>>"), ...pages, plainInfo, `<</Type/OCG/Name${utf16("柳知远")}>>`],
    ],
    [
      "the label of a page",
      "页码标签",
      [catalog(`/PageLabels<</Nums[0<</P${utf16("柳知远")}>>]>>`), ...pages, plainInfo],
    ],
    [
      "a script",
      "脚本",
      [catalog(`/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS${utf16("柳知远")}>>]>>>>`), ...pages, plainInfo],
    ],
  ])("%s", async ([, place, objects]) => {
    const { pieces } = await readFileFacts(writePdf(objects));
    expect(pieces).toContainEqual(expect.objectContaining({ place, text: expect.stringContaining("柳知远") }));
  });
});

/** One page with these lines at their heights, of 200. */
function pageOf(lines: readonly (readonly [text: string, height: number])[]): string {
  const content = lines.map(([text, height]) => `BT /F1 9 Tf 1 0 0 1 20 ${height} Tm (${text}) Tj ET`).join("\n");
  return writePdf([
    catalog(""),
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 5 0 R/Resources<</Font<</F1 6 0 R>>>>>>",
    plainInfo,
    `<</Length ${content.length}>>stream\n${content}\nendstream`,
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
  ]);
}

test("a number near the edge of a page is a page number, one within the page is text", async () => {
  const { pieces, problem } = await readFileFacts(
    pageOf([
      ["7", 195],
      ["12", 100],
      ["8", 5],
    ]),
  );
  const of = (kind: string) => pieces.filter((piece) => piece.kind === kind).map(({ text }) => text);
  expect(of("header")).toEqual(["7", "8"]);
  expect(of("body")).toEqual(["12"]);
  expect(problem).toBeUndefined();
});

test("pages without any text are reported", async () => {
  expect((await readFileFacts(pageOf([]))).problem).toMatch(/没有可读取的文字/);
});

test("a tag of a film in GBK, which MediaInfo cannot decode", async () => {
  const bytes = readFileSync(join(fixtures, "leaky/film.mp4"));
  const [before, after] = [Buffer.from("柳知远"), Buffer.concat([gbkName, Buffer.from("   ")])];
  let count = 0;
  for (let at = bytes.indexOf(before); at >= 0; at = bytes.indexOf(before)) {
    after.copy(bytes, at);
    count += 1;
  }
  expect(count).toBeGreaterThan(0);
  const path = join(temporaryFolder(), "film.mp4");
  writeFileSync(path, bytes);
  const { pieces } = await readFileFacts(path);
  expect(pieces).toContainEqual(
    expect.objectContaining({ place: "视频的标签", text: expect.stringContaining("柳知远") }),
  );
});
