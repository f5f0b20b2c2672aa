import { host } from "#host";
import { join } from "../host/paths.ts";
import { disk } from "./disk.ts";

const temporaryName = /^\.~casebook-([0-9a-f]{8})-(\d+)-\d+\.tmp$/;
const { runs } = host;
const thisHost = host.sha256(runs.machine).slice(0, 8);
const dayMs = 24 * 60 * 60 * 1000;
let temporaryCount = 0;

/** A name in this folder that no other run uses. */
export function temporaryPath(folder: string): string {
  temporaryCount += 1;
  return join(folder, `.~casebook-${thisHost}-${runs.id}-${temporaryCount}.tmp`);
}

/**
 * Writes a new file whole and to the disk.
 *
 * @param made gets its path as soon as it is there, so that it can be removed should the rest fail
 */
export function writeTemporary(
  folder: string,
  bytes: Uint8Array,
  mode: number | undefined,
  made: { add(path: string): void },
): string {
  const path = temporaryPath(folder);
  const descriptor = disk.open(path, "wx", mode ?? 0o666);
  made.add(path);
  try {
    for (let offset = 0; offset < bytes.length; ) offset += disk.write(descriptor, bytes, offset);
    disk.fsync(descriptor);
  } finally {
    disk.close(descriptor);
  }
  if (mode !== undefined) chmodQuietly(path, mode);
  return path;
}

/** File systems without permission bits refuse this; the content matters more. */
function chmodQuietly(path: string, mode: number): void {
  try {
    disk.chmod(path, mode);
  } catch {}
}

/** Removes what runs that died have left in a folder. */
export function removeLeftovers(folder: string): void {
  for (const name of disk.readdir(folder)) {
    const [, host, pid] = temporaryName.exec(name) ?? [];
    if (pid === undefined) continue;
    const path = join(folder, name);
    if (host === thisHost ? !runs.isAlive(Number(pid)) || Number(pid) === runs.id : isOld(path)) removeQuietly(path);
  }
}

function isOld(path: string): boolean {
  try {
    return Date.now() - disk.stat(path).mtimeMs > dayMs;
  } catch {
    return false;
  }
}

export function removeQuietly(path: string): void {
  try {
    disk.unlink(path);
  } catch {
    // The next run removes it.
  }
}
