package s3_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/blob"
)

func TestWhatAnUploadLinkSigns(t *testing.T) {
	b, s := scripted(t, ok)
	for contentType, signed := range map[string]string{"text/csv": "content-type;host", "": "host"} {
		link, err := b.UploadURL(t.Context(), "t/hana/고객 1.csv", blob.Upload{ContentType: contentType, MaxBytes: 100, Expires: 24 * time.Hour})
		if err != nil {
			t.Fatal(err)
		}
		q := queryOf(t, link)
		if q.Get("X-Amz-SignedHeaders") != signed || q.Get("X-Amz-Expires") != "86400" {
			t.Errorf("%q: %v, want %s signed for a day", contentType, q, signed)
		}
		if strings.Contains(strings.ToLower(link), "checksum") {
			t.Errorf("the link binds the checksum of a body that is not known: %s", link)
		}
	}
	if len(s.methods()) != 0 {
		t.Error("signing asked the service")
	}
}

func TestADownloadLinkNamesTheFile(t *testing.T) {
	b, _ := scripted(t, ok)
	link, err := b.DownloadURL(t.Context(), "t/hana/x", "고객 목록.csv", time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	q := queryOf(t, link)
	if got := q.Get("response-content-disposition"); got != blob.Disposition("고객 목록.csv") || !strings.Contains(got, "filename*=UTF-8''%EA%B3%A0") {
		t.Errorf("disposition %s", got)
	}
	if q.Get("response-cache-control") != "private, no-store" {
		t.Errorf("cache control %q", q.Get("response-cache-control"))
	}
}

func TestALinkOfAWeekIsTheLongest(t *testing.T) {
	b, _ := scripted(t, ok)
	var refused []time.Duration
	for _, life := range []time.Duration{0, time.Second, 7 * 24 * time.Hour, 7*24*time.Hour + 1} {
		_, up := b.UploadURL(t.Context(), "a", blob.Upload{Expires: life})
		_, down := b.DownloadURL(t.Context(), "a", "a", life)
		if up != nil && down != nil {
			refused = append(refused, life)
		}
	}
	if !slices.Equal(refused, []time.Duration{0, 7*24*time.Hour + 1}) {
		t.Errorf("refused %v", refused)
	}
}

func queryOf(t *testing.T, link string) url.Values {
	t.Helper()
	u, err := url.Parse(link)
	if err != nil {
		t.Fatal(err)
	}
	return u.Query()
}
