import { execFile } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join, parse } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import type { FileWrite } from "../disk/files.ts";
import { withPrivateFolder } from "../disk/temporary-files.ts";

const run = promisify(execFile);
/** Files that LibreOffice converts in one start; a command line has an end. */
const batch = 40;
const minutes = 60_000;

const usualPlaces = [
  "/Applications/LibreOffice.app/Contents/MacOS/soffice",
  "C:\\Program Files\\LibreOffice\\program\\soffice.exe",
  "C:\\Program Files (x86)\\LibreOffice\\program\\soffice.exe",
];

/** The program of LibreOffice, or undefined when it is not installed. */
export async function findOffice(): Promise<string | undefined> {
  for (const program of ["soffice", "libreoffice", ...usualPlaces.filter((path) => existsSync(path))]) {
    try {
      await run(program, ["--version"], { timeout: minutes });
      return program;
    } catch {
      // Not there; the next place.
    }
  }
  return undefined;
}

export const howToGetOffice =
  "没有找到 LibreOffice，未生成 PDF（其他文件已照常输出）。请安装后重新运行：Windows、macOS 到 https://zh-cn.libreoffice.org 下载；" +
  "Debian、Ubuntu 运行 apt-get install libreoffice-writer-nogui libreoffice-calc-nogui fonts-noto-cjk。也可以用 WPS 打开后另存为 PDF。";

/** Where the PDF of a document goes. */
export function pdfPath(path: string): string {
  const { dir, name } = parse(path);
  return join(dir, `${name}.pdf`);
}

/** The documents that get a PDF: of two with one name (.docx and .xlsx) the first. */
export function chooseForPdf(documents: readonly FileWrite[]): FileWrite[] {
  const taken = new Set<string>();
  return documents.filter(({ path }) => {
    const name = parse(path).name.toLowerCase();
    return !taken.has(name) && taken.add(name);
  });
}

/**
 * The same documents as PDF, beside them, under their names.
 * @param program from `findOffice`
 * @param wanted from `chooseForPdf`
 * @returns `failed`: base names of documents that LibreOffice made nothing of
 */
export async function convertToPdf(
  program: string,
  wanted: readonly FileWrite[],
): Promise<{ writes: FileWrite[]; failed: string[] }> {
  return withPrivateFolder(async (work) => {
    const profile = `-env:UserInstallation=${pathToFileURL(join(work, "profile")).href}`;
    for (let i = 0; i < wanted.length; i += batch) {
      const files = wanted.slice(i, i + batch).map(({ path, data }) => {
        const copy = join(work, basename(path));
        writeFileSync(copy, data);
        return copy;
      });
      const words = [profile, "--headless", "--convert-to", "pdf", "--outdir", work, ...files];
      await run(program, words, { timeout: 10 * minutes }).catch(() => undefined);
    }
    const writes: FileWrite[] = [];
    const failed: string[] = [];
    for (const { path } of wanted) {
      const made = join(work, basename(pdfPath(path)));
      if (existsSync(made)) writes.push({ path: pdfPath(path), data: readFileSync(made) });
      else failed.push(basename(path));
    }
    return { writes, failed };
  });
}
