/** Marks a document as a draft on every page: a line in its headers and 草稿 across the page. */
import { draftMark } from "../../apps-script/core/exports/draft.ts";
import { unzipParts, zipParts } from "../office-files/zip.ts";

const word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const vml = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"';
const part = "headerDraft.xml";
const relation = "rIdCasebookDraft";
const [contentTypes, relations, body] = ["[Content_Types].xml", "word/_rels/document.xml.rels", "word/document.xml"];

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
function withHeaders(section: string): string {
  const lacking = ["default", "first", "even"].filter(
    (type) => !new RegExp(`<w:headerReference\\b[^>]*w:type="${type}"`).test(section),
  );
  const references = lacking
    .map((type) => `<w:headerReference xmlns:r="${office}" w:type="${type}" r:id="${relation}"/>`)
    .join("");
  return section.endsWith("/>") && !section.includes("</w:sectPr>")
    ? `${section.slice(0, -2)}>${references}</w:sectPr>`
    : section.replace(/^<w:sectPr\b[^>]*>/, (start) => start + references);
}

const isHeader = (name: string) => /^word\/header[^/]*\.xml$/.test(name);

function mark(name: string, xml: string): string {
  if (isHeader(name)) return xml.replace(/<w:hdr\b[^>]*>/, (start) => start + paragraph);
  if (name === body) return xml.replace(/<w:sectPr\b[^>]*\/>|<w:sectPr\b[\s\S]*?<\/w:sectPr>/g, withHeaders);
  if (name === relations)
    return xml.replace(
      "</Relationships>",
      `<Relationship Id="${relation}" Type="${office}/header" Target="${part}"/></Relationships>`,
    );
  if (name === contentTypes)
    return xml.replace(
      "</Types>",
      `<Override PartName="/word/${part}" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/></Types>`,
    );
  return xml;
}

/** The same .docx with the mark on every page. */
export function markDocxAsDraft(bytes: Uint8Array): Uint8Array {
  const parts = unzipParts(bytes).map(({ name, content }) => {
    const touched = isHeader(name) || [contentTypes, relations, body].includes(name);
    return { name, content: touched ? Buffer.from(mark(name, content.toString("utf8"))) : content };
  });
  return zipParts([...parts, { name: `word/${part}`, content: Buffer.from(header) }], { compress: true });
}
