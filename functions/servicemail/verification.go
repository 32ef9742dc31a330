package servicemail

import (
	"embed"
	"fmt"
	"html/template"
	"net/url"
	"strings"
	text "text/template"

	"github.com/dangol/dangol/shared/crm/servicemail"
	"github.com/dangol/dangol/shared/identity"
)

//go:embed mails
var files embed.FS

// The mail in its three parts; the words are in the language files, the look in one HTML frame.
var (
	frame = template.Must(template.ParseFS(files, "mails/frame.html"))
	plain = text.Must(text.ParseFS(files, "mails/plain.txt"))
)

// words are what a mail says.
type words struct {
	Language, Subject, Greeting, Why, Button, Or, Until, Ignore, Foot string
}

// said returns the words of the verification mail in a language, English for one that is not spoken.
func said(language, company string) words {
	if language == "ko" {
		return words{
			Language: "ko",
			Subject:  "이메일 주소를 확인해 주세요",
			Greeting: "단골을 시작해 주셔서 고마워요.",
			Why:      company + " 워크스페이스의 이메일 주소가 맞는지 확인할게요. 아래 단추를 누르면 끝나요.",
			Button:   "이메일 확인하기",
			Or:       "단추가 눌리지 않으면 이 주소를 브라우저에 붙여 넣어 주세요.",
			Until:    "이 링크는 48시간 동안 쓸 수 있어요.",
			Ignore:   "가입한 적이 없다면 이 메일을 지우셔도 돼요. 아무 일도 일어나지 않아요.",
			Foot:     "단골 · 다시 찾아오는 손님을 위한 CRM",
		}
	}
	return words{
		Language: "en",
		Subject:  "Please confirm your e-mail address",
		Greeting: "Thank you for starting with Dangol.",
		Why:      "We would like to be sure that this is your address for the workspace " + company + ". One press and you are done.",
		Button:   "Confirm my address",
		Or:       "If the button does not work, paste this address into your browser.",
		Until:    "The link works for 48 hours.",
		Ignore:   "If you did not sign up, simply delete this mail. Nothing will happen.",
		Foot:     "Dangol · the CRM for customers who keep coming back",
	}
}

// verification renders the request to confirm an address. The same request always renders the same mail.
func (w *Worker) verification(tenant string, r *servicemail.Request) (*servicemail.Content, error) {
	token := w.links.Sign(identity.VerifyEmail, identity.Claim{UserID: r.UserID, Tenant: tenant, Email: r.To}, r.CreatedAt)
	page := struct {
		words
		Link string
	}{said(r.Language, r.Company), w.env.Settings.BaseURL + "/verify?token=" + url.QueryEscape(token)}
	var html, txt strings.Builder
	if err := frame.Execute(&html, page); err != nil {
		return nil, fmt.Errorf("render mail %s: %w", r.ID, err)
	}
	if err := plain.Execute(&txt, page); err != nil {
		return nil, fmt.Errorf("render mail %s: %w", r.ID, err)
	}
	return &servicemail.Content{Subject: page.Subject, HTML: html.String(), Text: txt.String()}, nil
}
