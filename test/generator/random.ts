import { createDraw } from "../../apps-script/core/assignment/seeded-random.ts";

/** A deterministic source of choices. */
export interface Random {
  /** 0 … bound - 1. */
  below(bound: number): number;
  /** Between two integers, both included. */
  between(low: number, high: number): number;
  pick<T>(items: readonly T[]): T;
  chance(probability: number): boolean;
  shuffle<T>(items: readonly T[]): T[];
}

export function makeRandom(seed: number): Random {
  const below = createDraw(seed);
  return {
    below,
    between: (low, high) => low + below(high - low + 1),
    pick<T>(items: readonly T[]): T {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error("nothing to pick from");
      return item;
    },
    chance: (probability) => below(1_000_000) < probability * 1_000_000,
    shuffle<T>(items: readonly T[]): T[] {
      const result = [...items];
      for (let i = result.length - 1; i > 0; i--) {
        const j = below(i + 1);
        const [a, b] = [result[i] as T, result[j] as T];
        result[i] = b;
        result[j] = a;
      }
      return result;
    },
  };
}
