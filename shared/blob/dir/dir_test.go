package dir_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/blob/blobtest"
	"github.com/dangol/dangol/shared/blob/dir"
	"github.com/dangol/dangol/shared/clock"
)

// laptop is a folder engine with its handler on a loopback server, as the host mounts it.
type laptop struct {
	*dir.Dir
	root string
	clk  *clock.Manual
	url  string
}

func open(t *testing.T) *laptop {
	t.Helper()
	l := &laptop{root: t.TempDir(), clk: clock.NewManual(time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC))}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { l.Handler().ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	l.url = server.URL
	l.start(t)
	return l
}

func (l *laptop) start(t *testing.T) blob.Blob {
	t.Helper()
	d, err := dir.New(l.root, func() string { return l.url }, []byte("0123456789abcdef"), l.clk)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	l.Dir = d
	return d
}

func TestSuite(t *testing.T) {
	blobtest.Run(t, func(t *testing.T) blobtest.Subject {
		l := open(t)
		return blobtest.Subject{Blob: l.Dir, Advance: l.clk.Advance, Restart: func() blob.Blob {
			_ = l.Dir.Close()
			return l.start(t)
		}}
	})
}

func TestRefusalsAreProblems(t *testing.T) {
	l := open(t)
	link := func(u blob.Upload) string {
		s, err := l.UploadURL(t.Context(), "t/a.csv", u)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	good := link(blob.Upload{ContentType: "text/csv", MaxBytes: 10, Expires: time.Hour})
	cases := map[string]struct {
		method, url, contentType string
		body                     io.Reader
		status                   int
		code                     string
	}{
		"too large, said so":       {"PUT", good, "text/csv", strings.NewReader("01234567890"), 413, "upload_too_large"},
		"too large, streamed":      {"PUT", good, "text/csv", io.MultiReader(strings.NewReader("01234567890")), 413, "upload_too_large"},
		"wrong type":               {"PUT", good, "text/html", strings.NewReader("x"), 415, "unsupported_media_type"},
		"larger limit written in":  {"PUT", strings.Replace(good, "maxBytes=10", "maxBytes=99", 1), "text/csv", strings.NewReader("x"), 403, "link_invalid"},
		"later expiry written in":  {"PUT", strings.Replace(good, "expires=", "expires=9", 1), "text/csv", strings.NewReader("x"), 403, "link_invalid"},
		"no signature":             {"GET", l.url + dir.BasePath + "t/a.csv", "", nil, 403, "link_invalid"},
		"expired":                  {"PUT", link(blob.Upload{Expires: -time.Second}), "text/csv", strings.NewReader("x"), 403, "link_expired"},
		"another method":           {"DELETE", good, "", nil, 405, "method_not_allowed"},
		"climbing out of the root": {"GET", l.url + dir.BasePath + "..%2f..%2fetc/passwd", "", nil, 403, "link_invalid"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			status, p := refusal(t, c.method, c.url, c.contentType, c.body)
			if status != c.status || p["code"] != c.code || p["status"] != float64(c.status) {
				t.Errorf("%d %v, want %d %s", status, p, c.status, c.code)
			}
		})
	}
	if infos, err := l.List(t.Context(), "", "", 10); err != nil || len(infos) != 0 {
		t.Errorf("refused uploads left %v, %v", infos, err)
	}
}

func refusal(t *testing.T, method, url, contentType string, body io.Reader) (int, map[string]any) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, body)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", contentType)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	var p map[string]any
	if err := json.NewDecoder(res.Body).Decode(&p); err != nil {
		t.Fatalf("the answer %d is no JSON: %v", res.StatusCode, err)
	}
	return res.StatusCode, p
}

func TestDownloadServesRangesAndIsNeverInline(t *testing.T) {
	l := open(t)
	if _, err := l.Put(t.Context(), "t/a.html", strings.NewReader("<b>0123456789"), blob.PutOptions{ContentType: "text/html"}); err != nil {
		t.Fatal(err)
	}
	link, err := l.DownloadURL(t.Context(), "t/a.html", `"보고"; x=(1).html`, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	req, _ := http.NewRequestWithContext(t.Context(), "GET", link, nil)
	req.Header.Set("Range", "bytes=3-5")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, _ := io.ReadAll(res.Body)
	if res.StatusCode != http.StatusPartialContent || string(body) != "012" {
		t.Errorf("range: %d %q, want 206 012", res.StatusCode, body)
	}
	want := `attachment; filename="_____; x=(1).html"; filename*=UTF-8''%22%EB%B3%B4%EA%B3%A0%22%3B%20x%3D%281%29.html`
	want = strings.Replace(want, "_____", "____", 1)
	if got := res.Header.Get("Content-Disposition"); got != want {
		t.Errorf("disposition\n got %s\nwant %s", got, want)
	}
	if res.Header.Get("X-Content-Type-Options") != "nosniff" || res.Header.Get("Content-Security-Policy") != "sandbox" {
		t.Errorf("headers let the browser run it: %v", res.Header)
	}
}

func TestACrashedPutLeavesNothing(t *testing.T) {
	l := open(t)
	part := filepath.Join(l.root, "parts", "17")
	if err := os.WriteFile(part, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	l.start(t)
	if _, err := os.Stat(part); !os.IsNotExist(err) {
		t.Errorf("the part is still there: %v", err)
	}
}

func TestForeignAndDamagedFilesAreTold(t *testing.T) {
	l := open(t)
	damaged := filepath.Join(l.root, "objects", "t", "cut=")
	if err := os.MkdirAll(filepath.Dir(damaged), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(l.root, "objects", ".DS_Store%"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if infos, err := l.List(t.Context(), "", "", 10); err != nil || len(infos) != 0 {
		t.Errorf("list over a foreign file: %v, %v; want nothing", infos, err)
	}
	for _, content := range []string{"", "short", strings.Repeat("x", 100), "\xff\xff\xff\xffDANGOLB1"} {
		if err := os.WriteFile(damaged, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := l.Head(t.Context(), "t/cut"); err == nil {
			t.Errorf("head of a file that holds %.10q succeeded", content)
		}
	}
}

func TestACanceledPutEnds(t *testing.T) {
	l := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := l.Put(ctx, "t/a", strings.NewReader("x"), blob.PutOptions{}); err == nil {
		t.Error("the put succeeded")
	}
}

func BenchmarkPut4K(b *testing.B) {
	d, err := dir.New(b.TempDir(), func() string { return "" }, []byte("0123456789abcdef"), clock.System{})
	if err != nil {
		b.Fatal(err)
	}
	body := strings.Repeat("x", 4096)
	for i := 0; b.Loop(); i++ {
		if _, err := d.Put(b.Context(), fmt.Sprintf("t/%d/a", i%100), strings.NewReader(body), blob.PutOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}
