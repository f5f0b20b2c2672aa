import type { ByteSource } from "./byte-source.ts";
import type { PieceSink } from "./facts-collector.ts";
import { openZip } from "./open-zip.ts";
import { leavesFolder } from "./zip-names.ts";

/** Names and comments in a .zip; what it holds is not unpacked here. @throws UnreadableError */
export async function readArchive(source: ByteSource, sink: PieceSink): Promise<void> {
  const { parts, comment } = await openZip(source, sink.budget);
  sink.addPiece("metadata", "压缩包的注释", comment);
  for (const part of parts) {
    sink.addPiece("metadata", "压缩包内的名称", part.name);
    sink.addPiece("metadata", `压缩包内“${part.name}”的注释`, part.comment);
    if (leavesFolder(part.name)) {
      sink.addProblem(`压缩包内的名称“${part.name.slice(0, 80)}”指向包外，未解压；请重新压缩后提交`);
    }
    if (part.encrypted) sink.addProblem("压缩包设有密码，内容无法核查；请取消密码后重新提交");
  }
}
