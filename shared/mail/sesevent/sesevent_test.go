package sesevent_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/mail"
	"github.com/dangol/dangol/shared/mail/sesevent"
	"github.com/dangol/dangol/shared/testkit/sestwin"
)

func TestDecode(t *testing.T) {
	sent, then := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), time.Date(2026, 3, 2, 9, 5, 0, 0, time.UTC)
	m := sestwin.Message{To: "minji@customer.example", At: sent, Tags: map[string]string{
		sesevent.TagMessage: "msg_1", sesevent.TagTenant: "wsp_1", sesevent.TagCampaign: "cmp_1"}}
	service := m
	service.Tags = map[string]string{}
	told := func(kind mail.EventKind, at time.Time, detail string) []mail.Event {
		return []mail.Event{{Kind: kind, MessageID: "msg_1", Tenant: "wsp_1", Campaign: "cmp_1", Address: m.To, At: at, Detail: detail}}
	}
	bounce := func(kind string) map[string]any {
		return map[string]any{"timestamp": then, "bounceType": kind, "bounceSubType": "General",
			"bouncedRecipients": []map[string]string{{"emailAddress": m.To, "diagnosticCode": "smtp; 550 5.1.1 unknown"}}}
	}
	for name, c := range map[string]struct {
		body []byte
		want []mail.Event
	}{
		"sent":                         {sestwin.Event(m, "Send", nil), told(mail.Accepted, sent, "")},
		"delivered":                    {sestwin.Event(m, "Delivery", map[string]any{"timestamp": then, "smtpResponse": "250 OK"}), told(mail.Delivered, then, "250 OK")},
		"bounced for good":             {sestwin.Event(m, "Bounce", bounce("Permanent")), told(mail.Bounced, then, "General smtp; 550 5.1.1 unknown")},
		"bounced for now":              {sestwin.Event(m, "Bounce", bounce("Transient")), nil},
		"complained":                   {sestwin.Event(m, "Complaint", map[string]any{"timestamp": then, "complaintFeedbackType": "abuse"}), told(mail.Complained, then, "abuse")},
		"opened: our own links count":  {sestwin.Event(m, "Open", nil), nil},
		"of a message without our tag": {sestwin.Event(service, "Send", nil), nil},
		"a list of our own events":     {[]byte(` [{"Kind":"delivered","MessageID":"msg_1","Tenant":"wsp_1","Campaign":"cmp_1","Address":"minji@customer.example","At":"2026-03-02T09:05:00Z"}]`), told(mail.Delivered, then, "")},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := sesevent.Decode(c.body)
			if err != nil || !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %+v, %v, want %+v", got, err, c.want)
			}
		})
	}
	for _, bad := range []string{"", "{", `{"source":"aws.s3","detail":{}}`, `[1]`, `"text"`} {
		if got, err := sesevent.Decode([]byte(bad)); err == nil {
			t.Errorf("%q: got %v and no error", bad, got)
		}
	}
}
