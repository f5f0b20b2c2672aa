import { zipParts } from "../../../node-tools/office-files/zip.ts";
import { escapeXml } from "../../../node-tools/xlsx/xml.ts";

const w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const relationships = "http://schemas.openxmlformats.org/package/2006/relationships";
const officeDocument = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";

export const paragraph = (text: string) =>
  `<w:p><w:r><w:t xml:space="preserve">${escapeXml(text).replaceAll("\n", "</w:t><w:br/><w:t>")}</w:t></w:r></w:p>`;

export const table = (...rows: readonly (readonly string[])[]) =>
  `<w:tbl>${rows
    .map(
      (cells) =>
        `<w:tr>${cells.map((text) => `<w:tc>${text.split("\n").map(paragraph).join("")}</w:tc>`).join("")}</w:tr>`,
    )
    .join("")}</w:tbl>`;

const contentTypes = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`;

/** A .docx whose body is this XML. */
export function makeDocx(body: string, options: { readonly before?: string; readonly part?: string } = {}): Buffer {
  const part = options.part ?? "word/document.xml";
  const namespaces = `xmlns:w="${w}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"`;
  const xml = `<?xml version="1.0" encoding="UTF-8"?>${options.before ?? ""}<w:document ${namespaces}><w:body>${body}</w:body></w:document>`;
  const rels = `<?xml version="1.0"?><Relationships xmlns="${relationships}"><Relationship Id="rId1" Type="${officeDocument}" Target="${part}"/></Relationships>`;
  return zipParts(
    [
      { name: "[Content_Types].xml", content: Buffer.from(contentTypes) },
      { name: "_rels/.rels", content: Buffer.from(rels) },
      { name: part, content: Buffer.from(xml) },
    ],
    { compress: true },
  );
}
