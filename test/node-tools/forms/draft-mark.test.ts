import { describe, expect, test } from "vitest";
import { markDocxAsDraft } from "../../../node-tools/forms/draft-mark.ts";
import { unzipParts, zipParts } from "../../../node-tools/office-files/zip.ts";
import { makeDocx, paragraph } from "../documents/make-docx.ts";
import { relationship } from "../xlsx/package-fixture.ts";

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
    const id = /Id="([^"]*)"[^>]*Target="header1.xml"/.exec(parts["word/_rels/document.xml.rels"] ?? "")?.[1];
    expect(written?.split(`r:id="${id}"`).length).toBe(4 - own);
    expect(parts["word/header1.xml"]).toContain("草稿");
  });

  test("a header that is there keeps its text and gets the mark", () => {
    const docx = makeDocx(paragraph("名单"));
    const parts = unzipParts(docx);
    const added: Record<string, string> = {
      "word/header1.xml": "<w:hdr><w:p>教育厅</w:p></w:hdr>",
      "word/_rels/document.xml.rels": `<Relationships>${relationship("rId9", "header", "header1.xml")}</Relationships>`,
    };
    const all = [
      ...parts.filter(({ name }) => added[name] === undefined),
      ...Object.entries(added).map(([name, content]) => ({ name, content: Buffer.from(content) })),
    ];
    const written = marked(zipParts(all, { compress: true }))["word/header1.xml"];
    expect(written).toMatch(/^<w:hdr><w:p [\s\S]*草稿[\s\S]*<w:p>教育厅<\/w:p><\/w:hdr>$/);
  });

  test("a document of another program, with a prefix of its own and a change of the page on record", () => {
    const parts = unzipParts(makeDocx(paragraph("名单")));
    const main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    const section = `<n:sectPr><n:pgSz n:w="1"/><n:sectPrChange n:id="1" n:author="a"><n:sectPr/></n:sectPrChange></n:sectPr>`;
    const body = `<n:document xmlns:n="${main}"><n:body><n:p/>${section}</n:body></n:document>`;
    const others = parts.filter(({ name }) => name !== "word/document.xml");
    const written = marked(
      zipParts([...others, { name: "word/document.xml", content: Buffer.from(body) }], { compress: true }),
    );
    const xml = written["word/document.xml"] ?? "";
    expect(kindsIn(xml.slice(0, xml.indexOf("<n:pgSz")))).toEqual(["default", "even", "first"]);
    expect(xml).toContain('<n:sectPrChange n:id="1" n:author="a"><n:sectPr/></n:sectPrChange></n:sectPr></n:body>');
  });
});
