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

/**
 * Chinese words (simplified) of grammar and of asking, of at most two characters: without them an index is a tenth
 * smaller and ranks better (measured, see bench/record). Characters that are common in names are kept off the list.
 */
export const CHINESE_STOP_WORDS: readonly string[] =
  `的 了 是 在 和 与 及 或 也 都 就 而 且 但 着 过 吧 吗 呢 啊 呀 嘛 地
得 之 其 这 那 此 该 我 你 他 她 它 您 们 我们 你们 他们 她们 它们 自己 这个 那个 这些 那些 一个 一些 一种 什么 怎么
怎样 如何 为何 哪 哪个 哪些 哪里 哪儿 谁 多少 几 几个 请问 是否 能否 可否 很 又 还 再 被 把 让 从 到 对 于 由 以 为
因为 所以 如果 则 并 并且 而且 但是 或者 以及 等 上 下 中 里 个 会 能 可以 可 要 有 没 没有 不 去 来 说 用 给 向`.split(
    /\s+/,
  );
