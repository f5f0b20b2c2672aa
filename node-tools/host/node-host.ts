import { createHash } from "node:crypto";
import * as fs from "node:fs";
import { hostname, userInfo } from "node:os";
import * as path from "node:path";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { nodeCodec } from "./node-codec.ts";
import { nodeMaterials } from "./node-materials.ts";
import { startNodeRenderer } from "./node-renderer.ts";
import { findOffice, officePrinter } from "./office.ts";
import type { Disk, Host, Runs } from "./port.ts";
import { collectGarbage } from "./tune-engine.ts";

const disk: Disk = {
  access: fs.accessSync,
  chmod: fs.chmodSync,
  close: fs.closeSync,
  fsync: fs.fsyncSync,
  link: fs.linkSync,
  mkdir: fs.mkdirSync,
  open: fs.openSync,
  read: (descriptor, bytes, position) => fs.readSync(descriptor, bytes, 0, bytes.length, position),
  readFile: (file) => fs.readFileSync(file),
  readdir: (folder) => fs.readdirSync(folder),
  realpath: (file) => fs.realpathSync(file),
  rename: fs.renameSync,
  rmdir: (folder) => fs.rmdirSync(folder),
  stat: (file) => fs.statSync(file),
  unlink: fs.unlinkSync,
  write: (descriptor, bytes, offset) => fs.writeSync(descriptor, bytes, offset),
};

const runs: Runs = {
  id: process.pid,
  machine: hostname(),
  isAlive(id) {
    if (!Number.isSafeInteger(id) || id <= 0) return false;
    try {
      process.kill(id, 0);
      return true;
    } catch (error) {
      return error instanceof Error && "code" in error && error.code === "EPERM";
    }
  },
  onEnd(release) {
    process.on("exit", release);
    // Without these the process would end without its exit handlers.
    for (const [signal, exitCode] of [
      ["SIGINT", 130],
      ["SIGTERM", 143],
      ["SIGHUP", 129],
    ] as const) {
      process.once(signal, () => process.exit(exitCode));
    }
  },
};

/** `templates/` of the source tree (from node-tools/host/) and of the installed package (from dist/). */
const homes = ["../templates", "../../templates"].map((folder) => fileURLToPath(new URL(folder, import.meta.url)));

export const host: Host = {
  disk,
  paths: path,
  codec: nodeCodec,
  runs,
  materials: nodeMaterials,
  userName: () => userInfo().username,
  sha256: (bytes) => createHash("sha256").update(bytes).digest("hex"),
  async pause() {
    collectGarbage();
    await setImmediate();
  },
  startRenderer: () => startNodeRenderer(),
  templatesHome: () => homes.find((folder) => fs.existsSync(folder)) ?? homes[0] ?? "",
  async findPrinter() {
    const program = await findOffice();
    return program === undefined ? undefined : officePrinter(program);
  },
};
