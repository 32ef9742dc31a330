package iamproxy

import (
	"encoding/xml"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
)

// object is what a request of S3 is about. A request about a bucket has no key.
type object struct{ bucket, key string }

// aside are the query members that change nothing of what is done: those of a signature, the SDK's note of the operation, headers of the answer,
// and the order of listing.
var aside = []string{"x-amz-", "x-id", "response-", "list-type", "prefix", "delimiter", "max-keys", "start-after", "continuation-token", "marker", "encoding-type", "fetch-owner"}

func (w *World) s3(r *http.Request) (c Call, err error) {
	query := r.URL.Query()
	at, err := locate(r)
	if err != nil {
		return c, err
	}
	at.bucket = w.known(at.bucket)
	c.Operation = s3Operation(r, at, query)
	switch action := s3Actions[c.Operation]; {
	case action == "":
		return c, unknown(c.Operation)
	case c.Operation == "DeleteObjects":
		c.Access, err = deletions(r, at)
	case at.key == "":
		c.Access = []Access{{Action: action, Resource: at.arn(), Keys: listing(query)}}
	default:
		c.Access = []Access{{Action: action, Resource: at.arn()}}
	}
	return c, err
}

// s3Actions has the right that each known operation needs. Method and what is asked of the object name it; see s3Operation.
var s3Actions = map[string]string{
	"GetObject":               "s3:GetObject",
	"HeadObject":              "s3:GetObject",
	"PutObject":               "s3:PutObject",
	"DeleteObject":            "s3:DeleteObject",
	"DeleteObjects":           "s3:DeleteObject",
	"ListObjects":             "s3:ListBucket",
	"HeadBucket":              "s3:ListBucket",
	"CreateMultipartUpload":   "s3:PutObject",
	"UploadPart":              "s3:PutObject",
	"CompleteMultipartUpload": "s3:PutObject",
	"AbortMultipartUpload":    "s3:AbortMultipartUpload",
	"ListParts":               "s3:ListMultipartUploadParts",
}

// s3Names has the operation by kind of target, method and subresource.
var s3Names = map[string]string{
	"object GET":                     "GetObject",
	"object HEAD":                    "HeadObject",
	"object PUT":                     "PutObject",
	"object DELETE":                  "DeleteObject",
	"object POST uploads":            "CreateMultipartUpload",
	"object PUT partNumber uploadId": "UploadPart",
	"object POST uploadId":           "CompleteMultipartUpload",
	"object DELETE uploadId":         "AbortMultipartUpload",
	"object GET uploadId":            "ListParts",
	"bucket GET":                     "ListObjects",
	"bucket HEAD":                    "HeadBucket",
	"bucket POST delete":             "DeleteObjects",
}

// s3Operation names the operation, or describes what nobody knows: an ACL, a version, a copy, a form.
func s3Operation(r *http.Request, at object, query url.Values) string {
	kind := "object"
	if at.key == "" {
		kind = "bucket"
	}
	described := kind + " " + r.Method
	for _, sub := range []string{"partNumber", "uploadId"} { // in this order, before the others
		if query.Has(sub) {
			described += " " + sub
			query.Del(sub)
		}
	}
	for name := range query {
		if !startsWithAny(strings.ToLower(name), aside) {
			described += " " + name
		}
	}
	for _, more := range []string{"X-Amz-Copy-Source", "X-Amz-Acl", "X-Amz-Tagging", "X-Amz-Bypass-Governance-Retention"} {
		if r.Header.Get(more) != "" {
			described += " with " + more
		}
	}
	if name, ok := s3Names[described]; ok {
		return name
	}
	return described
}

func startsWithAny(s string, beginnings []string) bool {
	for _, b := range beginnings {
		if strings.HasPrefix(s, b) {
			return true
		}
	}
	return false
}

// locate reads bucket and key: the bucket is the first part of the path, or of a host such as bucket.localhost and bucket.s3.region.amazonaws.com.
func locate(r *http.Request) (object, error) {
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		host = r.Host
	}
	at := object{key: strings.TrimPrefix(r.URL.Path, "/")}
	if bucket, ok := bucketOf(host); ok {
		at.bucket = bucket
	} else {
		at.bucket, at.key, _ = strings.Cut(at.key, "/")
	}
	for _, part := range strings.Split(at.key, "/") {
		if part == "." || part == ".." {
			return at, fmt.Errorf("key %q means another object to a server that tidies paths", at.key)
		}
	}
	if r.Header.Get("X-Amz-Target") != "" || at.bucket == "" || strings.Contains(at.key, "//") || strings.HasPrefix(at.key, "/") {
		return at, fmt.Errorf("no call of S3: a target, no bucket, or an empty part in the key %q", at.key)
	}
	return at, nil
}

func bucketOf(host string) (string, bool) {
	if bucket, _, ok := strings.Cut(host, ".s3."); ok {
		return bucket, true
	}
	return strings.CutSuffix(host, ".localhost")
}

func (o object) arn() string {
	if o.key == "" {
		return "arn:aws:s3:::" + o.bucket
	}
	return "arn:aws:s3:::" + o.bucket + "/" + o.key
}

// listing has the keys by which a policy narrows what may be listed. An absent prefix is an absent key, and lists everything.
func listing(query url.Values) Keys {
	keys := Keys{}
	for _, name := range []string{"prefix", "delimiter", "max-keys"} {
		if query.Has(name) {
			keys["s3:"+name] = query[name]
		}
	}
	return keys
}

// deletions asks for each object that a bulk deletion names.
func deletions(r *http.Request, at object) (all []Access, err error) {
	b, err := whole(r)
	if err != nil {
		return nil, err
	}
	var body struct {
		Object []struct {
			Key       string
			VersionId string
		}
	}
	if err := xml.Unmarshal(b, &body); err != nil {
		return nil, fmt.Errorf("read body: %w", err)
	}
	for _, o := range body.Object {
		action := "s3:DeleteObject"
		if o.VersionId != "" {
			action = "s3:DeleteObjectVersion"
		}
		all = append(all, Access{Action: action, Resource: object{at.bucket, o.Key}.arn()})
	}
	return all, nil
}
