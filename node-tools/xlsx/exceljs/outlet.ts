import { type NoteStore, renderComments, renderVmlDrawing } from "../notes.ts";
import { escapeSpreadsheetText, escapeXml } from "../xml.ts";
import { unzipParts, zipParts } from "../zip.ts";
import type { FileProperties, SheetExtras, WorkbookExtras } from "./intake.ts";
import { renderLinks } from "./links.ts";

const relationshipTypes = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

type Parts = Map<string, Buffer>;

/** A sheet of the workbook; the part that holds it is named after its id. */
interface WrittenSheet {
  readonly name: string;
  readonly id: number;
}

/**
 * Puts what was kept beside ExcelJS's model into the package that ExcelJS wrote. The same model makes the same bytes.
 * @param sheets in the order of the workbook
 */
export function giveOut(written: Buffer, sheets: readonly WrittenSheet[], extras: WorkbookExtras): Buffer {
  const parts: Parts = new Map(unzipParts(written).map(({ name, content }) => [name, content]));
  const firstStyle = countStyles(parts.get("xl/styles.xml")?.toString("utf8") ?? "");
  const newPlaces = new Map<number, number>();
  for (const { name, id } of sheets) {
    const sheet = extras.sheets.get(name);
    if (sheet)
      putSheetBack(parts, id, sheet, (xml) => useStyles(xml, extras.differentialStyles, newPlaces, firstStyle));
  }
  declareNotes(
    parts,
    sheets.filter(({ name }) => (extras.sheets.get(name)?.notes.size ?? 0) > 0),
  );
  const styles = [...newPlaces.keys()].map((place) => extras.differentialStyles[place] ?? "<dxf/>");
  edit(parts, "xl/styles.xml", (xml) => addStyles(xml, firstStyle, styles));
  edit(parts, "xl/sharedStrings.xml", escapeSpreadsheetText);
  edit(parts, "xl/workbook.xml", (xml) => addNames(quoteSheetNames(xml, sheets), sheets, extras));
  putPropertiesBack(parts, extras);
  return zipParts(
    [...parts].map(([name, content]) => ({ name, content })),
    { compress: true },
  );
}

function edit(parts: Parts, name: string, change: (xml: string) => string): void {
  const content = parts.get(name);
  if (content) parts.set(name, Buffer.from(change(content.toString("utf8"))));
}

/** @param renumber gives the places of styles in conditional formats as the written file has them */
function putSheetBack(parts: Parts, id: number, sheet: SheetExtras, renumber: (xml: string) => string): void {
  const links = renderLinks(sheet.links);
  const formats = sheet.rules.conditionalFormats.map(renumber).join("");
  const notes = sheet.notes.size > 0 ? addNotes(parts, id, sheet.notes) : [];
  edit(parts, `xl/worksheets/sheet${id}.xml`, (xml) => fillSheet(xml, sheet, formats, links.xml));
  addRelationships(parts, `xl/worksheets/_rels/sheet${id}.xml.rels`, [...links.relationships, ...notes]);
}

/** @returns the relationships of the sheet to its notes and their boxes */
function addNotes(parts: Parts, id: number, notes: NoteStore): string[] {
  parts.set(`xl/comments${id}.xml`, Buffer.from(renderComments(notes)));
  parts.set(`xl/drawings/vmlDrawing${id}.vml`, Buffer.from(renderVmlDrawing(notes)));
  return [
    `<Relationship Id="notes1" Type="${relationshipTypes}/comments" Target="../comments${id}.xml"/>`,
    `<Relationship Id="notes2" Type="${relationshipTypes}/vmlDrawing" Target="../drawings/vmlDrawing${id}.vml"/>`,
  ];
}

function addRelationships(parts: Parts, name: string, added: readonly string[]): void {
  if (added.length === 0) return;
  const relationships =
    parts.get(name)?.toString("utf8") ??
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>';
  // An element without children is written as one tag.
  const opened = relationships.replace(/<Relationships([^>]*)\/>/, "<Relationships$1></Relationships>");
  parts.set(name, Buffer.from(opened.replace("</Relationships>", `${added.join("")}</Relationships>`)));
}

function declareNotes(parts: Parts, sheets: readonly WrittenSheet[]): void {
  if (sheets.length === 0) return;
  const vml = '<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>';
  const type = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
  const notes = sheets.map(({ id }) => `<Override PartName="/xl/comments${id}.xml" ContentType="${type}"/>`);
  edit(parts, "[Content_Types].xml", (xml) => {
    const withVml = xml.includes('Extension="vml"') ? xml : xml.replace(/<Override /, `${vml}<Override `);
    return withVml.replace("</Types>", `${notes.join("")}</Types>`);
  });
}

function putPropertiesBack(parts: Parts, { properties }: WorkbookExtras): void {
  parts.set("docProps/core.xml", Buffer.from(renderProperties(properties)));
  parts.set("docProps/app.xml", Buffer.from(appProperties));
}

function fillSheet(xml: string, { rules, notes }: SheetExtras, formats: string, links: string): string {
  const end = Math.max(xml.lastIndexOf("</sheetData>"), xml.lastIndexOf("<sheetData/>"));
  const tail = xml
    .slice(end)
    .replace(/<extLst>[\s\S]*<\/extLst>/, "")
    .replace("</worksheet>", "");
  const validations =
    rules.validations.length > 0
      ? `<dataValidations count="${rules.validations.length}">${rules.validations.join("")}</dataValidations>`
      : "";
  const extensions = rules.extensions.length > 0 ? `<extLst>${rules.extensions.join("")}</extLst>` : "";
  const afterRules = tail.search(
    /<(printOptions|pageMargins|pageSetup|headerFooter|rowBreaks|colBreaks|drawing|picture|tableParts)[\s>/]/,
  );
  const split = afterRules < 0 ? tail.length : afterRules;
  const page = tail.slice(split);
  const beforeTables = page.search(/<(picture|tableParts)[\s>/]/);
  const drawingEnd = beforeTables < 0 ? page.length : beforeTables;
  const legacy = notes.size > 0 ? '<legacyDrawing r:id="notes2"/>' : "";
  const root = /<worksheet[^>]*>/.exec(xml)?.[0] ?? "<worksheet>";
  const namespaces = rules.namespaces.filter((declaration) => !root.includes(declaration.trim().split("=")[0] ?? ""));
  const head = xml
    .slice(0, end)
    .replace(root, `${root.slice(0, -1)}${extensions || formats ? namespaces.join("") : ""}>`);
  return (
    head +
    tail.slice(0, split) +
    formats +
    validations +
    links +
    page.slice(0, drawingEnd) +
    legacy +
    page.slice(drawingEnd) +
    extensions +
    "</worksheet>"
  );
}

function countStyles(styles: string): number {
  const dxfs = /<dxfs[^>]*>([\s\S]*?)<\/dxfs>/.exec(styles)?.[1] ?? "";
  return (dxfs.match(/<dxf[\s/>]/g) ?? []).length;
}

/** Numbers the styles that are in use anew, after those that ExcelJS wrote. */
function useStyles(xml: string, elements: readonly string[], used: Map<number, number>, first: number): string {
  return xml.replace(/\sdxfId="(\d+)"/g, (_, index: string) => {
    if (elements[Number(index)] === undefined) return "";
    const known = used.get(Number(index)) ?? first + used.size;
    used.set(Number(index), known);
    return ` dxfId="${known}"`;
  });
}

function addStyles(styles: string, count: number, added: readonly string[]): string {
  if (added.length === 0) return styles;
  const opened = styles.replace(/<dxfs[^>]*\/>/, '<dxfs count="0"></dxfs>');
  return opened
    .replace(/<dxfs[^>]*>/, `<dxfs count="${count + added.length}">`)
    .replace("</dxfs>", () => `${added.join("")}</dxfs>`);
}

function addNames(workbook: string, sheets: readonly { readonly name: string }[], { names }: WorkbookExtras): string {
  const elements = names.flatMap(({ xml, sheet }) => {
    if (sheet === undefined) return [xml];
    const index = sheets.findIndex(({ name }) => name === sheet);
    return index < 0 ? [] : [xml.replace("<definedName", `<definedName localSheetId="${index}"`)];
  });
  if (elements.length === 0) return workbook;
  const opened = workbook.replace(/<definedNames\s*\/>/, "");
  if (opened.includes("</definedNames>"))
    return opened.replace("</definedNames>", () => `${elements.join("")}</definedNames>`);
  return opened.replace("</sheets>", () => `</sheets><definedNames>${elements.join("")}</definedNames>`);
}

/** In print titles and areas ExcelJS does not double the apostrophes of a sheet's name, which damages the file. */
function quoteSheetNames(workbook: string, sheets: readonly { readonly name: string }[]): string {
  return sheets.reduce((xml, { name }) => {
    const quoted = escapeXml(name).replaceAll("'", "&apos;");
    return quoted.includes("&apos;")
      ? xml.replaceAll(`${quoted}&apos;!`, `${quoted.replaceAll("&apos;", "&apos;&apos;")}&apos;!`)
      : xml;
  }, workbook);
}

function renderProperties({ title, creator, created }: FileProperties): string {
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" ' +
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" ' +
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    `<dc:title>${escapeXml(title)}</dc:title><dc:creator>${escapeXml(creator)}</dc:creator>` +
    `<cp:lastModifiedBy>${escapeXml(creator)}</cp:lastModifiedBy>` +
    `${created ? `<dcterms:created xsi:type="dcterms:W3CDTF">${escapeXml(created)}</dcterms:created>` : ""}</cp:coreProperties>`
  );
}

/** A program name that is not Excel's makes the office programs calculate the formulas on opening. */
const appProperties =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
  '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>评案簿</Application></Properties>';
