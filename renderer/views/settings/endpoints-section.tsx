import Plus from 'lucide-react/icons/plus';
import { useState } from 'react';
import { queryClient, useRoute } from '../../lib/queries.ts';
import { Button, Notice, Skeleton } from '../../ui/index.ts';
import { EndpointEditor } from './endpoint-editor.tsx';
import { EndpointEntry } from './endpoint-entry.tsx';
import { Section } from './section.tsx';
import css from './settings.module.css';

/** The model services that this vault may talk to. Without one, nothing opens a connection. */
export function EndpointsSection() {
  const answer = useRoute('endpoints.list', {});
  const [isAdding, setAdding] = useState(false);
  const endpoints = answer.data?.endpoints ?? [];
  return (
    <Section
      title="Endpoints"
      lead="A model service may be asked only what its ceiling covers: the markings of everything in a question are rolled up first. The built-in reader needs none of these."
    >
      {answer.isPending && <Skeleton label="Reading the endpoints" lines={[70, 50]} />}
      {answer.error !== null && (
        <Notice
          kind="danger"
          live="alert"
          meaning={answer.error.message}
          action={<Button size="sm" onPress={() => { void queryClient.invalidateQueries({ queryKey: ['endpoints.list'] }); }}>Try again</Button>}
        >
          The endpoints could not be read.
        </Notice>
      )}
      {answer.data !== undefined && endpoints.length === 0 && <p className={css.quiet}>None: this vault is air-gapped.</p>}
      {endpoints.length > 0 && <ul className={css.entries}>{endpoints.map((endpoint) => <EndpointEntry key={endpoint.endpoint} info={endpoint} />)}</ul>}
      <div><Button icon={Plus} onPress={() => setAdding(true)}>Add an endpoint</Button></div>
      <EndpointEditor isOpen={isAdding} onClose={() => setAdding(false)} before={null} />
    </Section>
  );
}
