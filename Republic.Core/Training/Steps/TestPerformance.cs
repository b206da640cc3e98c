using Republic.Core.Training.Measuring;
using Republic.Core.Training.Runs;

namespace Republic.Core.Training.Steps;

/// <summary>Step 6: the traits where they are wanted, how steady they are, and what people also send.</summary>
internal sealed class TestPerformance(TraitInterview interview) : ITrainingStep
{
    public StepName Name => StepName.TestPerformance;

    public IReadOnlyDictionary<WorkKind, int> Work(StepRun run) =>
        new Dictionary<WorkKind, int> { [WorkKind.Answers] = SeedQuestions.Performance.Length + SeedQuestions.EdgeCases.Length };

    public async Task<Outcome<object>> RunAsync(StepRun run, CancellationToken ct)
    {
        var tests = new List<TestedPerformance.Test>();
        var shown = new List<AnswerOfTraits>();
        foreach (var (question, expected) in SeedQuestions.Performance)
        {
            var answer = await interview.AskAsync(run, $"test/{tests.Count}", question, traits: null, ct);
            if (!answer.Ok)
            {
                return answer.Failure;
            }

            var wanted = answer.Value.Scores.Where(score => expected.Contains(score.Key)).Select(score => (double?)score.Value);
            shown.Add(answer.Value);
            tests.Add(new(question, answer.Value.Response, expected, wanted.Average()) { Trace = answer.Value.Trace });
        }

        var edges = new List<TestedPerformance.EdgeCase>();
        foreach (var (name, text) in SeedQuestions.EdgeCases)
        {
            // A refusal by the provider is an answer to such a question too; a provider that is away is not.
            var answer = await interview.AskAsync(run, $"edge/{edges.Count}", text, traits: [], ct);
            if (answer.Failure is { RetryAfter: not null } away)
            {
                return away;
            }

            edges.Add(
                new(name, answer.Ok && answer.Value.Response.Trim().Length > 0, answer.Ok ? answer.Value.Response : answer.Failure.Message)
            );
        }

        return new TestedPerformance(tests, tests.Average(test => test.TraitPerformance), Consistency(shown), edges);
    }

    /// <summary>1 − the mean, over the traits, of how far their scores lie apart (standard deviation, of 50 at most) / 50.</summary>
    internal static double? Consistency(IReadOnlyList<AnswerOfTraits> answers)
    {
        var traits = answers.SelectMany(answer => answer.Scores.Keys).Distinct().ToList();
        return traits.Count == 0 ? null : 1 - traits.Average(trait => Deviation([.. answers.Select(answer => answer.Scores[trait])]) / 50);
    }

    private static double Deviation(IReadOnlyList<double> scores)
    {
        var mean = scores.Average();
        return Math.Sqrt(scores.Average(score => (score - mean) * (score - mean)));
    }
}
