package sqstwin

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// maxReceives is the redrive policy of every queue.
const maxReceives = 5

// visibility is the queues' own, for a receive that names none.
const visibility = 30 * time.Second

// line is one queue.
type line struct {
	name     string
	messages []*message
}

type message struct {
	id, body, group string
	sent, visible   time.Time
	received        int
	receipt         string // of the last delivery
	inFlight        bool
}

func (w *Twin) queue(name string) *line {
	if w.queues[name] == nil && name != "." {
		w.queues[name] = &line{name: name}
	}
	return w.queues[name]
}

func (w *Twin) put(q *line, e entry) {
	w.number++
	now := w.clk.Now()
	q.messages = append(q.messages, &message{
		id: fmt.Sprint("m", w.number), body: e.MessageBody, group: e.MessageGroupID, sent: now, visible: now.Add(time.Duration(e.DelaySeconds) * time.Second),
	})
}

// bury moves what was delivered too often and is visible to the dead letters. SQS does that when it would be received once more; here it is done as
// soon as anyone looks, which is the earliest that the port allows.
func (w *Twin) bury() {
	for name, q := range w.queues {
		if strings.HasSuffix(name, "-dead") {
			continue
		}
		alive := q.messages[:0:0]
		for _, m := range q.messages {
			if m.received < maxReceives || m.visible.After(w.clk.Now()) {
				alive = append(alive, m)
				continue
			}
			m.receipt = ""
			dead := w.queue(name + "-dead")
			dead.messages = append(dead.messages, m)
		}
		q.messages = alive
	}
}

// take delivers what is visible, the oldest first.
func (w *Twin) take(q *line, r request) []any {
	w.bury()
	now, hidden := w.clk.Now(), visibility
	if r.VisibilityTimeout != nil {
		hidden = time.Duration(*r.VisibilityTimeout) * time.Second
	}
	out := []any{}
	for _, m := range q.messages {
		if len(out) == r.MaxNumberOfMessages {
			break
		}
		if m.visible.After(now) {
			continue
		}
		w.number++
		m.received++
		m.receipt, m.visible, m.inFlight = fmt.Sprint("r", w.number), now.Add(hidden), true
		out = append(out, m.wire())
	}
	return out
}

func (m *message) wire() any {
	attributes := map[string]string{"ApproximateReceiveCount": strconv.Itoa(m.received), "SentTimestamp": strconv.FormatInt(m.sent.UnixMilli(), 10)}
	if m.group != "" {
		attributes["MessageGroupId"] = m.group
	}
	return map[string]any{"MessageId": m.id, "ReceiptHandle": m.receipt, "Body": m.body, "MD5OfBody": digest(m.body), "Attributes": attributes}
}

// delete ends the message of a receipt; an earlier delivery's ends nothing.
func (q *line) delete(receipt string) *refusal {
	if !isReceipt(receipt) {
		return &refusal{"ReceiptHandleIsInvalid", "this is no receipt"}
	}
	for i, m := range q.messages {
		if m.receipt == receipt {
			q.messages = append(q.messages[:i:i], q.messages[i+1:]...)
			break
		}
	}
	return nil
}

func (w *Twin) hide(q *line, receipt string, seconds int) *refusal {
	if !isReceipt(receipt) {
		return &refusal{"ReceiptHandleIsInvalid", "this is no receipt"}
	}
	for _, m := range q.messages {
		if m.receipt == receipt && m.inFlight && m.visible.After(w.clk.Now()) {
			m.visible = w.clk.Now().Add(time.Duration(seconds) * time.Second)
			m.inFlight = seconds > 0
			return nil
		}
	}
	return &refusal{"MessageNotInflight", "the message is not in flight"}
}

func isReceipt(s string) bool {
	_, err := strconv.Atoi(strings.TrimPrefix(s, "r"))
	return err == nil && strings.HasPrefix(s, "r")
}
