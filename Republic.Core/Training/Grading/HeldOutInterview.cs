namespace Republic.Core.Training.Grading;

/// <summary>Asks both versions the held-out prompts, side by side and with the same seeds.</summary>
internal sealed class HeldOutInterview(RunModelClient models)
{
    public async Task<Outcome<IReadOnlyList<AnsweredPair>>> AskAsync(
        StepRun run,
        Speaker draft,
        IReadOnlyList<HeldOutPrompt> prompts,
        CancellationToken ct
    )
    {
        var pairs = new List<AnsweredPair>();
        foreach (var prompt in prompts)
        {
            for (var repeat = 0; repeat < run.Config.Repeats; repeat++)
            {
                var before = await AskAsync(run, prompt, "before", run.Before.Speaker(), repeat, ct);
                var after = before.Ok ? await AskAsync(run, prompt, "after", draft, repeat, ct) : before;
                if (!after.Ok)
                {
                    return after.Failure;
                }

                pairs.Add(
                    new(prompt.Key, repeat, prompt.Text, before.Value!, after.Value)
                    {
                        Earlier = prompt.Earlier,
                        Reference = prompt.Reference,
                        Group = prompt.Group,
                    }
                );
            }
        }

        return pairs;
    }

    private async Task<Outcome<AnsweredPair.Said>> AskAsync(
        StepRun run,
        HeldOutPrompt prompt,
        string side,
        Speaker speaker,
        int repeat,
        CancellationToken ct
    )
    {
        var asked = speaker with { SystemPrompt = prompt.System ?? speaker.SystemPrompt };
        var seed = run.Config.Lora.Seed + repeat;
        var question = new ModelQuestion($"{prompt.Key}/{side}/{repeat}", run.Job.MinionId, asked, prompt.Text, seed)
        {
            Settings = run.Config.Model,
            Earlier = prompt.Earlier,
        };
        var answer = await models.AskAsync(run, question, ct);
        return answer.Ok ? new AnsweredPair.Said(question.Key, answer.Value.Text) : answer.Failure;
    }
}
