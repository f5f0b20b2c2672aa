import type { CellView, WindowView } from "../protocol.ts";
import { request } from "./server.ts";

const chunkRows = 60;

interface Chunk {
  /** Of the content that it shows; older ones are fetched again but still shown. */
  version: number;
  view: WindowView | undefined;
  pending: boolean;
}

/** The cells of one sheet, fetched in windows as they come into view. */
export class CellStore {
  readonly #chunks = new Map<number, Chunk>();
  readonly #place: { file: string; user: string; sheet: string };
  readonly #arrived: () => void;
  readonly #failed: (error: Error) => void;
  #version = 1;

  constructor(
    place: { file: string; user: string; sheet: string },
    arrived: () => void,
    failed: (error: Error) => void,
  ) {
    this.#place = place;
    this.#arrived = arrived;
    this.#failed = failed;
  }

  /** Everything is to be fetched again. */
  expire(): void {
    this.#version += 1;
  }

  cell(row: number, column: number): CellView | undefined {
    return this.#chunkOf(row)?.view?.rows[row]?.[column];
  }

  css(row: number, cell: CellView | undefined): string {
    return cell?.s === undefined ? "" : (this.#chunkOf(row)?.view?.styles[cell.s] ?? "");
  }

  entries(row: number, cell: CellView | undefined): readonly string[] | undefined {
    return cell?.list === undefined ? undefined : this.#chunkOf(row)?.view?.lists[cell.list];
  }

  #chunkOf(row: number): Chunk | undefined {
    return this.#chunks.get(Math.floor((row - 1) / chunkRows));
  }

  /** Sees to it that these rows are there, now or soon. */
  want(top: number, bottom: number): void {
    const last = Math.floor((bottom - 1) / chunkRows);
    for (let number = Math.floor((top - 1) / chunkRows); number <= last; number += 1) void this.#fetch(number);
  }

  async #fetch(number: number): Promise<void> {
    const chunk = this.#chunks.get(number) ?? { version: 0, view: undefined, pending: false };
    this.#chunks.set(number, chunk);
    if (chunk.pending || chunk.version === this.#version) return;
    chunk.pending = true;
    const version = this.#version;
    try {
      const top = number * chunkRows + 1;
      chunk.view = await request("cells", { ...this.#place, top, bottom: top + chunkRows - 1 });
      chunk.version = version;
    } catch (error) {
      this.#failed(error as Error);
      return;
    } finally {
      chunk.pending = false;
    }
    this.#arrived();
    if (version !== this.#version) await this.#fetch(number);
  }
}
