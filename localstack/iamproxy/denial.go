package iamproxy

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"strings"
)

// denial is how a service says that somebody may not: status, media type and body with "%s" for the message.
type denial struct {
	status      int
	contentType string
	body        string
	escape      func(string) string
}

// denials has the form of each service, as its SDK expects it.
var denials = map[string]denial{
	"dynamodb": {http.StatusBadRequest, "application/x-amz-json-1.0", `{"__type":"com.amazon.coral.service#AccessDeniedException","Message":%s}`, quoted},
	"sqs":      {http.StatusForbidden, "application/x-amz-json-1.0", `{"__type":"com.amazonaws.sqs#AccessDeniedException","message":%s}`, quoted},
	"ssm":      {http.StatusBadRequest, "application/x-amz-json-1.1", `{"__type":"AccessDeniedException","message":%s}`, quoted},
	"ses":      {http.StatusForbidden, "application/json", `{"message":%s}`, quoted},
	"s3":       {http.StatusForbidden, "application/xml", `<Error><Code>AccessDenied</Code><Message>%s</Message></Error>`, escaped},
	"sts": {http.StatusForbidden, "text/xml", `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>` +
		`<Code>AccessDenied</Code><Message>%s</Message></Error></ErrorResponse>`, escaped},
}

// deny answers as the service would. A service that nobody knows answers in JSON.
func deny(w http.ResponseWriter, service, message string) {
	d, ok := denials[service]
	if !ok {
		d = denials["ses"]
	}
	w.Header().Set("Content-Type", d.contentType)
	w.Header().Set("X-Amzn-Errortype", "AccessDeniedException")
	w.Header().Set("X-Amzn-Requestid", "iamproxy")
	w.WriteHeader(d.status)
	fmt.Fprintf(w, d.body, d.escape(message))
}

func quoted(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		return `""` // a string always is JSON
	}
	return string(b)
}

func escaped(s string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		return ""
	}
	return b.String()
}
