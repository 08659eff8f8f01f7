/** Reproducible random numbers (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Vectors of length 1 in clusters, as those of texts are: of topics, and of documents within them. */
export class ClusteredVectors {
  private readonly centres: Float32Array[];

  constructor(
    private readonly random: () => number,
    readonly dimensions: number,
    clusters: number,
  ) {
    this.centres = Array.from({ length: clusters }, () => unit(this.normals(1)));
  }

  /** The centre of a document or of a question: near a topic. */
  near(spread = 0.7): Float32Array {
    return this.around(this.centres[Math.floor(this.random() * this.centres.length)] as Float32Array, spread);
  }

  /** Near `centre`; `spread` is the length of what is added to its length of 1. */
  around(centre: Float32Array, spread: number): Float32Array {
    const noise = this.normals(spread / Math.sqrt(this.dimensions));
    return unit(noise.map((value, i) => value + (centre[i] as number)));
  }

  private normals(scale: number): Float32Array {
    return Float32Array.from({ length: this.dimensions }, () => {
      const radius = Math.sqrt(-2 * Math.log(1 - this.random()));
      return radius * Math.cos(2 * Math.PI * this.random()) * scale;
    });
  }
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
