package importplan

import (
	"strings"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/lead"
)

func lookup(table map[string][]string) map[string]string {
	out := map[string]string{}
	for value, list := range table {
		for _, w := range list {
			out[w] = value
		}
	}
	return out
}

// The words of cells with few possible answers, without case and blanks.
var (
	yesNo = lookup(map[string][]string{
		"yes": words("y,yes,true,t,1,o,ok,on,v,동의,동의함,수신,수신동의,수신함,허용,승인,예,네,subscribed,opted in,opt-in,granted"),
		"no":  words("n,no,false,f,0,x,off,거부,거부함,수신거부,수신안함,미수신,미동의,비동의,동의안함,동의하지않음,거절,철회,아니오,아니요,unsubscribed,opted out,opt-out,withdrawn"),
	})
	kinds = lookup(map[string][]string{
		string(customer.Consumer): words("consumer,개인,소비자,일반,개인고객,person,individual,b2c"),
		string(customer.Business): words("business,기업,법인,사업자,회사,기업고객,company,b2b"),
		string(customer.Channel):  words("channel,대리점,가맹점,채널,총판,distributor,franchisee,dealer"),
		string(customer.Internal): words("internal,내부,직원,임직원,staff,employee"),
	})
	statuses = lookup(map[string][]string{
		string(lead.New):       words("new,신규,접수,open"),
		string(lead.Working):   words("working,진행,진행중,상담중,contacted"),
		string(lead.Qualified): words("qualified,유망,적격"),
		string(lead.Lost):      words("lost,실패,이탈,종료,closed lost,unqualified"),
	})
	countries = lookup(map[string][]string{
		"KR": words("대한민국,한국,korea,southkorea,republicofkorea,korea,republicof"),
		"US": words("미국,usa,unitedstates,unitedstatesofamerica,america"),
		"JP": words("일본,japan"),
		"CN": words("중국,china"),
		"TW": words("대만,taiwan"),
		"HK": words("홍콩,hongkong"),
		"VN": words("베트남,vietnam"),
		"TH": words("태국,thailand"),
		"SG": words("싱가포르,싱가폴,singapore"),
		"GB": words("영국,unitedkingdom,greatbritain,england"),
		"DE": words("독일,germany"),
		"FR": words("프랑스,france"),
		"CA": words("캐나다,canada"),
		"AU": words("호주,australia"),
	})
)

// word folds a cell for lookup: lower case, no blanks.
func word(cell string) string {
	return strings.ToLower(strings.Join(strings.Fields(cell), ""))
}

// country reads a name that is known here and leaves codes to the customer's rules.
func country(cell string) string {
	if code, ok := countries[word(cell)]; ok {
		return code
	}
	return cell
}

// splitTags cuts at comma, semicolon, bar and "#".
func splitTags(cell string) []string {
	return strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(",;|#、", r) })
}
