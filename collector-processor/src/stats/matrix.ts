/** A symmetric or rectangular matrix as rows. */
export type Matrix = readonly (readonly number[])[];

/** Lower triangle L with L Lᵀ = `matrix`; undefined when the matrix is not positive definite. */
export function cholesky(matrix: Matrix): number[][] | undefined {
  const size = matrix.length;
  const lower = matrix.map(() => new Array<number>(size).fill(0));
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i]![j]!;
      for (let k = 0; k < j; k++) sum -= lower[i]![k]! * lower[j]![k]!;
      if (i !== j) lower[i]![j] = sum / lower[j]![j]!;
      else if (sum > 0) lower[i]![i] = Math.sqrt(sum);
      else return undefined;
    }
  }
  return lower;
}

/** The x with L Lᵀ x = `right`. */
export function solveCholesky(lower: Matrix, right: readonly number[]): number[] {
  const size = lower.length;
  const x = [...right];
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i]! -= lower[i]![k]! * x[k]!;
    x[i]! /= lower[i]![i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i]! -= lower[k]![i]! * x[k]!;
    x[i]! /= lower[i]![i]!;
  }
  return x;
}

export const dot = (a: readonly number[], b: readonly number[]): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};

/** Xᵀ Y: products of all columns of `x` with all columns of `y`. */
export function crossProducts(x: Matrix, y: Matrix): number[][] {
  const columns = y[0]?.length ?? 0;
  const products = (x[0] ?? []).map(() => new Array<number>(columns).fill(0));
  x.forEach((row, at) => {
    for (let i = 0; i < row.length; i++) {
      for (let j = 0; j < columns; j++) products[i]![j]! += row[i]! * y[at]![j]!;
    }
  });
  return products;
}
