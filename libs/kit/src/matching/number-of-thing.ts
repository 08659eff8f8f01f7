/** What a number is that is called so, although it has the form of one of a person: `size=`, `订单号：`. */
const THING =
  /(?:(?:bytes?|size|memory|usage|offset|time[ _-]?stamp|[_-]ts|\btso?|seq(?:uence)?)(?:[ _-](?:total|usage|used|bytes|id|no|number))?|(?:order|tracking|invoice|serial|trace|span|request)[ _-]?(?:id|no\.?|num(?:ber)?|#)|(?:订单|流水|交易|运单|快递单|物流单|工单|单据|批次|发票|序列)(?:编号|号码?|[ _-]?id))["'`*\])]{0,4}[ \t]{0,2}(?:[:=：#]|是|为|is\b)?[ \t]{0,2}["'`#*]{0,3}$/iu;
/** Not a second point or an ideograph behind it: `13812345678.2. Address`, `…678.5楼`. */
const FRACTION = /^\.[0-9]{1,6}(?![0-9.\u2e80-\u9fff])/;
const FRACTION_REACH = 8;
const THING_REACH = 32;
const URL_REACH = 64;
const HYPHEN = 0x2d;

/** Whether the number at these places is told to be none of a person: by the word before it, as a fraction, as a part of a name in an address. */
export function isOfThing(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - URL_REACH), start);
  // In the groups of a card or a telephone it is one, whatever it is called.
  if (!/[^0-9]/.test(text.slice(start, end))) {
    if (FRACTION.test(text.slice(end, end + FRACTION_REACH))) return true;
    if (THING.test(before.slice(-THING_REACH))) return true;
  }
  const isNamed =
    (text.charCodeAt(start - 1) === HYPHEN && /[A-Za-z]/.test(text.charAt(start - 2))) ||
    (text.charCodeAt(end) === HYPHEN && /[A-Za-z]/.test(text.charAt(end + 1)));
  return isNamed && /\/[^\s]*$/.test(before);
}
