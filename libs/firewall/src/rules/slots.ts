import { WORD_END } from './steering-words.js';

/**
 * What an order to the assistant is made of. Each fragment is one slot with the words that may fill it; rules put slots
 * beside each other, so that a wording nobody has seen is caught as soon as its slots are filled.
 */

/** Rules of conduct, by any name. */
export const NORM =
  '(?:instructions?|guidance|guidelines?|directives?|directions|rule ?books?|rules?|polic(?:y|ies)|constraints?|restraints?|restrictions?|limitations?|limits?|boundar(?:y|ies)|guard ?rails?|filters?|filtering|safeguards?|programming|conditioning|training|prompts?|orders|briefings?|commitments|protocols?|principles|permission model|permission checks?|confidentiality|compliance|caution|scruples|obligations|loyalt(?:y|ies)|safety (?:rules|checks?|layer|training|protocols?|measures|features|mode|guidelines|system|settings))';
/** Those that are text, and hardly ever a machine's or an office's. */
const WRITTEN =
  '(?:instructions?|guidance|guidelines?|directives?|directions|prompts?|system (?:text|message|prompt)|orders|constraints?|commands)';
/** Those who run an assistant. */
export const RUNS_IT =
  '(?:admins?|administrators?|operators?|developers?|devs?|creators?|makers?|owners?|vendors?|engineers?|programmers?|designers?|handlers?|masters?|bosses|boss|trainers?|builders?|providers?|the system|openai|anthropic|they)';
const BEFORE =
  '(?:previous|prior|earlier|initial|original|preceding|foregoing|former|system|above|standing|existing)';

/** The assistant's own norms: yours, the earlier ones, those that somebody gave it. */
export const OWN_NORM = `(?:(?<![a-z])(?:your|ur|yer) (?:own )?(?:[a-z-]{1,14} ){0,2}${NORM}|(?<![a-z])${BEFORE} (?:[a-z-]{1,14} )?${WRITTEN}|${NORM} (?:that |which )?(?:of yours|you(?:['’]ve| have| were| had)? (?:been )?(?:given|got|received|told|fed|normally|usually|follow|obey|run|operate|work|live)|(?:(?:your|the|our|my) )?${RUNS_IT} (?:gave|set|wrote|put|placed|imposed|installed|configured|built)|(?:placed|imposed|put|set|laid) (?:up)?on (?:you|this (?:assistant|bot|chat(?:bot)?|model|ai)|the (?:assistant|bot|chatbot|model|ai))|(?:from|by|of) (?:your|ur) ${RUNS_IT})|(?:everything|anything|whatever|all|what|things?|stuff)(?: that)? (?:you(?:['’]ve| have| were| had| are)?(?: ever| previously)?(?: been)? (?:told|instructed|taught|trained|programmed|configured|ordered)|(?:(?:your|the|our|my) )?${RUNS_IT}(?: ever| have| had)? (?:told|said|wrote|set up|put in|gave|taught|instructed|programmed|configured)))${WORD_END}`;

/** What belongs to an assistant alone, whoever's it is called. */
export const MACHINE_NORM =
  '(?:system (?:prompt|text|message|instructions?)|guard ?rails?|safety (?:filters?|rules|checks?|layer|training|protocols?|guidelines)|content (?:filters?|polic(?:y|ies)|rules|moderation)|(?:prior|previous|earlier|initial|original) (?:instructions?|constraints?|directives?|prompts?)|permission model|alignment)';

/** To be no longer in force. */
export const VOID =
  "(?:void|null|nil|invalid(?:ated)?|outdated|obsolete|expired|withdrawn|deleted|gone|lifted|suspended|disabled|deactivated|revoked|rescinded|repealed|cancell?ed|removed|erased|wiped|cleared|overridden|overruled|superseded|switched off|turned off|voided|irrelevant|optional|no longer|not? (?:apply|exist|count|matter|bind|hold|binding|valid)|(?:don|doesn|didn|isn|aren|weren|wasn)['’]?t (?:apply|exist|count|matter|bind|hold|binding|valid|there|real|built|yours)|do(?:es)? not (?:apply|exist|count|matter|bind|hold)|never (?:existed|built|written|given|applied|made|there|been|was|were)|(?:was|were|been) never|of the past|behind you|history|retired|decorative|decoration|for show|dead and buried|a formality)";

/** To take a norm away. */
export const TAKE =
  "(?:ignor(?:e|ing)|disregard(?:ing)?|forget(?:ting)?|neglect(?:ing)?|overrid(?:e|ing)|overrul(?:e|ing)|overwrit(?:e|ing)|bypass(?:ing)?|circumvent(?:ing)?|sidestep(?:ping)?|discard(?:ing)?|drop(?:ping)?|ditch(?:ing)?|dump(?:ing)?|scrap(?:ping)?|shelv(?:e|ing)|abandon(?:ing)?|dismiss(?:ing)?|void(?:ing)?|nullify(?:ing)?|revok(?:e|ing)|rescind(?:ing)?|repeal(?:ing)?|withdraw(?:ing)?|cancel(?:ling)?|lift(?:ing)?|suspend(?:ing)?|waiv(?:e|ing)|relax(?:ing)?|loosen(?:ing)?|disabl(?:e|ing)|deactivat(?:e|ing)|(?:switch|turn|shut)(?:ing|ting)? off|mut(?:e|ing)|eras(?:e|ing)|delet(?:e|ing)|wip(?:e|ing)|remov(?:e|ing)|unlearn(?:ing)?|skip(?:ping)?|break(?:ing)?|violat(?:e|ing)|disobey(?:ing)?|defy(?:ing)?|resist(?:ing)?|refrain(?:ing)? from (?:enforcing|applying|following|using|citing|checking)|(?:stop|quit|cease|avoid) (?:following|obeying|citing|enforcing|applying|honou?ring|heeding|respecting|quoting|hiding behind|complying with)|(?:do not|don['’]?t|never|no need to|need not|no longer|needn['’]?t|(?:do not|don['’]?t) (?:have|need) to|not|without) (?:follow|obey|comply with|abide by|adhere to|enforce|apply|honou?r|heed|respect|observe|cite|be bound by|listen to|worry about|care about|stick to|applying|enforcing|following|regard (?:to|for))|do away with|let go of|get rid of|throw (?:out|away)|(?:set|put|push|leave|cast|toss|lay) (?:aside|away|down)|rise above|step outside|act against|rebel against|work around|get around)";
