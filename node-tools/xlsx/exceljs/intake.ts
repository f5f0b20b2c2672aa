import { posix } from "node:path";
import { type NoteStore, readNotes } from "../notes.ts";
import type { PackageParts, Purpose } from "../preflight.ts";
import { readArea } from "../references.ts";
import { emptyRules, type SheetRules } from "../sheet-rules.ts";
import { readAttributes, unescapeXml } from "../xml.ts";
import type { ZipPart } from "../zip.ts";
import { type LinkStore, readLinks } from "./links.ts";
import { tidyRows } from "./sheet-rows.ts";

/** What is kept beside ExcelJS's model of a sheet. */
export interface SheetExtras {
  rules: SheetRules;
  notes: NoteStore;
  links: LinkStore;
}

interface DefinedName {
  /** The `<definedName>` element without its `localSheetId`. */
  readonly xml: string;
  /** Name of the sheet that it belongs to; undefined for the whole workbook. */
  readonly sheet: string | undefined;
}

export interface FileProperties {
  title: string;
  creator: string;
  /** As the file has it; empty when it has none. */
  created: string;
}

/** What is kept beside ExcelJS's model of a workbook. */
export interface WorkbookExtras {
  readonly sheets: Map<string, SheetExtras>;
  /** The `<dxf>` elements that conditional formats refer to by position. */
  readonly differentialStyles: string[];
  /** Colours, as JSON, that marked cells had before; the colour of a mark holds the place in this list. */
  readonly fillsUnderMarks: string[];
  names: DefinedName[];
  properties: FileProperties;
}

/** Name of the file property that holds the colour of one place, counted from 1. */
const fillProperty = "casebook-fill-";

function emptyExtras(): WorkbookExtras {
  return {
    sheets: new Map(),
    differentialStyles: [],
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

/** What refers to parts that play no role where only cells are read. */
const picturesAndTables = /<(?:drawing|picture)\s[^>]*>|<tableParts[\s\S]*?<\/tableParts>/g;

/**
 * Splits a package into what ExcelJS reads well, under the part names that it expects, and what is kept beside it.
 * @returns also the XML of each sheet by its name, as ExcelJS gets it
 */
export function takeIn(
  parts: PackageParts,
  purpose: Purpose,
): {
  forExcelJs: ZipPart[];
  sheetXml: Map<string, Buffer>;
  extras: WorkbookExtras;
} {
  const sheetXml = new Map<string, Buffer>();
  const extras = emptyExtras();
  const forExcelJs: ZipPart[] = [];
  const workbookXml = (parts.get("xl/workbook.xml") as Buffer).toString("utf8");
  const relationships = readRelationships(parts, "xl/workbook.xml");
  const sheetTags = [...workbookXml.matchAll(/<sheet\s[^>]*>/g)].map(([tag]) => readAttributes(tag));
  const sheetRelationships: Relationship[] = [];
  sheetTags.forEach(({ name = "", "r:id": id }, index) => {
    const relationship = relationships.find((each) => each.id === id);
    // Sheets that are a chart or a dialog have no cells; a workbook to be saved again is refused with them.
    if (relationship && relationship.type !== "worksheet") return;
    const content = relationship && parts.get(relationship.target);
    if (!relationship || !content) throw new Error(`缺少工作表「${name}」`);
    const file = `sheet${index + 1}.xml`;
    sheetRelationships.push({ ...relationship, target: `worksheets/${file}` });
    const source =
      purpose === "edit" ? content.toString("utf8") : content.toString("utf8").replace(picturesAndTables, "");
    const { xml, sheet, kept } = takeInSheet(parts, relationship.target, source);
    extras.sheets.set(name, sheet);
    const bytes = Buffer.from(xml);
    sheetXml.set(name, bytes);
    forExcelJs.push({ name: `xl/worksheets/${file}`, content: bytes });
    forExcelJs.push({ name: `xl/worksheets/_rels/${file}.rels`, content: renderRelationships(kept) });
  });
  for (const { type, target } of relationships) {
    const content = parts.get(target);
    if (!content) continue;
    if (type === "theme") forExcelJs.push({ name: "xl/theme/theme1.xml", content });
    if (type === "sharedStrings") forExcelJs.push({ name: "xl/sharedStrings.xml", content });
    if (type === "styles") {
      const xml = quoteEscaped(shortenTruth(content.toString("utf8")));
      forExcelJs.push({ name: "xl/styles.xml", content: Buffer.from(xml) });
      const dxfs = /<dxfs[^>]*>([\s\S]*?)<\/dxfs>/.exec(xml)?.[1] ?? "";
      // Positions count, so equal elements are not merged here.
      extras.differentialStyles.push(...(dxfs.match(/<dxf\s*\/>|<dxf>[\s\S]*?<\/dxf>/g) ?? []));
    }
  }
  for (const [name, content] of purpose === "edit" ? parts : []) {
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
  return Array.from(fills, (fill) => fill ?? "");
}

/** LibreOffice spells truth values out, which ExcelJS does not know in most places: locked cells, protection, wrapping. */
function shortenTruth(xml: string): string {
  return xml.replace(/="true"/g, '="1"').replace(/="false"/g, '="0"');
}

/** ExcelJS takes the backslash out of `0\d`, which is a date then; quotes say the same. */
function quoteEscaped(styles: string): string {
  return styles.replace(/(\sformatCode=")([^"]*)/g, (_, start: string, code: string) => {
    const parts = code
      .replace(/&quot;/g, '"')
      .replace(/"[^"]*"|\\(&\w+;|&#\w+;|.)/gu, (part, character?: string) =>
        character === undefined ? part : character === '"' ? part : `"${character}"`,
      );
    return start + parts.replace(/"/g, "&quot;");
  });
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
  // ExcelJS keeps the filter's area but not what it filters by: rows hidden by that would stay hidden for no reason.
  const filtered = /<autoFilter\s[^>]*?ref="([^"]*)"[^>]*>\s*<filterColumn/.exec(tail)?.[1];
  const rows = tidyRows(source.slice(start, end), filtered === undefined ? undefined : readArea(filtered));
  return { xml: shortenTruth(head) + rows + tail, sheet, kept };
}

/** Takes out of the end of a sheet's XML what ExcelJS must not see. */
function takeRules(xml: string, sheet: SheetExtras, targets: ReadonlyMap<string, string>): string {
  const { rules } = sheet;
  // Marks for editing together, of a namespace that the written sheet does not declare.
  const rest = xml
    .replace(/\sxr\d*:uid="[^"]*"/g, "")
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
      return `<dataValidation ${attributes.trim()} sqref="${areas}">${formulas.join("")}</dataValidation>`;
    },
  );
}
