package merge

import (
	"maps"
	"time"

	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/customer"
)

// Consents returns what the two said, taken for one person. The strictest holds: who withdrew on either record has withdrawn, whatever was said on the other
// and when. Of a withdrawal the later moment counts and of two grants the earlier, so that no statement that arrives late can loosen it. Where one of them
// never said anything, the other's word holds.
func Consents(this, other *customer.Customer) (consent.States, consent.Since) {
	states, since := consent.States{}, consent.Since{}
	maps.Copy(states, this.Consents)
	maps.Copy(since, this.ConsentsSince)
	for slot, theirs := range other.Consents {
		at := other.ConsentsSince[slot]
		switch ours := states[slot]; {
		case ours == "":
			states[slot], since[slot] = theirs, at
		case ours == consent.Withdrawn || theirs == consent.Withdrawn:
			states[slot], since[slot] = consent.Withdrawn, later(since[slot], at)
		case at.Before(since[slot]):
			since[slot] = at
		}
	}
	if len(states) == 0 {
		return nil, nil
	}
	return states, since
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// ConsentsRestored returns the states of both once a merge is taken back: what nobody has spoken of since is as before. What was said while the two were one
// stays with the customer who stays; a withdrawal among it holds for both, since nobody can tell who meant it.
func ConsentsRestored(before, after, now, other *customer.Customer) (ours, theirs consent.States, ourSince, theirSince consent.Since) {
	ours, ourSince = consent.States{}, consent.Since{}
	maps.Copy(ours, before.Consents)
	maps.Copy(ourSince, before.ConsentsSince)
	theirs, theirSince = consent.States{}, consent.Since{}
	maps.Copy(theirs, other.Consents)
	maps.Copy(theirSince, other.ConsentsSince)
	for slot, said := range now.Consents {
		at := now.ConsentsSince[slot]
		if said == after.Consents[slot] && at.Equal(after.ConsentsSince[slot]) {
			continue
		}
		ours[slot], ourSince[slot] = said, at
		if said == consent.Withdrawn {
			theirs[slot], theirSince[slot] = said, at
		}
	}
	return ours, theirs, ourSince, theirSince
}
