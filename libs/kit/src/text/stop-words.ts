/** PostgreSQL's English stop list (snowball), which the reference figures of BM25 were measured with. */
const WORDS = `i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers
herself it its itself they them their theirs themselves what which who whom this that these those am is are was were be
been being have has had having do does did doing a an the and but if or because as until while of at by for with about
against between into through during before after above below to from up down in out on off over under again further
then once here there when where why how all any both each few more most other some such no nor not only own same so
than too very s t can will just don should now`;

/** Contractions, which Postgres would cut at the apostrophe. */
const CONTRACTIONS = `don't doesn't didn't isn't aren't wasn't weren't won't wouldn't can't couldn't shouldn't haven't
hasn't hadn't i'm i've i'd i'll you're you've you'd you'll he'd he'll she'd she'll it'll we're we've we'd we'll they're
they've they'd they'll that'll let's`;

export const ENGLISH_STOP_WORDS: ReadonlySet<string> = new Set(`${WORDS} ${CONTRACTIONS}`.split(/\s+/));
