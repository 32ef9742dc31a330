package outbox

import (
	"encoding/binary"
	"time"

	"github.com/dangol/dangol/shared/mail"
)

// Entry is a caught message. Its wire form would take Size bytes.
type Entry struct {
	Number  uint64 // counts up from 1
	Message mail.Message
	At      time.Time
	Size    int
}

// The form of a record: 1, time, size, texts, headers. A text is its length and its bytes. Recipient and campaign come first: lists are filtered
// by them without reading the rest.
const version = 1

type encoder struct{ b []byte }

func (e *encoder) number(n uint64) { e.b = binary.AppendUvarint(e.b, n) }

func (e *encoder) texts(all ...string) {
	for _, s := range all {
		e.number(uint64(len(s)))
		e.b = append(e.b, s...)
	}
}

func (e *Entry) encode() []byte {
	m := &e.Message
	w := encoder{make([]byte, 0, len(m.HTML)+len(m.Text)+512)}
	w.number(version)
	w.number(uint64(e.At.UnixNano()))
	w.number(uint64(e.Size))
	reply := mail.Address{}
	if m.ReplyTo != nil {
		reply = *m.ReplyTo
	}
	w.texts(m.To.Email, m.Campaign, m.Tenant, m.ID, m.To.Name, m.From.Email, m.From.Name, reply.Email, reply.Name, m.Subject, m.HTML, m.Text)
	w.number(uint64(len(m.Headers)))
	for _, h := range m.Headers {
		w.texts(h.Name, h.Value)
	}
	return w.b
}

// decoder reads what encoder wrote; bad is set by the first part that cannot be read.
type decoder struct {
	b   []byte
	bad bool
}

func (d *decoder) number() uint64 {
	n, size := binary.Uvarint(d.b)
	if size <= 0 {
		d.bad, d.b = true, nil
		return 0
	}
	d.b = d.b[size:]
	return n
}

// bytes returns a text that is valid as long as the record is.
func (d *decoder) bytes() []byte {
	n := d.number()
	if n > uint64(len(d.b)) {
		d.bad, d.b = true, nil
		return nil
	}
	out := d.b[:n]
	d.b = d.b[n:]
	return out
}

func (d *decoder) texts(into ...*string) {
	for _, s := range into {
		*s = string(d.bytes())
	}
}

func (d *decoder) head() (at time.Time, size int) {
	if d.number() != version {
		d.bad, d.b = true, nil
	}
	return time.Unix(0, int64(d.number())).UTC(), int(d.number())
}

func decodeEntry(key, record []byte) (Entry, error) {
	d := decoder{b: record}
	e := Entry{Number: binary.BigEndian.Uint64(key[len(entryPrefix):])}
	e.At, e.Size = d.head()
	m := &e.Message
	var reply mail.Address
	d.texts(&m.To.Email, &m.Campaign, &m.Tenant, &m.ID, &m.To.Name, &m.From.Email, &m.From.Name, &reply.Email, &reply.Name, &m.Subject, &m.HTML, &m.Text)
	if reply.Email != "" {
		m.ReplyTo = &reply
	}
	for n := d.number(); n > 0 && !d.bad; n-- {
		var h mail.Header
		d.texts(&h.Name, &h.Value)
		m.Headers = append(m.Headers, h)
	}
	if d.bad {
		return e, errDamaged
	}
	return e, nil
}
