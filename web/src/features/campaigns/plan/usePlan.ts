import { useState } from 'react';
import { isProblem, type ApiProblem } from '@/api/problem';
import { fieldOfPointer } from '@/ui/useFields';
import { useWorkspace } from '@/ui/workspace';
import { usePatchCampaign, type Campaign } from '../queries';
import { names, patchOf, valuesOf, type Name, type Values } from './values';

export interface Plan {
  values: Values;
  errors: Partial<Record<Name, string>>;
  /** While typing. */
  type: (name: Name, value: string) => void;
  /** Keeps what differs from the saved plan: at blur, or at once with the value of a choice. */
  keep: (patch?: Partial<Values>) => void;
  saving: boolean; saved: boolean;
  /** What could not be kept and belongs to no field. */
  trouble: ApiProblem | null;
  /** Takes over what someone else saved. */
  renew: () => void;
}

/** A plan saves itself field by field; a refusal stands at its field and the typed text stays. */
export function usePlan(campaign: Campaign): Plan {
  const manner = useWorkspace();
  const was = valuesOf(campaign, manner);
  const [typed, setTyped] = useState<Partial<Values>>({});
  const [errors, setErrors] = useState<Plan['errors']>({});
  const patch = usePatchCampaign(campaign.id);
  const values = { ...was, ...typed };

  const forget = (body: Partial<Values>) => setTyped((current) => Object.fromEntries(Object.entries(current).filter(([name, value]) => body[name as Name] !== value)));
  const refuse = (problem: ApiProblem, body: Partial<Values>) => {
    const named = problem.fields.map(({ pointer, detail }) => [fieldOfPointer(pointer).split('.')[0], detail] as const).filter(([name]) => names.includes(name as Name));
    const [only, ...others] = Object.keys(body);
    const marked = named.length === 0 && only && others.length === 0 ? [[only, problem.detail] as const] : named;
    setErrors(Object.fromEntries(marked) as Plan['errors']);
  };
  const keep = (more: Partial<Values> = {}) => {
    const wanted = { ...values, ...more };
    if (Object.keys(more).length > 0) setTyped((current) => ({ ...current, ...more }));
    const body = patchOf(wanted, was, manner);
    if (Object.keys(body).length === 0) return;
    const sent = Object.fromEntries(Object.keys(body).map((name) => [name, wanted[name as Name]]));
    setErrors({});
    patch.mutate(body, { onSuccess: () => forget(sent), onError: (error) => { if (isProblem(error) && error.status !== 412) refuse(error, sent); } });
  };
  return {
    values, errors, keep, saving: patch.isPending, saved: patch.isSuccess,
    type: (name, value) => { setTyped((current) => ({ ...current, [name]: value })); setErrors((current) => ({ ...current, [name]: undefined })); },
    trouble: isProblem(patch.error) && Object.keys(errors).length === 0 ? patch.error : null,
    renew: () => { setTyped({}); patch.reset(); },
  };
}
