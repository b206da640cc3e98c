using Republic.Core.Training.Measuring;

namespace Republic.Core.Training.Steps;

/// <summary>Asks one version of a minion the baseline questions, with the same seeds whichever version it is.</summary>
internal sealed class BaselineInterview(RunModelClient models)
{
    public static int Calls(StepRun run) => SeedQuestions.Baseline.Length * run.Config.Repeats;

    public async Task<Outcome<Answers>> AskAsync(StepRun run, string side, Speaker speaker, CancellationToken ct)
    {
        var asked = new List<Answers.One>();
        for (var question = 0; question < SeedQuestions.Baseline.Length; question++)
        {
            for (var repeat = 0; repeat < run.Config.Repeats; repeat++)
            {
                var text = SeedQuestions.Baseline[question];
                var seed = run.Config.Lora.Seed + repeat;
                var one = new ModelQuestion($"{side}/{question}/{repeat}", run.Job.MinionId, speaker, text, seed)
                {
                    Settings = run.Config.Model,
                };
                var answer = await models.AskAsync(run, one, ct);
                if (!answer.Ok)
                {
                    return answer.Failure;
                }

                asked.Add(
                    new(text, repeat, seed, answer.Value.Text, answer.Value.Seconds, answer.Value.CompletionTokens)
                    {
                        Trace = answer.Value.Trace,
                    }
                );
            }
        }

        return Answers.Of(asked);
    }
}
