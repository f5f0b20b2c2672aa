import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readFileFacts } from "../../../node-tools/documents/file-facts.ts";
import { InputError } from "../../../node-tools/errors.ts";
import { readDocxStructure } from "../../../node-tools/inputs/docx-structure.ts";
import { readInputTables } from "../../../node-tools/inputs/read-input.ts";
import { readWorkbook } from "../../../node-tools/office-files/workbook.ts";
import { unzipParts, zipParts } from "../../../node-tools/office-files/zip.ts";
import { makeRandom } from "../../generator/random.ts";
import { makeDocx, paragraph } from "../documents/make-docx.ts";
import { patch, plain } from "./package/plain-workbook.ts";
import { pack } from "./package/spellings.ts";

const folder = mkdtempSync(join(tmpdir(), "casebook-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Names of programs and formats, and addresses of cells, which are the same in Chinese. */
const known =
  /「[^」]*」|“[^”]*”|\w+\.(?:xml|rels|bin)\b|\.?\b(?:xlsx|xlsm|xls|docx|doc|csv|CSV|txt|Excel|WPS|Word|LibreOffice|OpenDocument|XML|HTML|PDF|DOCTYPE|DTD|UTF-8|pptx|pdf|mp4|jpg|png|zip)\b|\b[A-Z]{1,3}\d+\b|\*/g;

const insert = (text: Buffer, at: number, added: string | Buffer) =>
  Buffer.concat([text.subarray(0, at), Buffer.from(added as string), text.subarray(at)]);

/** What can become of a part: cut off, emptied, bytes changed, put in or taken out, another encoding, another file. */
const damages: Readonly<Record<string, (content: Buffer, at: number, byte: number) => Buffer>> = {
  "cut off": (content, at) => content.subarray(0, at),
  emptied: () => Buffer.alloc(0),
  "a changed byte": (content, at, byte) => {
    const copy = Buffer.from(content);
    copy[at] = byte;
    return copy;
  },
  "a byte gone": (content, at) => Buffer.concat([content.subarray(0, at), content.subarray(at + 1)]),
  "forty bytes gone": (content, at) => Buffer.concat([content.subarray(0, at), content.subarray(at + 40)]),
  "a tag that never ends": (content, at) => insert(content, at, "<"),
  "an entity that nobody knows": (content, at) => insert(content, at, "&none;"),
  "a number that is no character": (content, at) => insert(content, at, "&#x110000;&#xD800;"),
  "an end without a beginning": (content, at) => insert(content, at, "</none>"),
  "a character that XML cannot hold": (content, at) => insert(content, at, "\0"),
  "a document type": (content) => Buffer.concat([Buffer.from('<!DOCTYPE a [<!ENTITY b "c">]>'), content]),
  "an encoding that nobody knows": (content) =>
    Buffer.from(`<?xml version="1.0" encoding="KLINGON"?>${content.toString().replace(/^<\?xml[^>]*\?>/, "")}`),
  "half of UTF-16": (content) => Buffer.concat([Buffer.from("fffe", "hex"), content]),
  "a web page": () => Buffer.from("<html><body>404 Not Found</body></html>"),
  "no XML at all": () => Buffer.from("ERROR: file not available"),
};

type Parts = readonly { readonly name: string; readonly content: Buffer }[];

/** The package with one of its parts damaged, for every part and damage, at places all over it. */
function* damaged(parts: Parts, places: number): Generator<{ what: string; bytes: Buffer }> {
  const random = makeRandom(11);
  for (const { name } of parts) {
    for (const [damage, change] of Object.entries(damages)) {
      for (let i = 0; i < places; i += 1) {
        const all = parts.map((part) =>
          part.name === name
            ? {
                name,
                content: change(part.content, random.between(0, part.content.length - 1), random.between(0, 255)),
              }
            : part,
        );
        yield { what: `${name}: ${damage}`, bytes: zipParts(all, { compress: false }) };
      }
    }
    yield {
      what: `${name}: gone`,
      bytes: zipParts(
        parts.filter((part) => part.name !== name),
        { compress: false },
      ),
    };
  }
}

/** What went wrong, a few of each kind. */
class Problems {
  readonly #found = new Map<string, string>();

  /** Runs what may refuse a file; a refusal is Chinese throughout. */
  async attempt(what: string, work: () => unknown): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      if (error instanceof InputError) this.hold(what, error.message);
      else this.#found.set(String(error).slice(0, 80), `${what}: ${error instanceof Error ? error.stack : error}`);
      return false;
    }
  }

  hold(what: string, message: string): void {
    const rest = message.replace(known, "");
    if (/[A-Za-z]{2,}/.test(rest) || !/[\u4e00-\u9fff]{4}/.test(message)) this.#found.set(rest, `${what}: ${message}`);
  }

  get all(): string[] {
    return [...this.#found.values()];
  }
}

describe("whatever is wrong with a part, it is refused in Chinese or does no harm", () => {
  test("workbooks, as input and for editing", async () => {
    const problems = new Problems();
    const path = join(folder, "坏的.xlsx");
    const parts = unzipParts(pack(plain));
    let [read, refused] = [0, 0];
    for (const { what, bytes } of damaged(parts, 3)) {
      writeFileSync(path, bytes);
      await problems.attempt(what, () => readInputTables(path));
      const saved = await problems.attempt(what, () => {
        const book = readWorkbook(path);
        // A sheet that another damage has renamed is for the reader of the award to miss.
        if (!book.snapshot.sheets.some(({ name }) => name === "案例")) return;
        book.apply(patch);
        writeFileSync(path, book.toBuffer());
      });
      if (!saved) refused += 1;
      // What was saved can be opened again.
      else if (await problems.attempt(`${what}, saved`, () => readWorkbook(path))) read += 1;
      else problems.hold("", `${what}: saved and not readable`);
    }
    expect(read).toBeGreaterThan(100);
    expect(refused).toBeGreaterThan(100);
    expect(problems.all).toEqual([]);
  });

  test("text documents", async () => {
    const problems = new Problems();
    const bytes = makeDocx(["案例模板", "1.案例概要", "概要", "2.案例的特色与创新点", "特色"].map(paragraph).join(""));
    let refused = 0;
    for (const { what, bytes: each } of damaged(unzipParts(bytes), 6)) {
      if (!(await problems.attempt(what, () => readDocxStructure("稿.docx", each)))) refused += 1;
    }
    expect(refused).toBeGreaterThan(30);
    expect(problems.all).toEqual([]);
  });

  test("materials", async () => {
    const problems = new Problems();
    for (const [name, parts] of [
      ["表.xlsx", unzipParts(pack(plain))],
      ["稿.docx", unzipParts(makeDocx(paragraph("正文")))],
    ] as const) {
      const path = join(folder, name);
      for (const { what, bytes } of damaged(parts, 2)) {
        writeFileSync(path, bytes);
        const { problem } = await readFileFacts(path);
        if (problem !== undefined) problems.hold(what, problem);
      }
    }
    expect(problems.all).toEqual([]);
  });

  test("bytes of the archive itself", async () => {
    const problems = new Problems();
    const path = join(folder, "坏的.xlsx");
    const whole = pack(plain);
    const random = makeRandom(12);
    for (let i = 0; i < 400; i += 1) {
      const bytes = Buffer.from(whole);
      for (let n = 0; n <= i % 3; n += 1) bytes[random.between(0, bytes.length - 1)] = random.between(0, 255);
      const cut = i % 5 === 0 ? bytes.subarray(0, random.below(bytes.length)) : bytes;
      writeFileSync(path, cut);
      await problems.attempt(`archive ${i}`, () => readInputTables(path));
      await problems.attempt(`archive ${i}`, () => readWorkbook(path));
    }
    expect(problems.all).toEqual([]);
  });
});
