package tracking

import (
	"net/http"
	"strings"
	"time"

	"github.com/dangol/dangol/shared/crm/message"
)

// scanners are words in the user agents of programs that fetch what is in a mail before or instead of its reader.
var scanners = []string{
	"barracuda", "proofpoint", "mimecast", "ironport", "symantec", "messagelabs", "trendmicro", "sophos", "forcepoint", "cloudmark", "fireeye",
	"bitdefender", "mailguard", "safelinks", "urldefense", "bingpreview", "googlebot", "yandexbot", "slackbot", "facebookexternalhit", "kakaotalk-scrap",
	"headlesschrome", "crawler", "spider",
}

func scanner(agent string) bool {
	agent = strings.ToLower(agent)
	for _, s := range scanners {
		if strings.Contains(agent, s) {
			return true
		}
	}
	return false
}

// counts says whether a request is more than a look at the link: HEAD and prefetching tell of nobody.
func counts(r *http.Request) bool {
	if r.Method != http.MethodGet {
		return false
	}
	for _, name := range []string{"Purpose", "Sec-Purpose", "X-Purpose", "X-Moz"} {
		v := strings.ToLower(r.Header.Get(name))
		if strings.Contains(v, "prefetch") || strings.Contains(v, "preview") || strings.Contains(v, "prerender") {
			return false
		}
	}
	return true
}

// sooner than this after it was accepted no person opens a mail that has to travel.
const sooner = time.Second

// byMachine says whether an opening is a program's: a known scanner's, or one that comes before the mail can have been seen. On a laptop mail does
// not travel, so only the first rule holds there.
func (f *Feature) byMachine(r *http.Request, m *message.Message) bool {
	if scanner(r.UserAgent()) {
		return true
	}
	return !f.env.Settings.Local && (m.AcceptedAt == nil || f.env.Clock.Now().Sub(*m.AcceptedAt) < sooner)
}
