interface Props {
  label: string;
  /** Left out: that something goes on is known, not how far it is. */
  value?: number | undefined;
  max?: number;
}

/** A thin bar in the colours of the house; browsers draw their own as soon as a border is set. */
export function Progress({ label, value, max = 1 }: Props) {
  const known = value === undefined ? {} : { max, value: Math.min(value, max) };
  return <progress aria-label={label} {...known} className="progress-bar" />;
}
