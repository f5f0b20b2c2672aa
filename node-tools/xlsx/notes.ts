import { cellAddress } from "../../apps-script/core/workbook/addresses.ts";
import { noteKey } from "../../apps-script/core/workbook/port.ts";
import { storableText } from "./cell-values.ts";
import { type MapRow, readArea } from "./references.ts";
import { escapeSpreadsheetText, escapeXml, readAttributes, unescapeSpreadsheetText, unescapeXml } from "./xml.ts";

/** A note as it stands in the file: people's fonts in it stay. */
export interface StoredNote {
  readonly row: number;
  readonly column: number;
  readonly text: string;
  /** The inside of `<text>`. */
  readonly xml: string;
}

/** Keyed by `noteKey(row, column)`. */
export type NoteStore = Map<string, StoredNote>;

export function readNotes(commentsXml: string): NoteStore {
  const notes: NoteStore = new Map();
  for (const [, tag = "", body = ""] of commentsXml.matchAll(/<comment\s([^>]*)>([\s\S]*?)<\/comment>/g)) {
    const area = readArea(readAttributes(tag).ref ?? "");
    const xml = /<text>([\s\S]*)<\/text>/.exec(body)?.[1] ?? "";
    if (!area) continue;
    const spoken = xml.replace(/<rPh[\s\S]*?<\/rPh>/g, "");
    const text = [...spoken.matchAll(/<t(?:\s[^>]*)?>([^<]*)<\/t>/g)]
      .map(([, part = ""]) => unescapeXml(part))
      .join("");
    notes.set(noteKey(area.top, area.left), {
      row: area.top,
      column: area.left,
      text: unescapeSpreadsheetText(text).replace(/\r\n?/g, "\n"),
      xml,
    });
  }
  return notes;
}

export function makeNote(row: number, column: number, text: string): StoredNote {
  const clean = storableText(text);
  const run = `<r><rPr><sz val="9"/><rFont val="宋体"/><charset val="134"/></rPr><t xml:space="preserve">`;
  return { row, column, text: clean, xml: `${run}${escapeSpreadsheetText(escapeXml(clean))}</t></r>` };
}

export function moveNotes(notes: NoteStore, mapRow: MapRow): NoteStore {
  return new Map(
    [...notes.values()].map((note) => {
      const row = mapRow(note.row);
      return [noteKey(row, note.column), { ...note, row }];
    }),
  );
}

function inOrder(notes: NoteStore): StoredNote[] {
  return [...notes.values()].sort((a, b) => a.row - b.row || a.column - b.column);
}

/** Notes bear no author: who checked is in the log. */
export function renderComments(notes: NoteStore): string {
  const comments = inOrder(notes)
    .map(
      ({ row, column, xml }) => `<comment ref="${cellAddress(row, column)}" authorId="0"><text>${xml}</text></comment>`,
    )
    .join("");
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
    '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author></author></authors>' +
    `<commentList>${comments}</commentList></comments>`
  );
}

const boxWidth = 240;
const lineHeight = 16;
/** Half-width characters on one line of a box. */
const lineLength = 34;

/** The boxes of the notes, wide enough for a sentence of Chinese and as high as their text needs. */
export function renderVmlDrawing(notes: NoteStore): string {
  const shapes = inOrder(notes).map(({ row, column, text }, index) => {
    const height = Math.min(400, 12 + lineHeight * countLines(text));
    const top = Math.max(0, row - 2);
    // The anchor gives the place to Excel: column, offset, row, offset, in pixels of default cells.
    const anchor = [column, 12, top, 4, column + Math.ceil(boxWidth / 64), 0, top + Math.ceil(height / 20), 0].join(
      ", ",
    );
    return (
      `<v:shape id="_x0000_s${1025 + index}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;margin-top:2pt;` +
      `width:${boxWidth * 0.75}pt;height:${height * 0.75}pt;z-index:${index + 1};visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">` +
      '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>' +
      '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>' +
      `<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>${anchor}</x:Anchor>` +
      `<x:AutoFill>False</x:AutoFill><x:Row>${row - 1}</x:Row><x:Column>${column - 1}</x:Column></x:ClientData></v:shape>`
    );
  });
  return (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" ' +
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>' +
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">' +
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>' +
    `${shapes.join("")}</xml>`
  );
}

function countLines(text: string): number {
  let lines = 0;
  for (const line of text.split("\n")) {
    let width = 0;
    for (const character of line) width += character.charCodeAt(0) < 0x2000 ? 1 : 2;
    lines += Math.max(1, Math.ceil(width / lineLength));
  }
  return lines;
}
