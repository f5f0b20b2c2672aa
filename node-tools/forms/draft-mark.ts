/** Marks a document as a draft on every page: a line in its headers and 草稿 across the page. */

import { host } from "#host";
import { draftMark } from "../../apps-script/core/exports/draft.ts";
import { openZip } from "../office-files/zip.ts";
import {
  allElements,
  attributesOf,
  elementsIn,
  insertInto,
  outerOf,
  plainMarkup,
  rootOf,
  splice,
} from "../xlsx/package/markup.ts";
import { PackageFile } from "../xlsx/package/package-file.ts";
import { addRelationship, readRelationships } from "../xlsx/package/part-relationships.ts";

const word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const vml = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"';

/** A line of text, and WordArt of the kind that Word itself makes for a watermark. */
const paragraph =
  `<w:p xmlns:w="${word}" ${vml}><w:pPr><w:jc w:val="center"/></w:pPr>` +
  '<w:r><w:rPr><w:rFonts w:ascii="黑体" w:eastAsia="黑体" w:hAnsi="黑体"/><w:b/><w:color w:val="C00000"/><w:sz w:val="30"/></w:rPr>' +
  `<w:t xml:space="preserve">${draftMark}</w:t></w:r>` +
  '<w:r><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">' +
  '<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>' +
  '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>' +
  '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>' +
  '<v:shape id="CasebookDraft" o:spid="_x0000_s2049" type="#_x0000_t136" fillcolor="#e6b8b7" stroked="f" ' +
  'style="position:absolute;margin-left:0;margin-top:0;width:330pt;height:150pt;rotation:315;z-index:-251658752;' +
  "mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;" +
  'mso-position-vertical-relative:margin"><v:fill opacity=".5"/>' +
  '<v:textpath style="font-family:&quot;黑体&quot;;font-size:1pt" string="草稿"/></v:shape></w:pict></w:r></w:p>';

const header = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:hdr xmlns:w="${word}">${paragraph}</w:hdr>`;

/** Headers that a section lacks; one that it has is marked itself. */
function withHeaders(section: string, relation: string): string {
  const root = rootOf(section);
  const present = elementsIn(section, root.inner, root.innerEnd).flatMap((element) =>
    element.name === "headerReference" ? (Object.entries(attributesOf(section, element)).find(isType)?.[1] ?? []) : [],
  );
  const references = ["default", "first", "even"]
    .filter((type) => !present.includes(type))
    .map((type) => `<w:headerReference xmlns:w="${word}" xmlns:r="${office}" w:type="${type}" r:id="${relation}"/>`);
  return insertInto(section, root, references.join(""), "first");
}

const isType = ([name]: readonly [string, string]) => /^(\w+:)?type$/.test(name);

/** The same .docx with the mark on every page. */
export function markDocxAsDraft(bytes: Uint8Array): Uint8Array {
  const file = new PackageFile(openZip(bytes), host.codec);
  const body = readRelationships(file, "").find(({ type }) => type === "officeDocument")?.target ?? "word/document.xml";
  for (const { type, target } of readRelationships(file, body)) {
    if (type === "header") file.editText(target, (xml) => insertInto(xml, rootOf(xml), paragraph, "first"));
  }
  const part = file.freeName("word/header{n}.xml");
  file.addPart(part, header, "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml");
  const relation = addRelationship(file, body, "header", part);
  file.editText(body, (text) => {
    const xml = plainMarkup(text);
    const sections = allElements(xml, "sectPr").map((element) => ({
      start: element.start,
      end: element.end,
      text: withHeaders(outerOf(xml, element), relation),
    }));
    return splice(xml, sections);
  });
  return file.archive.pack();
}
