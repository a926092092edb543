/**
 * Addresses that services are known to have: an offer for who types one, never a limit. A host that is not here can be typed, and one
 * that is here may not serve a model there: which isolated region has Bedrock is not public.
 */
import type { KnownAddress } from '../../preload/contract/domains/endpoints.ts';

/** When the table was last compared with what the services say. */
export const knownAddressesAsOf = '2026-11-28';

const commercialRegions = ['us-east-1', 'us-east-2', 'us-west-2', 'ca-central-1', 'eu-central-1', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-north-1', 'ap-northeast-1', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2', 'sa-east-1'] as const;
const fipsRegions = ['us-east-1', 'us-east-2', 'us-west-2', 'ca-central-1'] as const;
const govRegions = ['us-gov-west-1', 'us-gov-east-1'] as const;
/** Region and the domain of its partition (the endpoint rules of the AWS SDK). */
const isolatedRegions = [
  ['us-iso-east-1', 'c2s.ic.gov'], ['us-iso-west-1', 'c2s.ic.gov'], ['us-isob-east-1', 'sc2s.sgov.gov'], ['us-isob-west-1', 'sc2s.sgov.gov'], ['us-isof-south-1', 'csp.hci.ic.gov'], ['us-isof-east-1', 'csp.hci.ic.gov'],
] as const;

function bedrock(region: string, domain: string, what: string, isFips = false): KnownAddress {
  return { dialect: 'bedrock', baseUrl: `https://bedrock-runtime${isFips ? '-fips' : ''}.${region}.${domain}`, signingRegion: region, what: `${what}${isFips ? ', FIPS' : ''}` };
}

/** All of them; within a dialect the most likely first. A word in capitals is to be replaced. */
export const knownAddresses: readonly KnownAddress[] = [
  { dialect: 'openai-chat', baseUrl: 'http://127.0.0.1:8080/v1', signingRegion: null, what: 'llama-server on this computer' },
  { dialect: 'openai-chat', baseUrl: 'http://127.0.0.1:8000/v1', signingRegion: null, what: 'vLLM on this computer' },
  { dialect: 'openai-chat', baseUrl: 'http://127.0.0.1:11434/v1', signingRegion: null, what: 'Ollama on this computer' },
  { dialect: 'openai-chat', baseUrl: 'https://api.openai.com/v1', signingRegion: null, what: 'OpenAI' },
  { dialect: 'openai-responses', baseUrl: 'https://api.openai.com/v1', signingRegion: null, what: 'OpenAI' },
  { dialect: 'openai-responses', baseUrl: 'https://mtls.api.openai.com/v1', signingRegion: null, what: 'OpenAI, with a client certificate' },
  { dialect: 'openai-responses', baseUrl: 'http://127.0.0.1:8000/v1', signingRegion: null, what: 'vLLM on this computer' },
  { dialect: 'anthropic-messages', baseUrl: 'https://api.anthropic.com', signingRegion: null, what: 'Anthropic' },
  { dialect: 'ollama', baseUrl: 'http://127.0.0.1:11434', signingRegion: null, what: 'Ollama on this computer' },
  { dialect: 'azure', baseUrl: 'https://RESOURCE.openai.azure.us', signingRegion: null, what: 'Azure Government' },
  { dialect: 'azure', baseUrl: 'https://RESOURCE.openai.azure.com', signingRegion: null, what: 'Azure, commercial' },
  ...govRegions.flatMap((region) => [bedrock(region, 'amazonaws.com', 'GovCloud'), bedrock(region, 'amazonaws.com', 'GovCloud', true)]),
  ...commercialRegions.map((region) => bedrock(region, 'amazonaws.com', 'Commercial')),
  ...fipsRegions.map((region) => bedrock(region, 'amazonaws.com', 'Commercial', true)),
  ...isolatedRegions.map(([region, domain]) => bedrock(region, domain, 'Isolated')),
  bedrock('us-isob-east-1', 'sc2s.sgov.gov', 'Isolated', true),
];
