package outbox_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/mail"
)

func (m *machine) call(method, path, language string) *httptest.ResponseRecorder {
	r := httptest.NewRequestWithContext(m.tb.Context(), method, path, nil)
	r.Header.Set("Accept-Language", language)
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, r)
	return w
}

func (m *machine) list(query string) []map[string]any {
	m.tb.Helper()
	w := m.call("GET", "/local/mailbox.json"+query, "")
	var out []map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil || w.Code != http.StatusOK || out == nil {
		m.tb.Fatalf("list %s: %d %v\n%s", query, w.Code, err, w.Body)
	}
	return out
}

func TestJSONHasThePromisedShape(t *testing.T) {
	m := open(t)
	if got := m.list(""); len(got) != 0 {
		t.Errorf("an empty mailbox lists %v", got)
	}
	msg := letter("hana", "msg_1", "minji@customer.example")
	msg.Headers = []mail.Header{{Name: "List-Unsubscribe", Value: "<https://hana.example/u/1>"}}
	m.send(t, msg)
	got := m.list("")[0]
	for field, want := range map[string]any{
		"id": "1", "to": "minji@customer.example", "from": "shop@hana.example", "fromName": "단골", "subject": "소식 msg_1", "html": "<p>msg_1</p>", "text": "msg_1",
		"campaignId": "cmp_hana", "messageId": "msg_1", "workspaceId": "hana", "at": "2026-11-22T09:00:00Z",
	} {
		if got[field] != want {
			t.Errorf("%s: %v, want %v", field, got[field], want)
		}
	}
	if h := got["headers"].(map[string]any); h["List-Unsubscribe"] != "<https://hana.example/u/1>" {
		t.Errorf("headers %v", h)
	}
}

func TestJSONIsNarrowedByWhatIsAskedFor(t *testing.T) {
	m := open(t)
	m.send(t, letter("hana", "msg_1", "a@x.example"), letter("hana", "msg_2", "b@x.example"), letter("duri", "msg_1", "a@x.example"))
	for query, want := range map[string]string{
		"": "duri/msg_1 hana/msg_2 hana/msg_1", "?to=A@X.example": "duri/msg_1 hana/msg_1", "?campaignId=cmp_hana": "hana/msg_2 hana/msg_1",
		"?to=a@x.example&campaignId=cmp_hana": "hana/msg_1", "?limit=2": "duri/msg_1 hana/msg_2", "?after=2": "hana/msg_1", "?q=MSG_2": "hana/msg_2", "?to=none": "",
	} {
		var got []string
		for _, e := range m.list(query) {
			got = append(got, e["workspaceId"].(string)+"/"+e["messageId"].(string))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
	if w := m.call("GET", "/local/mailbox.json?limit=many", ""); w.Code != http.StatusBadRequest {
		t.Errorf("a limit that is no number: %d, want 400", w.Code)
	}
}

func TestDeleteEmptiesTheMailbox(t *testing.T) {
	m := open(t)
	m.send(t, letter("hana", "msg_1", "a@x.example"))
	if w := m.call("DELETE", "/local/mailbox.json", ""); w.Code != http.StatusNoContent || len(m.list("")) != 0 || m.Count() != 0 {
		t.Errorf("delete: %d, %d mails left", w.Code, m.Count())
	}
}

func TestThePageSpeaksTheReadersLanguage(t *testing.T) {
	m := open(t)
	for language, want := range map[string]string{"ko-KR,ko;q=0.9,en;q=0.8": "로컬 메일함", "en-GB": "Local mailbox", "": "로컬 메일함"} {
		w := m.call("GET", "/local/mailbox", language)
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "<title>"+want+"</title>") || !strings.HasPrefix(w.Header().Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("%q: %d, want a page called %s", language, w.Code, want)
		}
	}
}

func TestAMailIsShownWithoutItsScripts(t *testing.T) {
	m := open(t)
	msg := letter("hana", "msg_1", "a@x.example")
	msg.HTML = "<script>alert(1)</script><b>안녕</b>"
	m.send(t, msg)
	w := m.call("GET", "/local/mailbox/1/html", "")
	policy := w.Header().Get("Content-Security-Policy")
	if !strings.Contains(w.Body.String(), "<b>안녕</b>") || !strings.HasPrefix(policy, "sandbox ") || strings.Contains(policy, "allow-scripts") || strings.Contains(policy, "allow-same-origin") {
		t.Errorf("%s under %q", w.Body, policy)
	}
	raw := m.call("GET", "/local/mailbox/1/raw?download", "")
	if !strings.Contains(raw.Body.String(), "Message-ID: <msg_1@hana.example>\r\n") || raw.Header().Get("Content-Type") != "message/rfc822" {
		t.Errorf("raw as %s:\n%s", raw.Header().Get("Content-Type"), raw.Body)
	}
	for _, path := range []string{"/local/mailbox/2/html", "/local/mailbox/x/raw"} {
		if w := m.call("GET", path, ""); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d, want 404", path, w.Code)
		}
	}
}
