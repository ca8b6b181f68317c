import type { Surroundings } from './detector';

const BEFORE = 48;
const AFTER = 24;
/** Numbers that their own words say are something else. */
const OTHER_NUMBER =
  /(?:order|invoice|tracking|ticket|request|session|serial|trace|span|sku|batch|build|version|commit|revision|timestamp|offset|epoch|isbn|ean|gtin|imei|part|reference|ref|case|hash|checksum|correlation|duration|port|row)[ ]?(?:id|no|nr|number|num|code|key)?[ .:=#_"'-]{0,3}$/;

const lowerBefore = (text: string, at: number, length: number): string =>
  text.slice(Math.max(0, at - length), at).toLowerCase();

/** Whether a word that `words` matches stands in the key or close to the match. */
export function hasWord(words: RegExp, at: number, end: number, around: Surroundings): boolean {
  return (
    words.test(around.keyWords) ||
    words.test(lowerBefore(around.text, at, BEFORE)) ||
    words.test(around.text.slice(end, end + AFTER).toLowerCase())
  );
}

/** Whether the word just before the match, or the key when it is all of the text, says that it is some other number. */
export function saysOtherNumber(at: number, { text, keyWords }: Surroundings): boolean {
  return OTHER_NUMBER.test(at === 0 ? keyWords : lowerBefore(text, at, BEFORE));
}

/** `userPhone`, `user.phone` and `user_phone` as `user phone`. */
export const wordsOf = (key: string): string =>
  key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .toLowerCase();
