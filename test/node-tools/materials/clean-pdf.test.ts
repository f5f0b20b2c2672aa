import { readFileSync } from "node:fs";
import { deflateSync } from "node:zlib";
import { describe, expect, test, vi } from "vitest";
import { clean } from "./cleaned-files.ts";
import { fixture } from "./review-award.ts";

describe("PDF", () => {
  test("in a catalog, in fields, in annotations and actions only what is shown stays", async () => {
    const { PDFDocument, PDFName, PDFString, PDFHexString } = await import("pdf-lib");
    const document = await PDFDocument.create();
    const { catalog, context } = document;
    const page = document.addPage([300, 200]);
    const at = PDFName.of;
    const words = PDFHexString.fromText("柳知远");
    const path = PDFString.of("file:///C:/liu/");
    const field = context.obj({
      Type: "Annot",
      Subtype: "Widget",
      FT: "Tx",
      T: PDFString.of("f1"),
      TM: words,
      DV: words,
      V: PDFString.of("seen"),
      Opt: [words],
      Rect: [0, 0, 50, 20],
    });
    const note = context.obj({
      Type: "Annot",
      Subtype: "Text",
      Rect: [60, 0, 80, 20],
      T: words,
      Contents: PDFString.of("noted"),
      RC: words,
    });
    const film = context.register(context.stream("film of liu"));
    const file = context.register(context.obj({ Type: "Filespec", F: words, UF: words, EF: { F: film } }));
    const media = context.obj({
      Type: "Annot",
      Subtype: "RichMedia",
      Rect: [100, 0, 150, 30],
      RichMediaContent: { Assets: { Names: [words, file] } },
    });
    const link = (action: Record<string, unknown>) =>
      context.obj({ Type: "Annot", Subtype: "Link", Rect: [0, 0, 9, 9], A: action as never });
    const links = [
      link({ S: "URI", URI: PDFString.of("https://example.org/kept") }),
      link({ S: "GoTo", D: [page.ref, "Fit"] }),
      link({ S: "Launch", F: path }),
      link({ S: "URI", URI: PDFString.of("https://example.org/gone"), Next: { S: "JavaScript", JS: path } }),
    ];
    page.node.set(at("Annots"), context.obj([field, note, media, ...links].map((each) => context.register(each))));
    const thread = context.register(context.obj({ I: { Title: words, Author: words } }));
    catalog.set(at("Threads"), context.obj([thread]));
    page.node.set(at("B"), context.obj([{ T: thread }]));
    catalog.set(at("URI"), context.obj({ Base: path }));
    catalog.set(at("OpenAction"), context.obj({ S: "Launch", F: path, Next: { S: "JavaScript", JS: path } }));
    const element = context.obj({ Type: "StructElem", S: "Figure", ActualText: words, E: words, Pg: page.ref });
    catalog.set(at("StructTreeRoot"), context.obj({ Type: "StructTreeRoot", K: context.register(element) }));
    const cleaned = await clean("a.pdf", Buffer.from(await document.save({ useObjectStreams: false })));
    const text = cleaned.bytes.toString("latin1");
    expect(text).not.toMatch(new RegExp(`${words.toString().slice(1, -1)}|liu|Threads|/Base|Launch|JavaScript|/EF`));
    for (const kept of ["seen", "noted", "example.org/kept", "/GoTo", "/StructElem"]) expect(text).toContain(kept);
    expect(text).not.toContain("example.org/gone");
    expect(cleaned.without).toEqual(["PDF 里的附件"]);
  });

  test("properties that a figure brought from another PDF, places on a machine and on earth, a note without a place", async () => {
    const { PDFDocument, PDFName, PDFString } = await import("pdf-lib");
    const document = await PDFDocument.create();
    const { catalog, context } = document;
    const page = document.addPage([300, 200]);
    const words = PDFString.of("liu");
    const properties = { Author: words, Creator: words, Producer: words, CreationDate: words, ModDate: words };
    const figure = context.stream("0 0 9 9 re f", {
      Type: "XObject",
      Subtype: "Form",
      BBox: [0, 0, 9, 9],
      "PTEX.FileName": words,
      "PTEX.InfoDict": context.register(context.obj({ ...properties, Title: words, Keywords: words })),
      ...properties,
    });
    page.node.newXObject("F", context.register(figure));
    page.node.set(PDFName.of("VP"), context.obj([{ Measure: { GPTS: [38.4872, 106.2309] } }]));
    const note = context.obj({ Type: "Annot", Subtype: "Ink", T: words, NM: words, M: words, Subj: words });
    page.node.set(PDFName.of("Annots"), context.obj([context.register(note)]));
    const picture = (Alt: string) =>
      context.register(context.obj({ Type: "StructElem", S: "Figure", Alt: PDFString.of(Alt), Pg: page.ref }));
    const K = [picture("C:\\\\Users\\\\liu\\\\a.jpg"), picture("a fox")];
    catalog.set(PDFName.of("StructTreeRoot"), context.obj({ Type: "StructTreeRoot", K }));
    const { bytes } = await clean("a.pdf", Buffer.from(await document.save({ useObjectStreams: false })));
    const text = bytes.toString("latin1");
    expect(text).not.toMatch(/liu|38\.4872|PTEX/);
    for (const kept of ["re f", "/Subtype /Ink", "a fox"]) expect(text).toContain(kept);
  });

  test("the library says nothing about a number that is too large", async () => {
    const { PDFDocument, PDFNumber, PDFName } = await import("pdf-lib");
    const document = await PDFDocument.create();
    document.addPage([300, 200]).node.set(PDFName.of("Tall"), PDFNumber.of(1e17));
    const told = vi.spyOn(console, "warn");
    await clean("a.pdf", Buffer.from(await document.save({ useObjectStreams: false })));
    expect(told).not.toHaveBeenCalled();
  });

  test("pictures: a JPEG that is packed once more, and JPEG 2000 with and without words of its own", async () => {
    const { PDFDocument, PDFName } = await import("pdf-lib");
    const photo = readFileSync(fixture("leaky/photo.jpg"));
    const box = (type: string, content: Buffer) => {
      const head = Buffer.alloc(8);
      head.writeUInt32BE(content.length + 8);
      head.write(type, 4, "latin1");
      return Buffer.concat([head, content]);
    };
    const withPicture = async (content: Uint8Array, filter: unknown) => {
      const document = await PDFDocument.create();
      const page = document.addPage([300, 200]);
      const picture = document.context.stream(content, {
        Type: "XObject",
        Subtype: "Image",
        Width: 8,
        Height: 8,
        Filter: filter as never,
      });
      page.node.newXObject("I", document.context.register(picture));
      return clean("a.pdf", Buffer.from(await document.save({ useObjectStreams: false })));
    };
    const { bytes } = await withPicture(deflateSync(photo), ["FlateDecode", "DCTDecode"]);
    expect(bytes.includes((await clean("a.jpg", photo)).bytes)).toBe(true);
    expect(bytes.toString("latin1")).toContain(`/Filter ${PDFName.of("DCTDecode")}`);
    const code = box("jp2c", Buffer.from("code"));
    expect((await withPicture(code, "JPXDecode")).bytes.includes(code)).toBe(true);
    const words = Buffer.concat([code, box("xml ", Buffer.from("<a>liu</a>"))]);
    await expect(withPicture(words, "JPXDecode")).rejects.toThrow("里面有特殊格式的图片");
  });

  test("a font may be called as something else that goes", async () => {
    const { PDFDocument, PDFName, StandardFonts, PDFDict } = await import("pdf-lib");
    const document = await PDFDocument.create();
    const page = document.addPage([300, 200]);
    page.drawText("Hello", { font: await document.embedFont(StandardFonts.Helvetica), x: 20, y: 100 });
    const fonts = page.node.Resources()?.lookup(PDFName.of("Font"));
    if (!(fonts instanceof PDFDict)) throw new Error("no fonts");
    const [font] = fonts.values();
    for (const called of ["AA", "AF", "Thumb", "S", "P", "T"]) if (font) fonts.set(PDFName.of(called), font);
    const content = document.context.stream("BT /AA 18 Tf 20 60 Td (Text) Tj /T 18 Tf (More) Tj ET");
    page.node.addContentStream(document.context.register(content));
    page.node.set(PDFName.of("AA"), document.context.obj({ O: { S: "JavaScript" } }));
    const { bytes } = await clean("a.pdf", Buffer.from(await document.save({ useObjectStreams: false })));
    for (const called of ["AA", "AF", "Thumb", "T"])
      expect(bytes.toString("latin1")).toMatch(new RegExp(`/${called} \\d+ 0 R`));
    expect(bytes.toString("latin1")).not.toContain("JavaScript");
  });
});
