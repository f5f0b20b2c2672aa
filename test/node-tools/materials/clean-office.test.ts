import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { FileFacts } from "../../../apps-script/core/evidence/file-facts.ts";
import { unzipParts, zipParts } from "../../../node-tools/office-files/zip.ts";
import { clean, cleanFixture, read, repacked } from "./cleaned-files.ts";
import { fixture } from "./review-award.ts";

describe("office files", () => {
  const parts = async (path: string) =>
    new Map(unzipParts((await cleanFixture(path)).bytes).map((p) => [p.name, p.content.toString()]));

  test("a document: properties and their relations are gone, authors are numbered, times are gone", async () => {
    const found = await parts("leaky/document.docx");
    expect([...found.keys()].filter((name) => /docProps|customXml|people/.test(name))).toEqual([]);
    expect(found.get("_rels/.rels")).not.toMatch(/docProps|properties/);
    expect(found.get("[Content_Types].xml")).not.toContain("docProps");
    expect(found.get("word/comments.xml")).toMatch(/w:author="审阅者1"/);
    expect(found.get("word/comments.xml")).not.toMatch(/w:date=|w:initials="(?!审)/);
    expect(found.get("word/document.xml")).not.toMatch(/w:rsid|w:date=/);
    expect(found.get("word/_rels/document.xml.rels")).toContain('Target="about:blank"');
  });

  test("a document with a macro is not cleaned, and told what to do", async () => {
    const own = unzipParts(readFileSync(fixture("clean/document.docx")));
    const withMacro = zipParts([...own, { name: "word/vbaProject.bin", content: Buffer.from("x") }], {
      compress: true,
    });
    await expect(clean("a.docm", withMacro)).rejects.toThrow(
      "含有宏，无法清除其中的身份信息；请另存为 .docx 后重新提交",
    );
  });

  test("settings: revision marks, template, variables and data bindings go; parts of others' programs with them", async () => {
    const own = unzipParts(readFileSync(fixture("clean/document.docx"))).map(({ name, content }) => {
      if (name === "word/settings.xml")
        return {
          name,
          content: Buffer.from(
            content
              .toString()
              .replace(
                "<w:trackRevisions/>",
                '<w:attachedTemplate r:id="rId1" xmlns:r="r"/><w:trackRevisions/><w:docVars><w:docVar w:name="a" w:val="柳知远"/></w:docVars><w:rsids><w:rsidRoot w:val="00AA"/></w:rsids>',
              ),
          ),
        };
      if (name === "word/document.xml")
        return {
          name,
          content: Buffer.from(
            content
              .toString()
              .replace(
                /<w:p>|<w:p /,
                (p) => `${p.trim().replace(">", "")} w:rsidR="00AB12CD"${p.endsWith(">") ? ">" : " "}`,
              ),
          ),
        };
      return { name, content };
    });
    const extra = [
      {
        name: "word/people.xml",
        content: Buffer.from('<w15:people xmlns:w15="w"><w15:person w15:author="柳知远"/></w15:people>'),
      },
      { name: "customXml/item1.xml", content: Buffer.from("<a>柳知远</a>") },
      { name: "docProps/thumbnail.jpeg", content: Buffer.from("x") },
    ];
    const { bytes } = await clean("a.docx", zipParts([...own, ...extra], { compress: true }));
    const after = unzipParts(bytes);
    expect(after.map(({ name }) => name).filter((name) => extra.some((each) => each.name === name))).toEqual([]);
    expect(after.map(({ content }) => content.toString()).join("")).not.toMatch(/柳知远|rsid|attachedTemplate|docVar/);
  });
});

describe("what spreadsheets of Excel keep of people", () => {
  const relation = (id: string, type: string, target: string, mode = "") =>
    `<Relationship Id="${id}" Type="http://r/${type}" Target="${target}"${mode}/></Relationships>`;
  const edits: Readonly<Record<string, (xml: string) => string>> = {
    "xl/workbook.xml": (xml) =>
      xml
        .replace("<workbookPr", '<fileSharing userName="柳知远"/><workbookPr')
        .replace(
          "<bookViews>",
          '<mc:AlternateContent xmlns:mc="m"><mc:Choice Requires="x15"><x15ac:absPath xmlns:x15ac="x" url="C:\\Users\\柳知远"/></mc:Choice></mc:AlternateContent><bookViews>',
        ),
    "xl/worksheets/sheet1.xml": (xml) => xml.replace("<pageSetup ", '<pageSetup r:id="rId90" '),
    "xl/worksheets/_rels/sheet1.xml.rels": (xml) =>
      xml.replace("</Relationships>", relation("rId90", "printerSettings", "../printerSettings/printerSettings1.bin")),
  };
  const added = {
    "xl/persons/person.xml":
      '<personList><person displayName="柳知远" id="{1}" userId="S::liu" providerId="AD"/></personList>',
    "xl/threadedComments/threadedComment1.xml":
      '<ThreadedComments><threadedComment ref="A1" dT="2025-06-01T00:00:00.00" personId="{1}" id="{2}"><text>请核对</text></threadedComment></ThreadedComments>',
    "xl/printerSettings/printerSettings1.bin": "柳知远的打印机",
    "xl/externalLinks/_rels/externalLink1.xml.rels": `<Relationships>${relation("rId1", "externalLinkPath", "file:///C:/Users/liu/a.xlsx", ' TargetMode="External"')}`,
  };

  test("persons, paths of the machine, printers, links to files; comments stay", async () => {
    const own = unzipParts(readFileSync(fixture("clean/sheet.xlsx"))).map(({ name, content }) => ({
      name,
      content: Buffer.from(edits[name]?.(content.toString()) ?? content),
    }));
    const more = Object.entries(added).map(([name, text]) => ({ name, content: Buffer.from(text) }));
    const { bytes } = await clean("a.xlsx", zipParts([...own, ...more], { compress: true }));
    const after = new Map(unzipParts(bytes).map(({ name, content }) => [name, content.toString()]));
    expect([...after].filter(([, text]) => /柳知远|Users|S::liu|absPath|printerSettings/.test(text))).toEqual([]);
    expect([...after.keys()].filter((name) => name.includes("printerSettings"))).toEqual([]);
    expect(after.get("xl/worksheets/sheet1.xml")).toMatch(/<pageSetup (?!r:id)/);
    expect(after.get("xl/persons/person.xml")).toMatch(/displayName="审阅者\d" id="\{1\}" userId="" providerId="None"/);
    expect(after.get("xl/threadedComments/threadedComment1.xml")).toMatch(/personId="\{1\}" id="\{2\}"><text>请核对/);
  });
});

describe("what programs keep beside what is shown in office files", () => {
  const partsOf = async (bytes: Promise<{ bytes: Buffer }>) =>
    new Map(unzipParts((await bytes).bytes).map(({ name, content }) => [name, content.toString()]));
  const inBody = (markup: string) =>
    repacked("document.docx", { "word/document.xml": (xml) => xml.replace("<w:body>", `<w:body>${markup}`) });
  const field = (code: string, shown: string) => {
    const [first, second] = [code.slice(0, code.length / 2), code.slice(code.length / 2)];
    const run = (inner: string) => `<w:r>${inner}</w:r>`;
    const mark = (type: string) => run(`<w:fldChar w:fldCharType="${type}"/>`);
    return `${mark("begin")}${run(`<w:instrText>${first}</w:instrText>`)}${run(`<w:instrText>${second}</w:instrText>`)}${mark("separate")}${run(`<w:t>${shown}</w:t>`)}${mark("end")}`;
  };

  test.for([
    { code: 'INCLUDEPICTURE "C:\\\\Users\\\\liu\\\\a.png"', stays: false },
    { code: 'HYPERLINK "file:///D:/liu/a.docx"', stays: false },
    { code: 'HYPERLINK "..\\..\\liu\\a.docx"', stays: false },
    { code: " TITLE \\* MERGEFORMAT ", stays: false },
    { code: " DOCPROPERTY Subject ", stays: false },
    { code: " REF 柳知远的表 ", stays: false },
    { code: ' HYPERLINK "https://example.org/a" ', stays: true },
    { code: " PAGE ", stays: true },
    { code: ' TOC \\o "1-3" ', stays: true },
  ])("a field $code stays: $stays, what it shows always", async ({ code, stays }) => {
    const escaped = code.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
    const nested = field(escaped, `看得见的${field(" PAGE ", "7")}字`);
    for (const markup of [nested, `<w:fldSimple w:instr="${escaped}"><w:r><w:t>看得见的字</w:t></w:r></w:fldSimple>`]) {
      const before = inBody(`<w:p>${markup}</w:p>`);
      const { bytes } = await clean("a.docx", before);
      const found = unzipParts(bytes).find(({ name }) => name === "word/document.xml");
      const xml = found?.content.toString() ?? "";
      const codes = [...xml.matchAll(/<w:instrText>([^<]*)|w:instr="([^"]*)"/g)].map(
        ([, run, simple]) => run ?? simple,
      );
      expect(codes.join("")).toBe([...(stays ? [escaped] : []), ...(markup === nested ? [" PAGE "] : [])].join(""));
      expect(xml.match(/"begin"/g)?.length).toBe(xml.match(/"end"/g)?.length);
      const bodyOf = (facts: FileFacts) => facts.pieces.filter(({ kind }) => kind === "body");
      expect(bodyOf(await read(".docx", bytes))).toEqual(bodyOf(await read(".docx", before)));
    }
  });

  test("names of content controls, bookmarks, styles and tooltips", async () => {
    const found = await partsOf(
      clean(
        "a.docx",
        repacked("document.docx", {
          "word/document.xml": (xml) =>
            xml.replace(
              "<w:body>",
              '<w:body><w:p><w:bookmarkStart w:id="91" w:name="柳知远_目录"/><w:bookmarkEnd w:id="91"/><w:bookmarkStart w:id="92" w:name="目录"/><w:bookmarkEnd w:id="92"/><w:hyperlink w:anchor="柳知远_目录" w:tooltip="file:///C:/liu"><w:r><w:t>看</w:t></w:r></w:hyperlink></w:p><w:sdt><w:sdtPr><w:alias w:val="柳"/><w:tag w:val="liu"/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>',
            ),
          "word/styles.xml": (xml) =>
            xml.replace(
              "</w:styles>",
              '<w:style w:type="paragraph" w:styleId="a99"><w:name w:val="柳知远正文"/></w:style></w:styles>',
            ),
        }),
      ),
    );
    const xml = found.get("word/document.xml") ?? "";
    expect(xml).toMatch(/w:name="(书签\d)".*w:name="目录".*w:anchor="\1" w:tooltip=""/);
    expect(xml).not.toMatch(/w:alias|w:tag|柳|liu/);
    expect(found.get("word/styles.xml")).toMatch(/w:styleId="a99"><w:name w:val="样式\d"/);
  });

  test("spreadsheets: views, scenarios, pivots, connections", async () => {
    const found = await partsOf(
      clean(
        "a.xlsx",
        repacked(
          "sheet.xlsx",
          {
            "xl/workbook.xml": (xml) =>
              xml.replace(
                "</sheets>",
                '</sheets><customWorkbookViews><customWorkbookView name="liu"/></customWorkbookViews>',
              ),
            "xl/worksheets/sheet1.xml": (xml) =>
              xml.replace(
                "</sheetData>",
                '</sheetData><scenarios><scenario name="一" user="liu" comment="liu"/></scenarios><customSheetViews><customSheetView/></customSheetViews>',
              ),
          },
          {
            "xl/pivotCache/pivotCacheDefinition1.xml": '<pivotCacheDefinition refreshedBy="liu" refreshedDate="4"/>',
            "xl/connections.xml":
              '<connections><connection id="1" name="q" sourceFile="C:\\liu" odcFile="C:\\liu"><dbPr connection="Data Source=C:\\liu"/></connection></connections>',
          },
        ),
      ),
    );
    expect([...found].filter(([, text]) => /liu|customSheetView/.test(text))).toEqual([]);
    expect(found.get("xl/worksheets/sheet1.xml")).toContain('<scenario name="一"/>');
    expect(found.get("xl/connections.xml")).toContain('<connection id="1" name="q"><dbPr connection=""/>');
  });

  test("what stands in lists, filters and rules of a sheet, or in lists of a form, is read", async () => {
    const sheet = await read(
      ".xlsx",
      repacked("sheet.xlsx", {
        "xl/worksheets/sheet1.xml": (xml) =>
          xml.replace(
            "</sheetData>",
            '</sheetData><autoFilter ref="A1:A9"><filterColumn colId="0"><filters><filter val="柳一"/></filters></filterColumn></autoFilter><scenarios><scenario name="柳二" user="柳三"/></scenarios><customSheetViews><customSheetView><headerFooter><oddHeader>柳四</oddHeader></headerFooter></customSheetView></customSheetViews><dataValidations><dataValidation type="list"><formula1>"柳五"</formula1></dataValidation></dataValidations>',
          ),
      }),
    );
    const form = await read(
      ".docx",
      inBody(
        '<w:p><w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText="柳六" w:value="柳七"/></w:dropDownList></w:sdtPr><w:sdtContent><w:r><w:t>选</w:t></w:r></w:sdtContent></w:sdt><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="柳八"/><w:ddList><w:listEntry w:val="柳九"/></w:ddList></w:ffData></w:fldChar></w:r></w:p>',
      ),
    );
    const hidden = [...sheet.pieces, ...form.pieces].filter(({ kind, text }) => kind === "hidden" && /柳./.test(text));
    expect(hidden.map(({ text }) => /柳(.)/.exec(text)?.[1]).join("")).toBe("一二三四五六七八九");
  });

  test("columns of tables and sections of slides are shown", async () => {
    const table = await read(
      ".xlsx",
      repacked("sheet.xlsx", {}, { "xl/tables/table1.xml": '<table><tableColumn id="1" name="兴庆区"/></table>' }),
    );
    expect(table.pieces.find(({ text }) => text.includes("兴庆区"))?.kind).toBe("body");
    const slides = await read(
      ".pptx",
      repacked("slides.pptx", {
        "ppt/presentation.xml": (xml) =>
          xml.replace("</p:presentation>", '<p14:section xmlns:p14="q" name="兴庆区"/></p:presentation>'),
      }),
    );
    expect(slides.pieces.find(({ text }) => text.includes("兴庆区"))?.kind).toBe("body");
  });

  test("slides: tags and data of programs with what refers to them; accounts of those who commented", async () => {
    const relation = (id: string, type: string, target: string) =>
      `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/></Relationships>`;
    const found = await partsOf(
      clean(
        "a.pptx",
        repacked(
          "slides.pptx",
          {
            "ppt/presentation.xml": (xml) =>
              xml.replace(
                "</p:sldIdLst>",
                '</p:sldIdLst><p:custDataLst><p:custData r:id="rId77"/><p:tags r:id="rId78"/></p:custDataLst>',
              ),
            "ppt/_rels/presentation.xml.rels": (xml) =>
              xml
                .replace("</Relationships>", relation("rId77", "customXml", "../customXml/item1.xml"))
                .replace("</Relationships>", relation("rId78", "tags", "labels/a.xml")),
          },
          {
            "customXml/item1.xml": "<a/>",
            "ppt/labels/a.xml": '<p:tagLst xmlns:p="p"><p:tag name="FOLDER" val="C:\\liu"/></p:tagLst>',
            "ppt/commentAuthors.xml":
              '<p:cmAuthorLst xmlns:p="p"><p:cmAuthor id="1" name="柳知远"><p15:presenceInfo xmlns:p15="q" userId="S::liu@x" providerId="AD"/></p:cmAuthor></p:cmAuthorLst>',
          },
        ),
      ),
    );
    expect([...found].filter(([, text]) => /liu|rId7[78]|custData|柳/.test(text)).map(([name]) => name)).toEqual([]);
    expect(found.has("ppt/labels/a.xml")).toBe(false);
    expect(found.get("ppt/commentAuthors.xml")).toContain('userId="" providerId="None"');
  });

  test("properties under any name go by what refers to them", async () => {
    const found = await partsOf(
      clean(
        "a.docx",
        repacked(
          "document.docx",
          {
            "_rels/.rels": (xml) =>
              xml.replace(
                "</Relationships>",
                '<Relationship Id="rIdC" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="/other/ab.psmdcp"/></Relationships>',
              ),
          },
          { "other/ab.psmdcp": "<coreProperties><creator>liu</creator></coreProperties>" },
        ),
      ),
    );
    expect(found.has("other/ab.psmdcp")).toBe(false);
    expect(found.get("_rels/.rels")).not.toContain("psmdcp");
  });

  test.for([
    ["hyperlink", "..\\..\\Users\\liu\\a.docx", false],
    ["hyperlink", "liu's plan.docx", false],
    ["hyperlink", "onenote:https://example.org/liu", false],
    ["hyperlink", "https://school-my.sharepoint.com/personal/liu/a.docx", false],
    ["externalLinkPath", "/Documents%20and%20Settings/liu/a.xls", false],
    ["externalLinkPath", "http://example.org/Documents/liu/a.xls", false],
    ["hyperlink", "https://example.org/a", true],
    ["hyperlink", "#目录", true],
    ["image", "https://example.org/a.png", true],
    ["image", "NULL", true],
  ] as const)("a link of the kind %s to %s stays: %s", async ([type, target, stays]) => {
    const link = `<Relationship Id="rId95" Type="http://r/${type}" TargetMode="External" Target="${target}"/>`;
    const found = await partsOf(
      clean(
        "a.docx",
        repacked("document.docx", {
          "word/_rels/document.xml.rels": (xml) => xml.replace("</Relationships>", `${link}</Relationships>`),
        }),
      ),
    );
    const kept = /Id="rId95"[^>]*Target="([^"]*)"/.exec(found.get("word/_rels/document.xml.rels") ?? "")?.[1];
    expect(kept).toBe(stays ? target : "about:blank");
  });

  test("building blocks of Word, and drawings that it keeps once more", async () => {
    const packed = (parts: Readonly<Record<string, string>>) =>
      zipParts(
        Object.entries(parts).map(([name, content]) => ({ name, content: Buffer.from(content) })),
        { compress: true },
      ).toString("base64");
    const drawing = packed({ "drs/e2oDoc.xml": '<a xmlns:w="http://example.org/w"><w:t/></a>' });
    const told = packed({ "drs/e2oDoc.xml": '<a descr="C:\\liu\\a.png"/>' });
    const pictured = packed({ "drs/e2oDoc.xml": "<a/>", "drs/media/image1.jpg": "photo" });
    const shape = (id: number, data: string) => `<v:rect xmlns:v="v" xmlns:o="o" id="r${id}" o:gfxdata="${data}"/>`;
    const shapes = [drawing, told, pictured].map((data, i) => shape(i, data)).join("");
    const found = await partsOf(
      clean(
        "a.docx",
        repacked(
          "document.docx",
          {
            "word/document.xml": (xml) =>
              xml.replace("<w:body>", `<w:body><w:p><w:r><w:pict>${shapes}</w:pict></w:r></w:p>`),
            "word/_rels/document.xml.rels": (xml) =>
              xml.replace(
                "</Relationships>",
                '<Relationship Id="rId96" Type="http://r/glossaryDocument" Target="glossary/document.xml"/></Relationships>',
              ),
          },
          {
            "word/glossary/document.xml": "<w:glossaryDocument>柳知远</w:glossaryDocument>",
            "word/glossary/_rels/document.xml.rels": "<Relationships/>",
          },
        ),
      ),
    );
    expect([...found.keys()].filter((name) => name.includes("glossary"))).toEqual([]);
    expect(found.get("word/_rels/document.xml.rels")).not.toContain("glossary");
    expect(found.get("word/document.xml")?.match(/gfxdata="[^"]*"/g)).toEqual([`gfxdata="${drawing}"`]);
  });

  test("a film in slides lies in them as it would alone, and is not packed once more", async () => {
    const film = readFileSync(fixture("leaky/film.mp4"));
    const { bytes } = await clean("a.pptx", repacked("slides.pptx", {}, { "ppt/media/media1.mp4": film }));
    expect(bytes.includes((await clean("a.mp4", film)).bytes)).toBe(true);
  });
});
