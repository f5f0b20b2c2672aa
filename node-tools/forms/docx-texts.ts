import { SaxesParser } from "saxes";
import type { PlacedText } from "./check-tags.ts";

interface Counter {
  paragraphs: number;
  tables: number;
}

interface TablePlace {
  readonly no: number;
  row: number;
  cell: number;
}

const partNames: readonly (readonly [RegExp, string])[] = [
  [/^word\/document\d*\.xml$/, "正文"],
  [/^word\/header\d*\.xml$/, "页眉"],
  [/^word\/footer\d*\.xml$/, "页脚"],
];

/** What people call a part of a .docx in which tags are filled; undefined for every other part. */
export function nameOfPart(part: string): string | undefined {
  return partNames.find(([pattern]) => pattern.test(part))?.[1];
}

/**
 * The paragraphs of one part of a .docx in reading order, each with its place as a person would count it. What stands
 * twice in a file for old programs (`mc:Fallback`) is taken once.
 * @throws Error when the XML is broken
 */
export function readPlacedTexts(xml: string, name: string): PlacedText[] {
  const texts: { place: string; text: string; container: string }[] = [];
  const counter: Counter = { paragraphs: 0, tables: 0 };
  const tables: TablePlace[] = [];
  const open: { place: string; text: string }[] = [];
  const containers: string[] = [];
  let boxes = 0;
  let fallback = 0;
  let inText = false;
  const place = () => {
    const table = tables.at(-1);
    if (table) return `${name}第 ${table.no} 个表格第 ${table.row} 行第 ${table.cell} 格`;
    counter.paragraphs += 1;
    return `${name}第 ${counter.paragraphs} 段`;
  };
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", (tag) => {
    if (tag.name === "mc:Fallback") fallback += 1;
    if (fallback > 0) return;
    const table = tables.at(-1);
    if (tag.name === "w:tbl") {
      counter.tables += 1;
      containers.push(`table ${counter.tables}`);
      tables.push({ no: counter.tables, row: 0, cell: 0 });
    } else if (tag.name === "w:tr" && table) {
      table.row += 1;
      table.cell = 0;
    } else if (tag.name === "w:tc" && table) table.cell += 1;
    else if (tag.name === "w:txbxContent") {
      boxes += 1;
      containers.push(`box ${boxes}`);
    } else if (tag.name === "w:p") {
      const paragraph = { place: place(), text: "", container: containers.at(-1) ?? "" };
      texts.push(paragraph);
      open.push(paragraph);
    } else if (tag.name === "w:t") inText = true;
    else if (tag.name === "w:tab" || tag.name === "w:br") {
      const paragraph = open.at(-1);
      if (paragraph) paragraph.text += tag.name === "w:tab" ? "\t" : "\n";
    }
  });
  parser.on("text", (text) => {
    const paragraph = open.at(-1);
    if (inText && paragraph) paragraph.text += text;
  });
  parser.on("closetag", (tag) => {
    if (tag.name === "mc:Fallback") fallback -= 1;
    if (fallback > 0) return;
    if (tag.name === "w:tbl" || tag.name === "w:txbxContent") containers.pop();
    if (tag.name === "w:tbl") tables.pop();
    else if (tag.name === "w:p") open.pop();
    else if (tag.name === "w:t") inText = false;
  });
  parser.write(xml).close();
  return texts.filter(({ text }) => text !== "");
}
