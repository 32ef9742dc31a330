// Package sestwin is a stand-in for Amazon SES (API version 2): SendEmail with its events, and the making of tenants. No emulator keeps a message as it was
// handed over, or reports on it, or knows tenants. It refuses and forgets on demand.
package sestwin

import (
	"encoding/json"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"
)

// Message is a message that the twin took.
type Message struct {
	Raw    []byte
	To     string
	Tenant string // the SES tenant that it was sent as; "" is the account
	Tags   map[string]string
	At     time.Time
}

// Refusal is an answer of SES that is no acceptance.
type Refusal struct {
	Status        int
	Type, Message string
}

// Twin is a running stand-in.
type Twin struct {
	URL string
	// Ask is asked about each message before it is taken, if set: a refusal sends it back.
	Ask func(Message) *Refusal

	mu      sync.Mutex
	taken   []Message
	events  [][]byte
	settled int
	tenants map[string]*tenant
	refuse  map[string][]Refusal // by operation, as are the next two
	lose    map[string]int
	calls   map[string]int
}

// Start starts a twin on a free port; it ends with the test.
func Start(t testing.TB) *Twin {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return StartAt(t, l)
}

// StartAt starts a twin where somebody has been told that SES is.
func StartAt(t testing.TB, l net.Listener) *Twin {
	t.Helper()
	twin := &Twin{tenants: map[string]*tenant{}, refuse: map[string][]Refusal{}, lose: map[string]int{}, calls: map[string]int{}}
	mux := http.NewServeMux()
	mux.Handle("POST /v2/email/outbound-emails", operation(twin, SendEmail, twin.send))
	mux.Handle("POST /v2/email/tenants", operation(twin, CreateTenant, twin.createTenant))
	mux.Handle("POST /v2/email/tenants/resources", operation(twin, Associate, twin.associate))
	server := &httptest.Server{Listener: l, Config: &http.Server{Handler: mux, ReadHeaderTimeout: time.Minute}}
	server.Start()
	t.Cleanup(server.Close)
	twin.URL = server.URL
	return twin
}

// The operations, as SES calls them.
const (
	SendEmail    = "SendEmail"
	CreateTenant = "CreateTenant"
	Associate    = "CreateTenantResourceAssociation"
)

// operation serves one operation: a refusal that is due answers in its stead, and an answer that is to be lost is lost after its effect.
func operation[In any](w *Twin, name string, do func(In) (reply any, refused *Refusal)) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		var in In
		if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
			answer(rw, Refusal{http.StatusBadRequest, "BadRequestException", err.Error()})
			return
		}
		w.mu.Lock()
		defer w.mu.Unlock()
		w.calls[name]++
		if due := w.refuse[name]; len(due) > 0 {
			w.refuse[name] = due[1:]
			answer(rw, due[0])
			return
		}
		reply, refused := do(in)
		if refused != nil {
			answer(rw, *refused)
			return
		}
		if w.lose[name] > 0 {
			w.lose[name]--
			panic(http.ErrAbortHandler)
		}
		_ = json.NewEncoder(rw).Encode(reply) // the client has gone if this fails
	})
}

func answer(rw http.ResponseWriter, r Refusal) {
	rw.Header().Set("X-Amzn-ErrorType", r.Type)
	rw.Header().Set("Content-Type", "application/json")
	rw.WriteHeader(r.Status)
	key := "message"
	if r.Status == http.StatusForbidden {
		key = "Message" // so spelt by SES where it denies access
	}
	_ = json.NewEncoder(rw).Encode(map[string]string{key: r.Message})
}

// RefuseNext refuses the next message.
func (w *Twin) RefuseNext(r Refusal) { w.Refuse(SendEmail, r) }

// Refuse refuses the next calls of an operation, one with each refusal.
func (w *Twin) Refuse(operation string, r ...Refusal) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.refuse[operation] = append(w.refuse[operation], r...)
}

// LoseNext takes the next message and goes away before it says so.
func (w *Twin) LoseNext() { w.Lose(SendEmail) }

// Lose does what the next call of an operation asks and goes away before it says so.
func (w *Twin) Lose(operation string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.lose[operation]++
}

// Calls returns how often an operation was called.
func (w *Twin) Calls(operation string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.calls[operation]
}

// Taken returns all messages that were taken, in their order.
func (w *Twin) Taken() []Message {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]Message(nil), w.taken...)
}

type sendEmail struct {
	Content              struct{ Raw struct{ Data []byte } }
	Destination          struct{ ToAddresses []string }
	EmailTags            []struct{ Name, Value string }
	ConfigurationSetName string
	TenantName           string
}

func (w *Twin) send(in sendEmail) (any, *Refusal) {
	if len(in.Destination.ToAddresses) != 1 || len(in.Content.Raw.Data) == 0 {
		return nil, &Refusal{http.StatusBadRequest, "BadRequestException", "not one raw message to one address"}
	}
	if refused := w.allowed(in); refused != nil {
		return nil, refused
	}
	m := messageOf(in)
	if w.Ask != nil {
		if refused := w.Ask(m); refused != nil {
			return nil, refused
		}
	}
	w.take(m)
	return map[string]string{"MessageId": "0100"}, nil
}

// take keeps the message and reports on it as SES does: that it was sent, and that it arrived.
func (w *Twin) take(m Message) {
	w.taken = append(w.taken, m)
	w.events = append(w.events, Event(m, "Send", nil), Event(m, "Delivery", map[string]any{"timestamp": m.At, "smtpResponse": "250 2.0.0 OK"}))
}

func messageOf(in sendEmail) Message {
	m := Message{Raw: in.Content.Raw.Data, To: in.Destination.ToAddresses[0], Tenant: in.TenantName, Tags: map[string]string{},
		At: time.Now().UTC().Truncate(time.Millisecond)}
	for _, t := range in.EmailTags {
		m.Tags[t.Name] = t.Value
	}
	return m
}
