import { escapeSpreadsheetText, escapeXml } from "./xml.ts";

interface Note {
  readonly row: number;
  readonly column: number;
  readonly text: string;
}

/** The inside of the `<text>` of a note. */
export function renderNote(text: string): string {
  const run = `<r><rPr><sz val="9"/><rFont val="宋体"/><charset val="134"/></rPr><t xml:space="preserve">`;
  return `${run}${escapeSpreadsheetText(escapeXml(text))}</t></r>`;
}

const boxWidth = 240;
const lineHeight = 16;
/** Half-width characters on one line of a box. */
const lineLength = 34;

/** The boxes of the notes, wide enough for a sentence of Chinese and as high as their text needs. */
export function renderVmlDrawing(notes: readonly Note[]): string {
  const inOrder = [...notes].sort((a, b) => a.row - b.row || a.column - b.column);
  const shapes = inOrder.map(({ row, column, text }, index) => {
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
