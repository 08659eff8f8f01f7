/** Signs that stand for letters, each alphabet as pairs. */
const pairs = (text: string): Map<string, string> => {
  const signs = [...text];
  const map = new Map<string, string>();
  for (let i = 0; i + 1 < signs.length; i += 2) map.set(signs[i] ?? '', signs[i + 1] ?? '');
  return map;
};

export const BRAILLE = pairs("⠁a⠃b⠉c⠙d⠑e⠋f⠛g⠓h⠊i⠚j⠅k⠇l⠍m⠝n⠕o⠏p⠟q⠗r⠎s⠞t⠥u⠧v⠺w⠭x⠽y⠵z⠂,⠲.⠦?⠖!⠤-⠌/⠄'⠀ ⠆;⠒:");

/** Letters turned by half a circle. */
export const TURNED = pairs(
  "ɐaɔcǝeɟfƃgᵷgɥhᴉiıiɾjſjʞkןlꞁlɯmɹrʇtʌvʍwʎy˙.',¡!¿?؛;∀aƆcƎeℲfפg˥l⅂lԀpᴚrʁr┴t⊥t∩uΛv" +
    'ooxxzzllpdqbbqdpunnusswmmwHHIIOONNXXZZSS',
);
/** Those that stand for nothing else. */
export const TURNED_ONLY = /[ɐɔǝɟƃɥᴉɾʞןɯɹʇʌʍʎ∀ƆƎℲ˥⅂ᴚ┴∩]/g;

export const MORSE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '.-': 'a', '-...': 'b', '-.-.': 'c', '-..': 'd', '.': 'e', '..-.': 'f', '--.': 'g', '....': 'h', '..': 'i',
    '.---': 'j', '-.-': 'k', '.-..': 'l', '--': 'm', '-.': 'n', '---': 'o', '.--.': 'p', '--.-': 'q', '.-.': 'r',
    '...': 's', '-': 't', '..-': 'u', '...-': 'v', '.--': 'w', '-..-': 'x', '-.--': 'y', '--..': 'z',
    '-----': '0', '.----': '1', '..---': '2', '...--': '3', '....-': '4', '.....': '5', '-....': '6', '--...': '7',
    '---..': '8', '----.': '9', '.-.-.-': '.', '--..--': ',', '..--..': '?', '-..-.': '/', '-....-': '-',
    '---...': ':', '.----.': "'", '.-..-.': '"', '-.-.--': '!', '-.--.': '(', '-.--.-': ')', '-...-': '=',
    '..--.-': '_', '-.-.-.': ';', '.-.-.': '+', '.--.-.': '@', '...-..-': '$', '.-...': '&',
  }),
); // prettier-ignore
