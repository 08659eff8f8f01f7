/**
 * Forms of English verbs and nouns that a stemmer does not bring together with their base. Without those that are words
 * of another meaning as often (left, saw, fell, lay, rose, wound, bore, ground, people).
 */
const FORMS = `
become became · begin began begun · bend bent · bite bitten · bleed bled · blow blew blown · break broke broken ·
bring brought · build built · burn burnt · buy bought · catch caught · child children · choose chose chosen · come came ·
criterion criteria · deal dealt · die dying · draw drew drawn · dream dreamt · drink drank drunk · drive drove driven ·
eat ate eaten · fall fallen · feed fed · feel felt · fight fought · find found · flee fled · fly flew flown ·
foot feet · forbid forbade forbidden · forget forgot forgotten · forgive forgave forgiven · freeze froze frozen ·
get got gotten · give gave given · go went gone · grow grew grown · hang hung · hear heard · hide hid hidden · hold held ·
keep kept · knife knives · know knew known · lead led · learn learnt · lend lent · life lives · lose lost · lie lying ·
make made · man men · mean meant · meet met · mouse mice · oversee oversaw overseen · overtake overtook overtaken · pay paid · prove proven ·
repay repaid · ride rode ridden · ring rang rung · rise risen · run ran · say said · see seen · seek sought · sell sold ·
send sent · shake shook shaken · shelf shelves · shoot shot · show shown · shrink shrank shrunk · sing sang sung ·
sink sank sunk · sit sat · sleep slept · slide slid · speak spoke spoken · spend spent · spin spun · stand stood ·
steal stole stolen · stick stuck · strike struck · swear swore sworn · sweep swept · swim swam swum · swing swung ·
take took taken · teach taught · tear tore torn · tell told · think thought · throw threw thrown · tooth teeth ·
undergo underwent undergone · understand understood · undertake undertook undertaken · undo undid undone · wake woke woken ·
wear wore worn · weave wove woven · win won · wife wives · withdraw withdrew withdrawn · withhold withheld ·
woman women · write wrote written
`;

/** A form, and its base. */
export const IRREGULAR_FORMS: ReadonlyMap<string, string> = new Map(
  FORMS.split('·').flatMap((line) => {
    const [base = '', ...forms] = line.trim().split(/\s+/);
    return forms.map((form): [string, string] => [form, base]);
  }),
);
