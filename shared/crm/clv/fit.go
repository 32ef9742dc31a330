package clv

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"
	"gonum.org/v1/gonum/stat/distuv"
)

// Fit is a model with the parameters that make what was seen most likely, and how sure they are.
type Fit[M any] struct {
	Model         M
	LogLikelihood float64 // of all customers, without the constants that no parameter changes, as in the papers
	Customers     int     // whose history was used
	Evaluations   int     // of the likelihood and its gradient
	theta         []float64
	model         func(theta []float64) M
	covariance    *mat.SymDense // of theta; nil where the data does not tell the parameters apart
}

// Interval is an estimate with its standard error and a confidence interval.
type Interval struct {
	Value, StdErr, Low, High float64
}

// likelihood is what maximise needs of a model. Parameters are logarithms: they are positive, and of very different size.
type likelihood[M any] struct {
	at     func(theta []float64) gradient
	model  func(theta []float64) M
	starts [][]float64 // tried in this order until one leads to a maximum
	n      float64     // customers: the mean log-likelihood is what is maximised
}

const (
	flat    = 1e-8 // slope of the mean log-likelihood, by the logarithm of a parameter, at which a search ends
	flatish = 1e-6 // slope that is taken for a maximum when a search ends by itself
	far     = 8.0  // logarithms from the start at which a parameter is out of sight (a factor of 3,000)
)

// maximise finds the maximum by BFGS (gonum's), from each start in turn; it fails with NotConverged. A likelihood that rises until a parameter is out of sight
// does so from every start.
func maximise[M any](l likelihood[M]) (Fit[M], error) {
	evaluations := 0
	for _, start := range l.starts {
		s := &search[M]{likelihood: l, start: start, slope: make([]float64, len(start))}
		theta, found := s.run()
		evaluations += s.evaluations
		if s.strays > patience || outOfSight(theta, start) {
			break
		}
		if found {
			return l.fit(theta, evaluations), nil
		}
	}
	return Fit[M]{}, &NoEstimate{Reason: NotConverged}
}

// search is one run from one start. It remembers its last point: the optimiser asks for value and slope one after the other.
type search[M any] struct {
	likelihood[M]
	start       []float64
	point       []float64
	value       float64
	slope       []float64
	evaluations int
	strays      int // points out of sight
}

// patience is how many points out of sight end a search: one can be a step too far, more are the way.
const patience = 5

func (s *search[M]) run() (theta []float64, found bool) {
	problem := optimize.Problem{
		Func: func(theta []float64) float64 { s.visit(theta); return s.value },
		Grad: func(slope, theta []float64) { s.visit(theta); copy(slope, s.slope) },
		Status: func() (optimize.Status, error) {
			if s.strays > patience {
				return optimize.FunctionThreshold, nil
			}
			return optimize.NotTerminated, nil
		},
	}
	settings := &optimize.Settings{
		GradientThreshold: flat,
		FuncEvaluations:   200,
		Converger:         &optimize.FunctionConverge{Absolute: 1e-11, Iterations: 10},
	}
	result, err := optimize.Minimize(problem, s.start, settings, &optimize.BFGS{})
	if result == nil {
		return s.start, false
	}
	s.visit(result.X)
	steepest := floats.Norm(s.slope, math.Inf(1))
	return result.X, !math.IsNaN(s.value) && (err == nil && result.Status == optimize.GradientThreshold || steepest < flatish)
}

func outOfSight(theta, start []float64) bool {
	return floats.Distance(theta, start, math.Inf(1)) >= far
}

// visit computes the negative mean log-likelihood. Beyond far it rises on its own, so that a search without a maximum does not run into numbers that overflow.
func (s *search[M]) visit(theta []float64) {
	if s.point != nil && floats.Equal(theta, s.point) {
		return
	}
	s.point = append(s.point[:0], theta...)
	s.evaluations++
	if outOfSight(theta, s.start) {
		s.strays++
	}
	within := make([]float64, len(theta))
	beyond := make([]float64, len(theta))
	for i, v := range theta {
		within[i] = min(max(v, s.start[i]-far), s.start[i]+far)
		beyond[i] = v - within[i]
	}
	g := s.at(within)
	s.value = -g.value / s.n
	for i, d := range beyond {
		s.value += d * d
		s.slope[i] = -g.by[i]/s.n + 2*d
	}
}

func (l likelihood[M]) fit(theta []float64, evaluations int) Fit[M] {
	return Fit[M]{
		Model: l.model(theta), LogLikelihood: l.at(theta).value, Customers: int(l.n),
		Evaluations: evaluations, theta: theta, model: l.model, covariance: l.covariance(theta),
	}
}

// covariance is the inverse of the observed information, the second derivatives of the log-likelihood at its maximum with changed sign, taken as central
// differences of the slope. It is nil where that matrix is not positive definite: the likelihood has a ridge, and many parameters say the same.
func (l likelihood[M]) covariance(theta []float64) *mat.SymDense {
	const step = 1e-4
	n := len(theta)
	slopes := make([][]float64, n)
	for i := range theta {
		up, down := append([]float64{}, theta...), append([]float64{}, theta...)
		up[i] += step
		down[i] -= step
		a, b := l.at(up), l.at(down)
		for j := range n {
			slopes[i] = append(slopes[i], -(a.by[j]-b.by[j])/(2*step))
		}
	}
	information := mat.NewSymDense(n, nil)
	for i := range n {
		for j := i; j < n; j++ {
			information.SetSym(i, j, (slopes[i][j]+slopes[j][i])/2)
		}
	}
	return inverse(information)
}

// worst is the condition number from which an information matrix has lost its digits.
const worst = 1e12

func inverse(information *mat.SymDense) *mat.SymDense {
	var c mat.Cholesky
	if !c.Factorize(information) || c.Cond() > worst {
		return nil
	}
	out := mat.NewSymDense(information.SymmetricDim(), nil)
	if c.InverseTo(out) != nil {
		return nil
	}
	return out
}

// Interval is any figure of the model (a parameter, a prediction) with its standard error by the delta method: the slope of the figure by the logarithms of
// the parameters, through their covariance. Level is the confidence, for example 0.95; the interval is on the scale of logarithms for figures above 0, and
// so stays above 0. It holds only the uncertainty of the parameters, not the chance in what a customer does. It is false where the data does not tell.
func (f Fit[M]) Interval(level float64, figure func(M) float64) (Interval, bool) {
	if f.covariance == nil {
		return Interval{}, false
	}
	value := figure(f.Model)
	slope := mat.NewVecDense(len(f.theta), f.slope(figure))
	stdErr := math.Sqrt(mat.Inner(slope, f.covariance, slope))
	reach := distuv.UnitNormal.Quantile((1+level)/2) * stdErr
	out := Interval{value, stdErr, value - reach, value + reach}
	if value > 0 {
		factor := math.Exp(reach / value)
		out.Low, out.High = value/factor, value*factor
	}
	return out, !math.IsNaN(stdErr) && !math.IsInf(out.High, 0)
}

func (f Fit[M]) slope(figure func(M) float64) []float64 {
	const step = 1e-4
	out := make([]float64, len(f.theta))
	theta := append([]float64{}, f.theta...)
	for i, v := range f.theta {
		theta[i] = v + step
		up := figure(f.model(theta))
		theta[i] = v - step
		out[i] = (up - figure(f.model(theta))) / (2 * step)
		theta[i] = v
	}
	return out
}
