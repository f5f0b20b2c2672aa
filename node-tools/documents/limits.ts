/**
 * What reading one file may cost, whatever the file says about itself. Documents of this award are papers of some
 * pages with pictures: the limits stand far above what people make and far below what a computer has.
 */
export const readingLimits = {
  /** Seconds for one file, asked between two chunks, pages or parts. */
  seconds: 90,
  /** Bytes that the parts of one package may unpack to, all together; nested packages count into the outermost one. */
  inflatedBytes: 512 * 1024 * 1024,
  /** Bytes that one part may unpack to. */
  partBytes: 192 * 1024 * 1024,
  /** Entries of one package or archive. */
  entries: 20_000,
  /** A file that has to be in memory as a whole (PDF, text, pictures of an uncommon kind). */
  wholeFileBytes: 200 * 1024 * 1024,
  /** Text is read to here: no text of a submission comes near it. */
  textFileBytes: 32 * 1024 * 1024,
  /** Bytes of a video that are looked at; MediaInfo reads the index and samples, not the pictures. */
  videoBytesRead: 512 * 1024 * 1024,
  /** Elements inside elements. */
  xmlDepth: 400,
  /** Characters of text kept, and pieces they stand in. */
  characters: 24_000_000,
  pieces: 400_000,
  /** A package inside a package inside the file. */
  nesting: 2,
} as const;

/** Why a file, or the rest of it, is not read: a Chinese half sentence with the remedy, put behind the file's name. */
export class UnreadableError extends Error {
  override readonly name = "UnreadableError";
}

/** What one file has cost so far. */
export class ReadingBudget {
  private inflated = 0;
  private readonly end: number;

  constructor(
    private readonly now: () => number = Date.now,
    seconds: number = readingLimits.seconds,
  ) {
    this.end = now() + seconds * 1000;
  }

  /** @throws UnreadableError past the time that a file may take */
  checkTime(): void {
    if (this.now() > this.end) {
      throw new UnreadableError(`读取超过 ${readingLimits.seconds} 秒，其余内容未核查；请另存或拆分后重新提交`);
    }
  }

  /** @throws UnreadableError when the parts unpack to more than they may */
  addInflated(bytes: number): void {
    this.inflated += bytes;
    if (this.inflated > readingLimits.inflatedBytes) {
      throw new UnreadableError("解压后的内容过大，疑为压缩炸弹，已停止读取；请用 WPS 或 Word 重新保存后提交");
    }
  }
}
