namespace Republic.Core.Training.Grading;

/// <summary>Has pairs of answers graded in both orders, so that a judge which prefers the first place prefers neither version.</summary>
/// <param name="ask">Asks the judge once: a key within the run, the try, and the text; gives its reply.</param>
internal sealed class PairGrading(Func<string, int, string, Task<Outcome<string>>> ask)
{
    private const int Tries = 2;

    public async Task<Outcome<GradedPair>> GradeAsync(AnsweredPair pair)
    {
        var graded = new GradedPair(pair.Prompt, pair.Repeat, pair.Text, pair.Before.Key, pair.After.Key, null, null)
        {
            Group = pair.Group,
        };
        var beforeFirst = await ReplyAsync($"{Key(pair)}/before-first", Rubric.Ask(pair, pair.Before.Text, pair.After.Text));
        if (!beforeFirst.Ok || beforeFirst.Value.Grades is not { } inOrder)
        {
            return beforeFirst.Ok ? graded : beforeFirst.Failure;
        }

        var afterFirst = await ReplyAsync($"{Key(pair)}/after-first", Rubric.Ask(pair, pair.After.Text, pair.Before.Text));
        return !afterFirst.Ok
            ? afterFirst.Failure
            : graded with
            {
                BeforeFirst = new(inOrder.First, inOrder.Second),
                AfterFirst = afterFirst.Value.Grades is { } swapped ? new(swapped.Second, swapped.First) : null,
            };
    }

    private async Task<Outcome<Reply>> ReplyAsync(string key, string text)
    {
        for (var tried = 1; tried <= Tries; tried++)
        {
            var reply = await ask(key, tried, text);
            if (!reply.Ok)
            {
                return reply.Failure;
            }

            if (Judgement.Parse(reply.Value) is { } grades)
            {
                return new Reply(grades);
            }
        }

        return new Reply(null);
    }

    private static string Key(AnsweredPair pair) => $"{pair.Prompt}/{pair.Repeat}";

    private sealed record Reply((Grade First, Grade Second)? Grades);
}
