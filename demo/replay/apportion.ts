/** Splits a count by weights so that the parts add up to it (最大余数法); what is left over goes to the largest remainders. */
export function apportion(count: number, weights: readonly number[]): number[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  const exact = weights.map((weight) => (whole === 0 ? 0 : (count * weight) / whole))
  const parts = exact.map(Math.floor)
  const left = count - parts.reduce((sum, part) => sum + part, 0)
  const order = exact
    .map((value, i) => [value - Math.floor(value), i] as const)
    .sort(([a, i], [b, j]) => b - a || i - j)
  for (const [, i] of order.slice(0, left)) parts[i] = (parts[i] ?? 0) + 1
  return parts
}
