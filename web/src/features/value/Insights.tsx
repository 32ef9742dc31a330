import { Cohorts } from './Cohorts';
import { TopBuyers } from './TopBuyers';

/** What the orders of today say beside the nightly picture: who brings most, and who comes back. A chunk of its own. */
export default function Insights() {
  return <><TopBuyers /><Cohorts /></>;
}
