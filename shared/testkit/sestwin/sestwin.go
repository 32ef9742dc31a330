// Package sestwin is a stand-in for Amazon SES's SendEmail (API version 2) with its events: no emulator keeps a message as it was handed over, or reports on it.
// It refuses and forgets on demand.
package sestwin

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"
)

// Message is a message that the twin took.
type Message struct {
	Raw  []byte
	To   string
	Tags map[string]string
	At   time.Time
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
	refuse  []Refusal
	lose    int
	settled int
}

// Start starts a twin on a free port; it ends with the test.
func Start(t testing.TB) *Twin {
	t.Helper()
	twin := &Twin{}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v2/email/outbound-emails", twin.send)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	twin.URL = server.URL
	return twin
}

// RefuseNext refuses the next message.
func (w *Twin) RefuseNext(r Refusal) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.refuse = append(w.refuse, r)
}

// LoseNext takes the next message and goes away before it says so.
func (w *Twin) LoseNext() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.lose++
}

// Taken returns all messages that were taken, in their order.
func (w *Twin) Taken() []Message {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]Message(nil), w.taken...)
}

// Events returns what EventBridge would deliver and nobody has settled, in order.
func (w *Twin) Events() [][]byte {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([][]byte(nil), w.events[w.settled:]...)
}

// Settle ends the first n of Events.
func (w *Twin) Settle(n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.settled += n
}

type sendEmail struct {
	Content     struct{ Raw struct{ Data []byte } }
	Destination struct{ ToAddresses []string }
	EmailTags   []struct{ Name, Value string }
}

func (w *Twin) send(rw http.ResponseWriter, r *http.Request) {
	var in sendEmail
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil || len(in.Destination.ToAddresses) != 1 || len(in.Content.Raw.Data) == 0 {
		answer(rw, Refusal{http.StatusBadRequest, "BadRequestException", "not one raw message to one address"})
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.refuse) > 0 {
		answer(rw, w.refuse[0])
		w.refuse = w.refuse[1:]
		return
	}
	m := messageOf(in)
	if w.Ask != nil {
		if r := w.Ask(m); r != nil {
			answer(rw, *r)
			return
		}
	}
	w.take(m)
	if w.lose > 0 {
		w.lose--
		panic(http.ErrAbortHandler)
	}
	_, _ = rw.Write([]byte(`{"MessageId":"0100"}`))
}

func answer(rw http.ResponseWriter, r Refusal) {
	rw.Header().Set("X-Amzn-ErrorType", r.Type)
	rw.Header().Set("Content-Type", "application/json")
	rw.WriteHeader(r.Status)
	_ = json.NewEncoder(rw).Encode(map[string]string{"message": r.Message})
}

// take keeps the message and reports on it as SES does: that it was sent, and that it arrived.
func (w *Twin) take(m Message) {
	w.taken = append(w.taken, m)
	w.events = append(w.events, Event(m, "Send", nil), Event(m, "Delivery", map[string]any{"timestamp": m.At, "smtpResponse": "250 2.0.0 OK"}))
}

func messageOf(in sendEmail) Message {
	m := Message{Raw: in.Content.Raw.Data, To: in.Destination.ToAddresses[0], Tags: map[string]string{}, At: time.Now().UTC().Truncate(time.Millisecond)}
	for _, t := range in.EmailTags {
		m.Tags[t.Name] = t.Value
	}
	return m
}

// Event is a report on a message, in the envelope of EventBridge: kind is SES's eventType, said what stands under its name.
func Event(m Message, kind string, said map[string]any) []byte {
	tags := map[string][]string{"ses:from-domain": {"shop.example"}}
	for name, value := range m.Tags {
		tags[name] = []string{value}
	}
	detail := map[string]any{"eventType": kind, "mail": map[string]any{"timestamp": m.At, "destination": []string{m.To}, "tags": tags}}
	if said != nil {
		detail[map[string]string{"Delivery": "delivery", "Bounce": "bounce", "Complaint": "complaint"}[kind]] = said
	}
	b, err := json.Marshal(map[string]any{"version": "0", "source": "aws.ses", "detail-type": "Email " + kind, "detail": detail})
	if err != nil {
		panic(err) // the test's own values
	}
	return b
}
