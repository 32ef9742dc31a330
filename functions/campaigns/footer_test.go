package campaigns_test

import (
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/testkit/partner"
)

// A partner's plain template just works: the launch gives both of its parts a footer with a link that unsubscribes.
func TestAPlainTemplateIsSentWithAFooter(t *testing.T) {
	s := open(t, 2)
	if err := s.api.Patch(t.Context(), "/v1/workspace", map[string]any{"company": "동네 & 책방", "postalAddress": "서울 중구 세종대로 110"}, nil); err != nil {
		t.Fatal(err)
	}
	var plain made
	s.post("/v1/templates", map[string]any{"name": "소식", "subject": "소식", "html": "<html><body><p>안녕하세요</p></body></html>", "text": "안녕하세요"}, &plain)
	id := s.plan(map[string]any{"templateId": plain.ID})
	s.post("/v1/campaigns/"+id+"/launch", nil, nil)
	s.report(id, func(r partner.Report) bool { return r.Status == "sent" && r.Counts.Accepted == 1 })
	mails := s.mails()
	if len(mails) != 1 {
		t.Fatalf("got %d mails, want 1", len(mails))
	}
	_, out, _ := links(mails[0])
	if reply := s.get("GET", out); out == "" || reply.Status != 200 {
		t.Fatalf("got link %q of %s", out, mails[0].HTML)
	}
	for part, want := range map[string]string{
		mails[0].HTML: "동네 &amp; 책방에서 보냈어요.<br>서울 중구 세종대로 110<br>",
		mails[0].Text: "동네 & 책방에서 보냈어요.\n서울 중구 세종대로 110\n",
	} {
		if !strings.Contains(part, want) || strings.Count(part, out) != 1 {
			t.Errorf("got %s, want %q in it and the link once", part, want)
		}
	}
}
