/** A child whose program fails before it listens. */
process.exit(3);
