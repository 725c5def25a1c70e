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

/**
 * The same for the same id: some of its first letters and its last, mixed as the digits of a number are, so that numbered ids
 * take turns.
 */
function partOf(userId: string): number {
  const { length } = userId;
  const tail = Math.max(0, length - 4);
  let mixed = 0;
  for (let at = 2; at < 8 && at < tail; at++) mixed = (Math.imul(mixed, 10) + userId.charCodeAt(at)) | 0;
  for (let at = tail; at < length; at++) mixed = (Math.imul(mixed, 10) + userId.charCodeAt(at)) | 0;
  return (mixed >>> 0) % parts;
}

/** How a user without sessions is written. */
export function withoutSession(user: number): number {
  return -2 - user;
}
