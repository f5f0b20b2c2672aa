import type { Codec } from "./codec.ts";
import { plainMarkup } from "./markup.ts";
import type { SegmentedEntry, Stretches } from "./segments.ts";

/**
 * Bytes that are kept where they have been unpacked: a form is written after each change, and the next change of a text waited for
 * the unpacking. The parts of a region are ten times as large.
 */
const mostKept = 8_000_000;

/**
 * The text of a part as a binary string. Between uses it can be let go: then whoever needs a piece of it has the part unpacked
 * again, and no more of it made a string than that.
 */
export class PartText {
  #xml: string | undefined;
  #bytes: Uint8Array | undefined;
  /** Nothing was taken out of it, so that places in the string are places in the bytes. */
  #isAsItCame = false;

  /**
   * @param read the bytes of the part, in UTF-8
   * @param segmented what can be unpacked of it segment by segment, when it has been read
   */
  constructor(
    private readonly read: () => Uint8Array,
    private readonly codec: Codec,
    private readonly segmented: () => SegmentedEntry | undefined = () => undefined,
  ) {}

  /** @throws MarkupError when it is no text that a part may have */
  get xml(): string {
    if (this.#xml !== undefined) return this.#xml;
    const bytes = this.#bytes ?? this.read();
    const binary = this.codec.toBinary(bytes);
    this.#xml = plainMarkup(binary);
    this.#isAsItCame = this.#xml === binary;
    return this.#xml;
  }

  slice(from: number, to: number): string {
    if (this.#xml !== undefined || !this.#isAsItCame) return this.xml.slice(from, to);
    const entry = this.segmented();
    return this.codec.toBinary(entry ? entry.read(from, to) : this.#unpacked().subarray(from, to));
  }

  /** As `slice`, to be copied only. */
  piece(from: number, to: number): Stretches[number] {
    const entry = this.#isAsItCame ? this.segmented() : undefined;
    if (entry) return { entry, from, length: to - from };
    return this.#xml !== undefined || !this.#isAsItCame
      ? this.xml.slice(from, to)
      : this.#unpacked().subarray(from, to);
  }

  letGo(): void {
    this.#xml = undefined;
    if (this.#bytes && this.#bytes.length > mostKept) this.#bytes = undefined;
  }

  /** The bytes in place of the string, where it was let go. */
  #unpacked(): Uint8Array {
    this.#bytes ??= this.read();
    return this.#bytes;
  }
}
