package dir

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/dangol/dangol/shared/blob"
)

// BasePath is where the host mounts Handler.
const BasePath = "/local/blob/"

// maxUpload is what S3 takes in one put: 5 GiB. It holds where an upload names no limit.
const maxUpload = 5 << 30

// grant is what a link allows. Everything in it is signed.
type grant struct {
	method, key string
	expires     int64  // Unix seconds
	maxBytes    int64  // uploads
	contentType string // uploads; "" accepts any
	fileName    string // downloads
}

// UploadURL returns a link that takes one PUT, or several, until it expires.
func (d *Dir) UploadURL(_ context.Context, key string, u blob.Upload) (string, error) {
	g := grant{method: http.MethodPut, key: key, expires: d.until(u.Expires), maxBytes: u.MaxBytes, contentType: u.ContentType}
	if g.maxBytes <= 0 {
		g.maxBytes = maxUpload
	}
	return d.link(g)
}

// DownloadURL returns a link that serves the object as an attachment with the file name, until it expires.
func (d *Dir) DownloadURL(_ context.Context, key, fileName string, expires time.Duration) (string, error) {
	return d.link(grant{method: http.MethodGet, key: key, expires: d.until(expires), fileName: fileName})
}

func (d *Dir) until(d2 time.Duration) int64 { return d.clk.Now().Add(d2).Unix() }

func (d *Dir) link(g grant) (string, error) {
	if err := blob.CheckKey(g.key); err != nil {
		return "", err
	}
	path := (&url.URL{Path: BasePath + g.key}).EscapedPath()
	return strings.TrimSuffix(d.baseURL(), "/") + path + "?" + d.query(g).Encode(), nil
}

func (d *Dir) query(g grant) url.Values {
	q := url.Values{"expires": {strconv.FormatInt(g.expires, 10)}, "signature": {d.sign(g)}}
	if g.maxBytes > 0 {
		q.Set("maxBytes", strconv.FormatInt(g.maxBytes, 10))
	}
	if g.contentType != "" {
		q.Set("contentType", g.contentType)
	}
	if g.fileName != "" {
		q.Set("fileName", g.fileName)
	}
	return q
}

// sign returns the HMAC-SHA-256 of the grant. Strings go in quoted, so that no two grants share a text.
func (d *Dir) sign(g grant) string {
	mac := hmac.New(sha256.New, d.key)
	fmt.Fprintf(mac, "%s %q %d %d %q %q", g.method, g.key, g.expires, g.maxBytes, g.contentType, g.fileName)
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// grantOf reads the grant of a request and says whether it is ours and still holds.
func (d *Dir) grantOf(r *http.Request) (grant, *problem) {
	q := r.URL.Query()
	g := grant{method: r.Method, key: strings.TrimPrefix(r.URL.Path, BasePath), contentType: q.Get("contentType"), fileName: q.Get("fileName")}
	var err1, err2 error
	g.expires, err1 = strconv.ParseInt(q.Get("expires"), 10, 64)
	if max := q.Get("maxBytes"); max != "" {
		g.maxBytes, err2 = strconv.ParseInt(max, 10, 64)
	}
	signed := hmac.Equal([]byte(q.Get("signature")), []byte(d.sign(g)))
	switch {
	case err1 != nil || err2 != nil || !signed:
		return g, &forged
	case d.clk.Now().Unix() >= g.expires:
		return g, &expired
	}
	return g, nil
}
