import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * Bytes of bytecode that a function runs through before V8 considers optimising it; 132 KB where nothing is said. Most of what
 * a command does, it does once: at this budget `check` of 6,000 submissions takes a sixth less CPU, the longest commands
 * (`import`, `packets`) some 5 % less. Measured on Node 20; later engines have a compiler in between and another scale.
 */
const interruptBudget = 1_000_000;

/** Sets the engine up for a command. An engine that is not known stays as it is: it would print that it knows no such flag. */
export function tuneEngine(): void {
  if (process.versions.v8.startsWith("11.")) setFlagsFromString(`--interrupt-budget=${interruptBudget}`);
}

/** Bytes that may have come since garbage was last collected here. */
const mostGarbage = 150_000_000;

const held = () => {
  const { used_heap_size: heap, external_memory: external } = getHeapStatistics();
  return heap + external;
};

let heldBefore = Number.POSITIVE_INFINITY;
let collect: (() => void) | undefined;

/**
 * Collects garbage where much may have come together. V8 lets it grow with what is held: `check` of 6,000 submissions wrote its workbook
 * beside as much of it again. To look through all that is held takes a tenth of a second.
 */
export function collectGarbage(): void {
  const now = held();
  // What V8 sweeps in a thread of its own goes only after it was counted.
  heldBefore = Math.min(heldBefore, now);
  if (now < heldBefore + mostGarbage) return;
  if (!collect) {
    setFlagsFromString("--expose-gc");
    collect = runInNewContext("gc") as () => void;
  }
  collect();
  heldBefore = held();
}
