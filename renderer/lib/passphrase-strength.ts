/** How hard a passphrase is to guess. The estimator and its dictionaries are large, so they are loaded when first needed. */
import { useDeferredValue, useEffect, useState } from 'react';

/** Under this many bits a passphrase is not taken in the window. */
export const leastBits = 40;

/** An estimate in whole bits, with the score and the word that the meter shows. */
export interface PassphraseStrength {
  readonly bits: number;
  readonly score: 0 | 1 | 2 | 3 | 4;
  readonly word: 'Too weak' | 'Fair' | 'Strong' | 'Very strong';
}

const strongFromBits = 55;
const veryStrongFromBits = 75;

/** Names an estimate. */
export function strengthOf(bits: number): PassphraseStrength {
  if (bits < leastBits) return { bits, score: 1, word: 'Too weak' };
  if (bits < strongFromBits) return { bits, score: 2, word: 'Fair' };
  if (bits < veryStrongFromBits) return { bits, score: 3, word: 'Strong' };
  return { bits, score: 4, word: 'Very strong' };
}

type Estimator = (passphrase: string) => number;
let estimator: Promise<Estimator> | undefined;

async function loadEstimator(): Promise<Estimator> {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([import('@zxcvbn-ts/core'), import('@zxcvbn-ts/language-common')]);
  const factory = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  return (passphrase) => Math.floor(factory.check(passphrase).guessesLog10 * Math.log2(10));
}

/** The strength of what is typed; null for nothing, and until the estimator is there. `fault` says why there is no estimate. */
export function usePassphraseStrength(passphrase: string): { strength: PassphraseStrength | null; fault: string | null } {
  const [estimate, setEstimate] = useState<{ run: Estimator } | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  // Typing stays fluent: the estimate follows when there is time.
  const settled = useDeferredValue(passphrase);
  useEffect(() => {
    let isGone = false;
    estimator ??= loadEstimator();
    estimator.then(
      (run) => { if (!isGone) setEstimate({ run }); },
      (error: unknown) => {
        estimator = undefined;
        if (!isGone) setFault(error instanceof Error ? error.message : String(error));
      },
    );
    return () => { isGone = true; };
  }, []);
  return { strength: estimate === null || settled === '' ? null : strengthOf(estimate.run(settled)), fault };
}
