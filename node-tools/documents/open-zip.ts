import type { ByteSource } from "./byte-source.ts";
import { type ReadingBudget, readingLimits, UnreadableError } from "./limits.ts";
import { isEncrypted, readZipDirectory, readZipEntry, type ZipEntry } from "./zip-directory.ts";
import { decodeZipName, decodeZipText } from "./zip-names.ts";

export interface ZipPart {
  readonly name: string;
  readonly comment: string;
  /** As the directory declares it. */
  readonly size: number;
  readonly encrypted: boolean;
  /** Its bytes, unpacked; checked against what the directory declares and against the limits. */
  stream(): Promise<AsyncIterable<Buffer>>;
}

export interface OpenedZip {
  readonly parts: readonly ZipPart[];
  readonly comment: string;
}

const brokenZip = (error: unknown) =>
  error instanceof UnreadableError ? error : new UnreadableError("文件已损坏或不完整，无法解压；请重新导出或重新上传");

const tooLarge = () => new UnreadableError("过大，未核查；请压缩其中的图片或视频，或另存后提交");

async function* boundedBytes(source: ByteSource, entry: ZipEntry, budget: ReadingBudget): AsyncGenerator<Buffer> {
  let size = 0;
  try {
    if (entry.unpacked > readingLimits.partBytes) throw tooLarge();
    for await (const chunk of readZipEntry(source, entry)) {
      size += chunk.length;
      budget.addInflated(chunk.length);
      budget.checkTime();
      if (size > readingLimits.partBytes) throw tooLarge();
      yield chunk;
    }
  } catch (error) {
    throw brokenZip(error);
  }
}

/**
 * The list of what a zip holds; nothing is unpacked before it is asked for. What units send may be larger than the memory, so it
 * is read from where it lies and unpacked piece by piece, which `xlsx/package/zip-archive.ts`, made for changing, does not do.
 * @throws UnreadableError
 */
export async function openZip(source: ByteSource, budget: ReadingBudget): Promise<OpenedZip> {
  const parts: ZipPart[] = [];
  try {
    const directory = await readZipDirectory(source);
    if (directory.count > readingLimits.entries) {
      throw new UnreadableError(
        `内含 ${directory.count} 个文件，超过 ${readingLimits.entries} 个，未核查；请拆分后提交`,
      );
    }
    for await (const entry of directory.entries()) {
      budget.checkTime();
      const encrypted = isEncrypted(entry);
      parts.push({
        name: decodeZipName(entry),
        comment: decodeZipText(entry.commentRaw),
        size: entry.unpacked,
        encrypted,
        async stream() {
          if (encrypted) throw new UnreadableError("已加密，无法读取；请取消密码后重新提交");
          return boundedBytes(source, entry, budget);
        },
      });
    }
    return { parts, comment: decodeZipText(directory.comment) };
  } catch (error) {
    throw brokenZip(error);
  }
}

/** The whole part. @throws UnreadableError */
export async function readPart(part: ZipPart): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of await part.stream()) chunks.push(chunk);
  return Buffer.concat(chunks);
}
