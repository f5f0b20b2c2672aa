import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fillScoreSheet } from "../../../node-tools/example/fill-score-sheet.ts";
import { zipParts } from "../../../node-tools/office-files/zip.ts";
import { runCasebook, temporaryFolder } from "../run-casebook.ts";
import { readParts } from "../xlsx/inspect.ts";
import { type LeftThing, leftThings } from "../xlsx/package/left-things.ts";
import { writeSmallAward } from "./small-award.ts";

/** The order that ECMA-376 (18.3.1.99) gives the children of a worksheet; those that our sheets have or people add. */
const order =
  "sheetData sheetCalcPr sheetProtection protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors drawing legacyDrawing legacyDrawingHF picture oleObjects controls webPublishItems tableParts extLst".split(
    " ",
  );

/** Things that cannot stand beside what our sheets have there already, or that a package has once. */
const isAlone = ({ name, xml }: LeftThing) =>
  /^工作表保护密码|^文档属性/.test(name) || /^<(sortState|filterColumn|headerFooter|mergeCell )/.test(xml);

/** Each thing that can be added to a sheet of ours; of those of one element the first. */
function thingsFor(sheet: string): LeftThing[] {
  const taken = new Set<string>();
  return leftThings.filter((thing) => {
    if (isAlone(thing)) return false;
    if (thing.place === "part") return true;
    const element = /^<(\w+)/.exec(thing.xml)?.[1] ?? "";
    const isRepeated = element === "conditionalFormatting" || element === "ext";
    if (thing.place !== "tail" || (!isRepeated && taken.has(element))) return false;
    if (["dataValidations", "hyperlink", "ext"].includes(element) || !sheet.includes(`<${element}`) || isRepeated) {
      taken.add(element);
      return true;
    }
    return false;
  });
}

/** `xml` before the first element that the format has after it. */
function insert(sheet: string, element: string, xml: string): string {
  const after = order.slice(order.indexOf(element) + (element === "conditionalFormatting" ? 0 : 1));
  const places = after.map((name) => sheet.search(new RegExp(`<${name}[ />]`))).filter((at) => at >= 0);
  const at = Math.min(...places, sheet.lastIndexOf("</worksheet>"));
  return sheet.slice(0, at) + xml + sheet.slice(at);
}

/** What stands in the sheet for a thing: beside our columns, and without the count of a list that others share. */
const lettersOf = ({ xml }: LeftThing) =>
  xml.replace(/^<dataValidations count="2">/, "").replaceAll(/\bH(\d)/g, "CC$1");

/** Rules of people come after ours, so that their numbers move. */
const withoutPriority = (xml: string) => xml.replaceAll(/ priority="\d+"/g, "");

function put(sheet: string, thing: LeftThing): string {
  const letters = lettersOf(thing);
  const element = /^<(\w+)/.exec(letters)?.[1] ?? "";
  const list = { dataValidation: "dataValidations", hyperlink: "hyperlinks", ext: "extLst" }[element];
  if (list === undefined) return insert(sheet, element, letters);
  if (sheet.includes(`</${list}>`))
    return sheet
      .replace(`</${list}>`, `${letters}</${list}>`)
      .replace(new RegExp(`<${list} count="(\\d+)"`), (_, count) => `<${list} count="${Number(count) + 1}"`);
  return insert(sheet, list, `<${list}>${letters}</${list}>`);
}

interface Furnished {
  readonly path: string;
  readonly part: string;
  readonly things: readonly LeftThing[];
}

/** A look of people's own for their conditional formats. */
function addLook(styles: string): { readonly styles: string; readonly look: number } {
  const look = Number(/<dxfs count="(\d+)"/.exec(styles)?.[1]);
  const list = `<dxfs count="${look + 1}"`;
  const added = styles.replace(/<dxfs count="\d+"/, list).replace("</dxfs>", "<dxf><font><b/></font></dxf></dxfs>");
  expect(added).toContain("<b/></font></dxf></dxfs>");
  return { styles: added, look };
}

/** Leaves in a workbook, and in one sheet of it, all that can stand there together. */
function furnish(path: string, sheetName: string): Furnished {
  const parts = readParts(readFileSync(path));
  const book = parts.get("xl/workbook.xml") ?? "";
  const relation = new RegExp(`<sheet [^>]*name="${sheetName}"[^>]*r:id="(\\w+)"`).exec(book)?.[1];
  const relations = parts.get("xl/_rels/workbook.xml.rels") ?? "";
  const tag = relations.match(/<Relationship [^>]*>/g)?.find((each) => each.includes(`Id="${relation}"`)) ?? "";
  const part = `xl/${/Target="([^"]+)"/.exec(tag)?.[1]}`;
  const sheet = parts.get(part) ?? "";
  expect(sheet).not.toBe("");
  const { styles, look } = addLook(parts.get("xl/styles.xml") ?? "");
  parts.set("xl/styles.xml", styles);
  const things = thingsFor(sheet)
    .filter(({ part: own }) => own === undefined || !parts.has(own))
    .map((thing) => ({ ...thing, xml: thing.xml.replace('dxfId="0"', `dxfId="${look}"`) }));
  let furnished = sheet;
  for (const thing of things) {
    if (thing.part !== undefined) parts.set(thing.part, thing.xml);
    else furnished = put(furnished, thing);
  }
  parts.set(part, furnished);
  const written = zipParts(
    [...parts].map(([name, text]) => ({ name, content: Buffer.from(text, "utf8") })),
    { compress: true },
  );
  writeFileSync(path, written);
  return { path, part, things };
}

function lostFrom({ path, part, things }: Furnished): string[] {
  const parts = readParts(readFileSync(path));
  const sheet = withoutPriority(parts.get(part) ?? "");
  return things
    .filter((thing) =>
      thing.part === undefined
        ? !sheet.includes(withoutPriority(lettersOf(thing)))
        : parts.get(thing.part) !== thing.xml && thing.name !== "自定义属性",
    )
    .map(({ name }) => name);
}

test("every writing command keeps what people and programs have left in both workbooks", async () => {
  const folder = temporaryFolder();
  const [file, inputs, out, back] = ["a.xlsx", "inputs", "out", "back"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
    string,
  ];
  await writeSmallAward(inputs);
  const run = async (...words: string[]) => {
    const { code, err } = await runCasebook(...words);
    expect(code, err).toBeLessThanOrEqual(1);
  };
  await run("init", file);
  const books = [furnish(file, "案例")];
  expect(books[0]?.things.length).toBeGreaterThan(50);
  const keeps = () => expect(books.map(lostFrom)).toEqual(books.map(() => []));
  keeps();
  for (const words of [
    ["import", file, inputs],
    ["check", file],
    ["recommend", file],
    ["forms", file, "--out", join(folder, "forms")],
    ["assign", file],
  ]) {
    await run(...words);
    keeps();
  }
  // Its readers work in threads of the bundle.
  const evidence = spawnSync("node", ["dist/casebook.mjs", "evidence", file, "--files", inputs], { encoding: "utf8" });
  expect(evidence.status, evidence.stderr).toBeLessThanOrEqual(1);
  keeps();
  books.push(furnish(join(folder, "a.评审.xlsx"), "评审专家"));
  await run("packets", file, "--out", out);
  mkdirSync(back);
  for (const name of readdirSync(out)) writeFileSync(join(back, name), fillScoreSheet(join(out, name)));
  for (const words of [
    ["assign", file],
    ["collect", file, back],
    ["rank", file],
    ["export", file, "--out", join(folder, "lists"), "--draft"],
    ["undo", file],
  ]) {
    await run(...words);
    keeps();
  }
});
