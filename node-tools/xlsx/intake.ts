import { posix } from "node:path";
import { dayMs, epochSerial } from "./cell-values.ts";
import { type LinkStore, readLinks } from "./links.ts";
import { type NoteStore, readNotes } from "./notes.ts";
import type { PackageParts } from "./preflight.ts";
import { columnLetters } from "./references.ts";
import { DifferentialStyles, emptyRules, type SheetRules } from "./sheet-rules.ts";
import { readAttributes, unescapeXml } from "./xml.ts";
import type { ZipPart } from "./zip.ts";

/** What is kept beside ExcelJS's model of a sheet. */
export interface SheetExtras {
  rules: SheetRules;
  notes: NoteStore;
  links: LinkStore;
}

export interface DefinedName {
  /** The `<definedName>` element without its `localSheetId`. */
  readonly xml: string;
  /** Name of the sheet that it belongs to; undefined for the whole workbook. */
  readonly sheet: string | undefined;
}

export interface FileProperties {
  title: string;
  creator: string;
  /** As the file has it; empty when it tells none. */
  created: string;
}

/** What is kept beside ExcelJS's model of a workbook. */
export interface WorkbookExtras {
  readonly sheets: Map<string, SheetExtras>;
  readonly styles: DifferentialStyles;
  /** Colours, as JSON, that marked cells had before; a mark's colour tells the place. */
  readonly fillsUnderMarks: string[];
  names: DefinedName[];
  properties: FileProperties;
}

/** Name of the file property that holds the colour of one place, counted from 1. */
export const fillProperty = "casebook-fill-";

export function emptyExtras(): WorkbookExtras {
  return {
    sheets: new Map(),
    styles: new DifferentialStyles(),
    fillsUnderMarks: [],
    names: [],
    properties: { title: "", creator: "", created: "" },
  };
}

export function emptySheetExtras(): SheetExtras {
  return { rules: emptyRules(), notes: new Map(), links: new Map() };
}

interface Relationship {
  readonly id: string;
  /** Last word of the type's address: `worksheet`, `comments`… */
  readonly type: string;
  readonly target: string;
}

function readRelationships(parts: PackageParts, part: string): Relationship[] {
  const { dir, base } = posix.parse(part);
  const xml = parts.get(`${dir}/_rels/${base}.rels`)?.toString("utf8") ?? "";
  return [...xml.matchAll(/<(?:\w+:)?Relationship\s[^>]*>/g)].map(([tag]) => {
    const { Id = "", Type = "", Target = "", TargetMode } = readAttributes(tag);
    const inside = Target.startsWith("/") ? Target.slice(1) : posix.join(dir, Target);
    return { id: Id, type: Type.slice(Type.lastIndexOf("/") + 1), target: TargetMode === "External" ? Target : inside };
  });
}

function renderRelationships(relationships: readonly { id: string; type: string; target: string }[]): Buffer {
  const elements = relationships.map(
    ({ id, type, target }) =>
      `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`,
  );
  return Buffer.from(
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${elements.join("")}</Relationships>`,
  );
}

/**
 * Splits a package into what ExcelJS reads well, under the part names that it expects, and what is kept beside it.
 * @returns also the XML of each sheet by its name, as ExcelJS gets it
 */
export function takeIn(parts: PackageParts): {
  forExcelJs: ZipPart[];
  sheetXml: Map<string, string>;
  extras: WorkbookExtras;
} {
  const sheetXml = new Map<string, string>();
  const extras = emptyExtras();
  const forExcelJs: ZipPart[] = [];
  const workbookXml = (parts.get("xl/workbook.xml") as Buffer).toString("utf8");
  const relationships = readRelationships(parts, "xl/workbook.xml");
  const sheetTags = [...workbookXml.matchAll(/<sheet\s[^>]*>/g)].map(([tag]) => readAttributes(tag));
  const sheetRelationships: Relationship[] = [];
  sheetTags.forEach(({ name = "", "r:id": id }, index) => {
    const relationship = relationships.find((each) => each.id === id && each.type === "worksheet");
    const content = relationship && parts.get(relationship.target);
    if (!relationship || !content) return;
    const file = `sheet${index + 1}.xml`;
    sheetRelationships.push({ ...relationship, target: `worksheets/${file}` });
    const { xml, sheet, kept } = takeInSheet(parts, relationship.target, content.toString("utf8"));
    extras.sheets.set(name, sheet);
    sheetXml.set(name, xml);
    forExcelJs.push({ name: `xl/worksheets/${file}`, content: Buffer.from(xml) });
    forExcelJs.push({ name: `xl/worksheets/_rels/${file}.rels`, content: renderRelationships(kept) });
  });
  for (const { type, target } of relationships) {
    const content = parts.get(target);
    if (!content) continue;
    if (type === "theme") forExcelJs.push({ name: "xl/theme/theme1.xml", content });
    if (type === "sharedStrings") forExcelJs.push({ name: "xl/sharedStrings.xml", content });
    if (type === "styles") {
      const xml = shortenTruth(content.toString("utf8"));
      forExcelJs.push({ name: "xl/styles.xml", content: Buffer.from(xml) });
      const dxfs = /<dxfs[^>]*>([\s\S]*?)<\/dxfs>/.exec(xml)?.[1] ?? "";
      // Positions count, so equal elements are not merged here.
      extras.styles.elements.push(...(dxfs.match(/<dxf\s*\/>|<dxf>[\s\S]*?<\/dxf>/g) ?? []));
    }
  }
  for (const [name, content] of parts) {
    if (/^xl\/(media|tables|drawings)\/(_rels\/)?[^/]+$/.test(name) && !name.endsWith(".vml"))
      forExcelJs.push({ name, content });
  }
  const { xml, names } = takeNames(
    workbookXml,
    sheetTags.map(({ name = "" }) => name),
  );
  extras.names = names;
  extras.properties = readProperties(parts);
  extras.fillsUnderMarks.push(...readFillsUnderMarks(parts));
  forExcelJs.push({ name: "xl/workbook.xml", content: Buffer.from(xml) });
  forExcelJs.push({ name: "xl/_rels/workbook.xml.rels", content: renderRelationships(sheetRelationships) });
  return { forExcelJs, sheetXml, extras };
}

/** ExcelJS keeps print areas and titles; other names it keeps only when they are plain ranges, so they travel as XML. */
function takeNames(workbookXml: string, sheetNames: readonly string[]): { xml: string; names: DefinedName[] } {
  const names: DefinedName[] = [];
  const xml = workbookXml.replace(/<definedName\s[^>]*>[\s\S]*?<\/definedName>/g, (element) => {
    const { name = "", localSheetId } = readAttributes(element.slice(0, element.indexOf(">")));
    if (/^_xlnm\.Print_(Area|Titles)$/.test(name))
      return element.includes("#REF!") || element.includes("(") ? "" : element;
    if (name !== "_xlnm._FilterDatabase") {
      const sheet = localSheetId === undefined ? undefined : sheetNames[Number(localSheetId)];
      names.push({ xml: element.replace(/\slocalSheetId="\d+"/, ""), sheet });
    }
    return "";
  });
  return { xml, names };
}

function readProperties(parts: PackageParts): FileProperties {
  const core = parts.get("docProps/core.xml")?.toString("utf8") ?? "";
  const read = (tag: string) => unescapeXml(new RegExp(`<(?:\\w+:)?${tag}[^>]*>([^<]*)<`).exec(core)?.[1] ?? "");
  return { title: read("title"), creator: read("creator"), created: read("created") };
}

function readFillsUnderMarks(parts: PackageParts): string[] {
  const custom = parts.get("docProps/custom.xml")?.toString("utf8") ?? "";
  const fills: string[] = [];
  for (const [, tag = "", value = ""] of custom.matchAll(/<property\s([^>]*)>\s*<vt:lpwstr>([^<]*)/g)) {
    const { name = "" } = readAttributes(tag);
    const place = name.startsWith(fillProperty) ? Number(name.slice(fillProperty.length)) : 0;
    if (place > 0 && place < 64) fills[place - 1] = unescapeXml(value);
  }
  return Array.from(fills, (fill) => fill ?? "{}");
}

/** LibreOffice spells truth values out, which ExcelJS does not know in most places: locked cells, protection, wrapping. */
function shortenTruth(xml: string): string {
  return xml.replace(/="true"/g, '="1"').replace(/="false"/g, '="0"');
}

function takeInSheet(
  parts: PackageParts,
  part: string,
  source: string,
): { xml: string; sheet: SheetExtras; kept: { id: string; type: string; target: string }[] } {
  const relationships = readRelationships(parts, part);
  const targets = new Map(relationships.map(({ id, target }) => [id, target]));
  const sheet = emptySheetExtras();
  for (const { type, target } of relationships) {
    const comments = type === "comments" ? parts.get(target) : undefined;
    if (comments) sheet.notes = readNotes(comments.toString("utf8"));
  }
  const kept = relationships
    .filter(({ type, target }) => (type === "drawing" || type === "table" || type === "image") && parts.has(target))
    .map(({ id, type, target }) => ({ id, type, target: posix.relative("xl/worksheets", target) }));
  const end = source.lastIndexOf("</sheetData>");
  const start = source.indexOf("<sheetData");
  if (end < 0 || start < 0) {
    const tail = takeRules(source, sheet, targets);
    return { xml: tail, sheet, kept };
  }
  const head = source.slice(0, start);
  sheet.rules.namespaces = head.match(/\sxmlns:\w+="[^"]*"/g) ?? [];
  const tail = takeRules(source.slice(end), sheet, targets);
  return { xml: shortenTruth(head) + tidyRows(source.slice(start, end)) + tail, sheet, kept };
}

/** Takes out of the end of a sheet's XML what ExcelJS must not see. */
function takeRules(xml: string, sheet: SheetExtras, targets: ReadonlyMap<string, string>): string {
  const { rules } = sheet;
  const rest = xml
    .replace(/<dataValidations[\s>][\s\S]*?<\/dataValidations>/, (element) => {
      rules.validations.push(...(element.match(/<dataValidation\s[^>]*?(?:\/>|>[\s\S]*?<\/dataValidation>)/g) ?? []));
      return "";
    })
    .replace(/<conditionalFormatting[\s>][\s\S]*?<\/conditionalFormatting>/g, (element) => {
      rules.conditionalFormats.push(element);
      return "";
    })
    .replace(/<extLst>[\s\S]*<\/extLst>/, (element) => {
      for (const [extension] of element.matchAll(/<ext\s[\s\S]*?<\/ext>/g)) {
        if (extension.includes("x14:dataValidations")) rules.validations.push(...readNewValidations(extension));
        else rules.extensions.push(extension);
      }
      return "";
    })
    .replace(/<hyperlinks>[\s\S]*?<\/hyperlinks>/, (element) => {
      sheet.links = readLinks(element, targets);
      return "";
    });
  return shortenTruth(rest);
}

/** Excel writes lists that stand on another sheet as an extension; the plain element says the same. */
function readNewValidations(extension: string): string[] {
  return [...extension.matchAll(/<x14:dataValidation\s([^>]*)>([\s\S]*?)<\/x14:dataValidation>/g)].map(
    ([, attributes = "", body = ""]) => {
      const areas = /<xm:sqref>([^<]*)/.exec(body)?.[1] ?? "";
      const formulas = [1, 2].map((n) => {
        const formula = new RegExp(`<x14:formula${n}>\\s*<xm:f>([^<]*)`).exec(body)?.[1];
        return formula === undefined ? "" : `<formula${n}>${formula}</formula${n}>`;
      });
      return `<dataValidation ${attributes.replace(/\s?xr:uid="[^"]*"/, "").trim()} sqref="${areas}">${formulas.join("")}</dataValidation>`;
    },
  );
}

/** More empty formatted rows than this below the last value are a slip of the hand, not a form to fill in. */
const emptyRowsKept = 20_000;

function tidyRows(sheetData: string): string {
  let rows = sheetData;
  const lastValue = Math.max(rows.lastIndexOf("</v>"), rows.lastIndexOf("</is>"), rows.lastIndexOf("</f>"), 0);
  const lastRowEnd = rows.indexOf("</row>", lastValue);
  if (lastRowEnd >= 0 && rows.length - lastRowEnd > emptyRowsKept * 20) {
    const after = rows.slice(lastRowEnd + "</row>".length);
    if ((after.match(/<row[\s>]/g) ?? []).length > emptyRowsKept) rows = rows.slice(0, lastRowEnd + "</row>".length);
  }
  if (/\st="d"/.test(rows)) rows = numberDates(rows);
  if (/<row(?![^>]*\sr=")[\s>]/.test(rows) || /<c(?![^>]*\sr=")[\s>]/.test(rows)) rows = numberCells(rows);
  // A height that a program only worked out would become fixed: ExcelJS marks every height as chosen.
  return rows.replace(/<row\s[^>]*?\sht="[^>]*>/g, (tag) =>
    /customHeight="(1|true)"/.test(tag) ? tag : tag.replace(/\sht="[^"]*"/, ""),
  );
}

/** Some programs write dates as text of type `d`, of which ExcelJS would read the year. */
function numberDates(rows: string): string {
  return rows.replace(
    /(<c\s[^>]*)\st="d"([^>]*>(?:<f[\s\S]*?(?:<\/f>|\/>))?<v>)([^<]*)/g,
    (whole, start, middle, iso) => {
      const [date = "", time = "00:00:00"] = String(iso).replace(/Z$/, "").split("T");
      const serial = Date.parse(`${date}T${time.slice(0, 8)}Z`) / dayMs + epochSerial;
      return Number.isNaN(serial) ? whole : `${start}${middle}${serial}`;
    },
  );
}

/** Some programs leave out row numbers and addresses, which then count up from the one before. */
function numberCells(rows: string): string {
  let row = 0;
  let column = 0;
  return rows.replace(/<(row|c)(\s[^>]*?)?(\/?)>/g, (whole, tag: string, attributes = "", slash = "") => {
    const given = /\sr="([A-Z]*)(\d+)"/.exec(attributes);
    if (tag === "row") {
      row = given ? Number(given[2]) : row + 1;
      column = 0;
    } else {
      column = given
        ? [...(given[1] ?? "")].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
        : column + 1;
    }
    if (given) return whole;
    return `<${tag} r="${tag === "row" ? row : `${columnLetters(column)}${row}`}"${attributes}${slash}>`;
  });
}
