/** Three owners on a ring. */
export function Logo() {
  return (
    <svg viewBox="0 0 28 28" aria-hidden="true" className="size-7">
      <g fill="none" strokeWidth="5">
        <circle
          cx="14"
          cy="14"
          r="10"
          stroke="var(--ink)"
          pathLength="100"
          strokeDasharray="47 53"
          strokeDashoffset="-28"
        />
        <circle
          cx="14"
          cy="14"
          r="10"
          stroke="var(--seat-2)"
          pathLength="100"
          strokeDasharray="21 79"
          strokeDashoffset="-77"
        />
        <circle
          cx="14"
          cy="14"
          r="10"
          stroke="var(--seat-1)"
          pathLength="100"
          strokeDasharray="24 76"
          strokeDashoffset="-1"
        />
      </g>
    </svg>
  );
}
