/** How far behind a keyword its value may begin. */
export const REACH = 40;
/** Text before a region that decides about it; behind `curl`, more. */
export const CONTEXT = 240;
/** Stands for what was swallowed, of which nothing is kept: what follows is read as behind a word. */
export const BEFORE_REST = 'zz';
/** Before a part of figures: what a number may stand behind. */
export const FIGURES_CONTEXT = 64;
export const CURL_REACH = 700;
/** Longest text that is held; longer runs are decided in parts, and a secret that goes on is swallowed. */
export const LONGEST_REGION = 4096;
/** The end of a part that is decided with the next one: what is no longer than this is never cut in two. */
export const PART_OVERLAP = 2048;
