package sestwin

import "encoding/json"

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
