package score

import "github.com/dangol/dangol/shared/crm/consent"

// ResponseDays is how many days before the end of the as-of day messages count for response scores.
const ResponseDays = 365

// ResponseChannels are those by which messages are sent.
var ResponseChannels = []consent.Channel{consent.Email}

// Contacts are the messages of one channel that were delivered to a customer in the last ResponseDays, and how many of them were answered by then: opened by a person, clicked, or bought by.
type Contacts struct {
	Channel              consent.Channel
	Delivered, Responses int
}

// Response is a customer's response score in one channel: the rate at which they answer messages, smoothed by the rates of all customers of that channel (empirical Bayes).
//
//	rate = (responses + s x mean) / (delivered + s)
//
// mean and s = alpha + beta are of a beta prior fitted by the method of moments, each customer weighted by their messages n, with p = responses / n, N the sum of n, k customers:
//
//	mean = sum(responses) / N
//	g    = (sum(n (p - mean)^2) - mean (1 - mean) (k - 1)) / (mean (1 - mean) (N - sum(n^2) / N - (k - 1)))
//	s    = 1 / g - 1
//
// Source: Kleinman, "Proportions with Extraneous Variance: Single and Independent Samples", Journal of the American Statistical Association 68 (1973), 46-54: the first step
// of its estimator, which weights anew by what it found until nothing moves. Where customers differ by
// no more than chance, or nobody has two messages, everybody has the mean. Limits: openings are not all seen; deliveries that no provider reported do not count; a rate of the past is no
// promise, and says nothing of why somebody answered.
type Response struct {
	Channel   consent.Channel `json:"channel"`
	Delivered int             `json:"delivered" doc:"Messages delivered in the last 365 days."`
	Responses int             `json:"responses" doc:"Those of them that were opened by a person, clicked or bought by."`
	Rate      float64         `json:"rate" doc:"Smoothed rate of responses, 0 to 1."`
}

// moments are the sums over the customers of a channel that the prior is fitted by.
type moments struct{ customers, delivered, responses, squares, rates float64 }

func (m *moments) add(c Contacts) {
	n, x := float64(c.Delivered), float64(c.Responses)
	m.customers++
	m.delivered += n
	m.responses += x
	m.squares += n * n
	m.rates += x * x / n
}

// prior is a beta distribution by its mean and strength alpha + beta; chance says that the strength has no bound.
type prior struct {
	mean, strength float64
	chance         bool
}

func (m *moments) prior() prior {
	mean := m.responses / m.delivered
	spread := mean * (1 - mean)
	above := m.rates - m.delivered*mean*mean - spread*(m.customers-1)
	most := spread * (m.delivered - m.squares/m.delivered - (m.customers - 1))
	if above <= 1e-12 || most <= 1e-12 {
		return prior{mean: mean, chance: true}
	}
	return prior{mean: mean, strength: max(most/above-1, 0)}
}

func (p prior) rate(c Contacts) float64 {
	if p.chance {
		return p.mean
	}
	return (float64(c.Responses) + p.strength*p.mean) / (float64(c.Delivered) + p.strength)
}

// respond fits the priors of all channels.
func respond(customers []Input) map[consent.Channel]prior {
	channels := map[consent.Channel]*moments{}
	for i := range customers {
		for _, c := range customers[i].Contacts {
			if channels[c.Channel] == nil {
				channels[c.Channel] = &moments{}
			}
			channels[c.Channel].add(c)
		}
	}
	priors := make(map[consent.Channel]prior, len(channels))
	for channel, m := range channels {
		priors[channel] = m.prior()
	}
	return priors
}

// responses are the response scores of somebody who got these messages.
func (l *List) responses(contacts []Contacts) (out []Response) {
	for _, c := range contacts {
		out = append(out, Response{c.Channel, c.Delivered, c.Responses, l.priors[c.Channel].rate(c)})
	}
	return out
}
