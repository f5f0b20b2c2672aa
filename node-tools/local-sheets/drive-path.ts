import { join, parse } from "node:path";

/** The folder that stands for the administrator's Drive, beside the workbook. */
export function drivePath(path: string): string {
  const { dir, name } = parse(path);
  return join(dir, `${name}.云端硬盘`);
}
