/** What a unit is measured in, and how much of it one is: 2 years are 24 months. */
export interface Unit {
  readonly base: string;
  readonly factor: number;
}

const unit = (base: string, factor = 1): Unit => ({ base, factor });

/** Longest first where one begins another. Words of both languages mean the same unit. */
const UNITS: readonly [RegExp, Unit][] = [
  [/^(?:working|business|work)[- ]days?\b|^个?工作日/i, unit('working day')],
  [/^(?:calendar|natural)[- ]days?\b|^个?自然日/i, unit('calendar day')],
  [/^(?:working |business )?hours?\b|^hrs?\b|^h\b|^个?(?:工作)?小时|^个?钟头/i, unit('minute', 60)],
  [/^minutes?\b|^mins?\b|^分钟/i, unit('minute')],
  [/^seconds?\b|^secs?\b|^s\b|^秒/i, unit('minute', 1 / 60)],
  [/^(?:extra |additional |full |half |further )?days?\b|^[天日](?!元)/i, unit('minute', 1440)],
  [/^(?:further |full )?weeks?\b|^个?星期|^周(?!岁|年(?!休))/i, unit('minute', 10_080)],
  [/^months?\b|^个月|^月(?!\d)/i, unit('month')],
  [/^years?\b|^年|^周岁|^岁/i, unit('month', 12)],
  [/^%|^percent\b|^per cent\b|^‰/i, unit('percent')],
  [/^(?:EUR|euros?)\b|^€|^欧元/i, unit('EUR')],
  [/^(?:RMB|CNY|yuan)\b|^[¥元]|^块钱|^人民币/i, unit('CNY')],
  [/^(?:USD|dollars?)\b|^\$|^美元/i, unit('USD')],
  [/^km\b|^kilomet(?:re|er)s?\b|^公里|^千米/i, unit('metre', 1000)],
  [/^cm\b|^centimet(?:re|er)s?\b|^厘米/i, unit('metre', 0.01)],
  [/^mm\b|^millimet(?:re|er)s?\b|^毫米/i, unit('metre', 0.001)],
  [/^mol\/l\b/i, unit('mol/l')],
  [/^(?:l\/min|litres? (?:a|per) minute)\b/i, unit('l/min')],
  [/^mg\/l\b/i, unit('mg/l')],
  [/^m\/s\b/i, unit('m/s')],
  [/^(?:mS|µS|μS)\/cm\b/, unit('S/cm')],
  [/^m\b|^met(?:re|er)s?\b|^米/, unit('metre')],
  [/^kg\b|^kilograms?\b|^公斤|^千克/i, unit('gram', 1000)],
  [/^g\b|^grams?\b|^克/, unit('gram')],
  [/^ml\b|^millilit(?:re|er)s?\b|^毫升/i, unit('litre', 0.001)],
  [/^l\b|^lit(?:re|er)s?\b|^升/i, unit('litre')],
  [/^(?:°\s?C|℃|degrees?(?: celsius)?)(?![a-z])|^摄氏度|^度/i, unit('degree')],
  [/^bar\b|^巴/, unit('bar')],
  [/^V\b|^volts?\b|^伏/, unit('volt')],
  [/^[GM]B\b/, unit('byte')],
  [/^NTU\b/, unit('NTU')],
  [/^times\b|^次/i, unit('times')],
  [/^characters?\b|^位(?!同|员|工|客|专|急)|^个?字符?/i, unit('character')],
  [/^(?:people|persons?|employees)\b|^[人名]/i, unit('person')],
  [/^[个位份张件套条台只项层间种班节]/, unit('piece')],
];

/** The unit at the beginning of a text, with the length of what it is written as. */
export function unitAt(text: string): { unit: Unit; length: number } | null {
  const lead = /^(?:\s?-)?\s{0,2}/.exec(text)?.[0].length ?? 0;
  const rest = text.slice(lead, lead + 24);
  if (rest === '') return null;
  for (const [pattern, found] of UNITS) {
    const match = pattern.exec(rest);
    if (match) return { unit: found, length: lead + match[0].length };
  }
  return null;
}

/** The unit that the head of a column says: `Price in EUR`, `Additional days`. */
export function unitOfHead(cell: string): Unit | null {
  const found = unitAt(cell.trim()) ?? unitAt(/(?:\bin |\(|（|单位[:：])(.*)/i.exec(cell)?.[1] ?? '');
  return found?.unit ?? null;
}

const BEFORE = /(EUR|RMB|CNY|USD|€|¥|\$)\s?$/i;
const BY_SIGN: Readonly<Record<string, Unit>> = {
  EUR: unit('EUR'),
  '€': unit('EUR'),
  RMB: unit('CNY'),
  CNY: unit('CNY'),
  '¥': unit('CNY'),
  USD: unit('USD'),
  $: unit('USD'),
};

/** A currency that stands before its amount. */
export function currencyBefore(text: string): Unit | null {
  const sign = BEFORE.exec(text)?.[1]?.toUpperCase();
  return (sign && BY_SIGN[sign]) || null;
}
