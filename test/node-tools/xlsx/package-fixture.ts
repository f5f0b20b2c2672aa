import { zipParts } from "../../../node-tools/office-files/zip.ts";

const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

export const sheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";

export interface FixtureSheet {
  readonly name: string;
  /** `<row>` elements. */
  readonly rows?: string;
  /** What follows `</sheetData>`. */
  readonly tail?: string;
  /** `<Relationship>` elements. */
  readonly relationships?: string;
}

/** The bytes of a small .xlsx package as another program might write it. */
export function makePackage({
  sheets = [{ name: "Sheet1", rows: '<row r="1"><c r="A1"><v>1</v></c></row>' }],
  parts = {},
  type = sheetType,
  styles = "",
}: {
  readonly sheets?: readonly FixtureSheet[];
  readonly parts?: Readonly<Record<string, string>>;
  readonly type?: string;
  readonly styles?: string;
} = {}): Buffer {
  const all: Record<string, string> = {
    "[Content_Types].xml": `<Types><Override PartName="/xl/workbook.xml" ContentType="${type}"/></Types>`,
    "_rels/.rels": `<Relationships><Relationship Id="rId1" Type="${relationships}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml":
      `<workbook xmlns="${main}" xmlns:r="${relationships}"><sheets>` +
      sheets.map(({ name }, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join("") +
      "</sheets></workbook>",
    "xl/_rels/workbook.xml.rels":
      "<Relationships>" +
      sheets.map((_, i) => relationship(`rId${i + 1}`, "worksheet", `worksheets/sheet${i + 1}.xml`)).join("") +
      `${relationship("styles", "styles", "/xl/styles.xml")}</Relationships>`,
    "xl/styles.xml": `<styleSheet xmlns="${main}">${styles}</styleSheet>`,
  };
  sheets.forEach(({ rows = "", tail = "", relationships: own }, i) => {
    all[`xl/worksheets/sheet${i + 1}.xml`] =
      `<worksheet xmlns="${main}" xmlns:r="${relationships}"><sheetData>${rows}</sheetData>${tail}</worksheet>`;
    if (own) all[`xl/worksheets/_rels/sheet${i + 1}.xml.rels`] = `<Relationships>${own}</Relationships>`;
  });
  Object.assign(all, parts);
  return zipParts(
    Object.entries(all).map(([name, content]) => ({ name, content: Buffer.from(content) })),
    { compress: true },
  );
}

export function relationship(id: string, type: string, target: string, mode = ""): string {
  return `<Relationship Id="${id}" Type="${relationships}/${type}" Target="${target}"${mode && ` TargetMode="${mode}"`}/>`;
}
