using Microsoft.Extensions.Options;
using Republic.Core.Datasets.Versions;
using Republic.Core.Lora.Retention;
using Republic.Core.Minions;
using Republic.Core.Providers;
using Republic.Core.Training.Gate;
using Republic.Core.Training.Prompts;
using Republic.Core.Training.Steps;
using Republic.Core.Training.Weights;

namespace Republic.Core.Training.Measuring;

/// <summary>Which questions tell what a run's version kept.</summary>
internal sealed class RetentionQuestions(
    IRecentQuestions questions,
    ProviderCatalog catalog,
    AnswerMeaning meaning,
    TrainingFiles files,
    IOptions<TrainingOptions> options
)
{
    /// <summary>Questions of the minion's own chats, the newest first.</summary>
    private const int MostFromChats = 15;
    private const int LongestFromChats = 400;

    /// <summary>About how many there will be, before anything is read.</summary>
    public int Expected(StepRun run) =>
        ReferencePrompts.For(IsBuiltIn(run), chats: [], run.Config.QuestionSet).AtMost(options.Value.RetentionQuestions).Measured.Count;

    /// <returns>The questions in the order in which they are to be asked, and those that a row asks in other words.</returns>
    public async Task<(IReadOnlyList<(string Kind, string Question)> Asked, IReadOnlyList<SetAsideQuestion> SetAside)> OfAsync(
        StepRun run,
        CancellationToken ct
    )
    {
        // They are measured with, in this process and its child alone: nothing is learned from them, and nothing leaves this machine.
        var chats = await questions.OfAsync(run.Job.MinionId, MostFromChats, LongestFromChats, ct);
        using var rows = VersionReader.Open(
            Path.Combine(files.FolderOf(run.Job.Id), run.Read<RefinedData>(StepName.RefineDatasets).Folder!)
        );
        List<string> learned =
        [
            .. RowFiles
                .Rows(rows)
                .Where(row => !row.IsValidation)
                .SelectMany(row => row.Messages)
                .Where(message => message.Role == "user")
                .Select(message => message.Content),
        ];
        var asked = ReferencePrompts
            .For(IsBuiltIn(run), chats, run.Config.QuestionSet)
            .Without(learned.Concat(run.Config.KeepAnswers))
            .Shuffled(run.Config.Lora.Seed)
            .AtMost(options.Value.RetentionQuestions)
            .Measured;
        var byRows = await meaning.AskedByRowsAsync(run, asked.Select(prompt => prompt.Question), learned, ct);
        return (
            [.. asked.Where(prompt => !byRows.ContainsKey(prompt.Question))],
            [.. byRows.Select(same => new SetAsideQuestion(same.Key, same.Value))]
        );
    }

    /// <summary>The domain of the built-in model is known.</summary>
    public bool IsBuiltIn(StepRun run) => catalog.Rows.Any(row => row.IsBuiltIn(run.Config.BaseModel!));
}
