/** A worker of the page that packs what it is sent, while the one that sends it writes on. */
import { crc32 } from "./crc32.ts";

/** A piece of the content; null when there is no more. */
export type PackerMessage = Uint8Array<ArrayBuffer> | null;

export type PackerAnswer =
  | { readonly packed: Uint8Array<ArrayBuffer>; readonly checksum: number }
  | { readonly failed: string };

/** The scope of a worker, of which the types of a page know nothing. */
declare const self: { onmessage: ((event: MessageEvent) => void) | null };

/** Packs one content, which comes through a port of its own. */
function pack(port: MessagePort): void {
  const stream = new CompressionStream("deflate-raw");
  const writer = stream.writable.getWriter();
  // What fails here fails what is read of it too.
  const ignore = () => {};
  let checksum = 0;
  port.onmessage = ({ data }: MessageEvent<PackerMessage>) => {
    if (data === null) {
      writer.close().catch(ignore);
      return;
    }
    checksum = crc32(data, checksum);
    writer.write(data).catch(ignore);
  };
  const answer = (message: PackerAnswer) => port.postMessage(message);
  new Response(stream.readable).arrayBuffer().then(
    (bytes) => answer({ packed: new Uint8Array(bytes), checksum }),
    (error: unknown) => answer({ failed: String(error) }),
  );
}

self.onmessage = ({ ports: [port] }) => port && pack(port);
