using Microsoft.Extensions.Options;
using Republic.Core.Datasets.Versions;
using Republic.Core.Minions;
using Republic.Core.Providers;
using Republic.Core.Training.Prompts;
using Republic.Core.Training.Steps;
using Republic.Core.Training.Weights;

namespace Republic.Core.Training.Measuring;

/// <summary>Which questions tell what a run's version kept.</summary>
internal sealed class RetentionQuestions(
    IRecentQuestions questions,
    ProviderCatalog catalog,
    TrainingFiles files,
    IOptions<TrainingOptions> options
)
{
    /// <summary>Questions of the minion's own chats, the newest first.</summary>
    private const int MostFromChats = 15;
    private const int LongestFromChats = 400;

    /// <summary>About how many there will be, before anything is read.</summary>
    public int Expected(StepRun run) =>
        ReferencePrompts.For(IsBuiltIn(run), chats: []).AtMost(options.Value.RetentionQuestions).Measured.Count;

    public async Task<IReadOnlyList<(string Kind, string Question)>> OfAsync(StepRun run, CancellationToken ct)
    {
        // They are measured with, in this process and its child alone: nothing is learned from them, and nothing leaves this machine.
        var chats = await questions.OfAsync(run.Job.MinionId, MostFromChats, LongestFromChats, ct);
        using var rows = VersionReader.Open(
            Path.Combine(files.FolderOf(run.Job.Id), run.Read<RefinedData>(StepName.RefineDatasets).Folder!)
        );
        var learned = RowFiles.Rows(rows).Where(row => !row.IsValidation).SelectMany(row => row.Messages);
        return ReferencePrompts
            .For(IsBuiltIn(run), chats)
            .Without(learned.Where(message => message.Role == "user").Select(message => message.Content))
            .AtMost(options.Value.RetentionQuestions)
            .Measured;
    }

    /// <summary>The domain of the built-in model is known.</summary>
    public bool IsBuiltIn(StepRun run) => catalog.Rows.Any(row => row.IsBuiltIn(run.Config.BaseModel!));
}
