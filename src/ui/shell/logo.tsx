/** The mark: a bay window of three panes, one of them lit. Same drawing as public/icon.svg. */
export function Logo({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true">
      <path d="M3 27V14.5C3 9 7 6 10.5 5v22M29 27V14.5C29 9 25 6 21.5 5v22" stroke="currentColor" strokeWidth="2.4" />
      <path d="M2 27h28" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" />
      <path d="M10.5 5a11 11 0 0 1 11 0v22h-11z" fill="currentColor" />
      <circle cx="16" cy="15" r="3.2" fill="#ffb454" />
    </svg>
  );
}
