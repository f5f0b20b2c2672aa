// biome-ignore-all lint/style/noNonNullAssertion: vectors and matrices are read within the bounds of the loops
import type { AbsorbedScores } from "./reml.ts";
import { tridiagonalise } from "./tridiagonal.ts";

/** One score: which submission, by whom, how many points. Indices from 0. */
export interface Rating {
  readonly submission: number;
  readonly reviewer: number;
  readonly score: number;
}

/** The reviewers of one component, with the submissions taken out of their scores. */
export interface Block {
  /** Reviewers in the order of the matrix. */
  readonly members: readonly number[];
  /** Cross products, n × n, row-major; each row adds up to 0. */
  readonly matrix: Float64Array;
  readonly right: Float64Array;
}

export interface Absorbed {
  readonly blocks: readonly Block[];
  /** Weighted sum of squares within submissions. */
  readonly squares: number;
  /** Scores less submissions. */
  readonly degrees: number;
}

/**
 * Takes the submissions, as fixed effects, out of the normal equations of submissions and reviewers: what is left says
 * only how reviewers of the same submission differ, so that no reviewer is called severe for having met weak submissions.
 *
 * @param ratings sorted by submission; only reviewers of a component
 * @param weights one a rating
 * @param componentOf by reviewer
 */
export function absorbSubmissions(
  ratings: readonly Rating[],
  weights: Float64Array,
  componentOf: Int32Array,
): Absorbed {
  const members: number[][] = [];
  const place = new Int32Array(componentOf.length);
  componentOf.forEach((component, reviewer) => {
    if (component < 0) return;
    members[component] ??= [];
    place[reviewer] = members[component].length;
    members[component].push(reviewer);
  });
  const blocks = members.map((list): Block => {
    const n = list.length;
    return { members: list, matrix: new Float64Array(n * n), right: new Float64Array(n) };
  });
  let squares = 0;
  let submissions = 0;
  for (let from = 0; from < ratings.length; ) {
    const { submission, reviewer } = ratings[from]!;
    let to = from;
    let weight = 0;
    let sum = 0;
    for (; to < ratings.length && ratings[to]!.submission === submission; to++) {
      weight += weights[to]!;
      sum += weights[to]! * ratings[to]!.score;
    }
    const { members: list, matrix, right } = blocks[componentOf[reviewer]!]!;
    const mean = sum / weight;
    for (let i = from; i < to; i++) {
      const row = place[ratings[i]!.reviewer]!;
      const off = ratings[i]!.score - mean;
      squares += weights[i]! * off * off;
      right[row] = right[row]! + weights[i]! * off;
      matrix[row * list.length + row] = matrix[row * list.length + row]! + weights[i]!;
      for (let j = from; j < to; j++) {
        const at = row * list.length + place[ratings[j]!.reviewer]!;
        matrix[at] = matrix[at]! - (weights[i]! * weights[j]!) / weight;
      }
    }
    submissions++;
    from = to;
  }
  return { blocks, squares, degrees: ratings.length - submissions };
}

/** In the form in which the variances are looked for. */
export function tridiagonalBlocks({ blocks, squares, degrees }: Absorbed): AbsorbedScores {
  return {
    blocks: blocks.map((block) => tridiagonalise(block.matrix, block.right)),
    reviewers: blocks.reduce((sum, block) => sum + block.members.length, 0),
    squares,
    degrees,
  };
}
