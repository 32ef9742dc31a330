package campaign

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"math"
	"sort"
	"time"

	"github.com/dangol/dangol/shared/crm/message"
)

// Role is a customer's part in a frozen audience.
type Role byte

// The roles. A hold-out member who could not have been contacted is told apart, so that only like is compared with like.
const (
	ToContact   Role = ' '
	HeldOut     Role = 'h'
	Unreachable Role = 'n' // held out, and could not have been contacted either
)

// HeldOutOf says whether a campaign's hold-out takes the customer: FNV-1a of both ids, mixed, falls below the share. It depends on nothing
// else, so that a campaign frozen twice holds out the same people, and two campaigns hold out different ones.
func HeldOutOf(campaignID, customerID string, percent float64) bool {
	return float64(mix(fnv1a(fnv1a(offset, campaignID), customerID))>>11)/(1<<53) < percent/100
}

// The parameters of FNV-1a with 64 bits (Fowler, Noll and Vo; RFC 9923). hash/fnv has them too, at three allocations for each of a million customers.
const (
	offset uint64 = 14695981039346656037
	prime  uint64 = 1099511628211
)

func fnv1a(h uint64, s string) uint64 {
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * prime
	}
	return h
}

// mix is the finaliser of MurmurHash3 (Appleby, 2011): without it, FNV's high bits hardly depend on the last characters.
func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}

// Member is one customer of a frozen audience.
type Member struct {
	CustomerID string
	Role       Role
}

// WriteAudience returns the frozen list as it is stored: a line with the segment and its version, then one customer a line in the order of ids,
// hold-out members marked. It orders the members.
func WriteAudience(segmentID string, version int64, members []Member) []byte {
	sort.Slice(members, func(i, j int) bool { return members[i].CustomerID < members[j].CustomerID })
	list := make([]byte, 0, 64+len(members)*33)
	list = fmt.Appendf(list, "# %s %d\n", segmentID, version)
	for _, m := range members {
		list = append(list, m.CustomerID...)
		if m.Role != ToContact {
			list = append(list, ' ', byte(m.Role))
		}
		list = append(list, '\n')
	}
	return list
}

// ReadAudience calls f for each customer of a stored list; id is only valid during the call.
func ReadAudience(r io.Reader, f func(id []byte, role Role) error) error {
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		if bytes.HasPrefix(lines.Bytes(), []byte{'#'}) {
			continue
		}
		id, mark, held := bytes.Cut(lines.Bytes(), []byte{' '})
		role := ToContact
		if held && len(mark) == 1 {
			role = Role(mark[0])
		}
		if err := f(id, role); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read audience: %w", err)
	}
	return nil
}

// Describe tells of a stored list: how many are in it and its SHA-256.
func Describe(list []byte, at time.Time) (*Frozen, error) {
	sum := sha256.Sum256(list)
	f := &Frozen{At: at, Hash: hex.EncodeToString(sum[:])}
	if _, err := fmt.Fscanf(bytes.NewReader(list), "# %s %d\n", &f.SegmentID, &f.SegmentVersion); err != nil {
		return nil, fmt.Errorf("read audience: %w", err)
	}
	err := ReadAudience(bytes.NewReader(list), func(_ []byte, r Role) error {
		f.Audience++
		switch r {
		case HeldOut:
			f.Holdout, f.Reachable = f.Holdout+1, f.Reachable+1
		case Unreachable:
			f.Holdout++
		case ToContact:
		}
		return nil
	})
	f.Chunks = message.Chunks(f.Planned())
	return f, err
}

// ShareOf returns part of all, 0 when there is nobody.
func ShareOf(part, all int64) float64 {
	if all == 0 {
		return 0
	}
	return round6(float64(part) / float64(all))
}

func round6(f float64) float64 { return math.Round(f*1e6) / 1e6 }
