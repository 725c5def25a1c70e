// Who is where: from a user's id to the session that leads to their others, or to the user where there is no session.
// The ids are spread over many maps, so that none is so large that its growth is felt. An id that somebody chose to fall into
// the same map as others costs no more than one map for all would.

/**
 * How many maps. One has room for a power of two of ids: the fuller, the less it weighs. Of this number, odd so that ids in
 * sequence fall evenly, nearly all are full at a million sessions of two thirds as many users, and none of them overflows.
 */
const parts = 43;

export class Directory {
  size = 0;
  private readonly maps: (Map<string, number> | undefined)[] = Array.from({ length: parts }, () => undefined);

  /** The slot of the leading session; -1: nobody of this id is known; below that a user without sessions (see `userIn`). */
  get(userId: string): number {
    const map = this.maps[partOf(userId)];
    return map === undefined ? -1 : map.get(userId) ?? -1;
  }

  set(userId: string, lead: number): void {
    const part = partOf(userId);
    const map = this.maps[part] ?? new Map<string, number>();
    this.maps[part] = map;
    const before = map.size;
    map.set(userId, lead);
    this.size += map.size - before;
  }

  delete(userId: string): void {
    if (this.maps[partOf(userId)]?.delete(userId) === true) this.size--;
  }

  /** Everybody, as of now. */
  userIds(): string[] {
    const userIds: string[] = [];
    for (const map of this.maps) if (map !== undefined) for (const userId of map.keys()) userIds.push(userId);
    return userIds;
  }
}

/** Of an id of fewer letters all of them count. */
const fewLetters = 10;

/**
 * The same for the same id: the number that letters of it make as digits do, so that numbered ids take turns. Of a long id the
 * last three count, and five near the beginning, where those at one host differ.
 */
function partOf(userId: string): number {
  const { length } = userId;
  let number = 0;
  if (length < fewLetters) {
    for (let at = 0; at < length; at++) number = (Math.imul(number, 10) + userId.charCodeAt(at)) | 0;
  } else { // written out, as every signal asks: a loop would take longer than what is in it
    number = userId.charCodeAt(2) * 1000 + userId.charCodeAt(3) * 100 + userId.charCodeAt(4) * 10 + userId.charCodeAt(5);
    number = Math.imul(number, 100) + userId.charCodeAt(6) * 10 + userId.charCodeAt(length - 3);
    number = Math.imul(number, 100) + userId.charCodeAt(length - 2) * 10 + userId.charCodeAt(length - 1);
  }
  return (number >>> 0) % parts;
}

/** How a user without sessions is written. */
export function withoutSession(user: number): number {
  return -2 - user;
}
