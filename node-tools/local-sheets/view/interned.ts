/** A list without repetitions; items are found by a key. */
export class Interned<T> {
  readonly items: T[] = [];
  readonly #places = new Map<string, number>();

  indexOf(item: T, key = JSON.stringify(item)): number {
    const place = this.#places.get(key) ?? this.items.push(item) - 1;
    this.#places.set(key, place);
    return place;
  }
}
