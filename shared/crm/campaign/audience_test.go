package campaign

import (
	"bytes"
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/id"
)

func TestTheHoldoutTakesItsShareAndIsTheSameEachTime(t *testing.T) {
	const people = 20_000
	for _, percent := range []float64{0, 1, 10, 50} {
		a, b := id.Derived(id.Campaign, "a"), id.Derived(id.Campaign, "b")
		held, both := 0, 0
		for i := range people {
			customer := id.Derived(id.Customer, fmt.Sprint(i))
			if HeldOutOf(a, customer, percent) {
				held++
				if HeldOutOf(b, customer, percent) {
					both++
				}
			}
		}
		p := percent / 100
		sigma := math.Sqrt(people * p * (1 - p))
		if math.Abs(float64(held)-people*p) > 4*sigma {
			t.Errorf("at %v%%: got %d of %d held out, want %v within four sigma", percent, held, people, people*p)
		}
		if math.Abs(float64(both)-people*p*p) > 5*math.Sqrt(people*p*p+1) {
			t.Errorf("at %v%%: got %d held out of both campaigns, want about %v: they must be independent", percent, both, people*p*p)
		}
	}
}

func TestAFrozenAudienceReadsAsItWasWritten(t *testing.T) {
	members := []Member{{"cus_2", HeldOut}, {"cus_3", Unreachable}, {"cus_1", ToContact}}
	list := WriteAudience("seg_1", 7, members)
	again := WriteAudience("seg_1", 7, []Member{members[2], members[0], members[1]})
	if !bytes.Equal(list, again) {
		t.Errorf("got %q and %q for one audience", list, again)
	}
	f, err := Describe(list, time.Unix(0, 0))
	if err != nil || f.Audience != 3 || f.Holdout != 2 || f.Reachable != 1 || f.Planned() != 1 || f.SegmentID != "seg_1" || f.SegmentVersion != 7 || len(f.Hash) != 64 {
		t.Errorf("got %+v, %v", f, err)
	}
	var got []Member
	err = ReadAudience(bytes.NewReader(list), func(customer []byte, r Role) error {
		got = append(got, Member{string(customer), r})
		return nil
	})
	if err != nil || fmt.Sprint(got) != fmt.Sprint([]Member{{"cus_1", ToContact}, {"cus_2", HeldOut}, {"cus_3", Unreachable}}) {
		t.Errorf("got %v, %v", got, err)
	}
}
