/** English entries by category, parted by semicolons or line breaks. What ordinary text uses in another sense is left out. */
export const ENGLISH_WORDS: Readonly<Record<string, string>> = {
  profanity: `
fuck;fucks;fucked;fucker;fuckers;fuckin;fucking;fuckface;fuckhead;fucktard;fucktards;fuckwit;fuckwits;motherfucker
motherfuckers;motherfucking;mother fucker;clusterfuck;shit;shits;shitty;shithead;shitheads;shitface;shithole
bullshit;horseshit;dipshit;dipshits;apeshit;batshit;piece of shit;asshole;assholes;arsehole;arseholes;asshat
asshats;asswipe;assmunch;dumbass;dumbasses;smartass;bitch;bitches;son of a bitch;bitchy;cunt;cunts;twat;twats
wanker;wankers;bollocks;douchebag;douchebags;cocksucker;cocksuckers;dickhead;dickheads;goddamn bastard;god damn you
kiss my ass;stick it up your ass;eat shit;stfu;gtfo`,
  sexual: `
blowjob;blowjobs;handjob;handjobs;footjob;footjobs;rimjob;rimjobs;titjob;cumshot;cumshots;cum slut;cumslut
creampie porn;gangbang;gangbangs;gang bang;bukkake;deepthroating;doggystyle;doggiestyle;doggy style sex;cameltoe
milfs;pornos;pornstar;pornstars;porn video;porn videos;free porn;camwhore;camslut;camgirl;camgirls;sexcam
sexcams;livesex;live sex cam;titties;titty;big tits;nice tits;dildo;dildos;butt plug;buttplug;strapon;jerk off
jerking off;wank off;jizz;splooge;poontang;punany;hentai porn;futanari;shemale;shemales;goatse;tubgirl
two girls one cup;2 girls 1 cup;dirty sanchez;golden shower fetish;pussy licking;wet pussy;shaved pussy
big black cock;horny girls;horny sluts;hot sluts;slut;sluts;slutty;whore;whores;jailbait porn;lolita porn
escort girls near you;nude cam girls;fap to this;fingerbang;muffdiving;motorboating tits;circle jerk;milf porn
hot milf;horny milf;milf sex;upskirt porn;upskirt pics;watch porn online`,
  hate: `
nigger;niggers;nigga;niggas;sand nigger;sandnigger;faggot;faggots;faggy;dirty jews;filthy jews;gas the jews
raghead;ragheads;towelhead;towelheads;wetbacks;jigaboo;jigaboos;jiggaboo;porch monkey;porch monkeys;gooks
slanteye;zipperheads;bulldyke;darkies;white power forever;kill all jews;kill all muslims;kill all blacks
kill all whites;death to all jews;death to all muslims;filthy trannies;dirty camel jockey`,
  drugs: `
buy cocaine online;buy heroin online;buy meth online;buy lsd online;buy mdma online;buy weed online
buy ketamine online;buy fentanyl online;buy xanax without prescription;order cocaine online;cocaine for sale
heroin for sale;meth for sale;mdma for sale;fentanyl for sale;weed for sale;how to cook meth;cook crystal meth
how to make meth;no prescription needed buy now`,
  gambling: `
best online casino bonus;no deposit casino bonus;free casino chips;online slots real money
play slots for real money;guaranteed betting tips;sure win betting;fixed matches for sale;bet now and win big`,
  fraud: `
buy fake passport;buy fake passports;fake passports for sale;fake id for sale;buy fake id;buy counterfeit money
counterfeit money for sale;counterfeit bills for sale;cloned cards for sale;buy cloned cards;fullz for sale
buy fullz;cvv dumps for sale;stolen credit cards for sale;buy stolen credit cards;buy fake diploma
fake diplomas for sale;double your bitcoin;guaranteed daily profit;money flipping service;hacked accounts for sale`,
  weapons: `
buy guns without background check;untraceable guns for sale;ghost guns for sale;buy ghost gun;illegal guns for sale
how to make a pipe bomb;how to build a pipe bomb;pipe bomb instructions;how to build a bomb at home
how to make napalm;how to make a molotov cocktail;buy explosives online;silencers for sale no license`,
  violence: `
hitman for hire;gonna kill you;how to get away with murder kit;i will rape you;gonna rape you;hope you get raped
how to dispose of a dead body;how to hide a dead body;how to get rid of a dead body`,
  'self-harm': `
kill yourself;go kill yourself;go kys;kys loser;kys idiot;go hang yourself;you should kill yourself;painless ways to die
how to kill myself;best way to kill myself;suicide pact partner;pro ana tips;thinspo`,
};
