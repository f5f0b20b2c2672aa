import type { FileWrite } from "../disk/files.ts";
import { basename, join, parse } from "../host/paths.ts";
import type { Printer } from "../host/port.ts";

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
 * @param wanted from `chooseForPdf`
 * @returns `failed`: base names of documents that the printer made nothing of
 */
export async function printBeside(
  print: Printer,
  wanted: readonly FileWrite[],
): Promise<{ writes: FileWrite[]; failed: string[] }> {
  const made = await print(wanted.map(({ path, data }) => ({ name: basename(path), data })));
  const writes: FileWrite[] = [];
  const failed: string[] = [];
  for (const [i, { path }] of wanted.entries()) {
    const data = made[i];
    if (data) writes.push({ path: pdfPath(path), data });
    else failed.push(basename(path));
  }
  return { writes, failed };
}
