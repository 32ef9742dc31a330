import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Money } from '@/ui/figures';
import { channels, genders, kinds, purposes } from './customer';
import classes from './Timeline.module.css';
import { changesOf, numberIn, textIn, totalOf, typeOf, type Change } from './entry';
import type { Entry } from './queries';
import { Source } from './Source';

const states = ['accepted', 'skipped', 'failed', 'uncertain', 'pending', 'canceled', 'delivered', 'bounced'] as const;
const answers = ['opened', 'clicked', 'bought', 'unsubscribed', 'complained', 'bounced', 'delivered'] as const;
const fields = ['name', 'phone', 'email', 'kind', 'gender', 'tags', 'birthDate', 'externalId', 'lifecycleStage', 'line1', 'line2', 'city', 'region', 'postalCode', 'country', 'companyId', 'ownerId'] as const;
const pick = <T extends string>(list: readonly T[], value: string): T | undefined => list.find((each) => each === value);

/** What happened, as one sentence and the facts below it. */
export function EntryWords({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const type = typeOf(entry.type);
  if (type === 'order') return <OrderWords entry={entry} />;
  if (type === 'note') return <p className={classes.note}>{textIn(entry, 'text')}</p>;
  if (type === 'consent') {
    const channel = pick(channels, textIn(entry, 'channel'));
    const purpose = pick(purposes, textIn(entry, 'purpose'));
    const words = { channel: channel ? t(`customers.channel.${channel}`) : '', purpose: purpose ? t(`customers.purpose.${purpose}`) : '' };
    return <><p>{textIn(entry, 'state') === 'granted' ? t('customers.timeline.granted', words) : t('customers.timeline.withdrawn', words)}</p>{textIn(entry, 'source') ? <p className={classes.detail}><Source source={textIn(entry, 'source')} /></p> : null}</>;
  }
  if (type === 'message') {
    const state = pick(states, textIn(entry, 'state'));
    return <p>{state ? t(`customers.timeline.message.${state}`) : t('customers.timeline.type.message')} <Campaign entry={entry} /></p>;
  }
  if (type === 'response') {
    const kind = pick(answers, textIn(entry, 'kind'));
    return <><p>{kind ? t(`customers.timeline.response.${kind}`) : t('customers.timeline.type.response')} <Campaign entry={entry} /></p><Detail text={textIn(entry, 'url')} /></>;
  }
  if (type === 'imported') return <p><Link to={`/imports/${textIn(entry, 'importId')}`}>{t('customers.timeline.type.imported')}</Link></p>;
  if (type === 'merged' || type === 'unmerged') return <><p>{t(`customers.timeline.type.${type}`)}</p><Detail text={textIn(entry, 'name')} /></>;
  if (type === 'leadConverted') return <><p>{t('customers.timeline.type.leadConverted')}</p><Detail text={textIn(entry, 'source')} /><Detail text={textIn(entry, 'notes')} /></>;
  return <><p>{t(`customers.timeline.type.${type}`)}</p>{changesOf(entry).map((change) => <ChangeLine key={change.field} change={change} />)}</>;
}

function ChangeLine({ change: { field, from, to } }: { change: Change }) {
  const { t } = useTranslation();
  const known = pick(fields, field);
  // Kinds and genders are kept as codes; people read words.
  const read = (value: string) => {
    const kind = field === 'kind' ? pick(kinds, value) : undefined;
    const gender = field === 'gender' ? pick(genders, value) : undefined;
    return kind ? t(`customers.kind.${kind}`) : gender ? t(`customers.gender.${gender}`) : value;
  };
  return <p className={classes.detail}><span>{known ? t(`customers.field.${known}`) : field}</span> {from ? <del>{read(from)}</del> : null} <ins>{to ? read(to) : t('ui.inline.none')}</ins></p>;
}

function OrderWords({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const total = totalOf(entry);
  const lines = numberIn(entry, 'lines');
  const product = textIn(entry, 'product');
  return (
    <>
      <p className={classes.order}><span>{t('customers.timeline.type.order')}</span>{total ? <strong><Money value={total} /></strong> : null}</p>
      {product ? <p className={classes.detail}>{lines > 1 ? t('customers.timeline.products', { product, count: lines - 1 }) : product}</p> : null}
    </>
  );
}

function Campaign({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const id = textIn(entry, 'campaignId');
  return id ? <Link to={`/campaigns/${id}`}>{t('customers.timeline.campaign')}</Link> : null;
}

const Detail = ({ text }: { text: string }) => (text ? <p className={classes.detail}>{text}</p> : null);
