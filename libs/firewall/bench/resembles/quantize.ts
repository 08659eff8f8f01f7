import type { Model } from './train.js';

/** Weights as bytes, and what one of them is worth. */
export function quantized(weights: readonly (Float32Array | Float64Array)[]): {
  base64: string;
  scale: number;
} {
  // A few are much larger than all others; those are cut.
  const sizes = weights.flatMap((list) => [...list].map(Math.abs)).sort((a, b) => b - a);
  const scale = Number(((sizes[Math.floor(sizes.length / 2_000)] ?? 1) / 127).toPrecision(6));
  const cut = (weight: number): number => Math.max(-127, Math.min(127, Math.round(weight / scale)));
  const bytes = weights.flatMap((list) => [...list].map(cut));
  return { base64: Buffer.from(Int8Array.from(bytes).buffer).toString('base64'), scale };
}

/** Weights of a look, as source. */
export function lookOf({ bias, parts }: Model): string {
  const lists = parts.map((part) => quantized([part]));
  return `{
    bias: ${Number(bias.toFixed(4))},
    scales: [${lists.map(({ scale }) => scale).join(', ')}],
    parts: [
${lists.map(({ base64 }) => `      '${base64}',`).join('\n')}
    ],
  }`;
}
