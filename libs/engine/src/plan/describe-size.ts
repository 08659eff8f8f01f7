export const MIB = 2 ** 20;
export const GIB = 2 ** 30;

/** `13.84 GiB`; below a tenth in MiB. */
export function describeSize(bytes: number): string {
  return Math.abs(bytes) < GIB / 10 ? `${Math.round(bytes / MIB)} MiB` : `${(bytes / GIB).toFixed(2)} GiB`;
}

/** `32,768`. */
export function describeCount(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
