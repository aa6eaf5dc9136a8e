/** What browsers call a key that goes to an input method. */
const METHOD_KEY_CODE = 229;

/** Whether the key makes a character, or confirms one: in Safari that comes after the composing. */
export function composes({ isComposing, keyCode }: KeyboardEvent): boolean {
  return isComposing || keyCode === METHOD_KEY_CODE;
}
