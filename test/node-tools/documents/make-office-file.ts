import { writeFileSync } from "node:fs";
import { zipParts } from "../../../node-tools/office-files/zip.ts";

const contentTypes = (overrides: Readonly<Record<string, string>>) =>
  `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>${Object.entries(
    overrides,
  )
    .map(([part, type]) => `<Override PartName="${part}" ContentType="application/${type}"/>`)
    .join("")}</Types>`;

const wordTypes = { "/word/document.xml": "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml" };

const namespaces =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:v" xmlns:mc="urn:mc" xmlns:wps="urn:wps" xmlns:wp="urn:wp"';

export const wordBody = (body: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><w:document ${namespaces}><w:body>${body}</w:body></w:document>`;

export const paragraph = (text: string) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;

/** Writes a package of the parts given; a .docx unless the parts bring their own [Content_Types].xml. */
export function writeOfficeFile(path: string, parts: Readonly<Record<string, string | Buffer>>): string {
  const all = { "[Content_Types].xml": contentTypes(wordTypes), ...parts };
  const list = Object.entries(all).map(([name, content]) => ({ name, content: Buffer.from(content) }));
  writeFileSync(path, zipParts(list, { compress: true }));
  return path;
}
