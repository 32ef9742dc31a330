/*
 * Claim, lease and epoch of one message of a campaign (functions/campaignsend, shared/crm/message), at a provider that delivers what it is handed twice.
 *
 * Two workers are called for the message at the same time, over and over, as a queue that delivers twice does. Either may be lost between any two steps. The
 * owner pauses, resumes and cancels. What is atomic here is one conditional write of the table there.
 *
 * Nothing is assumed of time: a lease may run out at any moment, in the middle of a hand-over too.
 *
 * Checked: the provider takes the message once at most, or once for each time that it was planned anew on purpose (-DDUPLICATE); what the ledger calls accepted
 * was taken; and a worker that ends has left the message with an outcome. With -DRECLAIM, a message whose lease ran out is claimed again at once, as it is at a
 * provider that knows what it was handed: spin must find the mail that goes out twice, or the model could not.
 */

#define EPOCHS 5
#define ATTEMPTS 3

mtype = { planned, sending, accepted, uncertain, failed, canceled };
mtype = { under_way, paused, stopped };

mtype state = planned;
byte attempt, claimed_in;        /* with the epoch it was claimed in, the attempt names the claim */
bool lease_over;
byte taken, granted = 1;         /* how often the provider took it, and may at most */

mtype campaign = under_way;
byte epoch = 1;
byte lost;                       /* workers that were lost */

inline accept() {                /* a fact: it holds against everything but an acceptance */
  state = accepted; lease_over = false
}

active [2] proctype worker() {
  byte in, mine; mtype was; byte was_attempt; bool was_over;
again:
  do
  :: campaign == under_way && (state == planned || state == sending) ->
     in = epoch;
     atomic { was = state; was_attempt = attempt; was_over = lease_over };   /* what it has read is old by the time it writes */
     if
     :: was == planned && was_attempt < ATTEMPTS ->
        atomic {
          if
          :: epoch == in && state == was && attempt == was_attempt ->
             state = sending; attempt++; claimed_in = in; lease_over = false; mine = attempt
          :: else -> goto again
          fi
        }
     :: was == planned && was_attempt >= ATTEMPTS ->
        atomic { if :: epoch == in && state == was && attempt == was_attempt -> state = failed :: else fi };
        goto again
#ifdef RECLAIM
     :: was == sending && was_over ->
        atomic {
          if
          :: epoch == in && state == was && attempt == was_attempt && lease_over ->
             attempt++; claimed_in = in; lease_over = false; mine = attempt
          :: else -> goto again
          fi
        }
#else
     :: was == sending && was_over ->
        atomic { if :: epoch == in && state == was && attempt == was_attempt && lease_over -> state = uncertain :: else fi };
        goto again
#endif
     :: else -> goto again
     fi;
     if
     :: lost < 1 -> lost++; goto again                                       /* lost before the hand-over: the next call finds another worker */
     :: true ->
        if                                                                   /* the look at the clock: what is true then need not be when the provider has it */
        :: lease_over -> goto again
        :: else
        fi;
        if
        :: taken++; assert(taken <= granted);
           if
           :: lost < 1 -> lost++; goto again                                 /* lost before the record, or the answer was */
           :: true -> atomic { if :: state != accepted -> accept() :: else fi }
           fi
        :: true ->                                                           /* refused for now: not an attempt */
           atomic {
             if
             :: state == sending && attempt == mine && claimed_in == in -> state = planned
             :: else
             fi
           }
        fi
     fi
  :: state == accepted || state == failed || state == canceled -> break
  :: campaign == stopped && (state == planned || state == uncertain) -> break
  od
}

/* Time: a lease runs out. */
active proctype clock() {
end:
  do
  :: atomic { state == sending && !lease_over -> lease_over = true }
  od
}

/* The owner. Each act begins a new epoch. */
active proctype owner() {
end:
  do
  :: atomic { campaign == under_way && epoch < EPOCHS - 1 -> campaign = paused; epoch++ }
  :: atomic { campaign == paused -> campaign = under_way; epoch++ }
  :: atomic { campaign != stopped && epoch < EPOCHS -> campaign = stopped; epoch++ }
  od
}

/* Who looks after campaigns: withdraws what a cancel left, and settles what was uncertain for too long. */
active proctype keeper() {
end:
  do
  :: atomic { campaign == stopped && state == planned -> state = canceled }
  :: atomic { campaign == stopped && state == sending && lease_over -> state = uncertain }
#ifdef DUPLICATE
  :: atomic { state == uncertain && campaign == under_way -> state = planned; granted++ }
  :: atomic { state == uncertain && campaign == stopped -> state = failed }
#else
  :: atomic { state == uncertain -> state = failed }
#endif
  od
}

active proctype auditor() {
end:
  atomic { state == accepted && taken == 0 -> assert(false) }
}
