import type { EndpointAuth } from '../../preload/contract/domains/endpoints.ts';
import { AppError } from '../base/errors.ts';
import type { Clock } from '../base/clock.ts';
import type { RequestPlace } from '../policy/index.ts';
import type { Codec } from './codec.ts';
import { signRequest } from './sigv4.ts';

/** What an endpoint's key adds to a request. */
export interface Authorisation {
  readonly headers: Readonly<Record<string, string>>;
  readonly authorise?: NonNullable<RequestPlace['authorise']>;
}

/**
 * The headers that a key makes. Throws endpoint.unauthorised for a key that cannot stand in a header, and endpoint.bad-profile for one of
 * a kind that the dialect has no place for, before anything is sent.
 */
export function authorisationOf(auth: EndpointAuth, codec: Pick<Codec, 'keyHeader' | 'signedService'>, signingRegion: string | null, name: string, clock: Clock): Authorisation {
  const plain = (key: string): string => {
    if (!/^[\x21-\x7e]+$/.test(key)) throw new AppError('endpoint.unauthorised', `The key of ${name} holds a blank or a character that no key has.`, { data: { endpoint: name } });
    return key;
  };
  const misfit = (message: string): never => {
    throw new AppError('endpoint.bad-profile', message, { data: { endpoint: name } });
  };
  switch (auth.kind) {
    case 'none':
      return { headers: {} };
    case 'bearer':
      return { headers: { authorization: `Bearer ${plain(auth.key)}` } };
    case 'api-key':
      return { headers: { [codec.keyHeader ?? misfit(`What ${name} speaks has no header for a key of this kind. Give it as a bearer key.`)]: plain(auth.key) } };
    case 'sigv4': {
      const service = codec.signedService ?? misfit(`What ${name} speaks is not signed with AWS keys.`);
      const region = signingRegion ?? misfit(`${name} has AWS keys and no signing region.`);
      const keys = { accessKeyId: plain(auth.accessKeyId), secretAccessKey: plain(auth.secretAccessKey), sessionToken: auth.sessionToken === null ? null : plain(auth.sessionToken) };
      return { headers: {}, authorise: (prepared) => signRequest(prepared, { ...keys, region, service, nowMs: clock.nowMs() }) };
    }
  }
}
