/** What a migration may use. Frozen: released migrations depend on it. */

/** Runs statements inside the migration's transaction. */
export interface MigrationDb {
  readonly exec: (sql: string) => void;
  readonly all: (sql: string) => unknown[];
}

/** One step. `version` rises by ten; it becomes the database's user_version in the same transaction. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly up: (db: MigrationDb) => void;
}
