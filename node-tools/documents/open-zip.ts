import { Readable } from "node:stream";
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from "yauzl";
import type { ByteSource } from "./byte-source.ts";
import { type ReadingBudget, readingLimits, UnreadableError } from "./limits.ts";
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

const chunkBytes = 256 * 1024;

class SourceReader extends RandomAccessReader {
  constructor(private readonly source: ByteSource) {
    super();
  }

  override _readStreamForRange(start: number, end: number): Readable {
    const { source } = this;
    async function* chunks() {
      for (let at = start; at < end; at += chunkBytes) {
        const bytes = await source.read(at, Math.min(chunkBytes, end - at));
        if (bytes.length === 0) return;
        yield bytes;
      }
    }
    return Readable.from(chunks(), { objectMode: false });
  }

  override close(callback: (error: Error | null) => void): void {
    callback(null);
  }
}

const brokenZip = (error: unknown) =>
  error instanceof UnreadableError ? error : new UnreadableError("文件已损坏或不完整，无法解压；请重新导出或重新上传");

const tooLarge = () => new UnreadableError("过大，未核查；请压缩其中的图片或视频，或另存后提交");

async function* boundedBytes(zip: ZipFile, entry: Entry, budget: ReadingBudget): AsyncGenerator<Buffer> {
  let stream: Readable | undefined;
  let size = 0;
  try {
    if (entry.uncompressedSize > readingLimits.partBytes) throw tooLarge();
    stream = await zip.openReadStreamPromise(entry);
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length;
      budget.addInflated(chunk.length);
      budget.checkTime();
      if (size > readingLimits.partBytes) throw tooLarge();
      yield chunk;
    }
  } catch (error) {
    throw brokenZip(error);
  } finally {
    stream?.destroy();
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
    const zip = await fromRandomAccessReaderPromise(new SourceReader(source), source.size, {
      autoClose: false,
      decodeStrings: false,
    });
    if (zip.entryCount > readingLimits.entries) {
      throw new UnreadableError(
        `内含 ${zip.entryCount} 个文件，超过 ${readingLimits.entries} 个，未核查；请拆分后提交`,
      );
    }
    for await (const entry of zip.eachEntry()) {
      budget.checkTime();
      parts.push({
        name: decodeZipName(entry),
        comment: decodeZipText(entry.fileCommentRaw),
        size: entry.uncompressedSize,
        encrypted: entry.isEncrypted(),
        async stream() {
          if (entry.isEncrypted()) throw new UnreadableError("已加密，无法读取；请取消密码后重新提交");
          return boundedBytes(zip, entry, budget);
        },
      });
    }
    // Undecoded it is bytes, whatever its type says.
    return { parts, comment: decodeZipText(Buffer.from(zip.comment)) };
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
