import { describe, expect, test } from "vitest";
import { markDocxAsDraft } from "../../../node-tools/forms/draft-mark.ts";
import { unzipParts, zipParts } from "../../../node-tools/office-files/zip.ts";
import { makeDocx, paragraph } from "../documents/make-docx.ts";

/** The parts of the marked document by name. */
function marked(docx: Buffer): Record<string, string> {
  const bytes = Buffer.from(markDocxAsDraft(docx));
  return Object.fromEntries(unzipParts(bytes).map(({ name, content }) => [name, content.toString("utf8")]));
}

const kindsIn = (section: string | undefined) =>
  [...(section ?? "").matchAll(/<w:headerReference[^>]*w:type="(\w+)"/g)].map(([, kind]) => kind).sort();

describe("a draft says so on every page", () => {
  test.for([
    { name: "an empty section", section: "<w:sectPr/>", own: 0 },
    { name: "a section with settings", section: '<w:sectPr><w:pgSz w:w="11906"/></w:sectPr>', own: 0 },
    {
      name: "a section with a header of its own",
      section: '<w:sectPr><w:headerReference w:type="default" r:id="rId9"/></w:sectPr>',
      own: 1,
    },
  ])("$name: first, even and other pages", ({ section, own }) => {
    const parts = marked(makeDocx(paragraph("名单") + section));
    const written = /<w:sectPr[\s\S]*<\/w:sectPr>/.exec(parts["word/document.xml"] ?? "")?.[0];
    expect(kindsIn(written)).toEqual(["default", "even", "first"]);
    expect(written?.match(/r:id="rIdCasebookDraft"/g)?.length).toBe(3 - own);
    expect(parts["word/headerDraft.xml"]).toContain("草稿");
  });

  test("a header that is there keeps its text and gets the mark", () => {
    const docx = makeDocx(paragraph("名单"));
    const parts = unzipParts(docx);
    const header = { name: "word/header1.xml", content: Buffer.from("<w:hdr><w:p>教育厅</w:p></w:hdr>") };
    const written = marked(zipParts([...parts, header], { compress: true }))["word/header1.xml"];
    expect(written).toMatch(/^<w:hdr><w:p [\s\S]*草稿[\s\S]*<w:p>教育厅<\/w:p><\/w:hdr>$/);
  });
});
