import { Cohorts } from './Cohorts';
import { Moves } from './Moves';
import type { Picture } from './queries';
import { TopBuyers } from './TopBuyers';

/** What the orders of today say beside the nightly picture: who brings most, who comes back, and who moved. A chunk of its own. */
export default function Insights({ picture }: { picture: Picture }) {
  return <><Moves picture={picture} /><TopBuyers /><Cohorts /></>;
}
