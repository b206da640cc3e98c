using Republic.Core.Training.Configuration;
using Republic.Core.Training.Traits;

namespace Republic.Core.Training.Steps;

/// <summary>Asks the draft version, and measures the traits in what it says.</summary>
internal sealed class TraitInterview(RunModelClient models)
{
    /// <param name="traits">Which of the run's traits to look for; null looks for all.</param>
    public async Task<Outcome<AnswerOfTraits>> AskAsync(
        StepRun run,
        string key,
        string question,
        IReadOnlyCollection<string>? traits,
        CancellationToken ct
    )
    {
        var speaker = run.Read<EnhancedModel>(StepName.EnhanceModel).Speaker(run.Before);
        var asked = new ModelQuestion(key, run.Job.MinionId, speaker, question, run.Config.Lora.Seed) { Settings = run.Config.Model };
        var answer = await models.AskAsync(run, asked, ct);
        return answer.Ok
            ? Measure(run.Config.Traits.ToSelection(), question, answer.Value.Text, traits) with
            {
                Trace = answer.Value.Trace,
            }
            : answer.Failure;
    }

    public static AnswerOfTraits Measure(TraitSelection chosen, string question, string answer, IReadOnlyCollection<string>? traits = null)
    {
        var scores = chosen
            .Chosen(TraitCatalog.Embedded)
            .Where(one => traits?.Contains(one.Trait.Name) ?? true)
            .ToDictionary(one => one.Trait.Name, one => Math.Round(TraitCheck.Score(one.Trait, answer), 1));
        return new AnswerOfTraits(question, answer, scores, scores.Count == 0 ? null : scores.Values.Average());
    }
}
