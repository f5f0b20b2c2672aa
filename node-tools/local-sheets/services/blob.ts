import { refuseUnsupported, standInFor } from "./unsupported.ts";

type Supported = "getBytes" | "getDataAsString" | "getName" | "setName" | "getContentType";

/** Java takes the byte order of `UTF-16` from its mark, big-endian without one, and leaves the mark of UTF-8 standing. */
function decode(bytes: Uint8Array, charset: string): string {
  if (charset.toLowerCase() !== "utf-16") return new TextDecoder(charset, { ignoreBOM: true }).decode(bytes);
  return new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-16be").decode(bytes);
}

function isKnown(charset: string): boolean {
  try {
    return new TextDecoder(charset === "UTF-16" ? "utf-16le" : charset) !== undefined;
  } catch {
    return false;
  }
}

export class FakeBlob implements Pick<GoogleAppsScript.Base.Blob, Supported> {
  readonly bytes: Uint8Array;
  private readonly contentType: string | null;
  private name: string | null;

  constructor(bytes: Uint8Array, contentType: string | null, name: string | null) {
    this.bytes = bytes;
    this.contentType = contentType;
    this.name = name;
  }

  /** Signed, as Java has them. */
  getBytes(): number[] {
    return Array.from(new Int8Array(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength));
  }

  getDataAsString(charset = "UTF-8"): string {
    if (!isKnown(charset)) throw new Error(`Invalid argument: ${charset}`);
    return decode(this.bytes, charset);
  }

  getName(): string | null {
    return this.name;
  }

  getContentType(): string | null {
    return this.contentType;
  }

  setName(name: string): GoogleAppsScript.Base.Blob {
    this.name = name;
    return standInFor<GoogleAppsScript.Base.Blob>(this);
  }
}

export function createBlob(
  bytes: Uint8Array,
  contentType: string | null,
  name: string | null,
): GoogleAppsScript.Base.Blob {
  return refuseUnsupported<GoogleAppsScript.Base.Blob>("Blob", new FakeBlob(bytes, contentType, name));
}

/** @param data a text, or bytes signed or not */
export function bytesOf(data: string | readonly number[]): Uint8Array {
  return typeof data === "string" ? new TextEncoder().encode(data) : Uint8Array.from(data, (byte) => byte & 0xff);
}
