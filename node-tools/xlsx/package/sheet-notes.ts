import { cellAddress } from "../../../apps-script/core/workbook/addresses.ts";
import { noteKey } from "../../../apps-script/core/workbook/port.ts";
import { storableText } from "../cell-values.ts";
import { renderNote, renderVmlDrawing } from "../notes.ts";
import { type MapRow, mapAreaRows, readArea } from "../references.ts";
import { readAttributes } from "../xml.ts";
import {
  allElements,
  attributesOf,
  elementsIn,
  innerOf,
  outerOf,
  plainMarkup,
  prefixOf,
  rootOf,
  splice,
  withAttribute,
  withPrefix,
} from "./markup.ts";
import type { PackageFile } from "./package-file.ts";
import { addRelationship, readRelationships } from "./part-relationships.ts";
import { readRichText } from "./shared-strings.ts";
import type { SheetPart } from "./sheet-part.ts";

const commentsType = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
const vmlType = "application/vnd.openxmlformats-officedocument.vmlDrawing";

interface Comment {
  row: number;
  readonly column: number;
  readonly text: string;
  /** The element; its address is put right on writing. */
  readonly xml: string;
}

/** The notes of a sheet, and the boxes that they are shown in. Notes that nobody changes keep their author, fonts and box. */
export class SheetNotes {
  readonly #comments = new Map<string, Comment>();
  /** Row, counted from 1, and column of boxes to take away and to draw, by the rows that the drawing has now. */
  readonly #drawn = new Set<string>();
  readonly #gone = new Set<string>();
  /** Addresses of cells in which people talk; the note there is only what older programs show of it. */
  readonly #threads = new Set<string>();
  #mapRow: MapRow | undefined;
  #isChanged = false;
  #path: string | undefined;
  #xml: string;
  readonly #authors: string[];

  constructor(
    private readonly file: PackageFile,
    private readonly sheet: SheetPart,
  ) {
    this.#path = readRelationships(file, sheet.path).find(
      ({ type, target }) => type === "comments" && file.archive.has(target),
    )?.target;
    this.#xml = plainMarkup(
      (this.#path === undefined ? undefined : file.readText(this.#path)) ??
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
          '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors></authors><commentList></commentList></comments>',
    );
    for (const { type, target } of readRelationships(file, sheet.path)) {
      const xml = type === "threadedComment" ? file.readText(target) : undefined;
      if (xml === undefined) continue;
      for (const element of allElements(plainMarkup(xml), "threadedComment")) {
        this.#threads.add(attributesOf(plainMarkup(xml), element).ref ?? "");
      }
    }
    const { authors, list } = this.#lists();
    this.#authors = authors
      ? elementsIn(this.#xml, authors.inner, authors.innerEnd).map((each) => outerOf(this.#xml, each))
      : [];
    for (const element of list ? elementsIn(this.#xml, list.inner, list.innerEnd) : []) {
      const area = readArea(attributesOf(this.#xml, element).ref ?? "");
      if (!area) continue;
      const body = elementsIn(this.#xml, element.inner, element.innerEnd).find(({ name }) => name === "text");
      const comment = {
        row: area.top,
        column: area.left,
        text: body ? readRichText(innerOf(this.#xml, body)).replace(/\r\n?/g, "\n") : "",
        xml: outerOf(this.#xml, element),
      };
      this.#comments.set(noteKey(area.top, area.left), comment);
      this.#drawn.add(noteKey(area.top, area.left));
    }
  }

  get texts(): Map<string, string> {
    return new Map([...this.#comments].map(([key, { text }]) => [key, text]));
  }

  set(row: number, column: number, text: string): void {
    if (this.#threads.has(cellAddress(row, column))) return;
    const key = noteKey(row, column);
    const clean = storableText(text);
    if (this.#comments.get(key)?.text === clean) return;
    const author = withPrefix("<author></author>", this.#prefix);
    let authorId = this.#authors.findIndex(isNobody);
    if (authorId < 0) authorId = this.#authors.push(author) - 1;
    const xml = withPrefix(
      `<comment ref="${cellAddress(row, column)}" authorId="${authorId}"><text>${renderNote(clean)}</text></comment>`,
      this.#prefix,
    );
    this.#comments.set(key, { row, column, text: clean, xml });
    this.#isChanged = true;
    // A box is as large as its text needs.
    this.#gone.add(key);
  }

  delete(row: number, column: number): void {
    if (this.#threads.has(cellAddress(row, column)) || !this.#comments.delete(noteKey(row, column))) return;
    this.#gone.add(noteKey(row, column));
    this.#isChanged = true;
  }

  deleteFrom(first: number): void {
    for (const { row, column } of [...this.#comments.values()]) if (row >= first) this.delete(row, column);
  }

  /** The notes name nobody who has written them. */
  dropAuthors(): void {
    if (this.#authors.every((author) => isNobody(author))) return;
    this.#authors.fill(withPrefix("<author></author>", this.#prefix));
    this.#isChanged = true;
  }

  /** Follows an insertion of rows; what was changed before is written first. */
  move(mapRow: MapRow): void {
    this.save();
    const moved = [...this.#comments.values()].map((comment) => ({ ...comment, row: mapRow(comment.row) }));
    const others = this.#vmlPath() !== undefined;
    if (moved.length === 0 && !others) return;
    this.#comments.clear();
    this.#drawn.clear();
    for (const comment of moved) {
      this.#comments.set(noteKey(comment.row, comment.column), comment);
      this.#drawn.add(noteKey(comment.row, comment.column));
    }
    const threads = [...this.#threads].map((address) => mapAreaRows(address, mapRow));
    this.#threads.clear();
    for (const address of threads) this.#threads.add(address);
    this.#mapRow = mapRow;
    this.#isChanged = true;
    this.save();
  }

  /** Writes what has changed into the parts. */
  save(): void {
    if (!this.#isChanged) return;
    this.#isChanged = false;
    this.#saveComments();
    this.#saveBoxes();
    this.#gone.clear();
    this.#mapRow = undefined;
  }

  get #prefix(): string {
    return prefixOf(rootOf(this.#xml));
  }

  #lists() {
    const root = rootOf(this.#xml);
    const children = elementsIn(this.#xml, root.inner, root.innerEnd);
    return {
      authors: children.find(({ name }) => name === "authors"),
      list: children.find(({ name }) => name === "commentList"),
    };
  }

  #saveComments(): void {
    if (this.#path === undefined && this.#comments.size === 0) return;
    const ordered = [...this.#comments.values()].sort((a, b) => a.row - b.row || a.column - b.column);
    const prefix = this.#prefix;
    const { authors, list } = this.#lists();
    const pieces = [
      authors && {
        start: authors.start,
        end: authors.end,
        text: `<${prefix}authors>${this.#authors.join("")}</${prefix}authors>`,
      },
      list && {
        start: list.start,
        end: list.end,
        text: `<${prefix}commentList>${ordered
          .map(({ row, column, xml }) => withAttribute(withAuthor(xml), "ref", cellAddress(row, column)))
          .join("")}</${prefix}commentList>`,
      },
    ].filter((piece) => piece !== undefined);
    this.#xml = splice(this.#xml, pieces);
    if (this.#path !== undefined) this.file.writeText(this.#path, this.#xml);
    else {
      this.#path = this.file.freeName("xl/comments{n}.xml");
      this.file.addPart(this.#path, this.#xml, commentsType);
      addRelationship(this.file, this.sheet.path, "comments", this.#path);
    }
  }

  #vmlPath(): string | undefined {
    const tag = this.sheet.get("legacyDrawing");
    if (tag === undefined) return undefined;
    const id = readAttributes(tag)[`${this.sheet.relationshipPrefix()}:id`];
    return readRelationships(this.file, this.sheet.path).find((each) => each.id === id)?.target;
  }

  #saveBoxes(): void {
    let path = this.#vmlPath();
    const existing = path === undefined ? undefined : this.file.readText(path);
    let vml = existing ?? renderVmlDrawing([]);
    const mapRow = this.#mapRow;
    vml = vml.replace(/<v:shape\s[\s\S]*?<\/v:shape>/g, (shape) => {
      const place = readPlace(shape);
      if (mapRow) return moveBox(shape, mapRow);
      if (!place || !this.#gone.has(place)) return shape;
      return "";
    });
    const present = new Set([...vml.matchAll(/<v:shape\s[\s\S]*?<\/v:shape>/g)].map(([shape]) => readPlace(shape)));
    const missing = [...this.#comments].flatMap(([key, comment]) => (present.has(key) ? [] : [comment]));
    if (missing.length > 0) {
      const ids = [...vml.matchAll(/_x0000_s(\d+)/g)].map(([, id]) => Number(id));
      const first = Math.max(1024, ...ids) + 1;
      const drawn = renderVmlDrawing(missing);
      const shapes = [...drawn.matchAll(/<v:shape\s[\s\S]*?<\/v:shape>/g)].map(([shape], index) =>
        shape.replace(/_x0000_s\d+/, `_x0000_s${first + index}`),
      );
      const kind = vml.includes('id="_x0000_t202"')
        ? ""
        : (/<v:shapetype[\s\S]*?<\/v:shapetype>/.exec(drawn)?.[0] ?? "");
      const end = vml.lastIndexOf("</xml>");
      vml = vml.slice(0, end) + kind + shapes.join("") + vml.slice(end);
    }
    if (path !== undefined) {
      if (vml !== existing) this.file.writeText(path, vml);
      return;
    }
    if (missing.length === 0) return;
    path = this.file.freeName("xl/drawings/vmlDrawing{n}.vml");
    this.file.declareEnding("vml", vmlType);
    this.file.writeText(path, vml);
    const id = addRelationship(this.file, this.sheet.path, "vmlDrawing", path);
    this.sheet.set("legacyDrawing", `<legacyDrawing ${this.sheet.relationshipPrefix()}:id="${id}"/>`);
  }
}

/** Gnumeric leaves out whose note it is, which Excel takes for damage. */
function withAuthor(comment: string): string {
  return /^<[^>]*\sauthorId\s*=/.test(comment) ? comment : withAttribute(comment, "authorId", 0);
}

const isNobody = (author: string) => /^<[^\s/>]+\s*(\/>|>\s*<\/)/.test(author);

/** The cell of a note's box. */
function readPlace(shape: string): string | undefined {
  if (!/ObjectType=["']Note["']/.test(shape)) return undefined;
  const row = /<x:Row>\s*(\d+)/.exec(shape)?.[1];
  const column = /<x:Column>\s*(\d+)/.exec(shape)?.[1];
  return row === undefined || column === undefined ? undefined : noteKey(Number(row) + 1, Number(column) + 1);
}

/** A box, or a control, goes with the row under its top edge. */
function moveBox(shape: string, mapRow: MapRow): string {
  const row = /<x:Row>\s*(\d+)/.exec(shape)?.[1];
  const anchor = /<x:Anchor>([^<]*)/.exec(shape)?.[1]?.split(",").map(Number);
  const own = row === undefined ? (anchor?.[2] ?? 0) : Number(row);
  const shift = mapRow(own + 1) - (own + 1);
  if (shift === 0) return shape;
  return shape
    .replace(/<x:Row>\s*(\d+)/, (_, number: string) => `<x:Row>${Number(number) + shift}`)
    .replace(/<x:Anchor>([^<]*)/, (whole) => {
      if (!anchor) return whole;
      return `<x:Anchor>${anchor.map((value, i) => (i === 2 || i === 6 ? value + shift : value)).join(", ")}`;
    });
}
