using System.Globalization;
using Republic.Core.Data;
using Republic.Core.Datasets;
using Republic.Core.Datasets.Uploads;

namespace Republic.Core.Interactions;

/// <summary>Makes the dataset that a run from chats learns from. Its rows are those that the person saw, no more and no fewer.</summary>
public sealed class InteractionDataset(DatasetUpload upload, DatasetEditor datasets, TimeProvider time)
{
    // A question may be longer than what is learned for it.
    private const int LongestRow = 100_000;

    public async Task<Outcome<Guid>> CreateAsync(InteractionSet set, CancellationToken ct)
    {
        using var lines = new MemoryStream();
        await InteractionJson.WriteAsync(lines, set.Eligible, systemPrompt: null, ct);
        lines.Position = 0;
        var received = await upload.ReceiveAsync(set.Minion.OwnerId, lines, fileName: null, ct);
        if (!received.Ok)
        {
            return received.Failure;
        }

        using var source = received.Value;
        var day = time.GetUtcNow().ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture);
        var input = new DatasetInput
        {
            Name = $"Chats with {set.Minion.Citizen.DisplayName}, {day}".AtMost(DatasetTables.MaxName),
            Description = "Made of chats that teach. Personal data is masked as the rules said when it was made.",
            DatasetType = "jsonl",
            Settings = new SettingsInput
            {
                MinTextLength = PairJudge.ShortestResponse,
                MaxTextLength = LongestRow,
                NearDuplicateThreshold = 0,
            },
        };
        return await datasets.CreateAsync(set.Minion.OwnerId, input, source, ct);
    }

    /// <summary>Of a run that could not begin.</summary>
    public Task DeleteAsync(Guid owner, Guid dataset) => datasets.DeleteAsync(owner, dataset, CancellationToken.None);
}
