using Republic.Core.Training.Measuring;

namespace Republic.Core.Training.Steps;

/// <summary>Step 5: whether the draft shows its traits.</summary>
internal sealed class ValidateTraits(TraitInterview interview) : ITrainingStep
{
    public StepName Name => StepName.ValidateTraits;

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
            run.Progress((double)results.Count / SeedQuestions.Validation.Length);
        }

        var bonus = run.Read<ConfiguredTraits>(StepName.ConfigureTraits).EffectivenessBonus;
        return new ValidatedTraits(results, results.Average(result => result.TraitScore), bonus);
    }
}
