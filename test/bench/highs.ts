import loadHighs from "highs";
import type { TransportProblem } from "../../apps-script/core/assignment/transport.ts";

/** What a review that is missing costs, and one below a reviewer's least load: more than any change of pair costs. */
export const unmetCost = 100_000;
export const underloadCost = 1_000;

/**
 * The least cost by the linear program: a column for each pair, for each submission's unmet reviews and each reviewer's
 * missing load; a row for each submission, each (submission, unit) with several pairs, and each reviewer.
 *
 * @returns undefined when the time is up
 */
export async function solveWithHighs(problem: TransportProblem, secondsAllowed: number): Promise<number | undefined> {
  const highs = await loadHighs();
  const { demand, unitOf, pairs, minLoad, maxLoad } = problem;
  const [size, submissions, reviewers] = [pairs.reviewer.length, demand.length, unitOf.length];
  const units = unitOf.reduce((most, unit) => Math.max(most, unit + 1), 0);
  const inCell = new Map<number, number>();
  const cellOf = pairs.submission.map((s, p) => s * units + unitOf[pairs.reviewer[p]!]!);
  for (const cell of cellOf) inCell.set(cell, (inCell.get(cell) ?? 0) + 1);
  const cellRow = new Map<number, number>();
  for (const [cell, count] of inCell) if (count > 1) cellRow.set(cell, submissions + reviewers + cellRow.size);

  const starts: number[] = [];
  const indices: number[] = [];
  for (let p = 0; p < size; p++) {
    starts.push(indices.length);
    indices.push(pairs.submission[p]!, submissions + pairs.reviewer[p]!);
    const row = cellRow.get(cellOf[p]!);
    if (row !== undefined) indices.push(row);
  }
  for (let row = 0; row < submissions + reviewers; row++) {
    starts.push(indices.length);
    indices.push(row);
  }
  starts.push(indices.length);
  const numCols = size + submissions + reviewers;
  const numRows = submissions + reviewers + cellRow.size;
  const colCost = new Float64Array(numCols).fill(underloadCost);
  colCost.set(pairs.cost);
  colCost.fill(unmetCost, size, size + submissions);
  const rowLower = new Float64Array(numRows);
  const rowUpper = new Float64Array(numRows).fill(1);
  rowLower.set(demand);
  rowUpper.set(demand);
  rowLower.set(minLoad, submissions);
  rowUpper.set(maxLoad, submissions);
  const model = highs.createModel({
    numCols,
    numRows,
    colCost,
    colLower: new Float64Array(numCols),
    colUpper: new Float64Array(numCols).fill(highs.infinity).fill(1, 0, size),
    rowLower,
    rowUpper,
    matrix: {
      format: "csc",
      numRows,
      numCols,
      starts: Int32Array.from(starts),
      indices: Int32Array.from(indices),
      values: new Float64Array(indices.length).fill(1),
    },
  });
  model.options.set("output_flag", false);
  model.options.set("time_limit", secondsAllowed);
  model.run();
  return model.getModelStatus() === highs.constants.modelStatus.optimal
    ? Math.round(model.getObjectiveValue())
    : undefined;
}
