package tracking

import (
	"net/http"
	"strconv"

	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/links"
	"github.com/dangol/dangol/shared/sending"
)

// pixel is a transparent GIF of one point.
const pixel = "GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"

// open answers the pixel and notes the opening. The picture comes whatever becomes of the note: a mail must not look broken.
func (f *Feature) open(w http.ResponseWriter, r *http.Request) error {
	v, err := f.read(r.Context(), links.Open, r)
	if err != nil {
		return err
	}
	if counts(r) {
		k := message.Opened
		if f.byMachine(r, v.message) {
			k = message.MachineOpened
		}
		err = sending.Respond(r.Context(), v.t, v.message, sending.Response{Kind: k, At: v.t.Now()}, nil)
	}
	if err != nil {
		f.env.Log.ErrorContext(r.Context(), "opening not noted", "function", "tracking", "tenant", v.t.ID, "message", v.message.ID, "error", err)
	}
	h := w.Header()
	h.Set("Content-Type", "image/gif")
	h.Set("Content-Length", strconv.Itoa(len(pixel)))
	h.Set("Cache-Control", "no-store, private")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin") // web mail shows it inside its own pages
	if r.Method != http.MethodHead {
		_, err = w.Write([]byte(pixel))
		return quiet(err)
	}
	return nil
}

// quiet drops the error of a reader who has left.
func quiet(error) error { return nil }

// click sends the receiver on to the link's own target, as it stood in the template, and notes the click. Who clicks has opened the mail too,
// whether or not their program showed the pixel.
func (f *Feature) click(w http.ResponseWriter, r *http.Request) error {
	v, err := f.read(r.Context(), links.Click, r)
	if err != nil {
		return err
	}
	s, err := v.t.Snapshot(r.Context(), v.token.Campaign)
	if err != nil {
		return err
	}
	if v.token.Link >= len(s.Links) {
		return errs.New(errs.NotFound, "link_unknown")
	}
	target := s.Links[v.token.Link]
	if counts(r) && !scanner(r.UserAgent()) {
		now := v.t.Now()
		opened := func(m *message.Message) bool { return m.OpenedAt == nil && m.Respond(message.Opened, now) }
		err = sending.Respond(r.Context(), v.t, v.message, sending.Response{Kind: message.Clicked, At: now, URL: target}, opened)
	}
	if err != nil { // the receiver goes on all the same
		f.env.Log.ErrorContext(r.Context(), "click not noted", "function", "tracking", "tenant", v.t.ID, "message", v.message.ID, "error", err)
	}
	w.Header().Set("Location", target)
	w.WriteHeader(http.StatusFound)
	return nil
}
