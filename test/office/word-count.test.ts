import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { linesOf } from "../../apps-script/core/import/document.ts";
import { countWords } from "../../apps-script/core/text/count-words.ts";
import { readDocxStructure } from "../../node-tools/inputs/docx-structure.ts";
import { unzipParts } from "../../node-tools/office-files/zip.ts";
import { makeDocx, paragraph, table } from "../node-tools/documents/make-docx.ts";
import { convertInLibreOffice } from "./soffice.ts";
import { countedTexts } from "./word-count-texts.ts";

const home = mkdtempSync(join(tmpdir(), "casebook-words-"));
const writerCounts = new Map<string, number>();

/** What Writer says of a document: `meta:word-count` in the statistics of OpenDocument 1.2, part 1, 4.3.2.18. */
function readWriterCount(odt: string): number {
  const meta = unzipParts(readFileSync(odt)).find(({ name }) => name === "meta.xml")!;
  return Number(/meta:word-count="(\d+)"/.exec(meta.content.toString())?.[1]);
}

function bodyOf(text: string): string {
  const lines = text.split("\n");
  if (text.includes("|")) return table(...lines.map((line) => line.split("|")));
  return lines.map((line) => paragraph(line).replaceAll("\t", "</w:t><w:tab/><w:t>")).join("");
}

beforeAll(() => {
  mkdirSync(join(home, "docx"));
  const files = countedTexts.map(({ text }, i) => {
    const file = join(home, "docx", `${i}.docx`);
    writeFileSync(file, makeDocx(bodyOf(text)));
    return file;
  });
  const odt = convertInLibreOffice("odt", files, home, "odt");
  for (const [i, { kind }] of countedTexts.entries()) writerCounts.set(kind, readWriterCount(join(odt, `${i}.odt`)));
}, 300_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** The count of the text as import reads it from the document. */
function countDocument(i: number) {
  const path = join(home, "docx", `${i}.docx`);
  return countWords(linesOf(readDocxStructure(path, readFileSync(path))).join("\n"));
}

describe("字数 beside Writer's count", () => {
  test.for(countedTexts.map((counted, i) => ({ ...counted, i })))("$kind", ({ kind, because, i }) => {
    const { low, high } = countDocument(i);
    const writer = writerCounts.get(kind);
    expect(writer).toBeGreaterThan(0);
    if (because === undefined) expect(low).toBe(writer);
    else expect(low).not.toBe(writer);
    expect(high).toBeGreaterThanOrEqual(low);
  });

  test("docs/word-count.md lists every text, its counts and why they differ", () => {
    const rows = countedTexts.map(({ kind, text, because }, i) => {
      const { low, high } = countDocument(i);
      const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
      const cell = (value: string) =>
        value
          .replaceAll("|", "\\|")
          .replaceAll("\n", " ⏎ ")
          .replace(
            /[\u200b-\u200f\u2060\u00a0\u3000\t]/g,
            (c) => `⟨U+${c.charCodeAt(0).toString(16).padStart(4, "0").toUpperCase()}⟩`,
          );
      return `| ${kind} | ${cell(shown)} | ${low} | ${high} | ${writerCounts.get(kind)} | ${because ?? ""} |`;
    });
    const page = readFileSync(new URL("../../docs/word-count.md", import.meta.url), "utf8");
    expect(page.split("\n").filter((line) => /^\| .* \| \d+ \| \d+ \| \d+ \|/.test(line))).toEqual(rows);
  });
});
