// Words as small numbers, as many as a few bits hold. A word beyond that has no number; who has one keeps it as it is.
// Always: number 0 is no word.

export class Words {
  private readonly words: string[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly most: number;

  constructor(most: number) {
    this.most = most;
  }

  /** The number of a word, a new one where there is room; 0: there is none. */
  numberOf(word: string): number {
    const known = this.numbers.get(word);
    if (known !== undefined) return known;
    if (this.words.length === this.most || word === '__proto__') return 0; // that word is no ordinary key of an object
    this.words.push(word);
    this.numbers.set(word, this.words.length);
    return this.words.length;
  }

  /** The word of a number. */
  wordOf(number: number): string {
    return number === 0 ? '' : (this.words[number - 1] as string);
  }
}
