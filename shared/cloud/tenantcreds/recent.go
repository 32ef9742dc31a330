package tenantcreds

import (
	"container/list"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// recent keeps the credentials of the tenants that were used last.
type recent struct {
	mu     sync.Mutex
	most   int
	byID   map[string]*list.Element
	latest *list.List // of session, the latest used first
}

type session struct {
	tenant      string
	credentials aws.Credentials
}

func newRecent(most int) *recent {
	return &recent{most: most, byID: map[string]*list.Element{}, latest: list.New()}
}

func (r *recent) get(tenant string) (aws.Credentials, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	e := r.byID[tenant]
	if e == nil {
		return aws.Credentials{}, false
	}
	r.latest.MoveToFront(e)
	return e.Value.(session).credentials, true
}

// put keeps the credentials and lets go of those that were not used for longest.
func (r *recent) put(tenant string, c aws.Credentials) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if e := r.byID[tenant]; e != nil {
		r.latest.Remove(e)
	}
	r.byID[tenant] = r.latest.PushFront(session{tenant, c})
	for len(r.byID) > r.most {
		last := r.latest.Back()
		r.latest.Remove(last)
		delete(r.byID, last.Value.(session).tenant)
	}
}
