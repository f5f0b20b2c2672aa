/**
 * Copies for the experts, looked at by programs that we did not write: nothing of the author is left, pages and frames are the
 * same. Needs LibreOffice, pdftoppm, exiftool (with Archive::Zip), qpdf, ffmpeg, heif-enc.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bufferSource } from "../../node-tools/documents/byte-source.ts";
import { cleanFile } from "../../node-tools/materials/clean-file.ts";
import { fixture } from "../node-tools/materials/review-award.ts";
import { convertInLibreOffice } from "./soffice.ts";

const home = mkdtempSync(join(tmpdir(), "casebook-copies-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const planted = /柳知远|梧桐|兴庆|nx64019988|13900006402|38\.48|106\.23/;

const run = (program: string, ...words: string[]) =>
  execFileSync(program, words, { maxBuffer: 512 * 1024 * 1024, stdio: ["ignore", "pipe", "pipe"] });
const digest = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

/** The copy of a file, beside it. */
async function copyOf(path: string): Promise<string> {
  const source = bufferSource(path.slice(path.lastIndexOf("/") + 1), readFileSync(path));
  const { bytes, extension } = await cleanFile(source, (text) => planted.test(text));
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  const copy = join(home, `copy-${digest(Buffer.from(path)).slice(0, 8)}${extension}`);
  writeFileSync(copy, Buffer.concat(chunks));
  return copy;
}

/** All that exiftool finds in a file and in what it holds, but what the disk says of it. */
const tagsOf = (path: string) =>
  run("exiftool", "-a", "-u", "-ee3", "-G1", "-x", "System:all", "-c", "%.4f", path).toString();
const framesOf = (path: string) =>
  run(
    "ffmpeg",
    "-v",
    "error",
    "-i",
    path,
    "-map",
    "0:v",
    "-map",
    "0:a?",
    "-map",
    "0:s?",
    "-c:s",
    "copy",
    "-f",
    "framemd5",
    "-",
  ).toString();

/** `柳知远` in each encoding that a container may have it in. */
const spelt = ["utf-8", "utf-16le", "utf-16be", "gb18030"].map((encoding) => {
  if (encoding === "gb18030") return Buffer.from([0xc1, 0xf8, 0xd6, 0xaa, 0xd4, 0xb6]);
  const little = Buffer.from("柳知远", encoding === "utf-8" ? "utf8" : "utf16le");
  return encoding === "utf-16be" ? Buffer.from(little).swap16() : little;
});
const namesIn = (bytes: Buffer) => spelt.filter((name) => bytes.includes(name)).length;

describe("films", () => {
  const picture = ["-f", "lavfi", "-i", "testsrc=size=320x240:rate=5:duration=3"];
  const sound = ["-f", "lavfi", "-i", "sine=duration=3"];
  const words = [
    "title",
    "artist",
    "author",
    "comment",
    "description",
    "copyright",
    "album",
    "composer",
    "encoded_by",
    "location",
  ];
  const tags = [
    ...words.flatMap((name) => ["-metadata", `${name}=柳知远在兴庆区梧桐实验小学`]),
    ...["s:v:0", "s:a:0"].flatMap((track) => [
      `-metadata:${track}`,
      "title=柳知远",
      `-metadata:${track}`,
      "handler_name=柳知远",
    ]),
  ];
  const chapters = ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1\nSTART=0\nEND=2\ntitle=柳知远的导入\n";

  test.for([
    ["mp4", ["-pix_fmt", "yuv420p"]],
    ["mp4", ["-pix_fmt", "yuv420p", "-movflags", "+faststart+use_metadata_tags"]],
    ["mp4", ["-pix_fmt", "yuv420p", "-movflags", "+frag_keyframe+empty_moov"]],
    ["m4v", ["-pix_fmt", "yuv420p"]],
    ["mov", ["-pix_fmt", "yuv420p", "-timecode", "01:00:00:00"]],
    ["mkv", ["-pix_fmt", "yuv420p"]],
    ["webm", ["-c:v", "libvpx", "-c:a", "libvorbis"]],
    ["webm", ["-c:v", "libvpx", "-c:a", "libvorbis", "-live", "1"]],
    ["avi", ["-c:v", "mpeg4", "-c:a", "libmp3lame"]],
    ["wmv", ["-c:v", "wmv2", "-c:a", "wmav2"]],
  ] as const)("%s %s", async ([extension, coded]) => {
    const path = join(home, `film-${coded.join("").replace(/\W/g, "")}.${extension}`);
    const list = join(home, "chapters.txt");
    const isInFragments = coded.join("").includes("frag");
    writeFileSync(list, isInFragments ? ";FFMETADATA1\n" : chapters);
    run(
      "ffmpeg",
      "-v",
      "error",
      "-y",
      ...picture,
      ...sound,
      "-i",
      list,
      "-map",
      "0",
      "-map",
      "1",
      "-map_metadata",
      "2",
      ...tags,
      ...coded,
      path,
    );
    // It writes into no film that is in fragments.
    if (/mp4|mov|m4v/.test(extension) && !isInFragments)
      run(
        "exiftool",
        "-q",
        "-overwrite_original",
        "-api",
        "QuickTimeUTC",
        "-XMP-dc:Creator=柳知远",
        "-Keys:GPSCoordinates=38.4872 106.2309",
        "-UserData:Author=柳知远",
        path,
      );
    expect(namesIn(readFileSync(path))).toBeGreaterThan(0);

    const copy = await copyOf(path);
    expect(namesIn(readFileSync(copy))).toBe(0);
    expect(tagsOf(copy)).not.toMatch(planted);
    const probed = run("ffprobe", "-v", "error", "-show_format", "-show_streams", "-show_chapters", copy).toString();
    expect(probed.replaceAll(home, "")).not.toMatch(planted);
    expect(framesOf(copy)).toBe(framesOf(path));
    // What was played to its end is whole.
    expect(run("ffmpeg", "-v", "error", "-i", copy, "-f", "null", "-").toString()).toBe("");
  });
});

describe("pictures", () => {
  const heic = join(home, "photo.heic");
  beforeAll(() => {
    const jpeg = join(home, "turned.jpg");
    writeFileSync(jpeg, readFileSync(fixture("leaky/photo.jpg")));
    run("exiftool", "-q", "-overwrite_original", "-n", "-Orientation=6", jpeg);
    run("heif-enc", "-o", heic, fixture("leaky/photo.png"));
    run(
      "exiftool",
      "-q",
      "-overwrite_original",
      "-Artist=柳知远",
      "-XMP-dc:Creator=柳知远",
      "-GPSLatitude=38.4872",
      "-GPSLatitudeRef=N",
      heic,
    );
  });

  const pixels = (path: string) => {
    if (!path.endsWith(".heic")) return run("ffmpeg", "-v", "error", "-i", path, "-f", "framemd5", "-").toString();
    const png = `${path}.png`;
    run("heif-convert", path, png);
    return run("ffmpeg", "-v", "error", "-i", png, "-f", "framemd5", "-").toString();
  };

  test.for(["jpg", "png", "gif", "tif", "webp", "heic", "turned"])("%s", async (kind) => {
    const path = kind === "heic" ? heic : kind === "turned" ? join(home, "turned.jpg") : fixture(`leaky/photo.${kind}`);
    expect(tagsOf(path)).toMatch(planted);
    const copy = await copyOf(path);
    const tags = tagsOf(copy);
    expect(tags).not.toMatch(planted);
    expect(tags).not.toMatch(/GPS (?:Latitude|Position)|Artist|Creator|By-line|XP Author|User Comment/);
    expect(namesIn(readFileSync(copy))).toBe(0);
    expect(pixels(copy)).toBe(pixels(path));
    const turned = (file: string) => run("exiftool", "-n", "-s3", "-Orientation", file).toString().trim();
    if (kind === "turned") expect(turned(copy)).toBe("6");
  });
});

/** Each page as it is drawn. */
function pagesOf(pdf: string): string[] {
  const folder = mkdtempSync(join(home, "pages-"));
  run("pdftoppm", "-r", "60", "-png", pdf, join(folder, "page"));
  return readdirSync(folder)
    .sort()
    .map((name) => digest(readFileSync(join(folder, name))));
}

describe("PDF", () => {
  test("written in several turns, with properties, XMP, attachments, names in comments", async () => {
    const path = join(home, "turns.pdf");
    writeFileSync(path, readFileSync(fixture("leaky/document.pdf")));
    run("exiftool", "-q", "-overwrite_original", "-PDF:Author=柳知远", "-XMP-dc:Creator=柳知远", path);
    // Taken out again by the same program: the earlier turn still has it.
    run("exiftool", "-q", "-overwrite_original", "-all:all=", path);
    const copy = await copyOf(path);
    expect(() => run("qpdf", "--check", copy)).not.toThrow();
    expect(tagsOf(copy)).not.toMatch(planted);
    expect(run("pdfinfo", copy).toString()).not.toMatch(/Title|Author|Creator|Producer|Keywords|Subject|CreationDate/);
    expect(run("pdfinfo", "-meta", copy).toString().trim()).toBe("");
    expect(run("pdfdetach", "-list", copy).toString()).toContain("0 embedded files");
    const raw = run("qpdf", "--qdf", "--object-streams=disable", copy, "-").toString("latin1");
    expect(raw).not.toMatch(/\/Info\b|\/PieceInfo|\/Metadata|\/T \(|\/T </);
    // qpdf writes one of its own.
    expect(readFileSync(copy, "latin1")).not.toMatch(/\/ID\s*\[/);
    expect(raw.match(/%%EOF/g)).toHaveLength(1);
    expect(pagesOf(copy)).toEqual(pagesOf(path));
    expect(pagesOf(copy)).toHaveLength(3);
  });
});

describe("office files", () => {
  test.for(["document.docx", "slides.pptx", "sheet.xlsx"])("%s", async (name) => {
    const path = fixture(`leaky/${name}`);
    expect(tagsOf(path)).toMatch(planted);
    const copy = await copyOf(path);
    expect(tagsOf(copy)).not.toMatch(planted);
    const [before = "", after = ""] = [path, copy].map((file, i) => {
      const folder = convertInLibreOffice("pdf", [file], home, `${name}-${i}`);
      return join(folder, readdirSync(folder)[0] ?? "");
    });
    expect(pagesOf(after)).toEqual(pagesOf(before));
    const text = (pdf: string) => run("pdftotext", pdf, "-").toString();
    expect(text(after)).toBe(text(before));
    expect(text(after).trim()).not.toBe("");
  });
});
