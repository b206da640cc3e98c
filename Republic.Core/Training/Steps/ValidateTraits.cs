using Republic.Core.Training.Measuring;
using Republic.Core.Training.Runs;

namespace Republic.Core.Training.Steps;

/// <summary>Step 5: whether the draft shows its traits.</summary>
internal sealed class ValidateTraits(TraitInterview interview) : ITrainingStep
{
    public StepName Name => StepName.ValidateTraits;

    public IReadOnlyDictionary<WorkKind, int> Work(StepRun run) =>
        new Dictionary<WorkKind, int> { [WorkKind.Answers] = SeedQuestions.Validation.Length };

    public async Task<Outcome<object>> RunAsync(StepRun run, CancellationToken ct)
    {
        var results = new List<AnswerOfTraits>();
        foreach (var question in SeedQuestions.Validation)
        {
            var answer = await interview.AskAsync(run, $"traits/{results.Count}", question, traits: null, ct);
            if (!answer.Ok)
            {
                return answer.Failure;
            }

            results.Add(answer.Value);
        }

        var bonus = run.Read<ConfiguredTraits>(StepName.ConfigureTraits).EffectivenessBonus;
        return new ValidatedTraits(results, results.Average(result => result.TraitScore), bonus);
    }
}
