/** Materials of many submissions as units hand them in: a document, notes and a video each, some of them as archives. */
import { closeSync, mkdirSync, openSync, readdirSync, readSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AwardData } from "../../apps-script/core/award/award.ts";
import { zipParts } from "../../node-tools/office-files/zip.ts";
import { writeMp4 } from "../generator/make-mp4.ts";
import { composeSection } from "../generator/prose.ts";
import { makeRandom } from "../generator/random.ts";
import { makeDocx, paragraph } from "../node-tools/documents/make-docx.ts";

const headings = ["1.案例概要", "2.案例的特色与创新点", "3.案例的研究和实践过程", "4.案例的应用情况及推广价值"];
const words = [450, 450, 1700, 400];
/** Of every so many submissions one comes as an archive. */
const archiveEvery = 5;
const videoBytes = 64 * 1024;

/** A folder or archive for each of the first so many submissions of an award. */
export function writeMaterials(folder: string, award: AwardData, count: number): void {
  const random = makeRandom(1);
  mkdirSync(folder, { recursive: true });
  award.submissions.slice(0, count).forEach(({ id }, i) => {
    const lines = words.flatMap((length, k) => [headings[k] ?? "", composeSection(random, length)]);
    const document = makeDocx(lines.map(paragraph).join(""));
    const notes = Buffer.from(composeSection(random, 800), "utf8");
    if (i % archiveEvery === 0) {
      const parts = [
        { name: "案例.docx", content: document },
        { name: "讲稿.txt", content: notes },
      ];
      writeFileSync(join(folder, `${id}.zip`), zipParts(parts, { compress: true }));
      return;
    }
    const own = join(folder, id);
    mkdirSync(own);
    writeFileSync(join(own, "案例.docx"), document);
    writeFileSync(join(own, "讲稿.txt"), notes);
    writeMp4(join(own, "show.mp4"), {
      width: 1920,
      height: 1080,
      seconds: 1000,
      createdOn: "2025-06-01",
      mediaBytes: videoBytes,
    });
  });
}

/** A video of a gigabyte for the first submission alone. */
export function writeLargeVideo(folder: string, award: AwardData): void {
  const own = join(folder, award.submissions[0]?.id ?? "");
  mkdirSync(own, { recursive: true });
  writeMp4(join(own, "show.mp4"), {
    width: 1920,
    height: 1080,
    seconds: 1000,
    createdOn: "2025-06-01",
    mediaBytes: 1024 ** 3,
  });
}

/** Reads every byte below a folder and does nothing with it. */
export function readEveryByte(folder: string): number {
  const chunk = Buffer.alloc(1024 * 1024);
  let bytes = 0;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) {
      bytes += readEveryByte(path);
      continue;
    }
    const descriptor = openSync(path, "r");
    for (let read = -1; read !== 0; bytes += read) read = readSync(descriptor, chunk, 0, chunk.length, null);
    closeSync(descriptor);
  }
  return bytes;
}
