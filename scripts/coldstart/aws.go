package main

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/identity"
)

// standIn answers a function's calls to AWS on the loopback: the secrets, and tables without items.
type standIn struct {
	server *http.Server
	url    string
	keys   []byte
}

func startAWS() (*standIn, error) {
	keys, err := identity.NewKeys()
	if err != nil {
		return nil, err
	}
	raw, err := json.Marshal(keys)
	if err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	a := &standIn{url: "http://" + l.Addr().String(), keys: raw}
	a.server = &http.Server{Handler: http.HandlerFunc(a.answer), ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = a.server.Serve(l) }() // ends with close
	return a, nil
}

func (a *standIn) close() { _ = a.server.Close() }

func (a *standIn) answer(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/x-amz-json-1.1")
	switch _, call, _ := strings.Cut(r.Header.Get("X-Amz-Target"), "."); call {
	case "GetParameter":
		_ = json.NewEncoder(w).Encode(map[string]any{"Parameter": map[string]string{"Name": "coldstart", "Type": "SecureString", "Value": string(a.keys)}})
	case "Query", "Scan":
		fmt.Fprint(w, `{"Items":[],"Count":0,"ScannedCount":0}`)
	case "":
		w.WriteHeader(http.StatusNotFound) // an object
	default:
		fmt.Fprint(w, `{}`)
	}
}

// environment is what infra gives the row's function, with names of our own.
func (a *standIn) environment(row catalogue.Function) []string {
	out := []string{
		"AWS_REGION=ap-northeast-2", "AWS_ACCESS_KEY_ID=coldstart", "AWS_SECRET_ACCESS_KEY=coldstart", "AWS_ENDPOINT_URL=" + a.url,
		"DANGOL_STAGE=coldstart", "DANGOL_FUNCTION=" + row.Name, "DANGOL_SECRET=coldstart", "DANGOL_BASE_URL=https://dangol.test",
		"DANGOL_ORIGIN=https://dangol.test", "DANGOL_BUCKET=coldstart", "DANGOL_MAIL_DOMAIN=dangol.test",
	}
	for name := range row.Tables {
		out = append(out, "DANGOL_TABLE_"+strings.ToUpper(string(name))+"="+string(name))
	}
	for _, name := range row.Sends {
		out = append(out, "DANGOL_QUEUE_"+strings.ToUpper(string(name))+"="+a.url+"/000000000000/"+string(name))
	}
	return out
}
