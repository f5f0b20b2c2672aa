import { host } from "#host";
import type { FileFacts } from "../../apps-script/core/evidence/file-facts.ts";
import { basename } from "../host/paths.ts";
import { FactsCollector } from "./facts-collector.ts";
import { ReadingBudget, UnreadableError } from "./limits.ts";
import { readSource } from "./read-source.ts";

function describeFailure(error: unknown): string {
  if (error instanceof UnreadableError) return error.message;
  const code = error instanceof Error && "code" in error ? error.code : "";
  if (code === "ENOENT") return "不存在或已被移走；请确认文件仍在原处";
  if (code === "EACCES" || code === "EPERM" || code === "EBUSY") {
    return "没有读取权限，或正被其他程序占用；请关闭占用它的程序，或修改权限后再试";
  }
  return "已损坏或内容异常，无法读取；请用原程序打开后重新保存，再提交";
}

/** Reads one file. Never throws for what the file holds: says so in `problem`. Bounded: see limits.ts. */
export async function readFileFacts(path: string): Promise<FileFacts> {
  const name = basename(path);
  const collector = new FactsCollector(new ReadingBudget());
  let kind: FileFacts["kind"] = "other";
  try {
    const { kind: what } = await host.materials.lstat(path);
    // A pipe or a device would never end, and a link may lead to one.
    if (what !== "file") {
      collector.addProblem(
        what === "folder" ? "是文件夹，不是文件；请提交其中的文件" : "不是普通文件，无法读取；请重新提交",
      );
      return collector.facts("other", name);
    }
    const file = await host.materials.open(path);
    try {
      const source = { name, size: file.size, read: file.read };
      await readSource(source, collector, (found) => {
        kind = found;
      });
    } finally {
      await file.close();
    }
  } catch (error) {
    collector.addProblem(describeFailure(error));
  }
  return collector.facts(kind, name);
}
