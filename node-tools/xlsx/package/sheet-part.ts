import { areaAddress } from "../../../apps-script/core/workbook/addresses.ts";
import type { Area } from "../../../apps-script/core/workbook/port.ts";
import { noteKey } from "../../../apps-script/core/workbook/port.ts";
import { readArea } from "../references.ts";
import { escapeXml, readAttributes } from "../xml.ts";
import { binaryToText, ownCopy, textToBinary } from "./codec.ts";
import {
  attributesOf,
  elementsIn,
  isTrue,
  MarkupError,
  outerOf,
  rootOf,
  tagEnd,
  withAttribute,
  withPrefix,
} from "./markup.ts";
import type { PackageFile } from "./package-file.ts";
import { addRelationship, readRelationships, removeRelationship } from "./part-relationships.ts";
import { PartText } from "./part-text.ts";
import type { Stretches } from "./segments.ts";
import { SheetGrid } from "./sheet-grid.ts";

/** The elements of a sheet in the order that the schema asks for. */
const order = [
  "sheetPr",
  "dimension",
  "sheetViews",
  "sheetFormatPr",
  "cols",
  "sheetData",
  "sheetCalcPr",
  "sheetProtection",
  "protectedRanges",
  "scenarios",
  "autoFilter",
  "sortState",
  "dataConsolidate",
  "customSheetViews",
  "mergeCells",
  "phoneticPr",
  "conditionalFormatting",
  "dataValidations",
  "hyperlinks",
  "printOptions",
  "pageMargins",
  "pageSetup",
  "headerFooter",
  "rowBreaks",
  "colBreaks",
  "customProperties",
  "cellWatches",
  "ignoredErrors",
  "smartTags",
  "drawing",
  "legacyDrawing",
  "legacyDrawingHF",
  "drawingHF",
  "picture",
  "oleObjects",
  "controls",
  "webPublishItems",
  "tableParts",
  "extLst",
];

export interface SheetElement {
  readonly name: string;
  xml: string;
}

interface SheetLink {
  readonly area: Area;
  readonly xml: string;
  readonly id: string | undefined;
}

const mainNamespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const relationshipNamespace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

export const emptySheet =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
  `<worksheet xmlns="${mainNamespace}" xmlns:r="${relationshipNamespace}"><sheetData/></worksheet>`;

/** One sheet: the elements around its rows as texts, and its rows as a grid. */
export class SheetPart {
  readonly grid: SheetGrid;
  readonly prefix: string;
  isChanged = false;
  readonly #root: string;
  readonly #elements: SheetElement[];
  readonly #rootTag: string;
  readonly #text: PartText;
  #links: Map<string, SheetLink> | undefined;
  #haveLinksChanged = false;

  constructor(
    private readonly file: PackageFile,
    /** Name of the part. */
    readonly path: string,
    name: string,
  ) {
    const read = file.reader(path);
    if (!read) throw new MarkupError(`${path} is missing`, "missing", `工作表「${name}」`);
    this.#text = new PartText(read, file.codec, file.segmented(path));
    const { xml } = this.#text;
    const start = rootStart(xml);
    const opened = tagEnd(xml, start) + 1;
    const tag = /^<([^\s/>]+)/.exec(xml.slice(start, opened))?.[1] ?? "";
    this.#rootTag = tag;
    this.prefix = tag.slice(0, tag.indexOf(":") + 1);
    const dataStart = xml.indexOf(`<${this.prefix}sheetData`, opened);
    if (dataStart < 0) throw new MarkupError(`${path} has no rows`);
    const dataInner = tagEnd(xml, dataStart) + 1;
    const isEmpty = xml[dataInner - 2] === "/";
    const shut = `</${this.prefix}sheetData`;
    const dataEnd = isEmpty ? dataInner : xml.lastIndexOf(shut);
    if (dataEnd < 0) throw new MarkupError(`${path} has no end of its rows`);
    const tailStart = isEmpty ? dataInner : tagEnd(xml, dataEnd) + 1;
    this.#root = binaryToText(file.codec, xml.slice(0, opened));
    const head = binaryToText(file.codec, xml.slice(opened, dataStart));
    const tail = binaryToText(file.codec, xml.slice(tailStart));
    this.grid = new SheetGrid(this.#text, dataInner, dataEnd, this.prefix, file.codec);
    this.#elements = [
      ...readElements(head),
      { name: "sheetData", xml: ownCopy(xml.slice(dataStart, dataInner)) },
      ...readElements(tail),
    ];
  }

  /** Keeps the text of the sheet no longer in memory: whatever needs it next has it unpacked again. */
  letGo(): void {
    this.#text.letGo();
  }

  get(name: string): string | undefined {
    return this.#elements.find((element) => element.name === name)?.xml;
  }

  all(name: string): string[] {
    return this.#elements.filter((element) => element.name === name).map(({ xml }) => xml);
  }

  /** Replaces the elements of a name, in the place that the schema gives them; none for nothing. */
  set(name: string, ...xmls: readonly string[]): void {
    this.isChanged = true;
    const first = this.#elements.findIndex((element) => element.name === name);
    const kept = this.#elements.filter((element) => element.name !== name);
    const added = xmls.filter((xml) => xml !== "").map((xml) => ({ name, xml: withPrefix(xml, this.prefix) }));
    const rank = order.indexOf(name);
    const later = kept.findIndex((element) => rankOf(element.name) > rank);
    const at = first >= 0 ? first : later < 0 ? kept.length : later;
    kept.splice(at, 0, ...added);
    this.#elements.splice(0, this.#elements.length, ...kept);
  }

  /** Rewrites every element around the rows. */
  mapElements(map: (element: SheetElement) => string): void {
    this.#saveLinks();
    for (const element of this.#elements) {
      if (element.name === "sheetData") continue;
      const xml = map(element);
      if (xml === element.xml) continue;
      element.xml = xml;
      this.isChanged = true;
    }
    this.#links = undefined;
  }

  /** The merged areas. */
  get merges(): Area[] {
    const xml = this.get("mergeCells");
    return xml === undefined
      ? []
      : [...xml.matchAll(/\sref\s*=\s*["']([^"']+)/g)].flatMap(([, ref = ""]) => readArea(ref) ?? []);
  }

  set merges(areas: readonly Area[]) {
    const cells = areas.map((area) => `<mergeCell ref="${areaAddress(area)}"/>`).join("");
    this.set("mergeCells", areas.length > 0 ? `<mergeCells count="${areas.length}">${cells}</mergeCells>` : "");
  }

  /** The ranges of columns that have a look of their own; widths in characters. */
  get columns(): {
    min: number;
    max: number;
    style: number;
    width: number | undefined;
    hidden: boolean;
    grouped: boolean;
  }[] {
    return [...(this.get("cols") ?? "").matchAll(/<(?:[\w.-]+:)?col\s([^>]*)>/g)].map(([, tag = ""]) => {
      const { min = "0", max = "0", style = "0", width, hidden, outlineLevel } = readAttributes(` ${tag}`);
      return {
        min: Number(min),
        max: Number(max),
        style: Number(style),
        width: width === undefined ? undefined : Number(width),
        hidden: isTrue(hidden),
        grouped: Number(outlineLevel) > 0,
      };
    });
  }

  /** Width in characters of a column that has none of its own. */
  get usualWidth(): number {
    const { defaultColWidth } = readAttributes(this.get("sheetFormatPr") ?? "");
    return defaultColWidth === undefined ? 8.43 : Number(defaultColWidth);
  }

  /** What a cell of a column looks like that nobody has written to. */
  columnStyles(): (column: number) => number {
    const { columns } = this;
    return (column) => columns.find(({ min, max }) => column >= min && column <= max)?.style ?? 0;
  }

  /** Targets of the links with the areas that bear them. */
  readLinks(): { area: Area; target: string }[] {
    const relationships = new Map(readRelationships(this.file, this.path).map(({ id, target }) => [id, target]));
    return [...this.#openLinks().values()].flatMap(({ area, xml, id }) => {
      const { location } = readAttributes(xml);
      const address = (id === undefined ? undefined : relationships.get(id)) ?? "";
      const target = location ? `${address}#${location}` : address;
      return target === "" ? [] : [{ area, target }];
    });
  }

  removeLink(row: number, column: number): void {
    const links = this.#openLinks();
    const link = links.get(noteKey(row, column));
    if (!link) return;
    links.delete(noteKey(row, column));
    if (link.id !== undefined && ![...links.values()].some(({ id }) => id === link.id)) {
      removeRelationship(this.file, this.path, link.id);
    }
    this.#haveLinksChanged = true;
    this.isChanged = true;
  }

  removeLinksFrom(row: number): void {
    for (const { area } of [...this.#openLinks().values()]) if (area.top >= row) this.removeLink(area.top, area.left);
  }

  addLink(row: number, column: number, target: string): void {
    const area = { top: row, left: column, bottom: row, right: column };
    const ref = areaAddress(area);
    if (target.startsWith("#")) {
      const xml = `<hyperlink ref="${ref}" location="${escapeXml(target.slice(1))}"/>`;
      this.#openLinks().set(noteKey(row, column), { area, xml, id: undefined });
    } else {
      const id = addRelationship(this.file, this.path, "hyperlink", target, "outside");
      const xml = `<hyperlink ref="${ref}" ${this.relationshipPrefix()}:id="${id}"/>`;
      this.#openLinks().set(noteKey(row, column), { area, xml, id });
    }
    this.#haveLinksChanged = true;
    this.isChanged = true;
  }

  /** The prefix of the attributes that name relationships. */
  relationshipPrefix(): string {
    const declared =
      /\sxmlns:([\w.-]+)\s*=\s*["']http:\/\/(?:schemas\.openxmlformats\.org\/officeDocument\/2006|purl\.oclc\.org\/ooxml\/officeDocument)\/relationships["']/.exec(
        this.#root,
      )?.[1];
    return declared ?? "r";
  }

  /** The part as it is now. */
  render(): Stretches {
    this.#saveLinks();
    this.#widenDimension();
    const { codec } = this.file;
    const binary = (text: string) => textToBinary(codec, text);
    const at = this.#elements.findIndex(({ name }) => name === "sheetData");
    const data = this.#elements[at]?.xml ?? "";
    const rows = this.grid.render();
    const open = data.replace(/\s*\/>$/, ">");
    const text = (elements: readonly SheetElement[]) => binary(elements.map(({ xml }) => xml).join(""));
    return [
      binary(this.#renderRoot()),
      text(this.#elements.slice(0, at)),
      open,
      ...rows,
      `</${this.prefix}sheetData>`,
      text(this.#elements.slice(at + 1)),
      `</${this.#rootTag}>`,
    ];
  }

  /** Programs that read a sheet row by row look no further than what it says of its size. */
  #widenDimension(): void {
    const xml = this.get("dimension");
    const said = xml === undefined ? undefined : readArea(readAttributes(xml).ref ?? "");
    const changed = this.grid.changedArea();
    if (xml === undefined || !said || !changed) return;
    const area = {
      top: Math.min(said.top, changed.top),
      left: Math.min(said.left, changed.left),
      bottom: Math.max(said.bottom, changed.bottom),
      right: Math.max(said.right, changed.right),
    };
    this.set("dimension", withAttribute(xml, "ref", areaAddress(area)));
  }

  #renderRoot(): string {
    const declares = new RegExp(`\\sxmlns:${this.relationshipPrefix()}\\s*=`).test(this.#root);
    if (declares) return this.#root;
    const start = rootStart(this.#root);
    return (
      this.#root.slice(0, start) +
      this.file.spell(withAttribute(this.#root.slice(start), "xmlns:r", relationshipNamespace))
    );
  }

  #openLinks(): Map<string, SheetLink> {
    if (this.#links) return this.#links;
    this.#links = new Map();
    const xml = this.get("hyperlinks");
    if (xml === undefined) return this.#links;
    const root = rootOf(xml);
    const idName = `${this.relationshipPrefix()}:id`;
    for (const element of elementsIn(xml, root.inner, root.innerEnd)) {
      const attributes = attributesOf(xml, element);
      const area = readArea(attributes.ref ?? "");
      if (area) {
        this.#links.set(noteKey(area.top, area.left), { area, xml: outerOf(xml, element), id: attributes[idName] });
      }
    }
    return this.#links;
  }

  #saveLinks(): void {
    if (!this.#haveLinksChanged || !this.#links) return;
    this.#haveLinksChanged = false;
    const xml = [...this.#links.values()].map((link) => link.xml).join("");
    this.set("hyperlinks", xml === "" ? "" : `<hyperlinks>${xml}</hyperlinks>`);
  }
}

function rankOf(name: string): number {
  return order.indexOf(name === "AlternateContent" ? "controls" : name);
}

function rootStart(xml: string): number {
  for (let at = xml.indexOf("<"); at >= 0; at = xml.indexOf("<", at + 1)) {
    const next = xml[at + 1];
    if (next !== "?" && next !== "!") return at;
  }
  throw new MarkupError("no element");
}

function readElements(xml: string): SheetElement[] {
  return elementsIn(xml, 0, xml.length).map((element) => ({ name: element.name, xml: outerOf(xml, element) }));
}
