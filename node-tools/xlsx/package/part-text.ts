import type { Codec } from "./codec.ts";
import { plainMarkup } from "./markup.ts";

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

  /** @param read the bytes of the part, in UTF-8 */
  constructor(
    private readonly read: () => Uint8Array,
    private readonly codec: Codec,
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
    const bytes = this.#unpacked();
    return bytes ? this.codec.toBinary(bytes.subarray(from, to)) : this.xml.slice(from, to);
  }

  /** As `slice`, to be copied only. */
  piece(from: number, to: number): string | Uint8Array {
    return this.#unpacked()?.subarray(from, to) ?? this.xml.slice(from, to);
  }

  letGo(): void {
    this.#xml = undefined;
    if (this.#bytes && this.#bytes.length > mostKept) this.#bytes = undefined;
  }

  /** The bytes in place of the string, where it was let go. */
  #unpacked(): Uint8Array | undefined {
    if (this.#xml !== undefined || !this.#isAsItCame) return undefined;
    this.#bytes ??= this.read();
    return this.#bytes;
  }
}
