import { escapeXml, readAttributes, unescapeXml } from "../xml.ts";
import {
  attributesOf,
  type Element,
  elementsIn,
  innerOf,
  MarkupError,
  outerOf,
  plainMarkup,
  prefixOf,
  renderAttributes,
  rootOf,
  splice,
  tagEnd,
  withAttribute,
  withPrefix,
} from "./markup.ts";
import type { PackageFile } from "./package-file.ts";
import { addRelationship, readRelationships, removeRelationship } from "./part-relationships.ts";

const order = [
  "fileVersion",
  "fileSharing",
  "workbookPr",
  "workbookProtection",
  "bookViews",
  "sheets",
  "functionGroups",
  "externalReferences",
  "definedNames",
  "calcPr",
  "oleSize",
  "customWorkbookViews",
  "pivotCaches",
  "smartTagPr",
  "smartTagTypes",
  "webPublishing",
  "fileRecoveryPr",
  "webPublishObjects",
  "extLst",
];

/** Sheets without cells, and those of macros. */
const otherSheets = /^(?:chartsheet|dialogsheet|xl\w*macrosheet)$/i;

export interface SheetEntry {
  readonly name: string;
  readonly hidden: boolean;
  /** Name of the part. */
  readonly path: string;
  /** `worksheet`, or `chartsheet` and others, which have no cells. */
  readonly type: string;
}

export interface DefinedName {
  readonly name: string;
  /** Place of the sheet that it belongs to, from 0; undefined for the whole workbook. */
  readonly sheet: number | undefined;
  readonly formula: string;
}

const worksheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";

/** The part that names the sheets; every change is made in its text. */
export class WorkbookPart {
  #xml: string;
  #isChanged = false;

  constructor(
    private readonly file: PackageFile,
    readonly path: string,
  ) {
    this.#xml = plainMarkup(file.readText(path) ?? "");
    if (rootOf(this.#xml).name !== "workbook") throw new MarkupError(`${path} is no workbook`);
    file.isStrict = /xmlns(?::[\w.-]+)?\s*=\s*["']http:\/\/purl\.oclc\.org\/ooxml/.test(this.#xml);
  }

  get date1904(): boolean {
    const element = this.#child("workbookPr");
    const value = element && attributesOf(this.#xml, element).date1904;
    return value === "1" || value === "true";
  }

  get sheets(): SheetEntry[] {
    const relationships = new Map(readRelationships(this.file, this.path).map((each) => [each.id, each]));
    return this.#sheetElements().map((element) => {
      const attributes = attributesOf(this.#xml, element);
      const id = Object.entries(attributes).find(([name]) => /:id$/.test(name))?.[1] ?? "";
      const relationship = relationships.get(id);
      const { name = "", state = "visible" } = attributes;
      return {
        name,
        hidden: state !== "visible",
        path: relationship?.target ?? "",
        type: otherSheets.test(relationship?.type ?? "") ? (relationship?.type ?? "") : "worksheet",
      };
    });
  }

  /** Makes a sheet before that of a name, or at the end. @returns the name of its part */
  addSheet(name: string, before: string | null, text: string): string {
    const path = this.file.freeName("xl/worksheets/sheet{n}.xml");
    this.file.addPart(path, text, worksheetType);
    const id = addRelationship(this.file, this.path, "worksheet", path);
    const present = this.#sheetElements();
    const ids = present.map((element) => Number(attributesOf(this.#xml, element).sheetId ?? 0));
    const idPrefix =
      /\sxmlns:([\w.-]+)\s*=\s*["'][^"']*officeDocument(?:\/2006)?\/relationships["']/.exec(this.#xml)?.[1] ?? "r";
    const element = `<sheet${renderAttributes({ name, sheetId: Math.max(0, ...ids) + 1, [`${idPrefix}:id`]: id })}/>`;
    const place = before === null ? -1 : this.sheets.findIndex((sheet) => sheet.name === before);
    const written = present.map((each) => outerOf(this.#xml, each));
    written.splice(place < 0 ? written.length : place, 0, withPrefix(element, this.#prefix));
    this.#set("sheets", `<sheets>${written.join("")}</sheets>`);
    if (place >= 0) this.#moveSheets(place);
    return path;
  }

  setHidden(name: string, hidden: boolean): void {
    const index = this.sheets.findIndex((sheet) => sheet.name === name);
    const element = this.#sheetElements()[index];
    if (!element || this.sheets[index]?.hidden === hidden) return;
    const written = withAttribute(outerOf(this.#xml, element), "state", hidden ? "hidden" : undefined);
    this.#replace(element, written);
  }

  get names(): DefinedName[] {
    const list = this.#child("definedNames");
    if (!list) return [];
    return elementsIn(this.#xml, list.inner, list.innerEnd).map((element) => {
      const { name = "", localSheetId } = attributesOf(this.#xml, element);
      return {
        name,
        sheet: localSheetId === undefined ? undefined : Number(localSheetId),
        formula: unescapeXml(innerOf(this.#xml, element)),
      };
    });
  }

  mapNames(map: (name: DefinedName) => string): void {
    const list = this.#child("definedNames");
    if (!list) return;
    const names = this.names;
    const pieces = elementsIn(this.#xml, list.inner, list.innerEnd).flatMap((element, i) => {
      const name = names[i];
      const formula = name && map(name);
      if (formula === undefined || formula === name?.formula) return [];
      return [{ start: element.inner, end: element.innerEnd, text: escapeXml(formula) }];
    });
    if (pieces.length > 0) this.#write(splice(this.#xml, pieces));
  }

  /** Gives a name of a sheet its formula; takes it away for undefined. */
  setName(name: string, sheet: string, formula: string | undefined): void {
    const index = this.sheets.findIndex((each) => each.name === sheet);
    const list = this.#child("definedNames");
    const present = list ? elementsIn(this.#xml, list.inner, list.innerEnd) : [];
    const texts = present.flatMap((element) => {
      const attributes = attributesOf(this.#xml, element);
      return attributes.name === name && Number(attributes.localSheetId) === index ? [] : [outerOf(this.#xml, element)];
    });
    if (formula === undefined && texts.length === present.length) return;
    if (formula !== undefined) {
      texts.push(
        withPrefix(
          `<definedName name="${name}" localSheetId="${index}">${escapeXml(formula)}</definedName>`,
          this.#prefix,
        ),
      );
    }
    this.#set("definedNames", texts.length > 0 ? `<definedNames>${texts.join("")}</definedNames>` : "");
  }

  /** Has every program calculate the workbook when it opens it. */
  calculateOnLoad(): void {
    const element = this.#child("calcPr");
    if (!element) this.#set("calcPr", '<calcPr fullCalcOnLoad="1"/>');
    else this.#replace(element, withAttribute(outerOf(this.#xml, element), "fullCalcOnLoad", "1"));
  }

  /** Takes out the folder that the file lay in and who reserved it. */
  dropTraces(): void {
    const folder = this.#children().find(
      (child) => child.name === "AlternateContent" && innerOf(this.#xml, child).includes("absPath"),
    );
    if (folder) this.#replace(folder, "");
    const sharing = this.#child("fileSharing");
    if (sharing) this.#replace(sharing, withAttribute(outerOf(this.#xml, sharing), "userName", undefined));
  }

  removeRelationshipTo(target: string): void {
    const found = readRelationships(this.file, this.path).find((each) => each.target === target);
    if (found) removeRelationship(this.file, this.path, found.id);
  }

  save(): void {
    if (this.#isChanged) this.file.writeText(this.path, this.#xml);
    this.#isChanged = false;
  }

  get #prefix(): string {
    return prefixOf(rootOf(this.#xml));
  }

  #children(): Element[] {
    const root = rootOf(this.#xml);
    return elementsIn(this.#xml, root.inner, root.innerEnd);
  }

  #child(name: string): Element | undefined {
    return this.#children().find((child) => child.name === name);
  }

  #sheetElements(): Element[] {
    const list = this.#child("sheets");
    return list ? elementsIn(this.#xml, list.inner, list.innerEnd) : [];
  }

  #write(xml: string): void {
    if (xml === this.#xml) return;
    this.#xml = xml;
    this.#isChanged = true;
  }

  #replace({ start, end }: Element, text: string): void {
    this.#write(this.#xml.slice(0, start) + text + this.#xml.slice(end));
  }

  #set(name: string, text: string): void {
    const written = withPrefix(text, this.#prefix);
    const present = this.#child(name);
    if (present) {
      this.#replace(present, written);
      return;
    }
    if (written === "") return;
    const rank = order.indexOf(name);
    const at = this.#children().find((child) => order.indexOf(child.name) > rank)?.start ?? rootOf(this.#xml).innerEnd;
    this.#write(this.#xml.slice(0, at) + written + this.#xml.slice(at));
  }

  /** What counts sheets by their place follows one that was put in. */
  #moveSheets(place: number): void {
    const move = (tag: string, attribute: string) => {
      const value = readAttributes(tag)[attribute];
      return value !== undefined && Number(value) >= place ? withAttribute(tag, attribute, Number(value) + 1) : tag;
    };
    const list = this.#child("definedNames");
    if (list) {
      const pieces = elementsIn(this.#xml, list.inner, list.innerEnd).map(({ start, inner }) => ({
        start,
        end: inner,
        text: move(this.#xml.slice(start, inner), "localSheetId"),
      }));
      this.#write(splice(this.#xml, pieces));
    }
    const views = this.#child("bookViews");
    if (!views) return;
    const pieces = elementsIn(this.#xml, views.inner, views.innerEnd).map(({ start }) => {
      const end = tagEnd(this.#xml, start) + 1;
      return { start, end, text: move(move(this.#xml.slice(start, end), "activeTab"), "firstSheet") };
    });
    this.#write(splice(this.#xml, pieces));
  }
}
