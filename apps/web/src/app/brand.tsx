/** The mark and the name. */
export function Brand() {
  return (
    <div className="flex items-center gap-2">
      <svg viewBox="0 0 32 32" className="size-6" aria-hidden="true">
        <rect width="32" height="32" rx="7" className="fill-accent" />
        <path
          d="M9 7v15.5A2.5 2.5 0 0 0 11.5 25H23"
          fill="none"
          strokeWidth="3"
          strokeLinecap="round"
          strokeLinejoin="round"
          className="stroke-on-accent"
        />
        <path d="M15 8h8v10l-4-2.6L15 18z" className="fill-on-accent" />
      </svg>
      <span className="text-16 font-semibold tracking-tight">Lorekeep</span>
    </div>
  );
}
